// Acts signed in this browser that have no receipt yet: one outbox for all its pages. No receipt, not tabled.
//
// An act is kept before it is sent. What is kept goes out in the order signed, one page at a time sending it, and an act
// may follow one that still waits. At the first refusal the queue stops until the person has reviewed it: what was
// refused is sent again, or another act of the same key takes its place (the same read anew, or a `void`), so that the
// host, who holds the bytes, can never put it into the record later.
//
// | state | the act |
// |---|---|
// | `waiting` | is sent as soon as the line is there and nothing before it is refused |
// | `refused` | was refused by the host: nothing after it is sent |
// | `stranded` | follows one whose place another took: it can never enter the record, and is signed anew from its draft |

import { encodeBase64url } from "../codec/base64url.js";
import { Refused, refuse } from "../codec/refusal.js";
import { parseEnvelope } from "../signing/envelope.js";
import { add, move, oneAtATime, read, readAll, readEach, remove, write } from "../store/database.js";
import { leafHash } from "../tlog/merkle.js";
import { gettext as _ } from "../words.js";
import { sendAct, signDraft } from "./authoring.js";
import { isOpen, now } from "./host.js";

/**
 * What else is kept of an act, for its author's eyes. sentence: what it says; draft: as the host wrote it, JSON; form:
 * where it is read anew, and what was given there; kept: what was to be sealed, and is never sent with a form.
 * @typedef {{ sentence: string, draft: string,
 *   form: { action: string, fields: [string, string][], kept: [string, string][] } }} Said
 *
 * process, log: origins; seq, leaf (base64url): its place in the chain of its key; signed: Unix seconds.
 * @typedef {Said & { number: number, process: string, log: string, logKey: string, keyId: string, seq: number,
 *   leaf: string, act: Uint8Array, signed: number, state: "waiting" | "refused" | "stranded",
 *   refusals: import("../codec/refusal.js").Refusal[] }} Kept
 */

const CHANNEL = "detente outbox";
const telling = new BroadcastChannel(CHANNEL);

/** Something has changed in the outbox of a process: every page of it looks again. @param {string} process */
export function tellPages(process) {
  telling.postMessage(process);
}

/** Look again whenever something changes in the outbox of a process, on whatever page. */
export function watchOutbox(process, look) {
  new BroadcastChannel(CHANNEL).addEventListener("message", ({ data }) => {
    if (data === process) look();
  });
}

/** @param {string} process @returns {Promise<Kept[]>} in the order signed */
export function outboxOf(process) {
  return readEach("outbox", "process", process);
}

/** A convening that has no receipt yet: its process has no pages. @returns {Promise<Kept | undefined>} */
export async function keptConvening() {
  return (await readAll("outbox")).find(({ draft }) => JSON.parse(draft).kind === "convene");
}

/**
 * Sign a draft and keep it, to be sent.
 * @param {string} process
 * @param {import("./authoring.js").Draft} draft
 * @param {import("./authoring.js").Ready} ready
 * @param {Said} said
 * @param {number | null} [inPlaceOf] number of the refused or stranded act that this one takes the place of
 * @returns {Promise<Kept>}
 * @throws {Refused} `outbox.refused`, `outbox.moved_on`, `browser.storage`, or as `signDraft`
 */
export function signAndKeep(process, draft, ready, said, inPlaceOf = null) {
  return oneAtATime(`outbox ${process}`, async () => {
    const replaced = await reviewed(process, inPlaceOf);
    if (replaced?.state === "refused") await strandAfter(replaced);
    const chain = await chainOf(process, draft.log, ready);
    const act = await signDraft(draft, ready, chain);
    const leaf = encodeBase64url(await leafHash(parseEnvelope(act).entry));
    const kept = {
      ...said, process, log: draft.log, logKey: ready.logKey, keyId: ready.keyId, leaf, act, signed: now(),
      seq: chain === null ? 0 : chain.seq + 1, state: "waiting", refusals: [],
    };
    const number = await add("outbox", kept);
    if (replaced !== null) await remove("outbox", replaced.number);
    tellPages(process);
    return { ...kept, number };
  });
}

