// The pouch: what waits here leaves as one file, and what became of it comes back as another (docs/specs/pouch.md).
//
// The digest finds damage on the way. A receipt is proved by the log's own key; a refusal is the word of whoever brings it.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { fromUtf8, latin1, utf8 } from "../codec/bytes.js";
import { refuse, unlessRefused } from "../codec/refusal.js";
import { sha256 } from "../codec/web_crypto.js";
import { parseDecimal } from "../tlog/line.js";
import { gettext as _ } from "../words.js";

const FIRST_LINE = "detente pouch v1";
const FIRST_ANSWER_LINE = "detente pouch answer v1";
const LEAF = 32; // bytes

/**
 * What became of one act. leaf: base64url; proof: its receipt, "" where it was refused, and refusals: why.
 * @typedef {{ leaf: string, proof: string, refusals: import("../codec/refusal.js").Refusal[] }} Answer
 */

/**
 * @param {string} process origin of the main log
 * @param {Uint8Array[]} acts as submitted, in the order in which they are to be delivered
 * @returns {Promise<string>}
 */
export async function pouchOf(process, acts) {
  const lines = [FIRST_LINE, `process ${process}`, `acts ${acts.length}`, ...acts.map((act) => `act ${latin1(act)}`)];
  const body = `${lines.join("\n")}\n`;
  return `${body}digest ${await digestOf(body)}\n`;
}

/** @param {string} body @returns {Promise<string>} base64url */
async function digestOf(body) {
  return encodeBase64url(await sha256(utf8(body)));
}

/**
 * What became of the acts of a pouch. Nothing of it is proved yet.
 * @param {Uint8Array} raw
 * @param {string} process origin of the main log that it must be of
 * @returns {Promise<Answer[]>}
 * @throws {Refused} `pouch.answer`
 */
export async function readAnswer(raw, process) {
  const text = fromUtf8(raw) ?? "";
  const at = text.lastIndexOf("\ndigest ") + 1;
  const body = text.slice(0, at);
  if (text.slice(at) !== `digest ${await digestOf(body)}\n`) throw unreadable(_("The file is not as it was made."));
  const lines = body.split("\n").slice(0, -1);
  if (lines.shift() !== FIRST_ANSWER_LINE || lines.shift() !== `process ${process}`) {
    throw unreadable(_("The file is not the answer to a pouch of this process."));
  }
  const count = numberAfter("answers", lines.shift());
  const answers = [];
  while (lines.length > 0) answers.push(nextAnswer(lines));
  if (count !== answers.length || new Set(answers.map(({ leaf }) => leaf)).size !== count) throw malformed();
  return answers;
}

/** @param {string[]} lines of which those of the answer are taken away @returns {Answer} */
function nextAnswer(lines) {
  const [word, leaf, count, ...more] = lines.shift().split(" ");
  const said = lines.splice(0, parseDecimal(count ?? "") ?? 0);
  const named = unlessRefused(() => decodeBase64url(leaf ?? "").length === LEAF, false);
  if (!named || more.length > 0 || said.length === 0 || said.length !== Number(count)) throw malformed();
  if (word === "receipt") return { leaf, proof: `${said.join("\n")}\n`, refusals: [] };
  if (word === "refused") return { leaf, proof: "", refusals: said.map(refusalIn) };
  throw malformed();
}

/** @param {string} line @returns {import("../codec/refusal.js").Refusal} */
function refusalIn(line) {
  let said;
  try {
    said = JSON.parse(line);
  } catch {
    throw malformed();
  }
  const { code, sentence, clause = "", instead = "" } = said ?? {};
  if (![code, sentence, clause, instead].every((value) => typeof value === "string")) throw malformed();
  return { code, sentence, clause, instead };
}

/** @param {string} word @param {string | undefined} line */
function numberAfter(word, line) {
  return line?.startsWith(`${word} `) ? parseDecimal(line.slice(word.length + 1)) : null;
}

function malformed() {
  return unreadable(_("The file is no answer to a pouch."));
}

/** @param {string} sentence */
function unreadable(sentence) {
  return refuse("pouch.answer", sentence, "", _("Nothing was changed. Ask for the file again."));
}
