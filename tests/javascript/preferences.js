// Preferences, for tests/javascript/test_preferences.py.

import { encodeBase64url } from "/static/js/codec/base64url.js";
import { utf8 } from "/static/js/codec/bytes.js";
import { documentText, inOneSentence, readDocument } from "/static/js/preferences/document.js";
import { scaled } from "/static/js/preferences/points.js";
import { makeDisclosure } from "/static/js/signing/disclosure.js";
import { makeSalt } from "/static/js/signing/salt.js";
import { outcome } from "./given.js";

/** What follows from a document whose points and filling are left out. */
export async function follows(given) {
  const { points, low, high } = scaled(given.method, given.issues);
  const text = documentText(given);
  const digest = encodeBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(text))));
  return { points, low, high, bytes: text.length, digest };
}

export const pointsOf = (method, answers) => scaled(method, answers);

export const text = (given) => outcome(async () => documentText(given));

/** Bytes of what travels, sealed to a key of nobody's, as `signAct` seals it. */
export async function sealedSize(given) {
  const { sealContent } = await import("/static/js/sealing/key_box.js");
  const { makeIdentity, publicOf } = await import("/static/js/sealing/identity.js");
  const disclosure = makeDisclosure("document", documentText(given), makeSalt());
  return (await sealContent(`${disclosure}~`, await publicOf(await makeIdentity()))).length;
}

export const said = (document) => inOneSentence(document);

export const isRead = (document) => readDocument(JSON.stringify(document)) !== null;
