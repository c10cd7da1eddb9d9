// The browser's own cryptography (W3C Web Cryptography), and the one thing said where it is not there.

import { gettext as _ } from "../words.js";
import { concat } from "./bytes.js";
import { refuse } from "./refusal.js";

/**
 * @returns {SubtleCrypto}
 * @throws {Refused} `browser.insecure_context`
 */
export function webCrypto() {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    throw refuse(
      "browser.insecure_context",
      _("This page came over plain http from another machine, so the browser gives it no keys and checks nothing."),
      "W3C Secure Contexts sec. 3.1",
      _("Open it over https, or as http://localhost on the machine that serves it; or sign on the command line."),
    );
  }
  return subtle;
}

/**
 * @param {...Uint8Array} parts hashed one after another
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export async function sha256(...parts) {
  return new Uint8Array(await webCrypto().digest("SHA-256", concat(...parts)));
}

/**
 * What `work` gives, or a refusal in words where this browser does not know the algorithm.
 * @template T
 * @param {string} algorithm
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {Refused} `browser.algorithm`
 */
export async function ifKnown(algorithm, work) {
  try {
    return await work();
  } catch (error) {
    if (error.name !== "NotSupportedError") throw error;
    throw refuse(
      "browser.algorithm",
      _("This browser does not know {algorithm}.", { algorithm }),
      "",
      _("Use a newer browser, or the command line."),
    );
  }
}
