// From what somebody answers to integer points, as detente.analysis.packages.scaling does it: whole numbers throughout, so
// that both come to the same points (docs/specs/preferences.md, vectors/preferences).

const BUDGET = 1000n;

/**
 * What is answered of one issue. given: a number for each option, of `ranges` the lowest; high: of `ranges` the highest;
 * weight: the swing, or the rank from 1.
 * @typedef {{ given: number[], high: number[], weight: number }} Answer
 */

/**
 * The points that follow, and for `ranges` the lowest and the highest; all 0 where no option is worth more than another.
 * @param {"points" | "ranges" | "swing" | "rank"} method
 * @param {Answer[]} answers
 * @returns {{ points: number[][], low: number[][], high: number[][] }}
 */
export function scaled(method, answers) {
  const shares = answers.map((answer) => sharesOf(method, answer));
  const weights = weightsOf(method, answers, shares).map((weight, at) => (shares[at].best > 0n ? weight : 0n));
  const best = apportioned(weights);
  const each = (name, rounded) =>
    shares.map((of, at) => of[name].map((one) => Number(of.best > 0n ? rounded(best[at] * one, of.best) : 0n)));
  const points = each("likely", (part, of) => (2n * part + of) / (2n * of));
  if (method !== "ranges") return { points, low: [], high: [] };
  return { points, low: each("low", (part, of) => part / of), high: each("high", (part, of) => (part + of - 1n) / of) };
}

/** The budget in whole numbers by these weights, the largest remainders rounded up. @param {bigint[]} weights */
function apportioned(weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return weights;
  const whole = weights.map((weight) => (BUDGET * weight) / total);
  const left = whole.reduce((rest, one) => rest - one, BUDGET);
  const remainder = (at) => (BUDGET * weights[at]) % total;
  const order = [...weights.keys()].sort((a, b) => compare(remainder(b), remainder(a)) || a - b);
  for (const at of order.slice(0, Number(left))) whole[at] += 1n;
  return whole;
}

function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

const largest = (numbers) => numbers.reduce((most, one) => (one > most ? one : most));
const smallest = (numbers) => numbers.reduce((least, one) => (one < least ? one : least));

/** Low, likely and high of each option, in units of which the best option has `best`. @param {Answer} answer */
function sharesOf(method, answer) {
  const given = answer.given.map(BigInt);
  if (method === "ranges") {
    const high = answer.high.map(BigInt);
    const likely = given.map((low, at) => low + high[at]);
    const twice = (numbers) => numbers.map((one) => 2n * one);
    return { low: twice(given), likely, high: twice(high), best: largest(likely) };
  }
  const likely = { points: () => given, swing: () => fromWorst(given), rank: () => steps(answer.given) }[method]();
  return { low: likely, likely, high: likely, best: largest(likely) };
}

function fromWorst(given) {
  const worst = smallest(given);
  return given.map((one) => one - worst);
}

/** Equal steps from the last place to the first, twice as many so that shared places stay whole. @param {number[]} ranks */
function steps(ranks) {
  const twice = places(ranks).map(([first, last]) => BigInt(first + last));
  return twice.map((one) => largest(twice) - one);
}

/** The first and the last place, from 1, of those that share each rank. @param {number[]} ranks */
function places(ranks) {
  const count = (found) => ranks.filter(found).length;
  return ranks.map((rank) => [1 + count((other) => other < rank), count((other) => other <= rank)]);
}

function weightsOf(method, answers, shares) {
  if (method === "swing") return answers.map(({ weight }) => BigInt(weight));
  if (method === "rank") return centroids(answers.map(({ weight }) => weight));
  return shares.map(({ best }) => best);
}

/** Rank-order-centroid weights, all multiplied by one number that makes them whole. @param {number[]} ranks */
function centroids(ranks) {
  const unit = ranks.reduce((multiple, _rank, at) => lcm(multiple, BigInt(at + 1)), 1n) ** 2n;
  const at = (place) => ranks.slice(place - 1).reduce((sum, _rank, after) => sum + unit / BigInt(place + after), 0n);
  return places(ranks).map(([first, last]) => {
    let sum = 0n;
    for (let place = first; place <= last; place += 1) sum += at(place);
    return sum / BigInt(last - first + 1); // exact: the unit is a square of a multiple of the count
  });
}

function lcm(one, other) {
  let [a, b] = [one, other];
  while (b > 0n) [a, b] = [b, a % b];
  return (one / a) * other;
}
