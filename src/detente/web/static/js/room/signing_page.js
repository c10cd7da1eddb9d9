// Before you sign: the button that signs what the page shows, and what becomes of it; and the form above it.

import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { readyToSign } from "./authoring.js";
import { goOn } from "./clicking.js";
import { keepForm } from "./form.js";
import { say, sizeShown } from "./host.js";
import { forgetFields, keptFields, keptWords, typedFields } from "./kept_fields.js";
import { outboxOf, refusalOf, reviewed, sendWaiting, signAndKeep, watchOutbox } from "./outbox.js";
import { actPage, receiptsOf } from "./receipt.js";
import { signedIn } from "./sign_in.js";
import { codeOf, heldUp, inPlainWords, isOfTheLine, openBeside, paragraph, reviewLink, showBytes } from "./signing_words.js";

const IN_PLACE_OF = "#anew="; // then the number, in the outbox, of the act that this one takes the place of

const decide = document.getElementById("decide");
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.act-form"));
document.getElementById("problems")?.focus();
if (form !== null) keepForm(form);
takesThePlaceOf(placeTaken());
if (decide !== null) {
  openBeside(document.querySelectorAll("dl.pairs a"));
  await offer(decide);
}

/** Number of the act whose place is taken, as the address says; the host need not know. @returns {number | null} */
function placeTaken() {
  return location.hash.startsWith(IN_PLACE_OF) ? Number(location.hash.slice(IN_PLACE_OF.length)) : null;
}

/** Whatever is read anew from this page takes that place. @param {number | null} number */
function takesThePlaceOf(number) {
  if (number === null) return;
  history.replaceState(null, "", `${IN_PLACE_OF}${number}`);
  if (form !== null) {
    // A field may be called “action” too, and would stand in the property's place.
    const given = new URL(form.getAttribute("action"), form.baseURI);
    form.setAttribute("action", new URL(`${IN_PLACE_OF}${number}`, given).href);
  }
}

