// What every page of a process does for whoever acts in it: sends what waits when the line returns, says in one line
// what is not tabled yet, and checks the receipts kept here.

import { gettext as _, ngettext } from "../words.js";
import { addressOf } from "./host.js";
import { outboxOf, sendWaiting, watchOutbox } from "./outbox.js";
import { isBroken, recheck } from "./receipt.js";

const SHORTEST = 2_000; // milliseconds until it is tried again; twice as long each time
const LONGEST = 60_000;

/** @param {string} process @param {HTMLElement} line */
export async function attend(process, line) {
  let [pause, timer] = [SHORTEST, null];

  const look = async () => {
    const kept = await outboxOf(process);
    sayKept(line, process, kept);
    const sends = kept.some(({ state }) => state === "waiting") && !kept.some(({ state }) => state === "refused");
    if (sends) timer ??= setTimeout(send, pause);
  };
  const send = async () => {
    clearTimeout(timer);
    try {
      await sendWaiting(process);
      pause = SHORTEST;
    } catch {
      pause = Math.min(2 * pause, LONGEST); // the line is down: what waits is still there
    }
    timer = null;
    await look();
  };

  watchOutbox(process, look);
  addEventListener("online", () => {
    pause = SHORTEST;
    send();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) send();
  });
  await send();
  await checkReceipts(process, line);
}

/** One quiet line. @param {HTMLElement} line @param {string} process @param {import("./outbox.js").Kept[]} kept */
function sayKept(line, process, kept) {
  const said = line.querySelector("[data-is=kept]");
  const review = line.querySelector("a[data-is=review]");
  const acts = ngettext(
    "{count} act signed here is not yet in the record: not tabled.",
    "{count} acts signed here are not yet in the record: not tabled.",
    kept.length,
  );
  const refused = kept.some(({ state }) => state === "refused");
  said.textContent = refused ? [acts, _("One was refused.")].join(" ") : acts;
  review.href = `${addressOf(process)}/outbox`;
  review.hidden = location.pathname === review.pathname;
  said.parentElement.hidden = kept.length === 0;
}

/** Loud, where the log no longer bears out what it gave receipts for. @param {string} process @param {HTMLElement} line */
async function checkReceipts(process, line) {
  if (document.querySelector(".top .size") === null) return; // a page of no process: the session may have ended
  try {
    await recheck(process);
  } catch (error) {
    if (!isBroken(error)) return;
    const alarm = line.querySelector("[data-is=alarm]");
    alarm.querySelector("span").textContent = `${error.refusals[0].sentence} ${error.refusals[0].instead}`;
    alarm.querySelector("a").href = `${addressOf(process)}/outbox`;
    alarm.hidden = false;
  }
}
