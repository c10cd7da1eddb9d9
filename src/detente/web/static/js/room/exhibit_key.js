// The key that opens the files of an exhibit: it stands in boxes, for those it was given to. A box that does not open, or
// holds something else than it says, opens nothing; the next one may.

import { Refused } from "../codec/refusal.js";
import { keysOf, sealingPair } from "../keys/keyring.js";

/** @typedef {{ keys: string[], box: string | null }[]} Boxes box null: the files are sealed to the keys themselves */

/** The boxes of the exhibit that the page shows. @returns {Boxes} */
export function boxesHere() {
  return JSON.parse(document.getElementById("exhibit").dataset.boxes);
}

/**
 * The ids of this browser's keys that a box is for.
 * @param {string} process @param {Boxes} boxes @returns {Promise<string[]>}
 */
export async function ownAmong(process, boxes) {
  const named = new Set(boxes.flatMap(({ keys }) => keys));
  return (await keysOf(process).catch(() => [])).map(({ keyId }) => keyId).filter((keyId) => named.has(keyId));
}

/**
 * What may open the files, as far as this browser's keys open boxes.
 * @param {string} process @param {Boxes} boxes
 * @returns {Promise<import("../sealing/age.js").Identity[]>}
 */
export async function identitiesHere(process, boxes) {
  const found = new Set();
  for (const keyId of await ownAmong(process, boxes)) {
    const { privateKey } = await sealingPair(keyId);
    for (const { keys, box } of boxes) {
      if (!keys.includes(keyId)) continue;
      for (const one of box === null ? [privateKey] : await inside(box, privateKey)) found.add(one);
    }
  }
  return [...found];
}

/** @param {string} box @param {CryptoKey} key */
async function inside(box, key) {
  const { openKeyBox } = await import("../sealing/key_box.js");
  try {
    return await openKeyBox(box, key);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}
