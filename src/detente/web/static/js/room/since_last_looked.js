// What came since this browser last looked. What was looked at is kept here, for each process and reader, and sent to
// nobody: the host need not know what somebody has read. Whoever sees the newest page of the timeline has looked.

import { gettext as _, ngettext } from "../words.js";
import { timeInWords } from "./dates.js";

/**
 * size: acts in the record when they were last looked at; at: when, in milliseconds; editions: the number of the
 * edition last seen of each instrument.
 * @typedef {{ size: number, at: number, editions: Record<string, number> }} Kept
 */

/** @type {Kept | null} what had been looked at when this page was opened */
let before = null;

function draw() {
  const now = document.getElementById("looked");
  if (now === null) return;
  let kept = keptOf(now);
  if (kept === null) keep(now, (kept = lookedAt(now)));
  before ??= kept;
  const since = now.dataset.page === "timeline" ? before : kept;
  const said = [sayActs(now, since), ...editionsOf(now).map((line) => sayEdition(line, kept))];
  now.hidden = !said.includes(true);
  if (["timeline", "selection"].includes(now.dataset.page)) markActs(now, before);
  if (document.visibilityState === "visible") look(now, kept);
}

/** Keep that what this page shows has been looked at. @param {HTMLElement} now @param {Kept} kept */
function look(now, kept) {
  const { page, textRead } = now.dataset;
  const all = lookedAt(now);
  if (page === "timeline") keep(now, { ...kept, size: all.size, at: all.at });
  if (page === "text" && textRead !== "") keep(now, { ...kept, editions: { ...kept.editions, [textRead]: all.editions[textRead] } });
}

/** Everything on this page, looked at now. @param {HTMLElement} now @returns {Kept} */
function lookedAt(now) {
  const editions = editionsOf(now).map(({ dataset }) => [dataset.instrument, Number(dataset.edition)]);
  return { size: Number(now.dataset.size), at: Date.now(), editions: Object.fromEntries(editions) };
}

/** @param {HTMLElement} now @param {Kept} since @returns {boolean} whether there is something to say */
function sayActs(now, since) {
  const line = now.querySelector(".looked-acts");
  const count = Number(now.dataset.size) - since.size;
  line.hidden = count <= 0 || now.dataset.page === "text";
  const [link, rest] = [line.querySelector("a"), line.querySelector("span")];
  link.textContent = ngettext("{count} act since you last looked", "{count} acts since you last looked", count);
  if (now.dataset.page === "timeline") link.hash = "since";
  // Translators: {acts} is “3 acts since you last looked”, a link; {time} is when that was.
  const [lead, tail] = _("{acts}, {time}.", { time: timeOf(now, since.at) }).split("{acts}");
  while (line.firstChild !== link) line.firstChild.remove(); // the link itself stays: it may have the focus
  link.before(lead);
  rest.textContent = tail;
  return !line.hidden;
}

/** @param {HTMLElement} line @param {Kept} kept @returns {boolean} whether there is something to say */
function sayEdition(line, kept) {
  const seen = kept.editions[line.dataset.instrument] ?? 0;
  line.hidden = Number(line.dataset.edition) <= seen;
  const link = line.querySelector("a");
  const address = new URL(link.href);
  if (seen > 0) address.searchParams.set("since", String(seen));
  link.href = address;
  link.textContent = seen > 0 ? _("what changed since edition {number}", { number: seen }) : _("read it");
  return !line.hidden;
}

/** Acts are marked one by one, with a line where what is new ends. @param {HTMLElement} now @param {Kept} since */
function markActs(now, since) {
  document.getElementById("since")?.remove();
  const acts = [...document.querySelectorAll(".acts .act")].filter((act) => numberOf(act) > 0);
  for (const act of acts) act.classList.toggle("act-new", numberOf(act) > since.size);
  const seen = acts.find((act) => numberOf(act) <= since.size);
  if (seen === undefined || !acts[0].classList.contains("act-new")) return;
  const first = seen.previousElementSibling === null;
  const end = document.createElement(first ? "p" : "li");
  end.id = "since";
  end.className = "since";
  end.textContent = _("New above; you last looked {time}", { time: timeOf(now, since.at) });
  (first ? seen.closest("section") : seen).before(end);
}

/** The number of an act of the main log; 0 for one of a chamber, which are numbered apart. @param {Element} act */
function numberOf(act) {
  const { pathname, searchParams } = new URL(act.querySelector(".act-where a:not(.then)").href);
  return searchParams.has("log") ? 0 : Number(pathname.split("/").at(-1));
}

/** @param {HTMLElement} now @returns {HTMLElement[]} */
function editionsOf(now) {
  return [...now.querySelectorAll(".looked-edition")];
}

/** A time in the zone of the talks. @param {HTMLElement} now @param {number} at milliseconds */
function timeOf(now, at) {
  const form = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  try {
    return timeInWords(at, { ...form, timeZone: now.dataset.zone });
  } catch {
    return timeInWords(at, form); // a zone that this browser does not know
  }
}

/** @param {HTMLElement} now */
function nameOf(now) {
  return `looked at ${now.dataset.process} as ${document.documentElement.dataset.viewer ?? ""}`;
}

/** @param {HTMLElement} now @returns {Kept | null} null before the first time, and where nothing can be kept */
function keptOf(now) {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(now)) ?? "null");
    return Number.isInteger(kept?.size) ? { editions: {}, ...kept } : null;
  } catch {
    return null;
  }
}

/** @param {HTMLElement} now @param {Kept} kept */
function keep(now, kept) {
  try {
    localStorage.setItem(nameOf(now), JSON.stringify(kept));
  } catch {
    // nothing can be kept in this browser: every visit is the first
  }
}

draw();
document.addEventListener("redrawn", draw);
document.addEventListener("visibilitychange", draw);
