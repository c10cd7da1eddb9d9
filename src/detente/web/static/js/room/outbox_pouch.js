// What waits in this browser, carried by somebody: packed into one file, and its answer taken in (docs/specs/pouch.md).

import { Refused, refuse } from "../codec/refusal.js";
import { oneAtATime, readEach, write } from "../store/database.js";
import { gettext as _ } from "../words.js";
import { checkedReceipt } from "./authoring.js";
import { keepReceipt, outboxOf, tellPages } from "./outbox.js";
import { pouchOf, readAnswer } from "./pouch.js";

/**
 * What waits, as one file that anybody can deliver. It still waits here.
 * @param {string} process
 * @returns {Promise<string>}
 */
export async function packWaiting(process) {
  const waiting = (await outboxOf(process)).filter(({ state }) => state === "waiting");
  return pouchOf(process, waiting.map(({ act }) => act));
}

/**
 * Take in what became of a pouch: receipts are checked and kept; what was refused stands refused, on the word of whoever
 * brought the answer, and a receipt that comes later is still taken.
 * @param {string} process
 * @param {Uint8Array} file
 * @returns {Promise<void>}
 * @throws {Refused} `pouch.*`, `host.receipt`: then nothing is changed
 */
export function takeIn(process, file) {
  return oneAtATime(`sender ${process}`, async () => {
    const queue = await outboxOf(process);
    const proved = new Set((await readEach("receipts", "process", process)).map(({ leaf }) => leaf));
    const answers = (await answersIn(file, process)).filter(({ leaf }) => !proved.has(leaf));
    const found = [];
    for (const { leaf, proof, refusals } of answers) {
      const kept = queue.find((one) => one.leaf === leaf);
      if (kept === undefined) throw stranger();
      const receipt = proof === "" ? null : await checkedReceipt(kept.log, kept.logKey, kept.act, proof);
      found.push({ kept, receipt, refusals });
    }
    for (const { kept, receipt, refusals } of found) {
      if (receipt !== null) await keepReceipt(kept, receipt);
      else if (kept.state === "waiting") await write("outbox", { ...kept, state: "refused", refusals: [...refusals, onTheirWord()] });
    }
    tellPages(process);
  });
}

/** @param {Uint8Array} file @param {string} process */
async function answersIn(file, process) {
  try {
    const answered = await readAnswer(file);
    if (answered.process === process) return answered.answers;
  } catch (error) {
    const isAnother = error instanceof Refused && error.refusals[0].code === "pouch.version";
    if (!isAnother) throw error; // a file of another kind is said to be one in plain words
  }
  throw ofAnother();
}

function ofAnother() {
  const sentence = _("The file is not the answer to a pouch of this process.");
  return refuse("pouch.process", sentence, "", _("Nothing was changed. Take it in on the page of its own process."));
}

function stranger() {
  const sentence = _("The file answers an act that does not wait in this browser.");
  return refuse("pouch.stranger", sentence, "", _("Nothing was changed. Take it in where the act was signed."));
}

/** What is to be said of every refusal that did not come from the host itself. */
function onTheirWord() {
  const sentence = _("Nobody signs a refusal: this one is the word of whoever brought the file.");
  const instead = _("Look in the record first, when the line is back: the act may stand there.");
  return { code: "pouch.word", sentence, clause: "", instead };
}
