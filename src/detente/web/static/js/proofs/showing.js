// Putting into a proof what its holder shows of the act, where the host could not: what was sealed to a chamber is opened
// in the browser, and goes from there into the file that the holder gives away.

import { concat, latin1, utf8 } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";

const FIELD = /(<textarea id="pasted"[^>]*>)(<\/textarea>)/;
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

/**
 * The proof with further disclosures of the act that it proves, which is its last.
 * @param {Uint8Array} proof
 * @param {readonly string[]} disclosures in the order in which they were sealed
 */
export function showing(proof, disclosures) {
  const text = latin1(proof); // each byte a character, so that places in the one are places in the other
  const end = text.indexOf("\n", text.lastIndexOf("\nact ") + 1);
  return concat(proof.subarray(0, end), utf8(disclosures.map((one) => `${one}~`).join("")), proof.subarray(end));
}

/**
 * The page in one file with a proof in it, as `detente prove --html` writes it.
 * @param {string} page with none
 * @param {string} proof
 * @throws {import("../codec/refusal.js").Refused} `host.failed` where it is another page
 */
export function checkerWith(page, proof) {
  if (!FIELD.test(page)) {
    const sentence = _("The host gave another page than the one that checks a proof.");
    throw refuse("host.failed", sentence, "", _("Take the proof alone."));
  }
  const escaped = proof.replace(/[&<>"']/g, (sign) => ESCAPED[sign]);
  return page.replace(FIELD, (_found, start, end) => start + escaped + end);
}
