// Acts of whole records, for tests/javascript/test_records.py.

import { processOrigin } from "/static/js/acts/convening.js";
import { decodeBase64url, encodeBase64url } from "/static/js/codec/base64url.js";
import { checkPossession } from "/static/js/keys/possession.js";
import { readPublicKey } from "/static/js/keys/public.js";
import { openDisclosures } from "/static/js/signing/disclosure.js";
import { parseEnvelope, submissionOf } from "/static/js/signing/envelope.js";
import { verify } from "/static/js/signing/verifier.js";
import { leafHash } from "/static/js/tlog/merkle.js";
import { fromLatin1, outcome } from "./given.js";

/** What one act says of itself, every check passed that needs no state. */
async function one({ raw, public: publicKey }) {
  const envelope = parseEnvelope(fromLatin1(raw));
  const { kid, members, entry, disclosures } = await verify(envelope, decodeBase64url(publicKey));
  const opened = await openDisclosures(members._sd, disclosures, Object.keys(members));
  if (members.act === "enrol") {
    await checkPossession(readPublicKey(members.public), members.proc, members.person, members.possession);
  }
  const origin = members.act === "convene" ? await originOf(members) : "";
  const leaf = encodeBase64url(await leafHash(entry));
  return { kid, leaf, submission: await submissionOf(envelope), opened: { ...opened }, origin };
}

function originOf({ label, log_key: logKey, convenor_key: convenorKey, nonce }) {
  return processOrigin(label, logKey, convenorKey, nonce);
}

export function readThrough(acts) {
  return Promise.all(acts.map((act) => outcome(() => one(act))));
}
