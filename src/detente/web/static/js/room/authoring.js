// From a draft that the host wrote to an act that this browser signed: where it stands, what was seen, and the receipt.
//
// An act cites the checkpoint of the record that its author's page showed, which the browser has checked, and no later
// one: what came since was not on the table. All that signing needs is fetched when the page is drawn, so that the page
// can be signed while the line is down. The receipt is checked before anything says that the act is in the record.

import { authorAct } from "../acts/authoring.js";
import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { utf8 } from "../codec/bytes.js";
import { Refused, refuse } from "../codec/refusal.js";
import { keysOf, signingKey } from "../keys/keyring.js";
import { advance, lastSeen, seenForNextAct } from "../record/last_seen.js";
import { tellHost } from "./contradiction.js";
import { parseEnvelope } from "../signing/envelope.js";
import { oneAtATime } from "../store/database.js";
import { leafHash } from "../tlog/merkle.js";
import { checkProof, parseProof } from "../tlog/proof.js";
import { ED25519, noteVerifier, verifierKey } from "../tlog/signed_note.js";
import { gettext as _ } from "../words.js";
import { addressOf, ask, now } from "./host.js";

const PATIENCE = 30_000; // milliseconds for the host to take an act; then the line is taken to be down

/**
 * An act as the host drafted it. log: origin of the log it is for; clear, hidden: its fields; edition: number of the
 * edition that stood of its instrument, 0 where it has none; seal: the chamber's key that what it hides is sealed to.
 * @typedef {{ kind: string, log: string, clear: Record<string, any>, hidden: Record<string, any>,
 *   audience: string[], person: string, edition?: number, seal?: { epoch: string, public: string } | null }} Draft
 *
 * What signing a draft needs of the host. chain: the last act of the key in the draft's log, as the host knows it;
 * seen: size and root (base64url) of the record that the page shows, checked; logKey: base64url.
 * @typedef {{ keyId: string, logKey: string, seen: [number, string],
 *   chain: { seq: number, leaf: string } | null }} Ready
 */

/** @param {string} origin of a log @param {string} logKey base64url */
export async function logVerifier(origin, logKey) {
  return noteVerifier(await verifierKey(origin, ED25519, decodeBase64url(logKey)));
}

/**
 * Where the next act of a key would stand, with the record's latest checkpoint, checked against what was seen before.
 * @param {string} process origin of the main log
 * @param {string} chamber
 * @param {string} keyId
 * @throws {Refused} `host.*`, `log.*`, `seen.*`
 */
function place(process, chamber, keyId) {
  // The proof starts from what is kept: no other tab may move that on in between.
  return oneAtATime(`place ${process}`, async () => {
    const kept = await lastSeen(process);
    const found = await ask(`${addressOf(process)}/place?key=${keyId}&log=${chamber}&from=${kept?.size ?? 0}`);
    const proof = found.consistency.map((node) => decodeBase64url(node));
    const verifier = await logVerifier(process, found.logKey);
    const opened = await advance(verifier, utf8(found.checkpoint), proof).catch(tellHost(process, kept?.note));
    return { ...found, checkpoint: opened.checkpoint };
  });
}

/**
 * Get ready to sign a draft as a page shows it.
 * @param {string} process origin of the main log
 * @param {Draft} draft
 * @param {number} shown acts in the record when the page was drawn
 * @param {string} [keyId] the key to be signed with; the newest that is enrolled where it is left out, or revoked
 * @returns {Promise<Ready>}
 * @throws {Refused} `seen.moved_on` where there are more acts by now; `keyring.absent`, `host.*`, `log.*`, `seen.*`
 */
export async function readyToSign(process, draft, shown, keyId = "") {
  const chamber = draft.log.slice(process.length + 1);
  if (draft.seal) await import("../sealing/key_box.js"); // while there is a line
  const held = (await keysOf(process)).map((key) => key.keyId).reverse();
  const wanted = held.includes(keyId) ? [keyId, ...held] : held;
  for (const mine of wanted.length > 0 ? wanted : [""]) {
    const { keys, checkpoint, chain, logKey } = await place(process, chamber, mine);
    await seenForNextAct(process);
    checkShown(checkpoint.size, shown);
    if (keys.includes(mine)) return { keyId: mine, logKey, chain, seen: [checkpoint.size, encodeBase64url(checkpoint.root)] };
  }
  throw noKeyHere();
}

