// The key that opens, where it is a text: a chamber's for one epoch, or a side's printed recovery key. As
// detente.sealing.identity: `AGE-SECRET-KEY-1` and 58 signs. A person's own key has no text: it cannot be read.

import { refuse } from "../codec/refusal.js";
import { ifKnown, webCrypto } from "../codec/web_crypto.js";
import { gettext as _ } from "../words.js";
import { bech32, generateX25519Identity, identityToRecipient } from "../../vendor/age.js";
import { publicBehind } from "./recipient.js";

const HEAD = "AGESECRETKEY1";
const DATA_SIGNS = 58;
// The alphabet has no B, I, O and 1, because they are taken for these.
const TAKEN_FOR = { B: "8", I: "L", O: "0", 1: "L" };

/** A new one, from the system's random numbers. @returns {Promise<string>} */
export function makeIdentity() {
  return generateX25519Identity();
}

/**
 * The 32 bytes to which others seal.
 * @param {string | CryptoKey} identity
 * @returns {Promise<Uint8Array>}
 * @throws {Refused} `browser.insecure_context`, `browser.algorithm`
 */
export function publicOf(identity) {
  return ifKnown("X25519", async () => {
    webCrypto();
    return publicBehind(await identityToRecipient(identity));
  });
}

/**
 * An identity as a tired person types it from paper: in groups, in lower case, over several lines, with O for 0.
 * Everything but ASCII letters and digits is passed over.
 * @param {string} typed
 * @returns {string}
 * @throws {Refused} `sealing.identity`
 */
export function readIdentity(typed) {
  const signs = typed.replace(/[^A-Za-z0-9]/g, "").toUpperCase();
  const data = signs.slice(HEAD.length).replace(/[BIO1]/g, (sign) => TAKEN_FOR[sign]);
  if (!signs.startsWith(HEAD)) throw unread(_("A recovery key begins with AGE-SECRET-KEY-1."));
  if (data.length !== DATA_SIGNS) {
    const places = { signs: DATA_SIGNS, found: data.length };
    throw unread(_("After AGE-SECRET-KEY-1 come {signs} letters and digits; here are {found}.", places));
  }
  const identity = `AGE-SECRET-KEY-1${data}`;
  if (!isIntact(identity)) throw unread(_("A letter or digit of the recovery key is not as printed."));
  return identity;
}

/** @param {string} identity */
function isIntact(identity) {
  try {
    return bech32.decodeToBytes(identity).bytes.length === 32;
  } catch {
    return false;
  }
}

/** @param {string} sentence */
function unread(sentence) {
  return refuse(
    "sealing.identity",
    sentence,
    "BIP 173",
    _("Compare it with the paper, group by group; spaces, line ends and small letters do not matter."),
  );
}
