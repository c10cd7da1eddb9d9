// The Merkle tree of RFC 6962 sec. 2.1, over SHA-256, for whoever checks proofs and keeps no tree.
//
// A leaf is SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right), each 32 bytes. A tree of n leaves
// splits at the largest power of two below n; the tree of no leaves is SHA-256 of nothing.

import { equalBytes, fromHex } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { sha256 } from "../codec/web_crypto.js";
import { gettext as _ } from "../words.js";

/** SHA-256 of nothing. */
export const EMPTY_ROOT = fromHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * Leaves from the first up to, not including, the second.
 * @typedef {[number, number]} Range
 */

/**
 * @param {Uint8Array} entry
 * @returns {Promise<Uint8Array>}
 */
export function leafHash(entry) {
  return sha256(LEAF, entry);
}

/**
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 * @returns {Promise<Uint8Array>}
 */
export function nodeHash(left, right) {
  return sha256(NODE, left, right);
}

/**
 * That `proof` shows that leaf `index` of the tree (size, root) is `leaf` (RFC 6962 sec. 2.1.1).
 * @param {Uint8Array} leaf
 * @param {number} index
 * @param {number} size
 * @param {readonly Uint8Array[]} proof
 * @param {Uint8Array} root
 * @throws {Refused} `proof.index`, `proof.path_length`, `proof.hash`, `proof.root`
 */
export async function checkInclusion(leaf, index, size, proof, root) {
  if (!(0 <= index && index < size)) {
    const sentence = _("A tree of {size} leaves has no leaf {index}.", { size, index });
    throw refuse("proof.index", sentence, "RFC 6962 sec. 2.1.1");
  }
  const siblings = siblingsOfLeaf(index, size);
  checkPath(proof, siblings.length);
  let node = leaf;
  for (const [at, [, high]] of siblings.entries()) {
    node = high <= index ? await nodeHash(proof[at], node) : await nodeHash(node, proof[at]);
  }
  if (!equalBytes(node, root)) {
    throw otherRoot("proof.root", _("The inclusion proof does not lead to the root."), "2.1.1");
  }
}

/**
 * That `proof` shows that the tree (newSize, newRoot) extends (oldSize, oldRoot). Every tree extends the empty
 * one (RFC 6962 sec. 2.1.2).
 * @param {number} oldSize
 * @param {number} newSize
 * @param {readonly Uint8Array[]} proof
 * @param {Uint8Array} oldRoot
 * @param {Uint8Array} newRoot
 * @throws {Refused} `proof.size`, `proof.path_length`, `proof.hash`, `proof.old_root`, `proof.root`
 */
export async function checkConsistency(oldSize, newSize, proof, oldRoot, newRoot) {
  if (!(0 <= oldSize && oldSize <= newSize)) {
    const places = { new: newSize, old: oldSize };
    const sentence = _("A tree of {new} leaves cannot extend one of {old}.", places);
    throw refuse("proof.size", sentence, "RFC 6962 sec. 2.1.2");
  }
  const [oldNode, newNode] =
    oldSize === 0
      ? fromNothing(newSize, proof, newRoot)
      : // Where the old tree is itself a subtree of the new one, its root is known and left out of the proof.
        await rebuildBoth(oldSize, newSize, isSubtree(oldSize, newSize) ? [oldRoot, ...proof] : proof);
  if (!equalBytes(oldNode, oldRoot)) {
    throw otherRoot("proof.old_root", _("The consistency proof does not lead to the old root."), "2.1.2");
  }
  if (!equalBytes(newNode, newRoot)) {
    throw otherRoot("proof.root", _("The consistency proof does not lead to the new root."), "2.1.2");
  }
}

/** The old and the new root where the old tree is empty: nothing is proved, and nothing needs to be. */
function fromNothing(newSize, proof, newRoot) {
  checkPath(proof, 0);
  return [EMPTY_ROOT, newSize === 0 ? EMPTY_ROOT : newRoot];
}

/**
 * The root of the first `oldSize` leaves of the tree (newSize, newRoot). `path` is a consistency proof that always begins
 * with the lowest subtree that ends at leaf `oldSize`.
 * @param {number} oldSize
 * @param {number} newSize
 * @param {readonly Uint8Array[]} path
 * @param {Uint8Array} newRoot
 * @throws {Refused} `proof.size`, `proof.path_length`, `proof.hash`, `proof.root`
 */
export async function prefixRoot(oldSize, newSize, path, newRoot) {
  if (!(1 <= oldSize && oldSize <= newSize)) {
    const sentence = _("A tree of {new} leaves does not begin with {old}.", { new: newSize, old: oldSize });
    throw refuse("proof.size", sentence, "RFC 6962 sec. 2.1.2");
  }
  const [oldNode, newNode] = await rebuildBoth(oldSize, newSize, path);
  if (!equalBytes(newNode, newRoot)) {
    throw otherRoot("proof.root", _("The proof does not lead to the root."), "2.1.2");
  }
  return oldNode;
}

/** Whether the first `oldSize` leaves are a subtree of the tree of `newSize`. @param {number} oldSize @param {number} newSize */
export function isSubtree(oldSize, newSize) {
  return siblingsOfPrefix(oldSize, newSize).start === 0;
}

/** The old and the new root to which the lowest subtree that ends at leaf `oldSize` leads with its siblings. */
async function rebuildBoth(oldSize, newSize, path) {
  const { siblings } = siblingsOfPrefix(oldSize, newSize);
  checkPath(path, siblings.length + 1);
  let [oldNode, newNode] = [path[0], path[0]];
  for (const [at, [, high]] of siblings.entries()) {
    const sibling = path[at + 1];
    if (high <= oldSize) oldNode = await nodeHash(sibling, oldNode);
    newNode = high <= oldSize ? await nodeHash(sibling, newNode) : await nodeHash(newNode, sibling);
  }
  return [oldNode, newNode];
}

/** The subtrees beside the way from leaf `index` to the root, lowest first. @returns {Range[]} */
function siblingsOfLeaf(index, size) {
  let [low, high] = [0, size];
  const siblings = [];
  while (high - low > 1) {
    const middle = low + split(high - low);
    siblings.push(index < middle ? [middle, high] : [low, middle]);
    [low, high] = index < middle ? [low, middle] : [middle, high];
  }
  return siblings.reverse();
}

/** Where the lowest subtree that ends at leaf `oldSize` starts, and the subtrees beside its way up. */
function siblingsOfPrefix(oldSize, newSize) {
  let [low, high] = [0, newSize];
  const siblings = [];
  while (high !== oldSize) {
    const middle = low + split(high - low);
    siblings.push(oldSize <= middle ? [middle, high] : [low, middle]);
    [low, high] = oldSize <= middle ? [low, middle] : [middle, high];
  }
  return { start: low, siblings: siblings.reverse() };
}

/** The largest power of two below `size` (at least 2). Shifts would stop at 32 bits. */
function split(size) {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** @param {readonly Uint8Array[]} path @param {number} length */
function checkPath(path, length) {
  if (path.length !== length) {
    const places = { path: path.length, length };
    const sentence = _("The proof has {path} hashes where the sizes ask for {length}.", places);
    throw refuse("proof.path_length", sentence, "RFC 6962 sec. 2.1");
  }
  if (path.some((node) => node.length !== 32)) {
    throw refuse("proof.hash", _("A hash in the proof is not 32 bytes long."), "RFC 6962 sec. 2.1");
  }
}

function otherRoot(code, sentence, section) {
  return refuse(code, sentence, `RFC 6962 sec. ${section}`, _("Fetch the proof again from the log."));
}
