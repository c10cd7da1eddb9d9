// Which 32 bytes are admitted as a key to seal to, and their text `age1...`. As detente.sealing.recipient.
//
// 1. 32 bytes.
// 2. One spelling for each point: the coordinate below p, the highest bit zero. Whoever holds the private key derives
//    the canonical spelling, and age binds it: a file to a second spelling could be opened by nobody.
// 3. Not a point of small order: what is sealed to one can be opened by everybody (RFC 7748 sec. 6.1).

import { littleEndian } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { bech32 } from "../../vendor/age.js";

const KEY_BYTES = 32;
const P = 2n ** 255n - 19n; // the field's prime, RFC 7748 sec. 4.1
const A = 486662n; // the curve is v^2 = u^3 + A u^2 + u

/** @param {string} sentence */
function refused(sentence) {
  return refuse(
    "sealing.recipient",
    sentence,
    "RFC 7748 sec. 5 and 6.1",
    _("Ask this person for another key to read with, made by a generator that you trust."),
  );
}

/** Order 2 has u = 0, order 4 has u = 1 (on the twist -1); doubling to u = 1 is order 8. @param {bigint} u */
function hasSmallOrder(u) {
  return [0n, 1n, P - 1n].includes(u) || ((u * u - 1n) ** 2n - 4n * u * (u * u + A * u + 1n)) % P === 0n;
}

/**
 * @param {Uint8Array} publicKey
 * @throws {Refused} `sealing.recipient`
 */
export function checkRecipient(publicKey) {
  const found = publicKey.length;
  if (found !== KEY_BYTES) throw refused(_("A key to seal to has 32 bytes, not {found}.", { found }));
  const u = littleEndian(publicKey);
  if (u >= P) throw refused(_("The key to seal to is a second spelling of another key."));
  if (hasSmallOrder(u)) {
    throw refused(_("The key to seal to is a point of small order: everybody could open what is sealed to it."));
  }
}

/**
 * The text of an X25519 public key: `age1` and 58 signs.
 * @param {Uint8Array} publicKey
 * @returns {string}
 * @throws {Refused} `sealing.recipient`
 */
export function recipientOf(publicKey) {
  checkRecipient(publicKey);
  return bech32.encodeFromBytes("age", publicKey);
}

/**
 * The 32 bytes behind `age1...`.
 * @param {string} recipient
 * @returns {Uint8Array}
 * @throws {Refused} `sealing.recipient`
 */
export function publicBehind(recipient) {
  const raw = rawBehind(recipient);
  if (raw === null) throw refused(_("This is not the text of a key to seal to: age1 and 58 letters and digits."));
  checkRecipient(raw);
  return raw;
}

/** @param {string} recipient @returns {Uint8Array | null} */
function rawBehind(recipient) {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(recipient)) return null;
  try {
    return bech32.decodeToBytes(recipient).bytes;
  } catch {
    return null;
  }
}
