// The review of what was signed in this browser and is not in the record: what it says, why it was refused, what has
// changed since, and what can be done; and the receipts that this browser keeps. Nothing here comes from the host, but
// for what stands now.

import { gettext as _ } from "../words.js";
import { keepForm } from "./form.js";
import { addressOf, ask, say, sayTime } from "./host.js";
import { outboxOf, putAway, sendAgain, sendWaiting, watchOutbox } from "./outbox.js";
import { drawContradictions } from "./outbox_contradictions.js";
import { packWaiting, takeIn } from "./outbox_pouch.js";
import { actPage, offerFile, offerReceipt, receiptsOf } from "./receipt.js";
import { signedIn } from "./sign_in.js";

/** Of each state: its glyph, what it is called, and what comes next. */
const STATES = {
  waiting: () => ["awaited", _("Waiting, not tabled"), _("It is sent by itself when the line is there.")],
  refused: () => ["gap", _("Refused, not tabled"), _("Nothing signed after it is sent before you have decided.")],
  stranded: () => [
    "empty",
    _("To be signed anew, not tabled"),
    _("It followed an act whose place another one took, so it can never enter the record. Your draft is kept."),
  ],
};
const behind = () => _("It is sent when the act before it is settled.");
const POUCH = "acts.pouch";
const WITHOUT_WAY = /^(key|participation)\./; // the host takes nothing more of this key: no void either

const where = document.getElementById("outbox");
const process = where.dataset.process;
const state = document.getElementById("outbox-state");
const button = /** @type {HTMLButtonElement} */ (document.getElementById("send-now"));

const carried = document.getElementById("carried");
const pouch = /** @type {HTMLAnchorElement} */ (document.getElementById("save-pouch"));
const answer = /** @type {HTMLInputElement} */ (document.getElementById("take-in"));

button.addEventListener("click", () => doing(() => sendWaiting(process)));
answer.addEventListener("change", () => doing(takeInChosen));
watchOutbox(process, draw);
document.getElementById("not-tabled").tabIndex = -1;
document.getElementById("deliver-with").textContent = `detente pouch deliver ${POUCH} ${location.origin} answer`;
await draw();

/** @param {() => Promise<void>} work */
async function doing(work) {
  state.replaceChildren();
  try {
    await work();
  } catch (error) {
    say(state, error);
  }
  await draw();
}

async function takeInChosen() {
  const [file] = answer.files;
  answer.value = ""; // so that the same file can be chosen again
  await takeIn(process, new Uint8Array(await file.arrayBuffer()));
}

async function draw() {
  const focused = where.contains(document.activeElement) ? document.activeElement : null;
  const kept = await outboxOf(process);
  const stopped = kept.some((act) => act.state === "refused");
  where.querySelector("ol").replaceChildren(...kept.map((act) => drawn(act, stopped)));
  where.querySelector("[data-is=nothing]").hidden = kept.length > 0;
  button.hidden = stopped || !kept.some((act) => act.state === "waiting");
  carried.hidden = kept.length === 0;
  pouch.hidden = button.hidden;
  // What had the focus may be gone: whoever works by keyboard goes on from the head of what is there now.
  if (focused !== null && !(focused.isConnected && focused.checkVisibility())) document.getElementById("not-tabled").focus();
  if (!pouch.hidden) offerFile(pouch, POUCH, await packWaiting(process));
  await drawReceipts();
  await drawContradictions(process, copyOf);
}

/** @param {string} id of a template @returns {HTMLElement} */
function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (document.importNode(template.content.firstElementChild, true));
}

/** @param {ParentNode} item @param {string} name */
function part(item, name) {
  return item.querySelector(`[data-is=${name}]`);
}

/** @param {import("./outbox.js").Kept} act @param {boolean} stopped whether some act is refused */
function drawn(act, stopped) {
  const item = copyOf("kept-act");
  const [glyph, words, next] = STATES[act.state]();
  part(item, "glyph").setAttribute("href", `#glyph-${glyph}`);
  part(item, "state").textContent = words;
  sayTime(item.querySelector("time"), act.signed);
  part(item, "sentence").textContent = act.sentence;
  part(item, "next").textContent = act.state === "waiting" && stopped ? behind() : next;
  if (act.state === "refused") drawRefusal(item, act);
  drawWays(item, act);
  return item;
}

