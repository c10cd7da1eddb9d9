// Sealed files, for tests/javascript/test_sealing.py. Bytes come and go as hex.

import { makeKeys, sealingPair } from "/static/js/keys/keyring.js";
import { seal, unseal } from "/static/js/sealing/age.js";
import { sealFile, unsealFile } from "/static/js/sealing/file.js";
import { makeIdentity, publicOf, readIdentity } from "/static/js/sealing/identity.js";
import { fromHex, hex, outcome } from "./given.js";

const repeated = (byte, size) => new Uint8Array(size).fill(byte);

export const sealed = (plaintext, recipients) =>
  outcome(async () => hex(await seal(fromHex(plaintext), recipients.map(fromHex))));

/** A file of so many bytes, all 7; its size beyond them. */
export async function overhead(size, recipients) {
  return (await seal(repeated(7, size), recipients.map(fromHex))).length - size;
}

const inHex = async (blob) => hex(new Uint8Array(await blob.arrayBuffer()));

/** A file sealed a part at a time, with the two digests that its act holds. */
export const fileSealed = (plaintext, recipients, line) =>
  outcome(async () => {
    const found = await sealFile(new Blob([fromHex(plaintext)]), recipients.map(fromHex), line, () => {});
    return [await inHex(found.blob), hex(found.digest), hex(found.content)];
  });

export const fileOpened = (file, identity, line) =>
  outcome(async () => {
    const { blob, content } = await unsealFile(new Blob([fromHex(file)]), identity, line, () => {});
    return [await inHex(blob), hex(content)];
  });

export const opened = (file, identity) => outcome(async () => hex(await unseal(fromHex(file), identity)));

/** Codes of opening a file with each bit of `mask` flipped in each byte in turn. */
export async function changed(file, identity, mask) {
  const codes = [];
  for (const at of fromHex(file).keys()) {
    const raw = fromHex(file);
    raw[at] ^= mask;
    const { refusals } = await outcome(() => unseal(raw, identity));
    codes.push(refusals?.[0].code ?? "opened");
  }
  return codes;
}

export async function made() {
  const identity = await makeIdentity();
  return { identity, publicKey: hex(await publicOf(identity)) };
}

export const read = (typed) => outcome(() => readIdentity(typed));

/** A new key of this browser: its id, and its public half as derived from the private one. */
export async function kept(process) {
  const { keyId } = await makeKeys(process, 1);
  const { privateKey, publicKey } = await sealingPair(keyId);
  const raw = hex(new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)));
  return { keyId, publicKey: raw, derived: hex(await publicOf(privateKey)), extractable: privateKey.extractable };
}

export const openedByKept = (file, keyId) =>
  outcome(async () => hex(await unseal(fromHex(file), (await sealingPair(keyId)).privateKey)));

/** What a browser without X25519 says. */
export async function withoutX25519(file, identity, recipient) {
  const known = crypto.subtle.importKey;
  crypto.subtle.importKey = () => Promise.reject(new DOMException("", "NotSupportedError"));
  try {
    return [await opened(file, identity), await sealed("00", [recipient])].map(({ refusals }) => refusals?.[0].code);
  } finally {
    crypto.subtle.importKey = known;
  }
}