/** @param {HTMLElement} decide */
async function offer(decide) {
  const process = decide.dataset.process;
  const written = document.getElementById("draft").dataset.draft;
  const draft = JSON.parse(written);
  const button = /** @type {HTMLButtonElement} */ (document.getElementById("sign-now"));
  const again = /** @type {HTMLButtonElement} */ (document.getElementById("read-again"));
  const state = document.getElementById("signing-state");
  let ready = null; // what signing needs of the host, fetched while there is a line
  let mine = null; // the act as it was signed and kept
  if (draft.seal) {
    showKept();
    import("../sealing/key_box.js").catch(() => {}); // now, while there is a line to fetch it by
  }

  const check = async () => {
    if (draft.seal) checkMade();
    const replaced = await reviewed(process, placeTaken());
    ready ??= await signedIn(process, () => readyToSign(process, draft, sizeShown(), replaced?.keyId));
  };

  const refused = (error) => {
    say(state, inPlainWords(error));
    mine = null; // what was signed has no place any more: it is read and signed anew
    button.textContent = button.dataset.text;
    button.disabled = !isOfTheLine(error);
    again.hidden = isOfTheLine(error);
    if (codeOf(error).startsWith("outbox.")) {
      again.hidden = true;
      state.append(reviewLink(process));
      offerItsPlace().catch(() => {});
    }
  };

  /** Any act of the same key and log takes the place of the refused one: that gives it up without a further act. */
  const offerItsPlace = async () => {
    const stands = (await outboxOf(process)).find((kept) => kept.state === "refused" && kept.log === draft.log);
    if (stands === undefined) return;
    const instead = Object.assign(document.createElement("button"), { type: "button", className: "button" });
    instead.textContent = _("Give it up: sign this in its place");
    instead.addEventListener("click", async () => {
      takesThePlaceOf(stands.number);
      await prepare();
    });
    state.append(paragraph(_("Refused was: {sentence}", { sentence: stands.sentence })), instead);
  };

  const prepare = async () => {
    try {
      await check();
      state.replaceChildren(paragraph(_("Nothing is signed yet.")));
      state.setAttribute("role", "status");
      button.disabled = false;
    } catch (error) {
      refused(error);
    }
  };

  /** What became of the act that was signed here, on whatever page it was sent. */
  const look = async (stopped = null) => {
    const act = mine;
    if (act === null) return;
    const queue = await outboxOf(process);
    const receipt = (await receiptsOf(process)).find(({ leaf }) => leaf === act.leaf);
    const kept = queue.find(({ number }) => number === act.number);
    if (mine !== act) return; // another look has said it
    if (receipt !== undefined) {
      mine = null;
      if (form !== null) forgetFields(form);
      location.replace(actPage(receipt)); // whoever goes back is not led to what is signed already
      return;
    }
    if (kept?.state === "waiting") {
      const refusedBefore = queue.find(({ state }) => state === "refused");
      waits(refusedBefore === undefined ? stopped : heldUp());
    } else if (kept !== undefined) {
      takesThePlaceOf(kept.number);
      refused(refusalOf(kept));
    }
  };

  const waits = (stopped) => {
    if (stopped === null) return;
    say(state, stopped);
    state.prepend(paragraph(_("Signed, and kept in this browser: not tabled yet.")));
    const behind = codeOf(stopped) === "outbox.refused";
    state.append(behind ? reviewLink(process) : paragraph(_("It is sent by itself when the line is back.")));
    button.textContent = _("Send again");
    button.disabled = behind;
  };

  const send = async () => {
    state.setAttribute("role", "status");
    state.replaceChildren(paragraph(_("Signed; not yet in the record. Sending.")));
    await look(await sendWaiting(process).then(() => null, (error) => error));
  };

  again.addEventListener("click", () => {
    if (form !== null) form.requestSubmit();
    else location.reload();
  });
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if (mine === null) {
        await check();
        mine = await signAndKeep(process, whole(draft), ready, said(written), placeTaken());
        showBytes(mine.act);
      }
      await send();
    } catch (error) {
      refused(error);
    }
    goOn(button, [button, again, ...state.querySelectorAll("a, button")]);
  });
  const waiting = await outboxOf(process).catch(() => []);
  mine = waiting.find((kept) => kept.state === "waiting" && kept.draft === written) ?? null;
  watchOutbox(process, () => look());
  if (mine === null) await prepare();
  else await send(); // signed before, and not sent yet: the page was loaded again
}

/** That what another page made for this act is still here: it is kept by the tab in which it was made. */
function checkMade() {
  const made = form.querySelector("[data-made]");
  if (made === null || made.value !== "") return;
  const sentence = _("What you gave is not in this tab any more.");
  throw refuse("kept.lost", sentence, "", _("Nothing is signed. Go back and give it again."));
}

/** The draft with what is kept in this browser until it is sealed. @param {import("./authoring.js").Draft} draft */
function whole(draft) {
  return draft.seal ? { ...draft, hidden: { ...draft.hidden, ...keptFields(form) } } : draft;
}

/** What will be sealed, in words: the host has not seen it. */
function showKept() {
  const rows = keptWords(form).map(([label, words]) => {
    const [row, head, said] = ["div", "dt", "dd"].map((name) => document.createElement(name));
    head.textContent = label;
    said.textContent = words;
    said.dir = "auto";
    row.append(head, said);
    return row;
  });
  document.getElementById("kept-words").replaceChildren(...rows);
}

/** What is kept beside an act for whoever signed it. @param {string} draft */
function said(draft) {
  const given = form === null ? [] : [...new FormData(form)];
  const fields = /** @type {[string, string][]} */ (given.filter(([, value]) => typeof value === "string"));
  const kept = form === null ? [] : typedFields(form);
  const action = location.pathname.replace(/\/file$/, "") + location.search; // a file is not sent again
  return { sentence: document.querySelector(".statement").textContent, draft, form: { action, fields, kept } };
}
