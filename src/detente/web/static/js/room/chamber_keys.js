// The keys of a chamber that this browser can open: from the boxes that the host keeps, with the key to read with that
// is kept here. The chamber's keys are held by the page alone, for as long as it is open.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { Refused } from "../codec/refusal.js";
import { keysOf, sealingPair } from "../keys/keyring.js";
import { addressOf, ask } from "./host.js";

/**
 * @typedef {object} ChamberKeys
 * @property {string} log origin of the chamber
 * @property {string} group the group whose recovery key the reader can name
 * @property {string[]} groups those that belong to the chamber
 * @property {{ leaf: string, public: string }[]} epochs the last is in use
 * @property {{ epochs: string[], keys: string[], recovery: string[], box: string }[]} boxes
 * @property {Record<string, string>} reading key to read with of each member's key
 * @property {Record<string, string>} recovery key kept on paper, by group
 * @property {string[]} unboxed keys and groups that the key in use was not given to
 * @property {string[]} outlived keys that have it, and should not
 */

/** What the host keeps of a chamber's keys. @param {string} process @param {string} chamber @returns {Promise<ChamberKeys>} */
export function chamberKeys(process, chamber) {
  return ask(`${addressOf(process)}/chambers/${chamber}/keys`);
}

/**
 * The chamber's keys that this browser's own can open.
 * @param {string} process
 * @param {ChamberKeys} found
 * @returns {Promise<Map<string, string>>} identity by the leaf of its epoch
 */
export async function openedHere(process, found) {
  const opened = new Map();
  for (const { keyId } of await keysOf(process)) {
    const mine = found.boxes.filter(({ keys }) => keys.includes(keyId));
    if (mine.length > 0) await openInto(opened, found, mine, (await sealingPair(keyId)).privateKey);
  }
  return opened;
}

/**
 * The chamber's keys that the recovery key of a group opens.
 * @param {ChamberKeys} found
 * @param {string} identity as typed from its paper and read
 * @returns {Promise<Map<string, string>>}
 */
export async function openedWith(found, identity) {
  const opened = new Map();
  await openInto(opened, found, found.boxes.filter(({ recovery }) => recovery.length > 0), identity);
  return opened;
}

/** A box that does not open, or holds something else than it says, opens nothing; the next one may. */
async function openInto(opened, found, boxes, identity) {
  const { openKeyBox } = await import("../sealing/key_box.js");
  const { publicOf } = await import("../sealing/identity.js");
  for (const { box } of boxes) {
    let inside = [];
    try {
      inside = await openKeyBox(box, identity);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    for (const one of inside) {
      const publicKey = encodeBase64url(await publicOf(one));
      const epoch = found.epochs.find((epoch) => epoch.public === publicKey);
      if (epoch !== undefined) opened.set(epoch.leaf, one);
    }
  }
}

/** Public keys as the sealing takes them. @param {string[]} texts base64url */
export function publicKeys(texts) {
  return texts.map((text) => decodeBase64url(text));
}