/**
 * That nothing refused stands in the way of signing: nothing new is put behind it before it is reviewed.
 * @param {string} process
 * @param {number | null} inPlaceOf
 * @returns {Promise<Kept | null>} the act whose place is taken
 * @throws {Refused} `outbox.refused`, `outbox.moved_on`
 */
export async function reviewed(process, inPlaceOf) {
  const queue = await outboxOf(process);
  const replaced = queue.find(({ number }) => number === inPlaceOf);
  if (inPlaceOf !== null && (replaced === undefined || replaced.state === "waiting")) {
    const sentence = _("The act that this one was to take the place of is sent, or was dealt with in another tab.");
    throw refuse("outbox.moved_on", sentence, "", _("Nothing is signed. Look at what the record says now."));
  }
  if (queue.some(({ state, number }) => state === "refused" && number !== inPlaceOf)) {
    const sentence = _("An act that you signed here before was refused, and nothing is sent until you have reviewed it.");
    throw refuse("outbox.refused", sentence, "", _("Review it first: read it again, send it again, or give it up."));
  }
  return replaced ?? null;
}

/** What follows a refused act by the same key cannot follow another one. @param {Kept} refused */
async function strandAfter({ process, keyId, log, number }) {
  for (const kept of await outboxOf(process)) {
    const follows = kept.keyId === keyId && kept.log === log && kept.number > number;
    if (follows && kept.state === "waiting") await write("outbox", { ...kept, state: "stranded" });
  }
}

/**
 * The last act of a key in a log: as the host knew it when the page was drawn, as receipts since then prove it, and what
 * waits here.
 * @param {string} process
 * @param {string} log
 * @param {import("./authoring.js").Ready} ready
 */
async function chainOf(process, log, { keyId, chain }) {
  // The outbox first: what is sent meanwhile moves from there to the receipts.
  const waiting = (await outboxOf(process)).filter(({ state }) => state === "waiting");
  const own = [...waiting, ...(await readEach("receipts", "process", process))];
  return own
    .filter((act) => act.keyId === keyId && act.log === log)
    .reduce((last, { seq, leaf }) => (last === null || seq > last.seq ? { seq, leaf } : last), chain);
}

/**
 * Send what waits, in order, until nothing is left or something is refused.
 * @param {string} process
 * @throws {Refused} `host.*` where the line is down or the host does not answer as it should: everything still waits
 */
export function sendWaiting(process) {
  return oneAtATime(`sender ${process}`, async () => {
    for (;;) {
      const next = (await outboxOf(process)).find(({ state }) => state !== "stranded");
      if (next === undefined || next.state === "refused") return;
      await sendOne(next);
      tellPages(process);
    }
  });
}

/** @param {Kept} kept */
async function sendOne(kept) {
  const { number, process, log, logKey, act } = kept;
  let receipt;
  try {
    receipt = await sendAct(process, log, logKey, act);
  } catch (error) {
    if (isOpen(error)) throw error;
    await write("outbox", { ...kept, state: "refused", refusals: error.refusals });
    return;
  }
  await keepReceipt(kept, receipt);
}

/** @param {Kept} kept @param {{ index: number, proof: string }} receipt of it, checked */
export async function keepReceipt({ number, process, log, logKey, keyId, seq, leaf, sentence, act }, { index, proof }) {
  const checked = now();
  await move("outbox", number, "receipts", { leaf, process, log, logKey, keyId, seq, sentence, act, index, proof, checked });
}

/** Send a refused act as it is, because what stood against it may be gone. @param {Kept} kept */
export async function sendAgain(kept) {
  await oneAtATime(`outbox ${kept.process}`, async () => {
    const stands = await read("outbox", kept.number);
    if (stands?.state === "refused") await write("outbox", { ...stands, state: "waiting", refusals: [] });
    tellPages(kept.process);
  });
  await sendWaiting(kept.process);
}

/** Put away an act that can never enter the record: its author has seen that. @param {Kept} kept */
export async function putAway({ number, process }) {
  await remove("outbox", number);
  tellPages(process);
}

/** Why an act was refused, as an error to be said. @param {Kept} kept */
export function refusalOf(kept) {
  return new Refused(...kept.refusals);
}
