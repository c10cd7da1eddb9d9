// When a record shows two states that do not follow from one another: its host is told, since one that runs from an old
// backup stops before it forks; and what proves it to anybody is made from what the host shows of its own tree.

import { decodeBase64url } from "../codec/base64url.js";
import { Refused } from "../codec/refusal.js";
import { statedIn, twoHistories } from "../proofs/misconduct.js";
import { isSubtree, nodeHash } from "../tlog/merkle.js";
import { addressOf, ask, askBytes, isOpen } from "./host.js";
import { signedIn } from "./sign_in.js";

const TILE_HEIGHT = 8;
const HASH = 32;

/**
 * What to do with an error of taking a checkpoint in: where two contradict each other, show the host those that it may
 * not hold: the one kept here, and that of a receipt, which may be of more acts.
 * @param {string} origin of the log
 * @param {(Uint8Array | undefined)[]} notes
 * @returns {(error: unknown) => Promise<never>}
 */
export function tellHost(origin, ...notes) {
  return async (error) => {
    if (error instanceof Refused && error.refusals[0].code === "seen.foreign") {
      const headers = { "content-type": "text/plain" };
      for (const body of notes.filter((note) => note !== undefined)) {
        const told = ask(`${addressOf(origin)}/log/checkpoint`, { method: "POST", body, headers });
        await told.catch(() => null); // what it answers changes nothing here
      }
    }
    throw error;
  };
}

/**
 * The file that proves a contradiction to anybody; null where what the host shows does not prove it. Either note may be
 * the one of fewer acts: the receipt of an act may say less than what the host went on to without that act.
 * @param {string} origin of the log @param {Uint8Array} kept @param {Uint8Array} shown
 * @returns {Promise<Uint8Array | null>}
 * @throws {Refused} `host.*` where it cannot be asked now
 */
export async function evidenceOf(origin, kept, shown) {
  try {
    const [first, second] = statedIn(kept).size <= statedIn(shown).size ? [kept, shown] : [shown, kept];
    const [earlier, later] = [statedIn(first), statedIn(second)];
    if (earlier.size === 0) return null;
    const process = origin.split("/", 2).join("/");
    const named = await signedIn(process, () => ask(`${addressOf(origin)}/log/origin`));
    const { label, log_key: log, convenor_key: convenor, nonce } = named;
    const path = earlier.size === later.size ? [later.root] : await pathBetween(origin, earlier.size, later.size);
    return await twoHistories(origin, { convenor, label, log, nonce }, first, second, path);
  } catch (error) {
    if (isOpen(error)) throw error;
    return null;
  }
}

/** @param {string} origin @param {number} from @param {number} to */
async function pathBetween(origin, from, to) {
  const log = `${addressOf(origin)}/log${origin.split("/").slice(2).map((chamber) => `/${chamber}`).join("")}`;
  const { consistency } = await ask(`${log}/consistency?from=${from}&to=${to}`);
  const proof = consistency.map((node) => decodeBase64url(node));
  return isSubtree(from, to) ? [await subtree(log, from), ...proof] : proof;
}

/** The root of the first `size` leaves, a power of two, by the hash tile that holds them or what they were hashed to. */
async function subtree(log, size) {
  const height = Math.log2(size);
  const width = 2 ** (height % TILE_HEIGHT);
  const tile = await askBytes(`${log}/tile/${Math.floor(height / TILE_HEIGHT)}/000.p/${width}`);
  let row = Array.from({ length: width }, (_, at) => tile.subarray(at * HASH, (at + 1) * HASH));
  while (row.length > 1) {
    row = await Promise.all(
      Array.from({ length: row.length / 2 }, (_, at) => nodeHash(row[2 * at], row[2 * at + 1])),
    );
  }
  return row[0];
}
