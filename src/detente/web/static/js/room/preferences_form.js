// The form of preferences: what stands in it as numbers, and a document put back into it. What was typed for one way of
// answering waits while another is tried.

const DIGITS = /^\d{1,6}$/;

/** A number as people type it, in the digits of their own script; 0 where nothing stands. @param {string} typed */
function numberIn(typed) {
  const latin = typed.trim().replaceAll(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) - 0x660) % 0x90));
  if (latin === "") return 0;
  return DIGITS.test(latin) ? Number(latin) : Number.NaN;
}

export class PreferencesForm {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.sections = [...form.querySelectorAll("[data-issue]")];
    this.waiting = new Map(); // method -> texts of every number
    this.conditions = []; // pairs of [issue, option]
  }

  get method() {
    return this.form.querySelector("[name=method]:checked").value;
  }

  /** The controls of numbers, in their order. @returns {HTMLInputElement[]} */
  get numbers() {
    return [...this.form.querySelectorAll("[data-weight], [data-given], [data-high]")];
  }

  /** Show what this way of answering asks, with what was typed for it. @param {string} before */
  turnFrom(before) {
    this.waiting.set(before, this.numbers.map(({ value }) => value));
    const typed = this.waiting.get(this.method) ?? [];
    for (const [at, control] of this.numbers.entries()) control.value = typed[at] ?? "";
    this.ask();
  }

  /** Only what the method asks for is there to be filled in. */
  ask() {
    for (const part of this.form.querySelectorAll("[data-asked]"))
      part.hidden = !part.dataset.asked.split(" ").includes(this.method);
  }

  /** The controls that hold no number where one is asked for. @returns {HTMLInputElement[]} */
  faulty() {
    const found = [];
    for (const control of [...this.numbers, this.form.querySelector("#reservation")]) {
      const wrong = Number.isNaN(numberIn(control.value));
      control.setAttribute("aria-invalid", String(wrong));
      if (wrong) found.push(control);
    }
    return found;
  }

  /** What stands in the form. @returns {import("../preferences/document.js").Preferences} */
  read() {
    const asPackage = this.form.querySelector("#as-package").checked;
    return {
      method: this.method,
      issues: this.sections.map((section) => this.answerIn(section)),
      red_lines: this.sections.flatMap((section, issue) =>
        optionsOf(section).flatMap((option, at) => (option.querySelector("[data-red-line]").checked ? [[issue, at]] : [])),
      ),
      only_if: this.conditions,
      reservation: asPackage ? 0 : numberIn(this.form.querySelector("#reservation").value) || 0,
      fallback: asPackage ? [...this.form.querySelectorAll("#fallback select")].map(({ value }) => Number(value)) : [],
    };
  }

  /** @param {HTMLElement} section @returns {import("../preferences/document.js").StatedIssue} */
  answerIn(section) {
    const method = this.method;
    const options = optionsOf(section);
    const numbers = (name) => options.map((option) => numberIn(option.querySelector(`[data-${name}]`).value) || 0);
    const weight = numberIn(section.querySelector("[data-weight]").value) || 0;
    const low = numbers("given");
    const last = (count) => (one) => one || count; // who gives no place leaves it last
    return {
      provision: section.dataset.issue,
      options: options.map((option) => option.dataset.option),
      given: method === "rank" ? low.map(last(options.length)) : low,
      high: method === "ranges" ? numbers("high").map((one, at) => Math.max(one, low[at])) : [],
      weight: { rank: last(this.sections.length)(weight), swing: weight }[method] ?? 0,
    };
  }

  /**
   * Put a document into the form, as far as it is about what is open now.
   * @param {import("../preferences/document.js").Preferences} found
   * @returns {boolean} whether it was about exactly that
   */
  fill(found) {
    this.form.querySelector(`[name=method][value="${found.method}"]`).checked = true;
    this.ask();
    const at = new Map(); // place of an option in the document -> its element
    for (const section of this.sections) {
      const issue = found.issues.findIndex(({ provision }) => provision === section.dataset.issue);
      const given = found.issues[issue];
      if (given === undefined) continue;
      section.querySelector("[data-weight]").value = given.weight || "";
      for (const option of optionsOf(section)) {
        const place = given.options.indexOf(option.dataset.option);
        if (place < 0) continue;
        option.querySelector("[data-given]").value = given.given[place] || "";
        option.querySelector("[data-high]").value = given.high[place] || "";
        at.set(`${issue},${place}`, option);
      }
    }
    for (const place of found.red_lines) {
      const line = at.get(String(place))?.querySelector("[data-red-line]");
      if (line) line.checked = true;
    }
    const same = JSON.stringify(found.issues.map(choices)) === JSON.stringify(this.read().issues.map(choices));
    if (same) this.fillTheRest(found);
    return same;
  }

  /** What names options by their places only holds where these are the same. */
  fillTheRest(found) {
    this.conditions = found.only_if;
    this.form.querySelector("#reservation").value = found.reservation || "";
    this.form.querySelector("#as-package").checked = found.fallback.length > 0;
    for (const [at, select] of this.form.querySelectorAll("#fallback select").entries())
      if (found.fallback[at] !== undefined) select.value = String(found.fallback[at]);
  }
}

/** @param {HTMLElement} section @returns {HTMLElement[]} */
export function optionsOf(section) {
  return [...section.querySelectorAll("[data-option]")];
}

function choices({ provision, options }) {
  return [provision, options];
}
