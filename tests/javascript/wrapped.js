// Wrapped identities, for tests/javascript/test_wrapped_identity.py.

import { generateSealingPair, generateSigningPair } from "/static/js/keys/generate.js";
import { openIdentity, secretInput, wrapIdentity } from "/static/js/keys/wrapped_identity.js";
import { fromHex, hex, latin1, outcome } from "./given.js";

export const input = (process) => latin1(secretInput(process));

/** A new identity, wrapped. */
export async function wrap(secret, process, person) {
  const pairs = { signingPair: await generateSigningPair(true), sealingPair: await generateSealingPair(true) };
  return wrapIdentity(fromHex(secret), process, person, pairs);
}

/** What an identity that was opened can do: a signature, a secret shared with a public key, and whether it can be read. */
export function open(secret, process, kept, message, other) {
  return outcome(async () => {
    const { signingPair, sealingPair } = await openIdentity(fromHex(secret), process, kept);
    const theirs = await crypto.subtle.importKey("raw", fromHex(other), "X25519", true, []);
    const shared = await crypto.subtle.deriveBits({ name: "X25519", public: theirs }, sealingPair.privateKey, 256);
    return {
      signature: hex(new Uint8Array(await crypto.subtle.sign("Ed25519", signingPair.privateKey, fromHex(message)))),
      shared: hex(new Uint8Array(shared)),
      readable: [signingPair, sealingPair].map(({ privateKey }) => privateKey.extractable),
    };
  });
}
