// The words of scripts, in the language of the page: gettext's messages, with named places.
//
// `gettext("{count} acts", { count })`, imported as `_`. A page in English fetches nothing; where the words of another
// language cannot be fetched, English is spoken. A message is looked up when it is said, never when a module is read.

const tag = globalThis.document?.documentElement.lang || "en";
const known = tag === "en" ? {} : await fetched();
const fromRightToLeft = globalThis.document?.documentElement.dir === "rtl";

/** @returns {Promise<Record<string, string | string[]>>} */
async function fetched() {
  try {
    return await (await fetch(new URL(`words/${tag}.json`, import.meta.url))).json();
  } catch {
    return {};
  }
}

/**
 * @param {string} message in English, `{name}` where something stands
 * @param {Record<string, string | number>} [places]
 */
export function gettext(message, places = {}) {
  const said = known[message];
  return filled(typeof said === "string" ? said : message, places);
}

/**
 * The message for a count, which both forms may name as `{count}`.
 * @param {string} one @param {string} several @param {number} count
 * @param {Record<string, string | number>} [places]
 */
export function ngettext(one, several, count, places = {}) {
  const forms = known[one];
  const said = Array.isArray(forms) ? forms[formFor(count, forms.length)] : count === 1 ? one : several;
  return filled(said, { count, ...places });
}

/** The forms stand in the order of their categories (CLDR). @param {number} count @param {number} forms */
function formFor(count, forms) {
  const rules = new Intl.PluralRules(tag);
  const inUse = ["zero", "one", "two", "few", "many", "other"].filter((one) =>
    rules.resolvedOptions().pluralCategories.includes(one),
  );
  return Math.min(Math.max(0, inUse.indexOf(rules.select(count))), forms - 1);
}

/**
 * From right to left, what is put into a message keeps a direction of its own (Unicode Standard Annex 9, FSI and PDI),
 * and the message says by its first sign that it runs so itself (RLM).
 * @param {string} said @param {Record<string, string | number>} places
 */
function filled(said, places) {
  if (!/\{\w+\}/.test(said)) return said;
  const [first, before, after] = fromRightToLeft ? ["\u200f", "\u2068", "\u2069"] : ["", "", ""];
  return first + said.replace(/\{(\w+)\}/g, (place, name) => (name in places ? `${before}${places[name]}${after}` : place));
}
