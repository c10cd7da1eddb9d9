// What a page asks of the host it came from. Refusals arrive in the one shape that every error has, and in the language
// of the page.

import { Refused, refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { timeInWords } from "./dates.js";

/** @param {string} origin of a process @returns {string} its address below this host */
export function addressOf(origin) {
  return `/processes/${origin.split("/")[1]}`;
}

/** @returns {string} origin of the process whose page this is; empty on every other page */
export function processHere() {
  const [, id] = /^\/processes\/([a-z2-7]{26})(?:\/|$)/.exec(location.pathname) ?? [];
  return id === undefined ? "" : `detente/${id}`;
}

/**
 * @param {string} address
 * @param {RequestInit} [init]
 * @returns {Promise<any>} the JSON answer, or null where there is none
 * @throws {Refused} as the host refuses; `host.unreachable` where the line is down; `host.failed` where something else
 *   answered
 */
export async function ask(address, init = {}) {
  const { status, body } = await answerTo(address, init);
  if (status === 204) return null;
  const found = jsonIn(body);
  if (found === undefined) throw failed();
  return found;
}

/**
 * A file of the host, or what it answers to one.
 * @param {string} address @param {RequestInit} [init] @returns {Promise<Uint8Array>} @throws {Refused} as `ask`
 */
export async function askBytes(address, init = {}) {
  return (await answerTo(address, init)).body;
}

/** @param {string} address @param {RequestInit} init @returns {Promise<{ status: number, body: Uint8Array }>} */
async function answerTo(address, init) {
  let answer, body;
  try {
    answer = await fetch(address, { ...init, headers: { accept: "application/json", ...init.headers } });
    body = new Uint8Array(await answer.arrayBuffer()); // the line may break within an answer too
  } catch {
    throw unreachable();
  }
  if (answer.ok) return { status: answer.status, body };
  throw new Refused(...refusalsIn(body));
}

export function unreachable() {
  const instead = _("Nothing is lost: try again when the line is back.");
  return refuse("host.unreachable", _("The host cannot be reached."), "", instead);
}

/** What a host says of an error; somebody between it and this browser may have answered in its place. */
export function refusalsIn(body) {
  const errors = jsonIn(body)?.errors;
  return Array.isArray(errors) && errors.length > 0 && errors.every(isRefusal) ? errors : failed().refusals;
}

/** @param {any} said */
function isRefusal(said) {
  return typeof said?.code === "string" && typeof said.sentence === "string";
}

function failed() {
  return refuse("host.failed", _("The host could not answer."), "", _("Try again later."));
}

/** @param {Uint8Array} body @returns {any} undefined where it is no JSON */
function jsonIn(body) {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** Say every refusal in an element, as text. @param {HTMLElement} where @param {unknown} error */
export function say(where, error) {
  const refusals = error instanceof Refused ? error.refusals : [failure(error)];
  where.replaceChildren(
    ...refusals.map(({ sentence, instead }) => {
      const line = document.createElement("p");
      line.textContent = instead ? `${sentence} ${instead}` : sentence;
      return line;
    }),
  );
  where.setAttribute("role", "alert");
}

/** A fault of the program, as a refusal is said. @param {unknown} error */
function failure(error) {
  const sentence = _("This page could not go on: {error}.", { error: String(error) });
  return { sentence, instead: _("Nothing is lost: try again.") };
}

/** Whether a refusal leaves open what became of an act that was sent. @param {unknown} error */
export function isOpen(error) {
  return !(error instanceof Refused) || error.refusals[0].code.startsWith("host.");
}

/** Acts in the record when this page was drawn. @returns {number} */
export function sizeShown() {
  return Number(document.documentElement.dataset.size ?? 0);
}

/** @param {HTMLTimeElement} element @param {number} time Unix seconds */
export function sayTime(element, time) {
  element.dateTime = new Date(1000 * time).toISOString();
  element.textContent = timeInWords(1000 * time, { dateStyle: "long", timeStyle: "short" });
}

/** The present time. @returns {number} Unix seconds */
export function now() {
  return Math.floor(Date.now() / 1000);
}
