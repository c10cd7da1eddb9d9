// Acts made in the browser, for tests/javascript/test_authoring.py.

import { authorAct } from "/static/js/acts/authoring.js";
import { processOrigin } from "/static/js/acts/convening.js";
import { decodeBase64url } from "/static/js/codec/base64url.js";
import { openDisclosures } from "/static/js/signing/disclosure.js";
import { parseEnvelope, submissionOf } from "/static/js/signing/envelope.js";
import { makeReaderToken } from "/static/js/signing/reader_token.js";
import { makeNonce, makeSalt } from "/static/js/signing/salt.js";
import { signAct } from "/static/js/signing/signer.js";
import { verify } from "/static/js/signing/verifier.js";
import { fromLatin1, keyFromSeed, latin1, outcome, saltsFrom } from "./given.js";

/** The act as text, or the refusals. */
export function author(seed, kind, place, iat, clear, hidden, audience, salts) {
  return outcome(async () => {
    const key = await keyFromSeed(seed);
    const drawn = salts === null ? makeSalt : saltsFrom(salts);
    return latin1(await authorAct(key, kind, place, iat, clear, hidden, audience, drawn));
  });
}

/** As `author`, past the table of kinds. */
export function sign(seed, payload, hidden, names, salts) {
  return outcome(async () => {
    const key = await keyFromSeed(seed);
    return latin1(await signAct(key, payload, hidden, names, saltsFrom(salts)));
  });
}

/** What a sound act says, all its stages passed. */
export function readThrough(raw, publicKey) {
  return outcome(async () => {
    const envelope = parseEnvelope(fromLatin1(raw));
    const { kid, members, disclosures } = await verify(envelope, decodeBase64url(publicKey));
    const hidden = await openDisclosures(members._sd, disclosures, Object.keys(members));
    return { kid, members: { ...members }, hidden: { ...hidden }, submission: await submissionOf(envelope) };
  });
}

export { processOrigin };
export const token = async (seed, process, now) => makeReaderToken(await keyFromSeed(seed), process, now);
export const salts = (count) => Array.from({ length: count }, (_, at) => (at % 2 ? makeSalt() : makeNonce()));