/**
 * The key that `readyToSign` would sign with: what is made before an act may have to name it.
 * @param {string} process
 * @returns {Promise<string>} its id
 * @throws {Refused} `keyring.absent`, `host.*`, `log.*`
 */
export async function keyToSignWith(process) {
  const { keys } = await ask(`${addressOf(process)}/place`);
  const mine = (await keysOf(process)).reverse().find(({ keyId }) => keys.includes(keyId));
  if (mine === undefined) throw noKeyHere();
  return mine.keyId;
}

function noKeyHere() {
  const sentence = _("This browser holds no key that is enrolled for you.");
  return refuse("keyring.absent", sentence, "", _("Use the browser that does."));
}

/** @param {number} size of the record now @param {number} shown */
function checkShown(size, shown) {
  if (size === shown) return;
  const sentence = _(
    "The record has grown while you read: this page shows {shown} acts, and there are {size} now.",
    { shown, size },
  );
  throw refuse("seen.moved_on", sentence, "", _("Nothing is signed. Read it again as it would be now."));
}

/**
 * Sign a draft. Nothing is sent, and the host is asked nothing.
 * @param {Draft} draft
 * @param {Ready} ready
 * @param {{ seq: number, leaf: string } | null} chain the act of the same key and log that this one follows
 * @returns {Promise<Uint8Array>} the act, ready to be submitted
 * @throws {Refused} `keyring.absent`, or as `authorAct`
 */
export async function signDraft(draft, ready, chain) {
  const key = await signingKey(ready.keyId);
  const where = { origin: draft.log, chain, seen: ready.seen };
  const seal = draft.seal ? (text) => sealed(text, draft.seal) : null;
  return authorAct(key, draft.kind, where, now(), draft.clear, draft.hidden, draft.audience, undefined, seal);
}

/** What stands in an act for hidden fields that are sealed to a chamber's key. @param {string} disclosures */
async function sealed(disclosures, { epoch, public: publicKey }) {
  if (disclosures === "") return {};
  const { sealContent } = await import("../sealing/key_box.js");
  return { sealed: await sealContent(disclosures, decodeBase64url(publicKey)), epoch };
}

/**
 * Send a signed act and check its receipt.
 * @param {string} process origin of the main log
 * @param {string} log origin of the log it is for
 * @param {string} logKey base64url
 * @param {Uint8Array} act
 * @returns {Promise<{ index: number, leaf: string, proof: string }>} the receipt
 * @throws {Refused} as the door refuses; `host.receipt` where the receipt does not hold
 */
export async function sendAct(process, log, logKey, act) {
  const headers = { "content-type": "application/sd-jwt" };
  const sent = { method: "POST", headers, body: act, signal: AbortSignal.timeout(PATIENCE) };
  const { proof } = await ask(`${addressOf(process)}/acts`, sent);
  return checkedReceipt(log, logKey, act, proof);
}

/**
 * The place that a receipt proves for an act, under the log's own key.
 * @param {string} log its origin @param {string} logKey base64url @param {Uint8Array} act @param {string} proof
 * @throws {Refused} `host.receipt`
 */
export async function checkedReceipt(log, logKey, act, proof) {
  const leaf = await leafHash(parseEnvelope(act).entry);
  try {
    const { index } = await checkProof(parseProof(utf8(proof)), leaf, await logVerifier(log, logKey));
    return { index, leaf: encodeBase64url(leaf), proof };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const sentences = [_("The host answered, but its receipt does not hold."), error.refusals[0].sentence];
    const instead = _("Send the act again. If that does not help, tell the other participants.");
    throw refuse("host.receipt", sentences.join(" "), "", instead);
  }
}