/** @param {HTMLElement} item @param {import("./outbox.js").Kept} act */
function drawRefusal(item, act) {
  const why = part(item, "why");
  why.hidden = false;
  const stale = act.refusals.some(({ code }) => code === "act.stale");
  const lines = act.refusals.filter(({ code }) => code !== "act.stale").map(({ sentence, clause, instead }) => {
    const line = document.createElement("p");
    line.textContent = `${sentence}${clause === "" ? "" : ` (${clause})`} ${instead}`;
    return line;
  });
  why.append(...lines);
  if (stale) drawWhatChanged(part(item, "changed"), JSON.parse(act.draft)).catch(() => {});
}

/** What stood when the act was signed, and what stands now. */
async function drawWhatChanged(line, { clear, edition }) {
  line.hidden = false;
  const [said, link] = [line.querySelector("span"), line.querySelector("a")];
  said.textContent = _("The text moved on after you had read it: another version of it stands now.");
  const { instruments } = await signedIn(process, () => ask(`${addressOf(process)}/status`));
  const now = instruments.find(({ id }) => id === clear.instrument)?.edition ?? 0;
  if (!edition || !now || edition === now) return;
  said.textContent = _("Edition {edition} stood when you signed; edition {now} stands now.", { edition, now });
  link.href = `${addressOf(process)}/text?instrument=${encodeURIComponent(clear.instrument)}&edition=${now}&since=${edition}&show=marked`;
  link.hidden = false;
}

/** @param {HTMLElement} item @param {import("./outbox.js").Kept} act */
function drawWays(item, act) {
  const ways = part(item, "ways");
  ways.hidden = act.state === "waiting";
  if (ways.hidden) return;
  const [send, giveUp, away] = ["send", "give-up", "put-away"].map((name) => part(item, name));
  readAnew(item.querySelector("form"), act);
  const refused = act.state === "refused";
  const without = act.refusals.some(({ code }) => WITHOUT_WAY.test(code));
  send.hidden = giveUp.hidden = !refused;
  part(item, "about-giving-up").hidden = !refused || without;
  away.hidden = refused && !without;
  const chamber = act.log.slice(process.length + 1);
  giveUp.hidden ||= without;
  giveUp.href = `${addressOf(process)}/sign?kind=void&log=${chamber}#anew=${act.number}`;
  send.addEventListener("click", () => doing(() => sendAgain(act)));
  away.addEventListener("click", () => doing(() => putAway(act)));
}

/** The form that the act was drafted with, filled in as it was. @param {HTMLFormElement} form */
function readAnew(form, { number, draft, form: { action, fields, kept } }) {
  form.action = `${action}#anew=${number}`;
  form.dataset.process = process;
  const named = fields.some(([name]) => name === "kind");
  if (!named) form.append(hiddenField({ name: "kind", value: JSON.parse(draft).kind }));
  for (const [name, value] of fields) form.append(hiddenField({ name, value }));
  keepForm(form);
  for (const [name, value] of kept) form.append(hiddenField({ value }, name));
}

/** @param {Record<string, string>} attributes @param {string} [kept] name of a field that is never sent */
function hiddenField(attributes, kept) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", ...attributes });
  if (kept !== undefined) field.dataset.kept = kept;
  return field;
}

async function drawReceipts() {
  const receipts = await receiptsOf(process);
  const section = document.getElementById("receipts");
  section.hidden = receipts.length === 0;
  section.querySelector("ul").replaceChildren(
    ...receipts.map((receipt) => {
      const item = copyOf("kept-receipt");
      part(item, "act").textContent = _("Act {number}", { number: receipt.index + 1 });
      part(item, "act").href = actPage(receipt);
      part(item, "sentence").textContent = receipt.sentence;
      sayTime(item.querySelector("time"), receipt.checked);
      offerReceipt(receipt, item);
      return item;
    }),
  );
}
