// Reading one vector of each folder: the stages in their order, and what was found. The counterpart of
// tests/conformance/vector_readers.py.

import { decodeBase64url } from "/static/js/codec/base64url.js";
import { Refused } from "/static/js/codec/refusal.js";
import { verifyEvidence } from "/static/js/proofs/evidence.js";
import { verifyProof } from "/static/js/proofs/one_act.js";
import { MARK, proofIn } from "/static/js/proofs/parts.js";
import { verifyUnchained } from "/static/js/proofs/unchained.js";
import { readAnswer, readPouch } from "/static/js/room/pouch.js";
import { unseal } from "/static/js/sealing/age.js";
import { readIdentity } from "/static/js/sealing/identity.js";
import { publicBehind, recipientOf } from "/static/js/sealing/recipient.js";
import { parseCompact } from "/static/js/signing/compact.js";
import { openDisclosures } from "/static/js/signing/disclosure.js";
import { parseEnvelope } from "/static/js/signing/envelope.js";
import { checkReaderToken, READ_TYPE } from "/static/js/signing/reader_token.js";
import { verify, verifyStatement } from "/static/js/signing/verifier.js";
import { openCheckpoint } from "/static/js/tlog/checkpoint.js";
import { cosignatureVerifier } from "/static/js/tlog/cosignature.js";
import { encodeBase64 } from "/static/js/tlog/line.js";
import { checkConsistency } from "/static/js/tlog/merkle.js";
import { missing, satisfied } from "/static/js/tlog/policy.js";
import { parsePolicy } from "/static/js/tlog/policy_file.js";
import { checkProof, parseProof } from "/static/js/tlog/proof.js";
import { ED25519, noteVerifier, openNote, parseVkey } from "/static/js/tlog/signed_note.js";
import { fromHex, fromLatin1, latin1 } from "./given.js";

const cosignedOf = (cosigners) => cosigners.map(({ name, time }) => [name, time]);

async function verifierOf(vkey) {
  const key = await parseVkey(vkey);
  return key.algorithm === ED25519 ? noteVerifier(key) : cosignatureVerifier(key);
}

async function act(vector, enter) {
  enter("envelope");
  const envelope = parseEnvelope(fromLatin1(vector.raw));
  enter("verifier");
  const { members, disclosures } = await verify(envelope, decodeBase64url(vector.public));
  enter("disclosure");
  const opened = await openDisclosures(members._sd, disclosures, Object.keys(members));
  return { opened: { ...opened } };
}

async function note(vector, enter) {
  enter("vkey");
  const verifiers = [];
  for (const vkey of vector.keys) verifiers.push(await verifierOf(vkey));
  enter("note");
  const { verified } = await openNote(fromLatin1(vector.raw), verifiers);
  return { verified: verified.map(({ name }) => name) };
}

async function opened(raw, vector, enter) {
  enter("vkey");
  const log = noteVerifier(await parseVkey(vector.log));
  const cosigners = [];
  for (const vkey of vector.cosigners) cosigners.push(cosignatureVerifier(await parseVkey(vkey)));
  enter("note");
  await openNote(raw, [log, ...cosigners]);
  enter("checkpoint");
  return openCheckpoint(raw, log, cosigners);
}

async function checkpoint(vector, enter) {
  const { checkpoint: found, cosigners } = await opened(fromLatin1(vector.raw), vector, enter);
  const { origin, size, root } = found;
  return { origin, size, root: encodeBase64(root), cosigned: cosignedOf(cosigners) };
}

async function policy(vector, enter) {
  enter("policy");
  const found = await parsePolicy(fromLatin1(vector.raw));
  const signed = await Promise.all(vector.signed.map(parseVkey));
  return {
    logs: found.logs.map(({ key }) => key.name),
    witnesses: found.witnesses.map(({ name }) => name),
    satisfied: satisfied(found, signed),
    missing: missing(found, signed),
  };
}

async function proof(vector, enter) {
  enter("proof");
  const parsed = parseProof(fromLatin1(vector.raw));
  await opened(parsed.checkpoint, vector, enter);
  enter("proof");
  const [log, ...cosigners] = await Promise.all([vector.log, ...vector.cosigners].map(verifierOf));
  const checked = await checkProof(parsed, fromHex(vector.leaf), log, cosigners);
  return { index: checked.index, size: checked.size, cosigned: cosignedOf(checked.cosigners) };
}

async function consistency(vector, enter) {
  enter("consistency");
  const [[old, oldRoot], [now, newRoot]] = [vector.old, vector.new];
  await checkConsistency(old, now, vector.proof.map(fromHex), fromHex(oldRoot), fromHex(newRoot));
  return {};
}

async function token(vector, enter) {
  const publicKey = decodeBase64url(vector.public);
  enter("envelope");
  const statement = parseCompact(vector.raw, READ_TYPE);
  enter("verifier");
  await verifyStatement(statement, publicKey);
  enter("token");
  await checkReaderToken(vector.raw, publicKey, vector.process, vector.now);
  return {};
}

async function proved(vector, enter) {
  let raw = fromLatin1(vector.raw);
  if (vector.raw.trimStart().startsWith(MARK)) {
    enter("parts");
    raw = await proofIn(vector.raw);
  }
  enter("proved");
  const { process, chamber, act, log, main, ...found } = await verifyProof(raw);
  const { number, kind, opened: shown } = act;
  const sizes = {
    size: log.size,
    main_size: main.size,
    cosigned: cosignedOf(log.cosigners),
    cosigned_later: log.later.map(({ name, time, by }) => [name, time, by]),
  };
  return { process, chamber, number, kind, ...found, opened: { ...shown }, ...sizes };
}

async function pouch(vector, enter) {
  if (vector.answer === undefined) {
    enter("pouch");
    return readPouch(fromLatin1(vector.raw));
  }
  enter("answer");
  const { process, answers } = await readAnswer(fromLatin1(vector.answer));
  return { process, answers: answers.map(({ leaf, refusals }) => [leaf, refusals.map(({ code }) => code)]) };
}

async function evidence(vector, enter) {
  if (vector.unchained !== undefined) {
    enter("unchained");
    const { sizes, proved: shown } = await verifyUnchained(fromLatin1(vector.unchained));
    return { sizes, proved: shown };
  }
  enter("evidence");
  const { process, chamber, sentence } = await verifyEvidence(fromLatin1(vector.raw));
  return { log: chamber === "" ? process : `${process}/${chamber}`, proved: sentence };
}

async function sealing(vector, enter) {
  if (vector.raw === undefined) {
    enter("recipient");
    const text = vector.recipient ?? recipientOf(fromHex(vector.public));
    return { recipient: recipientOf(publicBehind(text)) };
  }
  enter("identity");
  const identity = readIdentity(vector.identity);
  enter("file");
  return { plaintext: latin1(await unseal(fromLatin1(vector.raw), identity)) };
}

const READERS = { act, note, checkpoint, policy, proof, consistency, token, proved, pouch, evidence, sealing };

/** Run the stages; each announces itself before it begins, and the first refusal ends it. */
export async function read(folder, vector) {
  let stage = "";
  try {
    const found = await READERS[folder](vector, (name) => { stage = name; });
    return { expect: { stage: "accepted", code: "", ...found }, refusals: [] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { expect: { stage, code: error.refusals[0].code }, refusals: error.refusals };
  }
}
