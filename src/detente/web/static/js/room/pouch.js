// The pouch: what waits here leaves as one file, and what became of it comes back as another (docs/specs/pouch.md). The
// counterpart of detente.proofs.pouch: the same rules in the same order, the same codes, the same words.
//
// The digest finds damage on the way. A receipt is proved by the log's own key; a refusal is the word of whoever brings it.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { fromLatin1, fromUtf8, latin1, utf8 } from "../codec/bytes.js";
import { decodeCanonical } from "../codec/canonical_json.js";
import { refuse, unlessRefused } from "../codec/refusal.js";
import { sha256 } from "../codec/web_crypto.js";
import { LineReader } from "../proofs/lines.js";
import { parseEnvelope } from "../signing/envelope.js";
import { partition } from "../tlog/line.js";
import { leafHash } from "../tlog/merkle.js";
import { gettext as _ } from "../words.js";

const FIRST_LINE = "detente pouch v1";
const FIRST_ANSWER_LINE = "detente pouch answer v1";
const MOST = 10_000;
const LEAF = 32; // bytes
const MEMBERS = ["clause", "code", "instead", "sentence"];

const again = () => _("Nothing was done. Ask for the file again.");

/**
 * What became of one act. leaf: base64url; proof: its receipt, "" where it was refused, and refusals: why.
 * @typedef {{ leaf: string, proof: string, refusals: import("../codec/refusal.js").Refusal[] }} Answer
 */

/**
 * @param {string} process origin of the main log
 * @param {Uint8Array[]} acts as submitted, in the order in which they are to be delivered
 * @returns {Promise<string>} a pouch as its reader will find it
 */
export async function pouchOf(process, acts) {
  const lines = [FIRST_LINE, `process ${process}`, `acts ${acts.length}`, ...acts.map((act) => `act ${latin1(act)}`)];
  const body = `${lines.join("\n")}\n`;
  const pouch = `${body}digest ${await digestOf(utf8(body))}\n`;
  await readPouch(utf8(pouch)); // nobody carries what the next reader would refuse
  return pouch;
}

/** @param {Uint8Array} raw @returns {Promise<string>} base64url */
async function digestOf(raw) {
  return encodeBase64url(await sha256(raw));
}

class PouchReader extends LineReader {
  /** @param {Uint8Array} raw */
  constructor(raw) {
    super(raw, "pouch", again());
  }

  /** @param {string} first line @param {string} counted what is counted */
  heading(first, counted) {
    if (this.rawLine() !== first) {
      throw this.fault("version", _("the file does not begin with “{line}”.", { line: first }));
    }
    const process = this.text("process");
    const count = this.number(this.text(counted));
    if (count < 1 || count > MOST) throw this.fault("number", _("a pouch holds 1 to {most} acts.", { most: MOST }));
    return { process, count };
  }

  async end() {
    const found = await digestOf(this.raw.subarray(0, this.at));
    if (this.text("digest") !== found) {
      throw this.fault("digest", _("the file is not as it was made: a byte was changed, lost or added."));
    }
    if (!this.atEnd()) throw this.fault("end", _("the file goes on after its digest."));
  }

  /** @returns {Answer} */
  answer() {
    const { word, rest } = this.word("receipt", "refused");
    const [leaf, lines] = partition(this.plain(rest), " ");
    const named = unlessRefused(() => decodeBase64url(leaf).length === LEAF, false);
    if (!named) throw this.fault("leaf", _("it does not name an act by its leaf."));
    const count = this.number(lines);
    if (count < 1) throw this.fault("number", _("an answer has at least one line."));
    const said = this.noteOf(count);
    if (word === "receipt") return { leaf, proof: fromUtf8(said) ?? latin1(said), refusals: [] };
    const refusals = latin1(said).slice(0, -1).split("\n").map(refusalIn);
    if (refusals.includes(null)) throw this.fault("refusal", _("the lines above are not refusals."));
    return { leaf, proof: "", refusals };
  }
}

/** A refusal in its one spelling, or null. @param {string} line @returns {import("../codec/refusal.js").Refusal | null} */
function refusalIn(line) {
  const said = unlessRefused(() => decodeCanonical(fromLatin1(line)), null);
  const isObject = typeof said === "object" && said !== null && !Array.isArray(said);
  if (!isObject || Object.keys(said).length !== MEMBERS.length) return null;
  return MEMBERS.every((name) => typeof said[name] === "string") ? said : null;
}

/**
 * The acts in a pouch, each well formed and of its process; who signed is for the host, which has the keys.
 * @param {Uint8Array} raw
 * @returns {Promise<{ process: string, leaves: string[] }>}
 * @throws {Refused} `pouch.*`, or as `parseEnvelope`
 */
export async function readPouch(raw) {
  const reader = new PouchReader(raw);
  const { process, count } = reader.heading(FIRST_LINE, "acts");
  const lines = [];
  for (let read = 0; read < count; read += 1) lines.push({ rest: reader.word("act").rest, line: reader.line });
  await reader.end();
  const leaves = [];
  for (const { rest, line } of lines) {
    const { entry, members } = parseEnvelope(fromLatin1(rest));
    const { proc } = members;
    if (typeof proc !== "string" || (proc !== process && !proc.startsWith(`${process}/`))) {
      const sentence = _("the act is of another record than the pouch.");
      throw refuse("pouch.process", _("Line {line}: {sentence}", { line, sentence }), "", again());
    }
    leaves.push(encodeBase64url(await leafHash(entry)));
  }
  if (new Set(leaves).size !== count) throw reader.fault("twice", _("an act stands above twice."));
  return { process, leaves };
}

/**
 * What became of the acts of a pouch. Nothing of it is proved yet.
 * @param {Uint8Array} raw
 * @returns {Promise<{ process: string, answers: Answer[] }>} process: origin of the main log
 * @throws {Refused} `pouch.*`
 */
export async function readAnswer(raw) {
  const reader = new PouchReader(raw);
  const { process, count } = reader.heading(FIRST_ANSWER_LINE, "answers");
  const answers = [];
  for (let read = 0; read < count; read += 1) answers.push(reader.answer());
  await reader.end();
  if (new Set(answers.map(({ leaf }) => leaf)).size !== count) {
    throw reader.fault("twice", _("the same act is answered above twice."));
  }
  return { process, answers };
}
