// On every page of a process: what a browser that holds nothing of the process need not load.

import { read, readEach } from "../store/database.js";
import { processHere } from "./host.js";

const process = processHere();

/** Whether this browser has ever acted in the process. Without storage it has not. */
async function actsHere() {
  const stores = ["keys", "outbox", "receipts"];
  const found = await Promise.all(stores.map((store) => readEach(store, "process", process)));
  return found.some((records) => records.length > 0);
}

async function attendIfNeeded() {
  if (process === "" || !(await actsHere())) return;
  // Now, while there is a line: it may be gone when something is to be sent.
  const { attend } = await import("./attending.js");
  await attend(process, document.getElementById("outbox-line"));
}

/** A browser that is a cosigner of the record goes on with it, on whatever page. */
async function witnessIfAsked() {
  if (process === "" || (await read("witness", process)) === undefined) return;
  const { witnessWhileOpen } = await import("./witnessing.js");
  await witnessWhileOpen(process, document.querySelector("#outbox-line [data-is=other-history]"));
}

// Without storage nothing is kept, and without a line the next page attends.
await attendIfNeeded().catch(() => {});
await witnessIfAsked().catch(() => {});
