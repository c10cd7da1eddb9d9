// While a session is open its hours run. The page holds the instant from which each length of time would have to be
// counted; what counts, and for which item, is derived from the record and never here.

import { gettext as _ } from "../words.js";

const MINUTE = 60_000; // milliseconds

function tick() {
  const length = lengthOnPage();
  for (const said of document.querySelectorAll("#subject :not(dl, div)[data-running-from]")) {
    const { hours, minutes } = length.exec(said.textContent)?.groups ?? {};
    if (hours !== undefined) write(said, Math.max(minutesOf(said), 60 * hours + Number(minutes)));
  }
  for (const list of document.querySelectorAll("dl.hours[data-running-from]")) drawBars(list);
  for (const note of document.querySelectorAll(".reckoned")) note.hidden = true; // it is counted up to now
}

/** @param {HTMLElement} list the time by item of sessions of which one is open */
function drawBars(list) {
  const total = minutesOf(list);
  const bars = [...list.children];
  const longest = Math.max(1, ...bars.map(minutesOf));
  for (const bar of bars) {
    const minutes = minutesOf(bar);
    write(bar.querySelector(".bar-time bdi"), minutes);
    bar.querySelector(".bar-share bdi").textContent = total > 0 ? `${Math.round((100 * minutes) / total)} %` : "";
    bar.querySelector("rect:last-of-type").setAttribute("width", `${((100 * minutes) / longest).toFixed(2)}%`);
  }
}

/**
 * What has run since the instant that an element holds; what it holds itself where nothing runs.
 * @param {HTMLElement} one
 */
function minutesOf(one) {
  const { runningFrom, minutes } = one.dataset;
  if (runningFrom === undefined) return Number(minutes);
  const run = Math.floor((Date.now() - Date.parse(runningFrom)) / MINUTE);
  return Math.max(run, Number(minutes ?? 0)); // a clock that is behind takes nothing away, here and in tick()
}

/** @param {HTMLElement} said @param {number} minutes */
function write(said, minutes) {
  const places = { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") };
  const length = _("{hours} h {minutes}", places);
  said.textContent = said.textContent.replace(lengthOnPage(), () => length);
}

/** A length of time as the page writes it, among other words of its line. @returns {RegExp} */
function lengthOnPage() {
  const written = _("{hours} h {minutes}").replace("\u200f", "").replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  // From right to left each number stands between two signs that nobody sees (words.js).
  const numbers = { "{hours}": "\u2068?(?<hours>\\d+)\u2069?", "{minutes}": "\u2068?(?<minutes>\\d\\d)\u2069?" };
  return new RegExp(written.replace(/\{\w+\}/g, (place) => numbers[place]));
}

tick();
setInterval(tick, MINUTE);
document.addEventListener("redrawn", tick);
