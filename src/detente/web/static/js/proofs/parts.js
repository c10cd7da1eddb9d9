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
const LENGTH = 1200; // base32 letters in a part
const MOST_PARTS = 99;
const PART = /^DETENTE1:([1-9][0-9]?):([1-9][0-9]?):([A-Z2-7]{8}):([A-Z2-7]+)$/;

const scan = () => _("Scan every code of the sheet, and paste what each says.");
const damaged = () => refuse("parts.damaged", _("A part is not as it was printed."), "", scan());

/**
 * The parts of a proof, as their codes say them.
 * @param {Uint8Array} proof
 * @returns {Promise<string[]>}
 * @throws {Refused} `parts.too_many`
 */
export async function partsOf(proof) {
  const stream = new Blob([proof]).stream().pipeThrough(new CompressionStream("deflate"));
  const deflated = new Uint8Array(await new Response(stream).arrayBuffer());
  const pieces = encodeBase32(deflated).match(new RegExp(`.{1,${LENGTH}}`, "g"));
  if (pieces.length > MOST_PARTS) {
    const places = { count: pieces.length, most: MOST_PARTS };
    const sentence = _("The proof would need {count} codes; a sheet has at most {most}.", places);
    throw refuse("parts.too_many", sentence, "", _("Give the file instead, or show less of the act."));
  }
  const name = encodeBase32(await sha256(deflated)).slice(0, 8);
  return pieces.map((piece, at) => `${MARK}${at + 1}:${pieces.length}:${name}:${piece}`);
}

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
