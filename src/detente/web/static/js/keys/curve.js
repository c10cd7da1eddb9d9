// The curve of Ed25519, -x^2 + y^2 = 1 + D x^2 y^2 over the field of P (RFC 8032 sec. 5.1), in whole numbers.
//
// Only public keys come here, so nothing needs to be hidden from a clock; and only once for each key, since the
// browser does not say whether a key is a sound one.

import { L, P } from "./ed25519.js";

export const D = modulo(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

/** @param {bigint} number */
function modulo(number) {
  const rest = number % P;
  return rest < 0n ? rest + P : rest;
}

/**
 * @param {bigint} base
 * @param {bigint} exponent
 */
function power(base, exponent) {
  let result = 1n;
  for (let square = modulo(base); exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

/** @param {bigint} number */
function inverse(number) {
  return power(number, P - 2n);
}

/**
 * What x^2 would have to be.
 * @param {bigint} y
 */
function xSquared(y) {
  return modulo((y * y - 1n) * inverse(D * y * y + 1n));
}

/**
 * Whether some point of the curve has this y.
 * @param {bigint} y
 */
export function isOnCurve(y) {
  return power(xSquared(y), (P - 1n) / 2n) <= 1n;
}

/**
 * Whether the points with this y are among the eight of small order: order 1 and 2 have y = ±1, order 4 has
 * y = 0; doubling to y = 0 (order 8) means x^2 = -y^2.
 * @param {bigint} y
 */
export function hasSmallOrder(y) {
  return y === 0n || y === 1n || y === P - 1n || modulo(D * y ** 4n + 2n * y * y - 1n) === 0n;
}

/**
 * Whether a point with this y is in the group of prime order: L times it is the identity. The two points with
 * one y are each other's negatives, so either may be asked.
 * @param {bigint} y of a point of the curve
 */
export function hasPrimeOrder(y) {
  const { X, Y, Z } = multiply(L, pointAt(y));
  return X === 0n && Y === Z;
}

/**
 * A point in extended coordinates (RFC 8032 sec. 5.1.4): x = X/Z, y = Y/Z, xy = T/Z.
 * @param {bigint} y of a point of the curve
 */
function pointAt(y) {
  const square = xSquared(y);
  // P is 5 modulo 8 (RFC 8032 sec. 5.1.1): this is a root of the square or of its negative.
  const root = power(square, (P + 3n) / 8n);
  const x = modulo(root * root) === square ? root : modulo(root * ROOT_OF_MINUS_ONE);
  return { X: x, Y: y, Z: 1n, T: modulo(x * y) };
}

/** The sum of two points; the formula holds for a point and itself too. */
function add(p, q) {
  const a = modulo((p.Y - p.X) * (q.Y - q.X));
  const b = modulo((p.Y + p.X) * (q.Y + q.X));
  const c = modulo(2n * D * p.T * q.T);
  const d = modulo(2n * p.Z * q.Z);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { X: modulo(e * f), Y: modulo(g * h), Z: modulo(f * g), T: modulo(e * h) };
}

/** @param {bigint} times */
function multiply(times, point) {
  let sum = { X: 0n, Y: 1n, Z: 1n, T: 0n };
  for (let doubled = point; times > 0n; times >>= 1n) {
    if (times & 1n) sum = add(sum, doubled);
    doubled = add(doubled, doubled);
  }
  return sum;
}
