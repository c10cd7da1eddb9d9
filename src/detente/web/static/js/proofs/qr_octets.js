// What a QR code stores (ISO/IEC 18004): a text in the alphanumeric mode, and the octets by which a scanner corrects what it
// misreads (Reed-Solomon over GF(256)). The tables go as far as a part of a sheet needs: 1,400 signs.

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/** Of versions 1 to 25: error correction octets of a block, and how many blocks. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21];

/**
 * @param {string} text of the signs of the alphanumeric mode
 * @returns {{ version: number, octets: number[] }} of the smallest code that holds it
 */
export function octetsOf(text) {
  const version = versionFor(text);
  return { version, octets: interleaved(dataOf(text, version), version) };
}

/** @param {string} text */
function versionFor(text) {
  for (let version = 1; version <= CORRECTION.length; version += 1) {
    if (bitsOf(text, version).length <= 8 * dataOctets(version)) return version;
  }
  throw new RangeError("The text is longer than a code of these versions holds.");
}

/** Modules that hold data and their correction. @param {number} version */
function modulesFor(version) {
  const aligned = Math.floor(version / 7) + 2;
  const taken = version === 1 ? 0 : 25 * aligned * aligned - 10 * aligned - 55;
  return (16 * version + 128) * version + 64 - taken - (version >= 7 ? 36 : 0);
}

/** @param {number} version */
function dataOctets(version) {
  return Math.floor(modulesFor(version) / 8) - CORRECTION[version - 1] * BLOCKS[version - 1];
}

/** @param {number} value @param {number} length */
export function inBits(value, length) {
  return value.toString(2).padStart(length, "0");
}

/** Mode, length, and two signs in 11 bits, the last alone in 6. @param {string} text @param {number} version */
function bitsOf(text, version) {
  const pairs = text.match(/../g) ?? [];
  const values = pairs.map((pair) => 45 * SIGNS.indexOf(pair[0]) + SIGNS.indexOf(pair[1]));
  const last = text.length % 2 === 1 ? inBits(SIGNS.indexOf(text.at(-1)), 6) : "";
  return `0010${inBits(text.length, version < 10 ? 9 : 11)}${values.map((value) => inBits(value, 11)).join("")}${last}`;
}

/** The octets of the text, filled up. @param {string} text @param {number} version */
function dataOf(text, version) {
  const room = dataOctets(version);
  const ended = bitsOf(text, version);
  const closed = ended + "0".repeat(Math.min(4, 8 * room - ended.length));
  const whole = closed.padEnd(8 * Math.ceil(closed.length / 8), "0");
  const octets = whole.match(/.{8}/g).map((octet) => Number.parseInt(octet, 2));
  for (let at = 0; octets.length < room; at += 1) octets.push(at % 2 === 0 ? 0xec : 0x11);
  return octets;
}

/** Multiplication in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1. @param {number} left @param {number} right */
function times(left, right) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ (product >> 7 ? 0x11d : 0);
    if ((right >> bit) & 1) product ^= left;
  }
  return product;
}

/** The coefficients of (x - 1)(x - 2)(x - 4)..., the leading one left out. @param {number} degree */
function generator(degree) {
  let found = [...new Array(degree - 1).fill(0), 1];
  for (let root = 1, turn = 0; turn < degree; turn += 1, root = times(root, 2)) {
    found = found.map((one, at) => times(one, root) ^ (found[at + 1] ?? 0));
  }
  return found;
}

/** What is left of the data divided by the generator. @param {number[]} data @param {number[]} divisor */
function remainder(data, divisor) {
  return data.reduce((rest, octet) => {
    const factor = octet ^ rest[0];
    return [...rest.slice(1), 0].map((one, at) => one ^ times(divisor[at], factor));
  }, new Array(divisor.length).fill(0));
}

/** The blocks' octets in turn, and then those of their correction. @param {number[]} data @param {number} version */
function interleaved(data, version) {
  const [count, divisor] = [BLOCKS[version - 1], generator(CORRECTION[version - 1])];
  const short = Math.floor(data.length / count);
  const shorter = count - (data.length % count);
  const blocks = Array.from({ length: count }, (_none, at) => {
    const start = at * short + Math.max(0, at - shorter);
    return data.slice(start, start + short + (at < shorter ? 0 : 1));
  });
  const corrections = blocks.map((block) => remainder(block, divisor));
  return [...inTurn(blocks, short + 1), ...inTurn(corrections, divisor.length)];
}

/** @param {number[][]} rows @param {number} length of the longest */
function inTurn(rows, length) {
  const columns = Array.from({ length }, (_none, at) => rows.map((row) => row[at]));
  return columns.flat().filter((octet) => octet !== undefined);
}
