// The browser's database over its versions, for tests/javascript/test_outbox.py.

import { add, move, read, readAll, readEach } from "/static/js/store/database.js";

/** A database as the first version made it, with one record. */
export function openFirstVersion() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("detente", 1);
    opening.onupgradeneeded = () => {
      const database = opening.result;
      database.createObjectStore("keys", { keyPath: "keyId" }).createIndex("process", "process");
      database.createObjectStore("seen", { keyPath: "origin" });
      const pairs = database.createObjectStore("contradictions", { keyPath: "number", autoIncrement: true });
      pairs.createIndex("origin", "origin");
      opening.transaction.objectStore("keys").add({ keyId: "old", process: "detente/a" });
    };
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      opening.result.close();
      resolve(true);
    };
  });
}

export const keysOf = (process) => readEach("keys", "process", process);

/** An act enters the outbox and leaves it for the receipts: what each store holds before and after. */
export async function passThrough(process, leaf) {
  const number = await add("outbox", { process, leaf });
  const before = [await readEach("outbox", "process", process), await read("receipts", leaf)];
  await move("outbox", number, "receipts", { process, leaf });
  return { before, after: [await readAll("outbox"), await read("receipts", leaf)] };
}
