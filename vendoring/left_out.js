// Stands in for cryptography that this build leaves out: post-quantum and NIST curves, scrypt, and an X25519 for
// browsers that have none of their own: their people are told so (static/js/codec/web_crypto.js).

export const MLKEM768P256 = undefined;
export const MLKEM768X25519 = undefined;
export const p256 = undefined;
export const scrypt = undefined;

function unsupported() {
  throw new DOMException("this browser does not know X25519", "NotSupportedError");
}

export const x25519 = {
  GuBytes: Uint8Array.of(9, ...new Uint8Array(31)), // the base point, RFC 7748 sec. 4.1
  scalarMult: unsupported,
  scalarMultBase: unsupported,
};
