// Two checkpoints of one log of which nobody has shown that the longer extends the shorter, read and checked in the browser
// (docs/specs/evidence-against-a-log.md). The counterpart of detente.proofs.unchained: the same rules in the same order, the
// same codes, the same words.

import { equalBytes } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { openCheckpoint } from "../tlog/checkpoint.js";
import { noteVerifier, parseNote, parseVkey } from "../tlog/signed_note.js";
import { gettext as _ } from "../words.js";
import { LineReader } from "./lines.js";

export const UNCHAINED_LINE = "detente unchained checkpoints v1";

/**
 * name: of the key, said to be the log's; key: it, as text; sizes: of the two records; proved, lacking: what the file proves
 * and what would decide the rest, in words.
 * @typedef {{ name: string, key: string, sizes: [number, number], proved: string, lacking: string }} Unchained
 */

/**
 * @param {Uint8Array} raw
 * @returns {Promise<Unchained>}
 * @throws {import("../codec/refusal.js").Refused} what broke, where, in words
 */
export async function verifyUnchained(raw) {
  const reader = new LineReader(raw, "unchained", _("Ask for the file again, and keep this one."));
  if (reader.rawLine() !== UNCHAINED_LINE) {
    throw reader.fault("version", _("the file does not begin with “{line}”.", { line: UNCHAINED_LINE }));
  }
  const told = reader.text("key");
  const key = await parseVkey(told);
  const notes = [reader.note(), reader.note()];
  if (!reader.atEnd()) throw reader.fault("end", _("the file goes on after the second checkpoint."));
  const log = noteVerifier(key);
  const { checkpoint: first } = await openCheckpoint(notes[0], log);
  const { checkpoint: second } = await openCheckpoint(notes[1], log);
  const instead = _("Ask for the file again; this one says nothing about the log.");
  if (notes.some((note) => parseNote(note).signatures.length !== 1)) {
    const sentence = _("A checkpoint is to carry its log's signature and no other.");
    throw refuse("unchained.signature", sentence, "", instead);
  }
  if (first.size > second.size) {
    const sentence = _("The first checkpoint is to be of no more acts than the second.");
    throw refuse("unchained.order", sentence, "", instead);
  }
  if (first.size === second.size && equalBytes(first.root, second.root)) {
    const sentence = _("Both checkpoints sign one tree.");
    throw refuse("unchained.same", sentence, "", _("Nothing stands against the log by this file."));
  }
  return { name: key.name, key: told, sizes: [first.size, second.size], ...said(first.size, second.size) };
}

/** @param {number} first @param {number} second sizes */
function said(first, second) {
  if (first === second) {
    return {
      proved: _("This key has signed two different records of {size} acts.", { size: first }),
      lacking: _("What the process id is derived from: with it the two are evidence for anybody."),
    };
  }
  return {
    proved: _(
      "Nothing against the log. This key has signed a record of {first} acts and one of {second}: nobody has shown that the longer begins with the shorter, nor that it does not.",
      { first, second },
    ),
    lacking: _(
      "The acts of the longer record, or its hash tiles: its host has them, and whoever keeps a mirror of {size} acts or more.",
      { size: second },
    ),
  };
}
