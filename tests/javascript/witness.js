// A browser as a cosigner, for tests/javascript/test_witness.py.

import { advance } from "/static/js/record/last_seen.js";
import { endWitness, makeWitness, noteWitness, witnessNext, witnessOf } from "/static/js/record/witness.js";
import { cosign } from "/static/js/tlog/cosignature.js";
import { formatSignature, noteVerifier, parseVkey } from "/static/js/tlog/signed_note.js";
import { fromHex, fromLatin1, hex, keyFromSeed, latin1, outcome } from "./given.js";

/** The line of a key that Python knows too, over a checkpoint's text. */
export async function line(vkey, seed, text, time) {
  const { sign } = await keyFromSeed(seed);
  return formatSignature(await cosign(await parseVkey(vkey), sign, text, time));
}

export async function begin(process, named = true) {
  const { cosigner } = await makeWitness(process, "A");
  await noteWitness(process, { named });
  return cosigner;
}

export const end = (process) => endWitness(process);

export async function kept(process) {
  const held = await witnessOf(process);
  if (held === undefined) return null;
  const { size, root, time, taken, cosigner, pair } = held;
  return { size, root: hex(root), time, taken, cosigner, extractable: pair.privateKey.extractable };
}

/**
 * Show a witness one checkpoint, as its host would; the notes that it handed in. proof: of what the witness signed last;
 * before: whether the browser itself takes the checkpoint in first, with that proof of what it saw last.
 */
export function next(process, vkey, note, proof, time, before = null, takes = true) {
  return outcome(async () => {
    const log = noteVerifier(await parseVkey(vkey));
    const handed = [];
    const served = {
      checkpoint: async () => {
        if (before !== null) await advance(log, fromLatin1(note), before.map(fromHex));
        return fromLatin1(note);
      },
      proof: async () => proof.map(fromHex),
      take: async (signed) => {
        if (!takes) throw new Error("the line is down");
        handed.push(latin1(signed));
      },
    };
    await witnessNext(process, log, served, () => time).catch((error) => {
      if (error.message !== "the line is down") throw error;
    });
    return handed;
  });
}

/** Several tabs at once, each with its own checkpoint. */
export function race(process, vkey, notes, time) {
  return Promise.all(notes.map(([note, proof]) => next(process, vkey, note, proof, time)));
}
