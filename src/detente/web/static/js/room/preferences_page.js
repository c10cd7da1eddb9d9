// Preferences: one provision at a time, points first and everything else left out at will. What is answered stays in this tab
// until it is sealed on the page on which every act is read before it is signed; the host gets the sealed file only.

import { documentText, readDocument } from "../preferences/document.js";
import { gettext as _ } from "../words.js";
import { goSign } from "./go_sign.js";
import { say } from "./host.js";
import { keepFor, keptFor } from "./kept_fields.js";
import { givenBefore } from "./preferences_before.js";
import { offerConditions, sayConditions } from "./preferences_conditions.js";
import { PreferencesForm } from "./preferences_form.js";
import { sayAll, sayPoints } from "./preferences_summary.js";

const element = /** @type {HTMLFormElement} */ (document.getElementById("preferences"));
const form = new PreferencesForm(element);
const panels = [...element.querySelectorAll(".step")];
const state = element.querySelector(".state-of-signing");
const { sign, kind, log, instrument, side } = element.dataset;
const button = (name) => element.querySelector(`[data-go=${name}]`);
const DRAFT = `${kind} ${instrument} ${side}`; // in this tab only, for each text and each side that is estimated
let shown = 0;
let method = form.method;

element.hidden = false;
offerConditions(form, changed);
element.addEventListener("input", changed);
element.addEventListener("change", ({ target }) => {
  if (target.name === "method") {
    form.turnFrom(method);
    method = form.method;
  }
  changed();
});
element.addEventListener("submit", (event) => {
  event.preventDefault();
  step(shown + 1);
});
button("back").addEventListener("click", () => step(shown - 1));
button("end").addEventListener("click", () => step(panels.length - 1));
button("seal").addEventListener("click", seal);
await fillIn();
step(0, { focus: false });

/** What was typed in this tab and not signed yet; else what was sealed last. */
async function fillIn() {
  const waiting = keptFor(sign, kind, log); // made, and not signed
  const isThis = waiting.instrument === instrument && waiting.side === side;
  const kept = readDocument(keptFor(sign, DRAFT, log).document ?? (isThis ? waiting.document : undefined) ?? "");
  if (kept !== null) form.fill(kept);
  else await givenBefore(form);
  method = form.method;
  changed({ keep: false });
}

/** Say what follows, and keep what is typed for when the page is loaded again. */
function changed({ keep = true } = {}) {
  const label = element.querySelector(`[value="${form.method}"] + span strong`).textContent;
  element.querySelector("#method-chosen").textContent = label;
  element.querySelector("#fallback").hidden = !element.querySelector("#as-package").checked;
  element.querySelector("#reservation").disabled = element.querySelector("#as-package").checked;
  const faulty = form.faulty();
  const begun = sayPoints(form);
  sayConditions(form, changed);
  button("seal").disabled = !begun || faulty.length > 0 || "unsealed" in element.dataset;
  if (faulty.length > 0) element.querySelector("#running").textContent = _("Whole numbers only, up to 999,999.");
  if (shown === panels.length - 1) sayAll(form, step);
  if (keep && faulty.length === 0) keepFor(sign, DRAFT, log, { document: JSON.stringify({ ...form.read(), v: 1 }) });
}

/** Show one step. @param {number} at @param {{ focus?: boolean }} [how] */
function step(at, { focus = true } = {}) {
  const last = panels.length - 1;
  shown = Math.min(Math.max(at, 0), last);
  for (const [place, panel] of panels.entries()) panel.hidden = place !== shown;
  button("back").disabled = shown === 0;
  for (const name of ["on", "end"]) button(name).hidden = shown === last;
  button("seal").hidden = shown !== last;
  element.querySelector("progress").value = shown + 1;
  element.querySelector("#step").textContent =
    shown === last ? _("Last step") : _("Provision {number} of {count}", { number: shown + 1, count: last });
  if (shown === last) sayAll(form, step);
  if (focus) panels[shown].querySelector("h2").focus();
}

/** On to the page of signing, with the whole document waiting in this tab. */
function seal() {
  try {
    keepFor(sign, kind, log, { document: documentText(form.read()), instrument, side });
    keepFor(sign, DRAFT, log, {});
    goSign(sign, kind, log, side === "" ? { instrument } : { instrument, side });
  } catch (error) {
    say(state, error);
  }
}
