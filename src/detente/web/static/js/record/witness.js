// This browser as a cosigner of a record (C2SP tlog-cosignature): with a key made for that alone, it signs each
// checkpoint that extends the last one it signed.
//
// What was signed is one history for all tabs of this browser: they take turns, and a checkpoint is kept here before it
// is signed. The private key cannot be read and goes where that state goes, so that no copy of the key is left behind
// which has forgotten what it signed.

import { concat, equalBytes, hex, utf8 } from "../codec/bytes.js";
import { generateSigningPair, publicHalf, signingKeyOf } from "../keys/generate.js";
import { oneAtATime, read, remove, write } from "../store/database.js";
import { openCheckpoint } from "../tlog/checkpoint.js";
import { cosign, ED25519_COSIGNATURE } from "../tlog/cosignature.js";
import { EMPTY_ROOT } from "../tlog/merkle.js";
import { formatSignature, formatVkey, parseNote, parseVkey, verifierKey } from "../tlog/signed_note.js";
import { checkChains, seenForNextAct } from "./last_seen.js";

/**
 * One record's witness. cosigner: its verifier key, as the record is to name it; named: whether the record was seen to;
 * ended: whether it was then dropped. vkey, size, root, note, time: of the log's key, and of the checkpoint signed last;
 * size 0 before the first. taken: size of the last one whose line the host took.
 * @typedef {{ process: string, cosigner: string, pair: CryptoKeyPair, named: boolean, ended: boolean, vkey: string,
 *   size: number, root: Uint8Array, note: Uint8Array | null, time: number, taken: number }} Witness
 *
 * What a witness asks of whoever serves the log. proof: of consistency between two sizes; take: a note with its line.
 * @typedef {{ checkpoint: () => Promise<Uint8Array>, proof: (from: number, to: number) => Promise<Uint8Array[]>,
 *   take: (note: Uint8Array) => Promise<void> }} Served
 */

/** @param {string} process origin of its main log @returns {Promise<Witness | undefined>} */
export function witnessOf(process) {
  return read("witness", process);
}

/**
 * Make the key of a witness, where there is none.
 * @param {string} process
 * @param {string} person who runs it
 * @returns {Promise<Witness>}
 */
export function makeWitness(process, person) {
  return inTurn(process, async (held) => {
    if (held !== undefined) return held;
    const pair = await generateSigningPair();
    const publicKey = await publicHalf(pair);
    const name = `${person}.browser-${hex(publicKey.subarray(0, 4))}`;
    const cosigner = formatVkey(await verifierKey(name, ED25519_COSIGNATURE, publicKey));
    const signed = { vkey: "", size: 0, root: EMPTY_ROOT, note: null, time: 0, taken: 0 };
    return kept({ process, cosigner, pair, named: false, ended: false, ...signed });
  });
}

/** Note what the record says of it. @param {string} process @param {{ named?: boolean, ended?: boolean }} found */
export function noteWitness(process, found) {
  return inTurn(process, async (held) => (held === undefined ? held : kept({ ...held, ...found })));
}

/** Sign no more with this key, ever: it is gone with the state. @param {string} process */
export function endWitness(process) {
  return inTurn(process, () => remove("witness", process));
}

/**
 * Sign the latest checkpoint and hand the line over, unless that is done.
 * @param {string} process
 * @param {import("../tlog/signed_note.js").Verifier} log
 * @param {Served} served
 * @param {() => number} now Unix seconds
 * @returns {Promise<Witness | undefined>} as it stands then
 * @throws {Refused} `seen.foreign` where the log has another history than the one signed here: nothing is signed and both
 * are kept; `seen.contradicted` where that was found before; or as `openCheckpoint`, and as what is served
 */
export function witnessNext(process, log, served, now) {
  return inTurn(process, async (held) => {
    if (held === undefined || !held.named || held.ended) return held;
    const note = await served.checkpoint();
    const shown = { ...(await openCheckpoint(note, log)).checkpoint, vkey: formatVkey(log.key), note };
    if (shown.size === held.taken && equalBytes(shown.root, held.root)) return held;
    await seenForNextAct(process); // throws where the log has contradicted itself
    if (held.size > 0) await chains(held, shown, served);
    if (shown.size < held.size) return held;
    const { size, root, vkey } = shown;
    const signed = await kept({ ...held, vkey, size, root, note, time: now() });
    await served.take(await withItsLine(signed, note, log.key.name));
    return kept({ ...signed, taken: size });
  });
}

/** @param {Witness} held @param {any} shown @param {Served} served */
async function chains(held, shown, served) {
  const sizes = [held.size, shown.size].sort((left, right) => left - right);
  const proof = held.size === shown.size ? [] : await served.proof(sizes[0], sizes[1]);
  await checkChains({ ...held, origin: held.process }, shown, proof);
}

/** The checkpoint with the log's line and this witness's. @param {Witness} held @param {Uint8Array} note @param {string} log */
async function withItsLine({ cosigner, pair, time }, note, log) {
  const { text, signatures } = parseNote(note);
  const { sign } = await signingKeyOf(pair);
  const own = await cosign(await parseVkey(cosigner), sign, text, time);
  const lines = [...signatures.filter(({ name }) => name === log), own];
  return concat(utf8(`${text}\n`), utf8(lines.map(formatSignature).join("")));
}

/** @param {Witness} held @returns {Promise<Witness>} once it is kept */
async function kept(held) {
  await write("witness", held);
  return held;
}

/**
 * @template T
 * @param {string} process
 * @param {(held: Witness | undefined) => Promise<T>} work
 */
function inTurn(process, work) {
  return oneAtATime(`witness ${process}`, async () => work(await witnessOf(process)));
}
