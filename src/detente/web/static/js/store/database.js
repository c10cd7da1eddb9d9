// What this browser keeps, in its own database (IndexedDB): keys, what was last seen of each log, pairs of
// checkpoints that contradict each other, acts signed that have no receipt yet, receipts, and how far it has witnessed
// each record that it is a cosigner of. Nothing in it is sent anywhere by being kept.
//
// | store | one record for each | found by |
// |---|---|---|
// | `keys` | key pair made here | `keyId`; all of a `process` |
// | `seen` | log | `origin` |
// | `contradictions` | pair of checkpoints | a number; all of an `origin` |
// | `outbox` | act signed, without a receipt | a number, in the order signed; all of a `process` |
// | `receipts` | act that has its receipt | its `leaf`; all of a `process` |
// | `witness` | record of which this browser is a cosigner | `process` |

import { refuse } from "../codec/refusal.js";
import { webCrypto } from "../codec/web_crypto.js";
import { gettext as _ } from "../words.js";

const NAME = "detente";
const VERSION = 3;

/** @param {IDBDatabase} database @param {number} before the version that this browser had, 0 for none */
function create(database, before) {
  if (before < 1) createFirst(database);
  if (before < 2) createSecond(database);
  if (before < 3) database.createObjectStore("witness", { keyPath: "process" });
}

/** @param {IDBDatabase} database */
function createFirst(database) {
  database.createObjectStore("keys", { keyPath: "keyId" }).createIndex("process", "process");
  database.createObjectStore("seen", { keyPath: "origin" });
  const pairs = database.createObjectStore("contradictions", { keyPath: "number", autoIncrement: true });
  pairs.createIndex("origin", "origin");
}

/** @param {IDBDatabase} database */
function createSecond(database) {
  database.createObjectStore("outbox", { keyPath: "number", autoIncrement: true }).createIndex("process", "process");
  database.createObjectStore("receipts", { keyPath: "leaf" }).createIndex("process", "process");
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
  request.onupgradeneeded = ({ oldVersion }) => create(request.result, oldVersion);
  return answered(request);
}

/**
 * Do `work` in one transaction and wait until it is stored. `work` may wait for nothing but the stores' answers:
 * the transaction ends when nothing more is asked of it.
 * @template T
 * @param {string[]} names of the stores
 * @param {"readonly" | "readwrite"} mode
 * @param {(...stores: IDBObjectStore[]) => IDBRequest<T>} work
 * @returns {Promise<T>}
 * @throws {Refused} `browser.storage`
 */
async function inStores(names, mode, work) {
  try {
    const database = await open();
    try {
      const transaction = database.transaction(names, mode, { durability: "strict" });
      const done = completed(transaction);
      const stores = names.map((name) => transaction.objectStore(name));
      const [result] = await Promise.all([answered(work(...stores)), done]);
      return result;
    } finally {
      database.close();
    }
  } catch (error) {
    const sentence = error?.name
      ? _("This browser could not keep or read what it should: {error}.", { error: error.name })
      : _("This browser could not keep or read what it should: no storage.");
    const instead = _("Leave private browsing, free some space, or use the command line.");
    throw refuse("browser.storage", sentence, "", instead);
  }
}

/**
 * @template T
 * @param {string} name
 * @param {"readonly" | "readwrite"} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 */
function inStore(name, mode, work) {
  return inStores([name], mode, work);
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
 * Write a record in one store and take one out of another: at any moment it stands in exactly one of them.
 * @param {string} from @param {IDBValidKey} key @param {string} to @param {object} record
 */
export function move(from, key, to, record) {
  return inStores([from, to], "readwrite", (left, entered) => {
    left.delete(key);
    return entered.put(record);
  });
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
