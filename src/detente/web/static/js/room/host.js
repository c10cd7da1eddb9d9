// What a page asks of the host it came from. Refusals arrive in the one shape that every error has.

import { Refused, refuse } from "../codec/refusal.js";

/** @param {string} origin of a process @returns {string} its address below this host */
export function addressOf(origin) {
  return `/processes/${origin.split("/")[1]}`;
}

/**
 * @param {string} address
 * @param {RequestInit} [init]
 * @returns {Promise<any>} the JSON answer, or null where there is none
 * @throws {Refused} as the host refuses; `host.unreachable` where the line is down
 */
export async function ask(address, init = {}) {
  let answer;
  try {
    answer = await fetch(address, { ...init, headers: { accept: "application/json", ...init.headers } });
  } catch {
    const instead = "Nothing is lost: try again when the line is back.";
    throw refuse("host.unreachable", "The host cannot be reached.", "", instead);
  }
  const body = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.ok) return body;
  throw new Refused(...(body?.errors ?? [{ code: "host.failed", sentence: "The host could not answer.", clause: "", instead: "" }]));
}

/** Say every refusal in an element, as text. @param {HTMLElement} where @param {unknown} error */
export function say(where, error) {
  const failed = { sentence: `This page could not go on: ${error}.`, instead: "Nothing is lost: try again." };
  const refusals = error instanceof Refused ? error.refusals : [failed];
  where.replaceChildren(
    ...refusals.map(({ sentence, instead }) => {
      const line = document.createElement("p");
      line.textContent = instead ? `${sentence} ${instead}` : sentence;
      return line;
    }),
  );
  where.setAttribute("role", "alert");
}

/** Whether a refusal leaves open what became of an act that was sent. @param {unknown} error */
export function isOpen(error) {
  return !(error instanceof Refused) || error.refusals[0].code.startsWith("host.");
}

/** Acts in the record when this page was drawn, as its head says. @returns {number} */
export function sizeShown() {
  return Number(document.querySelector(".top .size")?.textContent.replace(/\D/g, "") ?? 0);
}

/** The present time. @returns {number} Unix seconds */
export function now() {
  return Math.floor(Date.now() / 1000);
}
