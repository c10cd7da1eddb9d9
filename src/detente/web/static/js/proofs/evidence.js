// Evidence against a log, read and checked in the browser (docs/specs/evidence-against-a-log.md). The counterpart of what
// detente.proofs.misconduct reads: the same rules in the same order, the same codes, the same words.

import { processOrigin } from "../acts/convening.js";
import { decodeBase64url } from "../codec/base64url.js";
import { equalBytes, fromLatin1, fromUtf8 } from "../codec/bytes.js";
import { encodeCanonical } from "../codec/canonical_json.js";
import { refuse } from "../codec/refusal.js";
import { parseEntry } from "../signing/envelope.js";
import { openCheckpoint } from "../tlog/checkpoint.js";
import { partition } from "../tlog/line.js";
import { checkInclusion, leafHash, prefixRoot } from "../tlog/merkle.js";
import { ED25519, noteVerifier, verifierKey } from "../tlog/signed_note.js";
import { gettext as _ } from "../words.js";
import { byTheLogAlone, EVIDENCE_LINE } from "./misconduct.js";
import { PathReader } from "./path_lines.js";

const LONGEST_PATH = 64;
const KEY = /^[A-Za-z0-9_-]{43}$/;
const IDENTITY = { convenor: KEY, label: /^[^]{0,40}$/, log: KEY, nonce: /^[^]{0,64}$/ };

/**
 * What the process id is derived from.
 * @typedef {{ convenor: string, label: string, log: string, nonce: string }} LogIdentity
 *
 * One thing that a log's key signed. way: `root`, `leaf` or `seen`, how it is shown; leaf: for `leaf`; entry, number: the
 * act that tells what its author had seen, and its place, for `seen`.
 * @typedef {{ way: string, path: Uint8Array[], note: Uint8Array, leaf?: Uint8Array, entry?: Uint8Array,
 *   number?: number }} Testimony
 *
 * @typedef {{ origin: string, identity: LogIdentity, subject: string, number: number,
 *   testimonies: Testimony[] }} Evidence
 *
 * Evidence that holds. process, chamber: whose log, "" for the main one; sentence: what is proved, in words.
 * @typedef {{ process: string, chamber: string, sentence: string }} Misconduct
 */

/**
 * @param {Uint8Array} raw
 * @returns {Promise<Misconduct>}
 * @throws {import("../codec/refusal.js").Refused} what broke, where, in words
 */
export async function verifyEvidence(raw) {
  const evidence = new EvidenceReader(raw).evidence();
  const { origin, number, testimonies } = evidence;
  const process = origin.split("/").slice(0, 2).join("/");
  const { label, log: logKey, convenor, nonce } = evidence.identity;
  if (process !== (await processOrigin(label, logKey, convenor, nonce))) {
    throw nothingSaid("log", _("The log's key is not the one that this process id is derived from."));
  }
  const log = noteVerifier(await verifierKey(origin, ED25519, decodeBase64url(logKey)));
  const [sizes, said] = [[], []];
  for (const testimony of testimonies) {
    if (!equalBytes(byTheLogAlone(testimony.note, log.key), testimony.note)) {
      throw nothingSaid("signature", _("A checkpoint is to carry its log's signature and no other."));
    }
    const { checkpoint } = await openCheckpoint(testimony.note, log);
    sizes.push(checkpoint.size);
    said.push(await SHOWN[testimony.way](number, testimony, checkpoint));
  }
  if (equalBytes(said[0], said[1])) {
    const sentence = _("The two checkpoints agree on what they are said to contradict each other in.");
    throw refuse("evidence.chains", sentence, "", _("Nothing stands against the log by this file."));
  }
  return { process, chamber: origin.slice(process.length + 1), sentence: sentenceOf(evidence, sizes) };
}

/** @param {string} code @param {string} sentence */
function nothingSaid(code, sentence) {
  return refuse(`evidence.${code}`, sentence, "", _("Ask for the file again; this one says nothing about the log."));
}

