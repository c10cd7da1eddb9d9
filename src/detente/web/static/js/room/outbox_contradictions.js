// What is kept where a record contradicted itself, on the page of the outbox: both checkpoints, and the file that proves it.

import { contradictions } from "../record/last_seen.js";
import { evidenceOf } from "./contradiction.js";
import { say } from "./host.js";
import { offerFile, receiptsOf } from "./receipt.js";

/** Both notes, and the file that proves the pair to anybody where there is one. */
async function drawPair(pair, copyOf) {
  const item = copyOf("kept-pair");
  offerFile(item.querySelector("[data-file=kept]"), `checkpoint-seen-${pair.number}.txt`, pair.kept);
  offerFile(item.querySelector("[data-file=shown]"), `checkpoint-shown-${pair.number}.txt`, pair.shown);
  item.querySelector("[data-is=again]").addEventListener("click", () => offerEvidence(item, pair));
  await offerEvidence(item, pair);
  return item;
}

/** The file that proves a pair, in its item; or that the host could not be asked for what it takes. */
async function offerEvidence(item, { number, origin, kept, shown }) {
  const [link, unasked] = [item.querySelector("[data-file=evidence]"), item.querySelector("[data-is=unasked]")];
  unasked.hidden = true;
  try {
    const evidence = await evidenceOf(origin, kept, shown);
    link.hidden = evidence === null;
    if (evidence !== null) offerFile(link, `evidence-${number}.detente`, evidence);
  } catch (error) {
    unasked.hidden = false; // that nothing was found out is not that nothing is proved
    say(unasked.querySelector("[data-is=why]"), error);
  }
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
