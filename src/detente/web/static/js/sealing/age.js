// Content that only its readers can open: one age v1 file to X25519 keys (docs/specs/sealed-file.md).
// The counterpart of detente.sealing.seal. It brings 72 kB (19 kB on the line): import it where something is sealed
// or opened, `await import("../sealing/age.js")`, not with the page.

import { latin1 } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { ifKnown, webCrypto } from "../codec/web_crypto.js";
import { gettext as _ } from "../words.js";
import { Decrypter, Encrypter, identityToRecipient } from "../../vendor/age.js";
import { recipientOf } from "./recipient.js";

/** Bytes. A file is opened in memory. */
export const LARGEST_PLAINTEXT = 16 * 2 ** 20;
/** Bytes, up to the line that ends it. */
export const LARGEST_HEADER = 32768;
const MOST_RECIPIENTS = 256;
const AROUND = 16384; // bytes: nonce and tags of the largest file, with room to spare

// Stanzas, each ending in a line that is not full, and the MAC. Libraries differ in what else they let pass; a stanza
// for a passphrase must stand alone (C2SP age), and is never ours.
const STANZA = "-> (?!scrypt )[!-~]+(?: [!-~]+)*\n(?:[A-Za-z\\d+/]{64}\n)*[A-Za-z\\d+/]{0,63}\n";
const HEADER = new RegExp(`^age-encryption\\.org/v1\n(?:${STANZA})+--- [A-Za-z\\d+/]{43}\n`);
const NO_MATCH = "no identity matched any of the file's recipients";
const FORMAT = "C2SP age, file format v1";

/** What opens: the private half of a pair to read with (keys/keyring.js), or an identity's text (identity.js).
 * @typedef {CryptoKey | string} Identity */

/**
 * A file that each of `recipients` can open.
 * @param {Uint8Array} plaintext
 * @param {Uint8Array[]} recipients X25519 public keys, 32 bytes each
 * @returns {Promise<Uint8Array>}
 * @throws {Refused} `sealing.too_large`; `sealing.recipients` for none or more than 256; `sealing.recipient`;
 * `browser.insecure_context`, `browser.algorithm`
 */
export function seal(plaintext, recipients) {
  return ifKnown("X25519", async () => {
    webCrypto();
    checkSize(plaintext.length);
    return encrypterTo(recipients).encrypt(plaintext);
  });
}

/**
 * What seals to each of `recipients`.
 * @param {Uint8Array[]} recipients
 * @throws {Refused} `sealing.recipients`, `sealing.recipient`
 */
export function encrypterTo(recipients) {
  if (recipients.length < 1 || recipients.length > MOST_RECIPIENTS) {
    const places = { most: MOST_RECIPIENTS, found: recipients.length };
    const sentence = _("Content is sealed to 1 to {most} keys, not {found}.", places);
    const instead = _("Seal it to the key of a chamber, and that key to its members.");
    throw refuse("sealing.recipients", sentence, "", instead);
  }
  const encrypter = new Encrypter();
  for (const publicKey of recipients) encrypter.addRecipient(recipientOf(publicKey));
  return encrypter;
}

/**
 * What was sealed.
 * @param {Uint8Array} file
 * @param {Identity} identity
 * @returns {Promise<Uint8Array>}
 * @throws {Refused} `sealing.malformed`, `sealing.not_for_you`, `sealing.damaged`, `sealing.too_large`;
 * `browser.insecure_context`, `browser.algorithm`
 */
export function unseal(file, identity) {
  return ifKnown("X25519", async () => {
    webCrypto();
    checkHeader(file.subarray(0, LARGEST_HEADER));
    checkSize(file.length - LARGEST_HEADER - AROUND);
    const decrypter = await decrypterWith(identity);
    return decrypter.decrypt(file).catch(refusedFor);
  });
}

/** @param {Uint8Array} begun the first bytes of a file, `LARGEST_HEADER` of them @throws {Refused} `sealing.malformed` */
export function checkHeader(begun) {
  if (HEADER.test(latin1(begun))) return;
  const instead = _("Ask for the file again, as it was sealed.");
  throw refuse("sealing.malformed", _("These bytes are not a sealed file."), FORMAT, instead);
}

/** @param {Identity} identity */
export async function decrypterWith(identity) {
  await identityToRecipient(identity); // first of all, whether this browser knows the curve
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter;
}

/** What a failure to open a file means. @param {Error} error @returns {never} @throws {Refused} */
export function refusedFor(error) {
  throw error.message === NO_MATCH ? notForYou() : damaged();
}

/** @param {number} size */
function checkSize(size) {
  if (size <= LARGEST_PLAINTEXT) return;
  const sentence = _("At most {largest} bytes are sealed as one file.", { largest: LARGEST_PLAINTEXT });
  throw refuse("sealing.too_large", sentence, "", _("Seal it in parts."));
}

function notForYou() {
  return refuse(
    "sealing.not_for_you",
    _("This was not sealed to your key."),
    "",
    _("Use the browser or the recovery key that it was sealed to, or ask a member to seal it to you."),
  );
}

function damaged() {
  return refuse(
    "sealing.damaged",
    _("The sealed file was changed or cut short on its way."),
    FORMAT,
    _("Ask for the file again; the act says what its SHA-256 is."),
  );
}
