// The page of the record: whether this browser witnesses it, how far, and how to begin or stop.

import { endWitness, makeWitness, witnessOf } from "../record/witness.js";
import { gettext as _ } from "../words.js";
import { timeInWords } from "./dates.js";
import { goSign } from "./go_sign.js";
import { say } from "./host.js";

const place = document.getElementById("witnessing");
const { process, person, sign } = place.dataset;
const state = document.getElementById("witness-state");
const start = document.getElementById("witness-start");
const stop = document.getElementById("witness-stop");

/** The line of the table that names this browser's key. @param {string} vkey @returns {HTMLElement | undefined} */
function lineOf(vkey) {
  return [...document.querySelectorAll("tr[data-vkey]")].find((line) => line.dataset.vkey === vkey);
}

async function draw() {
  const { held, line, dropped } = await found();
  for (const mark of document.querySelectorAll(".this-browser")) mark.hidden = mark.closest("tr") !== line;
  start.hidden = line !== undefined && !dropped;
  stop.hidden = !start.hidden;
  const said = held === undefined ? "" : standing(held, line, dropped);
  if (state.textContent !== said) state.textContent = said;
}

/** What this browser keeps of itself as a witness, its line in the table, and whether the record has dropped it. */
async function found() {
  const held = await witnessOf(process);
  const line = held === undefined ? undefined : lineOf(held.cosigner);
  return { held, line, dropped: held !== undefined && (held.ended || (held.named && line === undefined)) };
}

/** @param {import("../record/witness.js").Witness} held @param {HTMLElement | undefined} line @param {boolean} dropped */
function standing(held, line, dropped) {
  if (dropped) return _("The record names this browser no more.");
  if (line === undefined) return _("A key is made in this browser. It begins once you have signed the act that names it.");
  if (held.size === 0) return _("Named in the record. It signs with the next look at it.");
  const time = timeInWords(1000 * held.time, { timeStyle: "short" });
  const signed = _("Witnessed by you in this browser, up to act {number}, at {time}.", { number: held.size, time });
  return held.taken === held.size ? signed : [signed, _("The host has not taken the line yet.")].join(" ");
}

start.addEventListener("click", async () => {
  try {
    if ((await found()).dropped) await endWitness(process); // a key that was dropped is named no second time
    const { cosigner } = await makeWitness(process, person);
    goSign(sign, "name_cosigner", "", { vkey: cosigner });
  } catch (error) {
    say(state, error);
  }
});

stop.addEventListener("click", async () => {
  try {
    const { line } = await found();
    await endWitness(process); // at once: that the record drops it is for everybody else to know
    goSign(sign, "drop_cosigner", "", { cosigner: line.dataset.act });
  } catch (error) {
    say(state, error);
  }
});

let drawnAt = (await witnessOf(process).catch(() => undefined))?.taken ?? 0;
document.addEventListener("witnessed", async () => {
  await draw();
  const { taken } = (await witnessOf(process)) ?? { taken: drawnAt };
  if (taken !== drawnAt) document.dispatchEvent(new Event("cosigned")); // the table is drawn by the host
  drawnAt = taken;
});
document.addEventListener("redrawn", () => draw());
await draw().catch((error) => say(state, error));
