// One part of a proof as a QR code (ISO/IEC 18004): letters and digits of the alphanumeric mode, error correction M, so
// that a crease or a stain is read over. What it says is put into octets in qr_octets.js; here they become a picture.
//
// A code is a square of modules. A module is dark where `dark[row][column]` is true; `set[row][column]` where it is not
// for data: a pattern by which a scanner finds its way, or the format.

import { inBits, octetsOf } from "./qr_octets.js";

const FORMAT_M = 0;
const MASKS = [
  (row, column) => (row + column) % 2,
  (row) => row % 2,
  (_row, column) => column % 3,
  (row, column) => (row + column) % 3,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2,
  (row, column) => ((row * column) % 2) + ((row * column) % 3),
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2,
];

/** @typedef {{ side: number, dark: boolean[][], set: boolean[][] }} Square */

/**
 * @param {string} text of the signs of the alphanumeric mode
 * @returns {boolean[][]} rows of modules, true for a dark one
 */
export function qrCode(text) {
  const { version, octets } = octetsOf(text);
  const square = filled(patterns(version), octets);
  const masked = MASKS.map((_mask, number) => maskedWith(number, square));
  const penalties = masked.map(penaltyOf);
  return masked[penalties.indexOf(Math.min(...penalties))];
}

/** What every code of a version has. @param {number} version @returns {Square} */
function patterns(version) {
  const side = 4 * version + 17;
  const rows = () => Array.from({ length: side }, () => new Array(side).fill(false));
  const square = { side, dark: rows(), set: rows() };
  for (let at = 0; at < side; at += 1) for (const [row, column] of [[6, at], [at, 6]]) put(square, row, column, at % 2 === 0);
  for (const [row, column] of [[3, 3], [3, side - 4], [side - 4, 3]]) finder(square, row, column);
  const centres = alignedAt(version);
  for (const row of centres) {
    for (const column of centres) {
      const atFinder = [[6, 6], [6, side - 7], [side - 7, 6]].some(([r, c]) => r === row && c === column);
      if (!atFinder) ring(square, row, column, 2, (far) => far !== 1);
    }
  }
  putFormat(square, 0);
  if (version >= 7) putVersion(square, version);
  return square;
}

/** @param {Square} square @param {number} row @param {number} column @param {boolean} dark */
function put({ side, dark: modules, set }, row, column, dark) {
  if (row < 0 || column < 0 || row >= side || column >= side) return;
  modules[row][column] = dark;
  set[row][column] = true;
}

/** Squares within squares. @param {Square} square @param {(far: number) => boolean} isDark by the distance */
function ring(square, row, column, reach, isDark) {
  for (let down = -reach; down <= reach; down += 1) {
    for (let along = -reach; along <= reach; along += 1) {
      put(square, row + down, column + along, isDark(Math.max(Math.abs(down), Math.abs(along))));
    }
  }
}

/** @param {Square} square @param {number} row @param {number} column */
function finder(square, row, column) {
  ring(square, row, column, 4, (far) => far !== 2 && far !== 4);
}

/** Rows and columns of the alignment patterns. @param {number} version */
function alignedAt(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = 2 * Math.ceil((4 * version + 4) / (2 * count - 2));
  const last = 4 * version + 10;
  return [6, ...Array.from({ length: count - 1 }, (_none, at) => last - (count - 2 - at) * step)];
}

/** A value with its BCH remainder. @param {number} value @param {number} length of that @param {number} divisor */
function corrected(value, length, divisor) {
  let rest = value;
  for (let turn = 0; turn < length; turn += 1) rest = (rest << 1) ^ ((rest >> (length - 1)) * divisor);
  return (value << length) | rest;
}

/** @param {Square} square @param {number} mask */
function putFormat(square, mask) {
  const bits = corrected((FORMAT_M << 3) | mask, 10, 0x537) ^ 0x5412;
  const { side } = square;
  for (let at = 0; at < 15; at += 1) {
    const dark = ((bits >> at) & 1) === 1;
    if (at < 8) put(square, at < 6 ? at : at + 1, 8, dark);
    else put(square, 8, at === 8 ? 7 : 14 - at, dark);
    if (at < 8) put(square, 8, side - 1 - at, dark);
    else put(square, side - 15 + at, 8, dark);
  }
  put(square, side - 8, 8, true);
}

/** @param {Square} square @param {number} version */
function putVersion(square, version) {
  const bits = corrected(version, 12, 0x1f25);
  for (let at = 0; at < 18; at += 1) {
    const [far, near] = [square.side - 11 + (at % 3), Math.floor(at / 3)];
    const dark = ((bits >> at) & 1) === 1;
    put(square, far, near, dark);
    put(square, near, far, dark);
  }
}

/** The octets in two columns at a time, up and down, from the right. @param {Square} square @param {number[]} octets */
function filled(square, octets) {
  const { side, set } = square;
  const dark = square.dark.map((row) => [...row]);
  const bits = octets.map((octet) => inBits(octet, 8)).join("");
  let at = 0;
  let upwards = true;
  for (let right = side - 1; right > 0; right -= right === 8 ? 3 : 2, upwards = !upwards) {
    for (let step = 0; step < side; step += 1) {
      const row = upwards ? side - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (set[row][column]) continue;
        dark[row][column] = bits[at] === "1"; // beyond the last bit none is dark
        at += 1;
      }
    }
  }
  return { side, set, dark };
}

/** @param {number} number of the mask @param {Square} square filled @returns {boolean[][]} */
function maskedWith(number, { side, set, dark }) {
  const mask = MASKS[number];
  const flipped = dark.map((row, r) => row.map((one, c) => (set[r][c] ? one : one !== (mask(r, c) === 0))));
  putFormat({ side, set: set.map((row) => [...row]), dark: flipped }, number);
  return flipped;
}

/** How hard it would be to scan: long runs, blocks, what looks like a finder, and too much of one kind. */
function penaltyOf(rows) {
  const side = rows.length;
  const columns = rows.map((_row, at) => rows.map((row) => row[at]));
  const lines = [...rows, ...columns].map((line) => line.map((one) => (one ? "1" : "0")).join(""));
  let penalty = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
    for (const like of ["00001011101", "10111010000"]) {
      for (let at = line.indexOf(like); at >= 0; at = line.indexOf(like, at + 1)) penalty += 40;
    }
  }
  for (let row = 1; row < side; row += 1) {
    for (let column = 1; column < side; column += 1) {
      const one = rows[row][column];
      if (one === rows[row - 1][column] && one === rows[row][column - 1] && one === rows[row - 1][column - 1]) penalty += 3;
    }
  }
  const dark = rows.flat().filter(Boolean).length;
  return penalty + 10 * Math.floor(Math.abs((100 * dark) / (side * side) - 50) / 5);
}
