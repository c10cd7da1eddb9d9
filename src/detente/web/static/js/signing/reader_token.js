// A reader's token: how somebody with an enrolled key reads a record over HTTP without a session.
//
// A compact JWS of type `detente-read+jwt`, signed by the reader's own key, good for one process and a few
// minutes: `{"exp": <Unix seconds>, "iat": <Unix seconds>, "proc": <origin>}`. It opens nothing but reading. One that
// signs in also answers a host's challenge, `"nonce": <the challenge>`.

import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { parseCompact, signCompact } from "./compact.js";
import { verifyStatement } from "./verifier.js";

export const READ_TYPE = "detente-read+jwt";
/** Seconds. */
export const LONGEST_LIFE = 600;
/** Characters. */
export const LONGEST_CHALLENGE = 64;

const signAnew = () => _("Sign a new one, for this process and with its claims alone.");

/**
 * @param {import("../keys/generate.js").SigningKey} key
 * @param {string} process the origin of its main log
 * @param {number} now Unix seconds
 * @param {number} [life] seconds, at most `LONGEST_LIFE`
 * @param {string} [nonce] the host's challenge, where one signs in
 * @returns {Promise<string>}
 */
export function makeReaderToken(key, process, now, life = 300, nonce = "") {
  const claims = { exp: now + life, iat: now, proc: process };
  return signCompact(key, READ_TYPE, nonce === "" ? claims : { ...claims, nonce });
}

/** @param {Record<string, any>} claims */
function checkClaims(claims) {
  const { exp, iat, proc, nonce = "-" } = claims;
  const named = Object.keys(claims).filter((name) => name !== "nonce").sort().join();
  const whole = named === "exp,iat,proc" && typeof nonce === "string" && nonce !== "" && [...nonce].length <= LONGEST_CHALLENGE;
  if (!whole || typeof proc !== "string" || !Number.isInteger(exp) || !Number.isInteger(iat)) {
    throw refuse("token.malformed", _("The token's claims are not those of a reader's token."), "", signAnew());
  }
}

/**
 * @param {string} token
 * @param {Uint8Array} publicKey
 * @param {string} process
 * @param {number} now Unix seconds
 * @throws {Refused} `token.malformed`, `token.expired`, `token.process`, or one of the verifier's
 */
export async function checkReaderToken(token, publicKey, process, now) {
  const { members } = await verifyStatement(parseCompact(token, READ_TYPE), publicKey);
  checkClaims(members);
  if (members.proc !== process) {
    throw refuse("token.process", _("The token is for another process."), "", signAnew());
  }
  const isNow = members.iat - 60 <= now && now <= members.exp;
  if (!isNow || members.exp - members.iat > LONGEST_LIFE) {
    const instead = _("Sign a new one. If that is refused too, the clock of this machine or the host’s is wrong.");
    throw refuse("token.expired", _("The token is not valid now."), "", instead);
  }
}
