// The parts that what is found is said with. Everything is written as text.

/** @param {string} tag @param {string} text @param {string} [className] */
export function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== "") made.className = className;
  if (className === "hash") made.dir = "ltr";
  return made;
}

/** Words with a sign before them. (A message within a template is not found by those who translate.) @param {boolean} holds @param {string} words */
export function marked(holds, words) {
  return `${holds ? "✓" : "✗"} ${words}`;
}

/** @param {[string, HTMLElement][]} rows */
export function pairs(rows) {
  const list = element("dl", "", "pairs");
  for (const [term, value] of rows) {
    const row = document.createElement("div");
    const told = document.createElement("dd");
    told.append(value);
    row.append(element("dt", term), told);
    list.append(row);
  }
  return list;
}

/** @param {readonly (HTMLElement | string)[]} items */
export function listOf(items) {
  const list = document.createElement("ul");
  for (const item of items) list.append(typeof item === "string" ? element("li", item) : item);
  return list;
}

/** @param {import("../codec/refusal.js").Refused} refused */
export function refusalLines({ refusals }) {
  return refusals.flatMap(({ code, sentence, instead }) => [
    element("p", sentence),
    ...(instead === "" ? [] : [element("p", instead)]),
    element("p", code, "hash"),
  ]);
}
