// A delegate's browser at a real host, for tests/javascript/test_at_the_door.py.

import { authorAct } from "/static/js/acts/authoring.js";
import { fromLatin1 } from "/static/js/codec/bytes.js";
import { listKeys, makeKeys, signingKey } from "/static/js/keys/keyring.js";
import { provePossession } from "/static/js/keys/possession.js";
import { fingerprintWords } from "/static/js/keys/thumbprint.js";
import { advance, seenForNextAct } from "/static/js/record/last_seen.js";
import { parseEnvelope } from "/static/js/signing/envelope.js";
import { makeReaderToken } from "/static/js/signing/reader_token.js";
import { leafHash } from "/static/js/tlog/merkle.js";
import { checkProof, parseProof } from "/static/js/tlog/proof.js";
import { ED25519, noteVerifier, verifierKey } from "/static/js/tlog/signed_note.js";
import { decodeBase64url, encodeBase64url } from "/static/js/codec/base64url.js";
import { fromHex, outcome } from "./given.js";

const utf8 = (text) => new TextEncoder().encode(text);

/** What a person without a key sends for enrolment. */
export async function askForEnrolment(origin, person, now) {
  const kept = await makeKeys(origin, now);
  const key = await signingKey(kept.keyId);
  const words = await fingerprintWords(key.publicKey);
  return { ...kept, possession: await provePossession(key, origin, person), words };
}

async function logOf(origin, logKey) {
  return noteVerifier(await verifierKey(origin, ED25519, decodeBase64url(logKey)));
}

/** Fetch the latest checkpoint and take it in. */
export function look(origin, logKey, proof) {
  return outcome(async () => {
    const answer = await fetch(`/processes/${origin.split("/")[1]}/log/checkpoint`);
    const note = new Uint8Array(await answer.arrayBuffer());
    await advance(await logOf(origin, logKey), note, proof.map(fromHex));
    return seenForNextAct(origin);
  });
}

/** Author an act, send it, and check its receipt. */
export function act(origin, logKey, chain, kind, iat, clear, hidden) {
  return outcome(async () => {
    const [{ keyId }] = await listKeys();
    const place = { origin, chain, seen: await seenForNextAct(origin) };
    const raw = await authorAct(await signingKey(keyId), kind, place, iat, clear, hidden);
    const answer = await send(origin, raw);
    if (answer.errors !== undefined) return answer;
    return { ...answer, checked: await check(origin, logKey, raw, answer.proof) };
  });
}

async function send(origin, body) {
  const headers = { "content-type": "application/sd-jwt" };
  const address = `/processes/${origin.split("/")[1]}/acts`;
  return (await fetch(address, { method: "POST", headers, body })).json();
}

/** What a receipt proves of an act. */
async function check(origin, logKey, raw, receipt) {
  const leaf = await leafHash(parseEnvelope(raw).entry);
  const { index, size } = await checkProof(parseProof(utf8(receipt)), leaf, await logOf(origin, logKey));
  return { index, size, leaf: encodeBase64url(leaf) };
}

/** The receipt of another act than the one it is for. */
export function checkAgainst(origin, logKey, raw, receipt) {
  return outcome(() => check(origin, logKey, fromLatin1(raw), receipt));
}

/** What a closed record answers to whoever shows a token of a kept key. */
export async function readWithToken(origin, path, now) {
  const [{ keyId }] = await listKeys();
  const token = await makeReaderToken(await signingKey(keyId), origin, now);
  const headers = { authorization: `Detente ${token}` };
  const answer = await fetch(`/processes/${origin.split("/")[1]}/${path}`, { headers });
  return answer.status;
}
