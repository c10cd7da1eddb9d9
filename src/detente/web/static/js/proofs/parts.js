// A proof in parts, as they stand in QR codes on paper. The counterpart of detente.proofs.parts.
//
//     DETENTE1:<part>:<of how many>:<which proof>:<base32>

import { encodeBase32, decodeBase32 } from "../codec/base32.js";
import { concat } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { sha256 } from "../codec/web_crypto.js";
import { gettext as _ } from "../words.js";

export const MARK = "DETENTE1:";
const LARGEST_PROOF = 4_000_000;
const PART = /^DETENTE1:([1-9][0-9]?):([1-9][0-9]?):([A-Z2-7]{8}):([A-Z2-7]+)$/;

const scan = () => _("Scan every code of the sheet, and paste what each says.");
const damaged = () => refuse("parts.damaged", _("A part is not as it was printed."), "", scan());

/**
 * The proof that these parts are of.
 * @param {string} text
 * @returns {Promise<Uint8Array>}
 * @throws {Refused} `parts.malformed`, `parts.of_another` (of two proofs), `parts.missing`, `parts.damaged`
 */
export async function proofIn(text) {
  const found = new Map();
  const sheets = new Set();
  for (const word of text.split(/[ \t\r\n]+/).filter((one) => one !== "")) {
    const part = PART.exec(word);
    if (part === null) {
      const sentence = _("“{said}” is no part of a proof.", { said: word.slice(0, 20) });
      throw refuse("parts.malformed", sentence, "", scan());
    }
    const [, number, of, name, piece] = part;
    sheets.add(`${of}:${name}`);
    if (sheets.size > 1) throw refuse("parts.of_another", _("The parts are of more than one proof."), "", scan());
    if ((found.get(Number(number)) ?? piece) !== piece) throw damaged();
    found.set(Number(number), piece);
  }
  const [of, name] = [...sheets, "0:"][0].split(":");
  const count = Number(of);
  const missing = Array.from({ length: count }, (_none, at) => at + 1).filter((number) => !found.has(number));
  if (missing.length > 0 || found.size === 0) {
    const places = { count, missing: missing.join(", ") };
    throw refuse("parts.missing", _("Of {count} parts, these are missing: {missing}.", places), "", scan());
  }
  if (found.size > count) throw damaged();
  const numbers = [...found.keys()].sort((left, right) => left - right);
  return inflated(numbers.map((number) => found.get(number)).join(""), name);
}

/** @param {string} text @param {string} name */
async function inflated(text, name) {
  const deflated = decodeBase32(text);
  if (deflated === null || encodeBase32(await sha256(deflated)).slice(0, 8) !== name) throw damaged();
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  const pieces = [];
  let size = 0;
  try {
    const reader = stream.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      if (size > LARGEST_PROOF) break;
      pieces.push(read.value);
    }
  } catch {
    throw damaged();
  }
  if (size > LARGEST_PROOF) throw damaged();
  return concat(...pieces);
}
