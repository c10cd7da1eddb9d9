// Being told: the host says only how large the record is now, and how much stands in one's own chambers; what is in them
// is fetched like any page, through disclosure.
//
// The page is redrawn in place, at most twice a second: focus, place and what is unfolded stay. While somebody writes in
// a form it is left alone, and says that there is more. A browser keeps few connections to one host open, so only a page
// that is looked at listens.

import { ngettext } from "../words.js";
import { Drawn } from "./redraw.js";

const APART = 500; // milliseconds between two refreshes, at least
const SPOKEN_APART = 5000; // and between two announcements to somebody who listens to the page
const PATIENCE = 2000; // milliseconds until a fetch that failed is tried again
const PARTS = [".top .size", "#process", "#subject", ".foot"];

const home = location.pathname.split("/").slice(0, 3).join("/");
const { size, inside, viewer } = document.documentElement.dataset;
const more = document.getElementById("grown");
const told = document.getElementById("told");
const drawn = PARTS.map((part) => new Drawn(document.querySelector(part)));

let shown = Number(size);
let wanted = shown;
let shownInside = Number(inside); // acts in one's own chambers, all together
let wantedInside = shownInside;
let refreshed = -APART;
let spoken = -SPOKEN_APART;
let underWay = false;
let source = null;

function listen() {
  source?.close();
  source = null;
  if (document.visibilityState !== "visible") return;
  source = new EventSource(`${home}/events`);
  source.addEventListener("message", ({ data }) => {
    wanted = Number(data);
    document.dispatchEvent(new Event("grown"));
    refresh();
  });
  source.addEventListener("inside", ({ data }) => {
    wantedInside = Number(data);
    refresh();
  });
}

function isBehind() {
  return wanted > shown || wantedInside > shownInside;
}

/** Draw the page again until it shows all that is wanted. */
async function refresh() {
  if (underWay) return;
  underWay = true;
  try {
    while (isBehind() && source !== null) {
      await pause(refreshed + APART - performance.now());
      refreshed = performance.now();
      if (isWrittenIn()) {
        more.hidden = false;
        break;
      }
      if (!(await drawNow())) await pause(PATIENCE);
    }
  } finally {
    underWay = false;
  }
}

/** @returns {Promise<boolean>} whether the host could answer */
async function drawNow() {
  const answer = await fragment(wanted, wantedInside);
  if (answer === null || answer.status >= 500) return false;
  if (answer.status !== 200 || answer.getResponseHeader("detente-viewer") !== viewer) {
    await comeBack();
  } else if (!isWrittenIn()) {
    PARTS.forEach((part, at) => drawn[at].redraw(answer.response.querySelector(part.split(" ").at(-1))));
    const before = shown;
    shown = Number(answer.getResponseHeader("detente-size"));
    shownInside = Number(answer.getResponseHeader("detente-inside"));
    more.hidden = true;
    document.dispatchEvent(new Event("redrawn"));
    if (shown > before) speak();
  }
  return true;
}

/**
 * The parts of this page that change, from the host. XMLHttpRequest, because it gives a document without a script
 * having parsed one.
 * @param {number} atLeast acts that it is to show @param {number} inside likewise, of one's chambers
 * @returns {Promise<XMLHttpRequest | null>} null where the host cannot be reached
 */
function fragment(atLeast, inside) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.pathname + location.search);
    request.responseType = "document";
    request.setRequestHeader("accept", "text/html");
    request.setRequestHeader("detente-at-least", String(atLeast));
    if (inside > 0) request.setRequestHeader("detente-inside", String(inside));
    request.onload = () => resolve(request);
    request.onerror = () => resolve(null);
    request.send();
  });
}

/** The session has ended, or the page is not for this reader any more. */
async function comeBack() {
  source?.close();
  source = null;
  more.hidden = false;
  if (viewer === "") return;
  const { lookAgain } = await import("./sign_in.js");
  await lookAgain(`detente/${home.split("/")[2]}`).catch(() => false);
}

/** Whether somebody writes in a form of this page, or has written in one. */
function isWrittenIn() {
  const fields = [...document.querySelectorAll("#subject :is(input, textarea, select)")];
  return fields.some((field) => field === document.activeElement || isChanged(field));
}

function isChanged(field) {
  if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected) && field.selectedIndex > 0;
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
}

function speak() {
  if (performance.now() < spoken + SPOKEN_APART) return;
  spoken = performance.now();
  told.textContent = ngettext("The record has grown: {count} act.", "The record has grown: {count} acts.", shown);
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, Math.max(0, milliseconds)));
}

// The page of the record shows cosignatures, which come while no act does.
document.addEventListener("cosigned", () => {
  if (source !== null && !isBehind()) drawNow();
});
document.addEventListener("visibilitychange", listen);
document.addEventListener("focusout", () => setTimeout(refresh));
addEventListener("beforeunload", () => source?.close()); // whoever follows a link is not called back
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) listen();
});
listen();
