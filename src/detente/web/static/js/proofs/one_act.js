// The proof of one act, checked in the browser (docs/specs/proof-of-an-act.md). The counterpart of
// detente.proofs.one_act: the same rules in the same order, the same codes, the same words.

import { fromLatin1 } from "../codec/bytes.js";
import { parseEnvelope } from "../signing/envelope.js";
import { verify } from "../signing/verifier.js";
import { partition } from "../tlog/line.js";
import { leafHash } from "../tlog/merkle.js";
import { gettext as _ } from "../words.js";
import { PathReader } from "./path_lines.js";
import { checkLog, signersOf } from "./signed_log.js";
import { convened, enrolled, NAMES_COSIGNER, readStated, RESTS_ON } from "./stated.js";

export const FIRST_LINE = "detente proof of an act v1";
const MOST_ACTS = 500;
const CHAMBER = /^[A-Za-z-]{1,20}$/;

/**
 * How far a log was signed. size: acts; note: that signed checkpoint; cosigners: whom the convening act names and who
 * signed it; later: those named after it, and by whom; key: the log's own.
 * @typedef {{ size: number, note: Uint8Array, cosigners: import("../tlog/checkpoint.js").Cosigned[],
 *   later: (import("../tlog/checkpoint.js").Cosigned & { by: string })[],
 *   key: import("../tlog/signed_note.js").VerifierKey }} SignedLog
 *
 * What a proof proves. process: its id, which fixes the convenor's key and the log's; chamber: in which the act stands,
 * or ""; person: its author, admitted in `role` (of `side`), both "" for whom the convening act names; office, title:
 * of the author and of the talks, where shown; enrolled: number of the act that brought the key; log: that the act
 * stands in; main: that the key's acts stand in.
 * @typedef {{ process: string, chamber: string, act: import("./stated.js").Stated, person: string, role: string,
 *   side: string, office: string, title: string, enrolled: number, log: SignedLog, main: SignedLog }} ProvedAct
 *
 * @typedef {{ act: import("./stated.js").Stated, leaf: Uint8Array, path: Uint8Array[] }} Placed
 */

class ProofReader extends PathReader {
  /** @param {Uint8Array} raw */
  constructor(raw) {
    super(raw, "proved", _("Ask for the proof again, and keep this file."));
    this.noteLines = 0;
  }

  heading() {
    if (this.rawLine() !== FIRST_LINE) {
      throw this.fault("version", _("the file does not begin with “{line}”.", { line: FIRST_LINE }));
    }
    const process = this.text("process");
    const told = this.text("proves");
    const [number, ...rest] = told.split(" ");
    const chamber = rest.join(" ");
    if (rest.length > 0 && !CHAMBER.test(chamber)) {
      throw this.fault("line", _("it does not name a chamber as a log is named."));
    }
    return { process, proved: this.number(number), chamber };
  }

  /** The acts of a log. The checkpoint's own line is read with them; `checkpoint` gives its note. */
  *acts() {
    for (;;) {
      const { word, rest } = this.word("act", "checkpoint");
      if (word === "checkpoint") {
        this.noteLines = this.number(this.plain(rest));
        return;
      }
      const [number, act] = partition(rest, " ");
      yield { number: this.number(this.plain(number)), raw: fromLatin1(act), path: this.path() };
    }
  }

  checkpoint() {
    return this.noteOf(this.noteLines);
  }
}

/**
 * Check everything in a proof.
 * @param {Uint8Array} raw
 * @returns {Promise<ProvedAct>}
 * @throws {Refused} what broke, where, in words
 */
export async function verifyProof(raw) {
  const reader = new ProofReader(raw);
  const { process, proved, chamber } = reader.heading();
  const inside = `${process}/${chamber}`;
  /** @type {Map<string, import("./stated.js").Holder>} */
  const keys = new Map();
  const logs = [{ log: process, acts: await actsOf(reader, process, process, keys, chamber === "" ? proved : null) }];
  if (logs[0].acts.length === 0) throw reader.fault("order", _("the file shows no act of the main log."));
  logs[0].note = reader.checkpoint();
  if (chamber !== "") {
    logs.push({ log: inside, acts: await actsOf(reader, process, inside, keys, proved) });
    logs[1].note = reader.checkpoint();
  }
  if (!reader.atEnd()) throw reader.fault("end", _("the file goes on after the checkpoint."));
  const main = logs[0].acts.map(({ act }) => act);
  const signers = await signersOf(main, keys);
  const signed = [];
  for (const { log, note, acts } of logs) signed.push(await checkLog(reader, signers, log, note, acts));
  const { act } = logs.at(-1).acts.find((placed) => placed.act.number === proved);
  return summed(process, chamber, act, main, keys, signed);
}

/**
 * The acts of one log, each checked as far as it can be without the checkpoint; `keys` gains those that they bring.
 * @param {ProofReader} reader
 * @param {string} process
 * @param {string} log
 * @param {Map<string, import("./stated.js").Holder>} keys
 * @param {number | null} proved number of the one that is proved, null where they only stand beside what is
 * @returns {Promise<Placed[]>}
 */
async function actsOf(reader, process, log, keys, proved) {
  const found = [];
  for (const { number, raw, path } of reader.acts()) {
    if (found.length === MOST_ACTS || (found.length > 0 && number <= found.at(-1).act.number)) {
      throw reader.fault("order", _("the acts of a proof stand in their order, each once."));
    }
    const envelope = parseEnvelope(raw);
    const act = await readStated(number, envelope);
    if (keys.size === 0) for (const [id, holder] of await convened(act, process)) keys.set(id, holder);
    if (act.log !== log) throw reader.fault("process", _("the act is of another record."));
    if (number !== proved && (![...RESTS_ON, NAMES_COSIGNER].includes(act.kind) || log !== process)) {
      throw reader.fault("order", _("it is no act that a key or a cosigner rests on."));
    }
    const holder = keys.get(act.key);
    if (holder === undefined) {
      throw reader.fault("key", _("the proof does not show who enrolled the key that signed this act."));
    }
    await verify(envelope, holder.publicKey);
    if (act.kind === "enrol") {
      const [id, brought] = await enrolled(act, process);
      if (!keys.has(id)) keys.set(id, brought); // a key belongs to whom it was enrolled for first
    }
    found.push({ act, leaf: await leafHash(envelope.entry), path });
  }
  if (proved !== null && !found.some(({ act }) => act.number === proved)) {
    throw reader.fault("order", _("the act that the proof is about is not there."));
  }
  return found;
}

/** @returns {ProvedAct} */
function summed(process, chamber, act, main, keys, signed) {
  const { person, enrolled: since } = keys.get(act.key);
  const admitted = main.findLast(
    ({ kind, clear, number }) => kind === "admit" && clear.person === person && number < since,
  );
  return {
    process,
    chamber,
    act,
    person,
    role: admitted?.clear.role ?? "",
    side: admitted?.clear.side ?? "",
    office: textOf(admitted?.opened.title),
    title: textOf(main[0].opened.title),
    enrolled: since,
    log: signed.at(-1),
    main: signed[0],
  };
}

/** @param {unknown} value */
function textOf(value) {
  return typeof value === "string" ? value : "";
}
