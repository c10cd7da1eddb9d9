// Keys, for tests/javascript/test_keys.py and test_keyring.py.

import { decodeBase64url } from "/static/js/codec/base64url.js";
import { signatureHolds } from "/static/js/keys/ed25519.js";
import { forget, keysOf, listKeys, makeKeys, sealingPair, signingKey, tie } from "/static/js/keys/keyring.js";
import { checkPossession, provePossession } from "/static/js/keys/possession.js";
import { checkPublicKey } from "/static/js/keys/public.js";
import { fingerprintWords, thumbprint } from "/static/js/keys/thumbprint.js";
import { encodeBase64url, fromHex, hex, keyFromSeed, outcome } from "./given.js";

export { forget, keysOf, listKeys };

/** Of each public key: "", or the code it is refused with. */
export async function admitted(keys) {
  const found = keys.map((key) => outcome(() => checkPublicKey(fromHex(key))));
  return (await Promise.all(found)).map(({ refusals }) => refusals?.[0].code ?? "");
}

export async function names(publicKey) {
  return [await thumbprint(fromHex(publicKey)), await fingerprintWords(fromHex(publicKey))];
}

/** Whether each (public key, message, signature) holds. */
export function hold(signed) {
  return Promise.all(signed.map((parts) => signatureHolds(...parts.map(fromHex))));
}

export async function proved(seed, origin, person) {
  return provePossession(await keyFromSeed(seed), origin, person);
}

export async function possessionCode(publicKey, origin, person, proof) {
  const { refusals } = await outcome(() => checkPossession(fromHex(publicKey), origin, person, proof));
  return refusals?.[0].code ?? "";
}

export const make = (process, made) => outcome(() => makeKeys(process, made));
export const tied = (keyId, process) => outcome(() => tie(keyId, process));

/** A message signed with a kept key, in hex. */
export function signed(keyId, message) {
  return outcome(async () => hex(await (await signingKey(keyId)).sign(fromHex(message))));
}

/** What this browser's database holds, as any script of the page could read it. */
async function everyRecord() {
  const opened = await new Promise((resolve, reject) => {
    const request = indexedDB.open("detente");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const request = opened.transaction("keys").objectStore("keys").getAll();
  const records = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  opened.close();
  return records;
}

/** What every way out of the browser says to every private key that is kept. */
export async function tryToExport() {
  const said = [];
  for (const { signingPair, sealingPair: reading } of await everyRecord()) {
    for (const { privateKey } of [signingPair, reading]) {
      for (const format of ["raw", "pkcs8", "jwk"]) {
        const error = await crypto.subtle.exportKey(format, privateKey).then(() => null, (fault) => fault);
        said.push([privateKey.algorithm.name, privateKey.extractable, error?.name ?? "exported"]);
      }
    }
  }
  return said;
}

/** The secret that a kept pair shares with a new one, from both ends. */
export async function shared(keyId) {
  const mine = await sealingPair(keyId);
  const theirs = await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
  const derive = (pair, other) =>
    crypto.subtle.deriveBits({ name: "X25519", public: other.publicKey }, pair.privateKey, 256);
  const ends = [await derive(mine, theirs), await derive(theirs, mine)];
  const sealingKey = encodeBase64url(new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey)));
  return { ends: ends.map((end) => hex(new Uint8Array(end))), sealingKey };
}

export const unspelled = (text) => hex(decodeBase64url(text));
