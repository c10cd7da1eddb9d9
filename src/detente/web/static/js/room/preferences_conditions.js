// “This only together with that”: the conditions of a form of preferences, each over two texts of two provisions.

import { gettext as _ } from "../words.js";
import { optionsOf } from "./preferences_form.js";
import { brief } from "./preferences_summary.js";

/** @param {import("./preferences_form.js").PreferencesForm} form @param {() => void} changed */
export function offerConditions(form, changed) {
  const [taken, needed] = ["#taken", "#needed"].map((id) => form.form.querySelector(id));
  for (const select of [taken, needed])
    select.replaceChildren(...form.sections.flatMap((section, issue) => optionsOf(section).map((_option, at) => optionFor(form, issue, at))));
  const other = [...needed.options].findIndex(({ value }) => issueIn(value) !== issueIn(taken.value));
  if (other < 0) form.form.querySelector("#add-condition").disabled = true; // one provision cannot hang on itself
  else needed.selectedIndex = other;
  form.form.querySelector("#add-condition").addEventListener("click", () => {
    const pair = [taken.value, needed.value].map((value) => value.split(",").map(Number));
    const twice = form.conditions.some((one) => String(one) === String(pair));
    const apart = pair[0][0] !== pair[1][0];
    needed.setCustomValidity(apart ? "" : _("Choose a text of another provision."));
    if (!needed.reportValidity() || twice) return;
    form.conditions = [...form.conditions, pair];
    changed();
  });
  needed.addEventListener("change", () => needed.setCustomValidity(""));
}

/** Show them, each with a way to drop it. @param {import("./preferences_form.js").PreferencesForm} form @param {() => void} changed */
export function sayConditions(form, changed) {
  const lines = form.conditions.map((pair) => {
    const line = document.createElement("li");
    const words = document.createElement("span");
    const [taken, needed] = pair.map(([issue, at]) => called(form, issue, at));
    words.textContent = _("{taken} only together with {needed}", { taken, needed });
    const drop = Object.assign(document.createElement("button"), { type: "button", textContent: _("Drop it") });
    drop.addEventListener("click", () => {
      form.conditions = form.conditions.filter((one) => one !== pair);
      changed();
    });
    line.append(words, drop);
    return line;
  });
  form.form.querySelector("#conditions").replaceChildren(...lines);
  const count = form.form.querySelector("#conditions-count");
  count.textContent = lines.length === 0 ? _("(optional)") : _("({count} so far)", { count: lines.length });
}

function issueIn(value) {
  return value.split(",")[0];
}

function optionFor(form, issue, at) {
  const words = brief(optionsOf(form.sections[issue])[at]);
  return new Option(`\u2068${called(form, issue, at)}\u2069: ${words}`, `${issue},${at}`);
}

/** What a text is called, with its provision where its own number does not say that. */
function called(form, issue, at) {
  const section = form.sections[issue];
  const option = optionsOf(section)[at].dataset;
  if (option.option !== "as-it-stands") return option.number;
  return _("{provision} as it stands", { provision: section.dataset.number });
}
