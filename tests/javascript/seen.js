// What was last seen of a log, for tests/javascript/test_last_seen.py.

import { advance, contradictions, lastSeen, seenForNextAct } from "/static/js/record/last_seen.js";
import { noteVerifier, parseVkey } from "/static/js/tlog/signed_note.js";
import { fromHex, fromLatin1, hex, latin1, outcome } from "./given.js";

/** Take a checkpoint in: its size and root, or the refusals. */
export function take(vkey, note, proof) {
  return outcome(async () => {
    const log = noteVerifier(await parseVkey(vkey));
    const { checkpoint } = await advance(log, fromLatin1(note), proof.map(fromHex));
    return [checkpoint.size, hex(checkpoint.root)];
  });
}

export const next = (origin) => outcome(() => seenForNextAct(origin));

export async function kept(origin) {
  const seen = await lastSeen(origin);
  return seen === undefined ? null : { size: seen.size, note: latin1(seen.note) };
}

export async function pairs(origin) {
  const found = await contradictions(origin);
  return found.map((pair) => ({ kept: latin1(pair.kept), shown: latin1(pair.shown), code: pair.code }));
}

/** Take many at once, as several pages of one browser would. */
export function takeAll(vkey, takings) {
  return Promise.all(takings.map(([note, proof]) => take(vkey, note, proof)));
}
