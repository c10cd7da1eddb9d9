// What is kept where a record contradicted itself, on the page of the outbox: both checkpoints, and the file that proves it.

import { contradictions } from "../record/last_seen.js";
import { evidenceOf } from "./contradiction.js";
import { offerFile, receiptsOf } from "./receipt.js";

/** Both notes, and the file that proves the pair to anybody where there is one. */
async function drawPair({ number, origin, kept, shown }, copyOf) {
  const item = copyOf("kept-pair");
  offerFile(item.querySelector("[data-file=kept]"), `checkpoint-seen-${number}.txt`, kept);
  offerFile(item.querySelector("[data-file=shown]"), `checkpoint-shown-${number}.txt`, shown);
  const evidence = await evidenceOf(origin, kept, shown);
  const link = item.querySelector("[data-file=evidence]");
  link.hidden = evidence === null;
  if (evidence !== null) offerFile(link, `evidence-${number}.detente`, evidence);
  return item;
}

/** Both notes of each pair that does not chain: whoever holds them can show them to anybody. */
export async function drawContradictions(process, copyOf) {
  const logs = new Set([process, ...(await receiptsOf(process)).map(({ log }) => log)]);
  const pairs = (await Promise.all([...logs].map(contradictions))).flat();
  const section = document.getElementById("contradictions");
  section.hidden = pairs.length === 0;
  section.querySelector("ul").replaceChildren(
    ...(await Promise.all(pairs.map((pair) => drawPair(pair, copyOf)))),
  );
}