/** What a testimony says, by its way. */
const SHOWN = {
  root: (first, { path }, { size, root }) => prefixRoot(first, size, path, root),

  leaf: async (number, { leaf, path }, { size, root }) => {
    await checkInclusion(leaf, number - 1, size, path, root);
    return leaf;
  },

  /** The log took in an act whose author says to have seen this. Its signature is in the leaf, which the log signed. */
  seen: async (first, { entry, number, path }, { origin, size, root }) => {
    const { v, proc, seen } = parseEntry(entry).members;
    const cites = v === 1 && Array.isArray(seen) && seen.length === 2 && seen[0] === first && typeof seen[1] === "string";
    // A chamber's acts cite the main log: of their own log they say nothing.
    if (!cites || proc !== origin || origin.split("/").length !== 2) {
      const sentence = _("The act does not say what its author had seen as the first {first} acts.", { first });
      throw nothingSaid("seen", sentence);
    }
    await checkInclusion(await leafHash(entry), number - 1, size, path, root);
    return decodeBase64url(seen[1]);
  },
};

/** @param {Evidence} evidence @param {number[]} sizes acts in the record that each checkpoint signs */
function sentenceOf({ subject, number, testimonies }, [first, second]) {
  if (subject === "act") {
    return _(
      "The key of this log has signed that act {number} is one act, and that it is another. One of the two was left out or replaced after it stood in the record.",
      { number },
    );
  }
  const told = testimonies.find(({ way }) => way === "seen");
  if (told !== undefined) {
    return _(
      "This log holds act {act}, whose author had seen another record of its first {number} acts than the one that its key has signed. Somebody was shown another history.",
      { act: told.number, number },
    );
  }
  if (first === number && second === number) {
    return _("The key of this log has signed two different records of {number} acts.", { number });
  }
  return _(
    "The key of this log has signed a record of {first} acts and one of {second}, and their first {number} acts are not the same. There are two histories.",
    { first, second, number },
  );
}

class EvidenceReader extends PathReader {
  /** @param {Uint8Array} raw */
  constructor(raw) {
    super(raw, "evidence", _("Ask for the file again, and keep this one."));
  }

  /** @returns {Evidence} of which nothing is checked */
  evidence() {
    if (this.rawLine() !== EVIDENCE_LINE) {
      throw this.fault("version", _("the file does not begin with “{line}”.", { line: EVIDENCE_LINE }));
    }
    const origin = this.text("log");
    const identity = this.identity();
    const [subject, number] = partition(this.text("about"), " ");
    if (subject !== "first" && subject !== "act") {
      throw this.fault("line", _("it should be about the first acts, or about one act."));
    }
    const ways = subject === "first" ? ["root", "seen"] : ["leaf"];
    const about = { origin, identity, subject, number: this.number(number) };
    const testimonies = [this.testimony(ways), this.testimony(ways)];
    if (!this.atEnd()) throw this.fault("end", _("the file goes on after the second checkpoint."));
    return { ...about, testimonies };
  }

  /** @returns {LogIdentity} */
  identity() {
    const stated = this.text("fixed");
    const read = parsed(stated.replace(/^by /, ""));
    if (!Object.entries(IDENTITY).every(([name, form]) => typeof read[name] === "string" && form.test(read[name]))) {
      throw this.fault("line", _("it does not say what the process id is derived from."));
    }
    const { convenor, label, log, nonce } = read;
    const identity = { convenor, label, log, nonce };
    if (`by ${fromUtf8(encodeCanonical(identity))}` !== stated) {
      throw this.fault("line", _("it does not stand in its one spelling (RFC 8785)."));
    }
    return identity;
  }

  /** @param {string[]} ways @returns {Testimony} */
  testimony(ways) {
    const { word: way, rest } = this.word(...ways);
    const [count, told] = partition(rest, " ");
    const lines = this.number(this.plain(count));
    if (lines > LONGEST_PATH) throw this.fault("number", _("a proof does not have so many hashes."));
    if (way === "root" && rest.includes(" ")) throw this.fault("line", _("nothing stands after the number of hashes."));
    const about = this.about(way, told);
    const path = Array.from({ length: lines }, () => this.hash(this.plain(this.rawLine())));
    return { way, ...about, path, note: this.note() };
  }

  /** @param {string} way @param {string} told */
  about(way, told) {
    if (way === "leaf") return { leaf: this.hash(this.plain(told)) };
    if (way === "seen") {
      const [number, act] = partition(told, " ");
      return { entry: fromLatin1(act), number: this.number(this.plain(number)) };
    }
    return {};
  }
}

/** The object that a text spells; an empty one where it spells none. @param {string} text @returns {Record<string, any>} */
function parsed(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
