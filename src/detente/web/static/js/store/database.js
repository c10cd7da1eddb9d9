// What this browser keeps, in its own database (IndexedDB): keys, what was last seen of each log, and pairs of
// checkpoints that contradict each other. Nothing in it is sent anywhere by being kept.
//
// | store | one record for each | found by |
// |---|---|---|
// | `keys` | key pair made here | `keyId`; all of a `process` |
// | `seen` | log | `origin` |
// | `contradictions` | pair of checkpoints | a number; all of an `origin` |

import { refuse } from "../codec/refusal.js";
import { webCrypto } from "../codec/web_crypto.js";

const NAME = "detente";
const VERSION = 1;

/** @param {IDBDatabase} database */
function create(database) {
  database.createObjectStore("keys", { keyPath: "keyId" }).createIndex("process", "process");
  database.createObjectStore("seen", { keyPath: "origin" });
  const pairs = database.createObjectStore("contradictions", { keyPath: "number", autoIncrement: true });
  pairs.createIndex("origin", "origin");
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} once it is durably done */
function completed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** @returns {Promise<IDBDatabase>} */
async function open() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => create(request.result);
  return answered(request);
}

/**
 * Do `work` in one transaction and wait until it is stored. `work` may wait for nothing but the store's answers:
 * the transaction ends when nothing more is asked of it.
 * @template T
 * @param {string} name of the store
 * @param {"readonly" | "readwrite"} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>}
 * @throws {Refused} `browser.storage`
 */
async function inStore(name, mode, work) {
  try {
    const database = await open();
    try {
      const transaction = database.transaction(name, mode, { durability: "strict" });
      const done = completed(transaction);
      const [result] = await Promise.all([answered(work(transaction.objectStore(name))), done]);
      return result;
    } finally {
      database.close();
    }
  } catch (error) {
    throw refuse(
      "browser.storage",
      `This browser could not keep or read what it should: ${error?.name ?? "no storage"}.`,
      "",
      "Leave private browsing, free some space, or use the command line.",
    );
  }
}

/** @param {string} store @param {IDBValidKey} key @returns {Promise<any>} undefined where there is none */
export function read(store, key) {
  return inStore(store, "readonly", (opened) => opened.get(key));
}

/** @param {string} store @returns {Promise<any[]>} in the order of their keys */
export function readAll(store) {
  return inStore(store, "readonly", (opened) => opened.getAll());
}

/** @param {string} store @param {string} index @param {IDBValidKey} value @returns {Promise<any[]>} */
export function readEach(store, index, value) {
  return inStore(store, "readonly", (opened) => opened.index(index).getAll(value));
}

/** Add a record; one with the same key is never written over. @param {string} store @param {object} record */
export function add(store, record) {
  return inStore(store, "readwrite", (opened) => opened.add(record));
}

/** Write a record, over the one with the same key. @param {string} store @param {object} record */
export function write(store, record) {
  return inStore(store, "readwrite", (opened) => opened.put(record));
}

/** @param {string} store @param {IDBValidKey} key */
export function remove(store, key) {
  return inStore(store, "readwrite", (opened) => opened.delete(key));
}

/**
 * Do `work` while no other page of this browser does work under the same name: between reading and writing
 * stands a check that takes longer than a transaction lasts.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {Refused} `browser.insecure_context`, or as `work`
 */
export async function oneAtATime(name, work) {
  webCrypto(); // locks are where it is: outside a secure context there is neither
  return navigator.locks.request(`detente ${name}`, work);
}
