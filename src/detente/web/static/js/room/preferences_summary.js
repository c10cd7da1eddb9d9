// What follows from a form of preferences, in words: beside each text its points of 1,000, what is left to do, and at the
// end all of it in one table.

import { scaled } from "../preferences/points.js";
import { gettext as _, ngettext } from "../words.js";
import { optionsOf } from "./preferences_form.js";

const grouped = new Intl.NumberFormat("en");

/** What the points of one option are called; with their range where there is one. */
function worth(found, issue, option) {
  const [points, low, high] = ["points", "low", "high"].map((name) => grouped.format(found[name][issue]?.[option] ?? 0));
  return found.low.length === 0 ? points : _("{points} ({low} to {high})", { points, low, high });
}

/** The issues of which no option is worth more than another. @param {{ points: number[][] }} found */
function indifferent({ points }) {
  return points.flatMap((of, issue) => (of.every((one) => one === of[0]) ? [issue] : []));
}

/**
 * Say it beside the texts, and in the line below. @param {import("./preferences_form.js").PreferencesForm} form
 * @returns {boolean} whether there is something to seal
 */
export function sayPoints(form) {
  const given = form.read();
  const found = scaled(given.method, given.issues);
  for (const [issue, section] of form.sections.entries())
    for (const [option, element] of optionsOf(section).entries()) {
      const points = worth(found, issue, option);
      element.querySelector("[data-worth]").textContent = _("= {points} of 1,000", { points });
    }
  const open = indifferent(found).length;
  const left = ngettext("Left: {count} provision without a difference.", "Left: {count} provisions without a difference.", open);
  const begun = open < form.sections.length;
  const total = begun ? totalOf(given) : _("Give the first points: everything else may be left out.");
  form.form.querySelector("#running").textContent = begun && open > 0 ? `${total} ${left}` : total;
  return begun;
}

/** The best package, as it was typed and as it counts. @param {import("../preferences/document.js").Preferences} given */
function totalOf({ method, issues }) {
  if (method !== "points") return _("Your best package counts as 1,000 points.");
  const sum = issues.reduce((total, issue) => total + Math.max(...issue.given), 0);
  return _("Your best package: {sum} points, which count as 1,000.", { sum: grouped.format(sum) });
}

/**
 * The table at the end. @param {import("./preferences_form.js").PreferencesForm} form
 * @param {(issue: number) => void} go to the provision
 */
export function sayAll(form, go) {
  const given = form.read();
  const found = scaled(given.method, given.issues);
  const red = new Set(given.red_lines.map(String));
  const rows = form.sections.flatMap((section, issue) =>
    optionsOf(section).map((option, at) => {
      const words = [`${option.dataset.number}: ${brief(option)}`];
      if (red.has(String([issue, at]))) words.push(_("(red line)"));
      const first = at === 0 ? linkTo(section, () => go(issue)) : document.createTextNode("");
      return row(first, words.join(" "), worth(found, issue, at));
    }),
  );
  form.form.querySelector("#table").replaceChildren(...rows);
  sayLeft(form, indifferent(found));
  form.form.querySelector("#rounding").textContent = _(
    "Scaled so that your best package is worth 1,000, and rounded to whole points: the best texts first, the largest remainders up, so that they add up exactly; then each other text, to the nearest.",
  );
}

function sayLeft(form, open) {
  const place = form.form.querySelector("#left");
  const names = open.map((issue) => form.sections[issue].dataset.number).join(", ");
  place.hidden = open.length === 0;
  place.textContent = _("No difference made yet, so every text counts the same: {provisions}. That may be what you mean.", { provisions: names });
}

/** As much of a text as tells it from the others. @param {HTMLElement} option */
export function brief(option) {
  const words = option.querySelector(".negotiated").textContent;
  return words.length > 50 ? `${words.slice(0, 50)}…` : words;
}

function linkTo(section, onClick) {
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const number = document.createElement("bdi");
  number.textContent = section.dataset.number;
  button.append(number);
  button.setAttribute("aria-label", _("Change {provision}", { provision: section.dataset.number }));
  button.addEventListener("click", onClick);
  return button;
}

function row(head, text, points) {
  const line = document.createElement("tr");
  const cells = [Object.assign(document.createElement("th"), { scope: "row" }), ...["td", "td"].map((name) => document.createElement(name))];
  cells[0].append(head);
  const words = document.createElement("bdi");
  words.textContent = text;
  cells[1].append(words);
  cells[2].textContent = points;
  cells[2].className = "amount";
  line.append(...cells);
  return line;
}
