// Opening the files of an exhibit with this browser's own key, and handing them to the reader to keep. Nothing that was
// inside is shown on a page: somebody else made it, and a page of this address could act as its reader.

import { encodeBase64url } from "../codec/base64url.js";
import { Refused, refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { switchedOff } from "./clicking.js";
import { boxesHere, identitiesHere, ownAmong } from "./exhibit_key.js";
import { say } from "./host.js";
import { signedIn } from "./sign_in.js";

const UNREADABLE = /[^\P{Z} ]|[\p{C}/\\:]|^\./u; // no name is to hide how it ends, or lead out of its folder
const LONGEST_NAME = 200; // bytes

const offered = new WeakSet(); // buttons: a page that is redrawn may bring the same ones again

/** @param {HTMLElement} place with the file's data */
async function offer(place) {
  const { process, content } = place.dataset;
  const mine = await ownAmong(process, boxesHere());
  const [button] = place.getElementsByTagName("button");
  if (button === undefined || offered.has(button)) return; // opened already, or being offered
  offered.add(button);
  button.hidden = mine.length === 0 || content === "";
  button.addEventListener("click", async () => {
    const state = place.querySelector("[role=status], [role=alert]");
    const switchOn = switchedOff(button);
    try {
      hand(place, state, await opened(place));
    } catch (error) {
      say(state, error);
      switchOn();
    }
    place.querySelector("progress").hidden = true;
  });
}

/**
 * What is inside, once it is known to be what its author signed.
 * @param {HTMLElement} place
 * @returns {Promise<Blob>}
 */
async function opened(place) {
  const file = place.dataset;
  const { fetchFile } = await import("./files.js");
  const { lineOf, unsealFile } = await import("../sealing/file.js");
  const identities = await identitiesHere(file.process, boxesHere());
  const sealed = await signedIn(file.process, () => fetchFile(file, shown(place, _("Fetching it."))));
  const line = lineOf(file.process, file.author, file.name);
  const { blob, content } = await withOneOf(identities, (identity) =>
    unsealFile(sealed, identity, line, shown(place, _("Opening it."))),
  );
  if (encodeBase64url(content) === file.content) return blob;
  const sentence = _("What is inside is not what its author signed.");
  throw refuse("file.content", sentence, "", _("Tell whoever presented it."));
}

/** The first that opens it. @param {import("../sealing/age.js").Identity[]} identities */
async function withOneOf([identity, ...others], work) {
  if (identity === undefined) {
    const instead = _("Ask a colleague who can open it to share it with you.");
    throw refuse("sealing.not_for_you", _("No box of this exhibit opens with this browser’s key."), "", instead);
  }
  try {
    return await work(identity);
  } catch (error) {
    const other = error instanceof Refused && error.refusals[0].code === "sealing.not_for_you" && others.length > 0;
    if (!other) throw error;
    return withOneOf(others, work);
  }
}

/** @param {HTMLElement} place @param {string} words @returns {(done: number) => void} */
function shown(place, words) {
  const bar = place.querySelector("progress");
  const state = place.querySelector("[role=status], [role=alert]");
  state.setAttribute("role", "status");
  state.textContent = words;
  bar.hidden = false;
  return (done) => (bar.value = done);
}

/** @param {HTMLElement} place @param {HTMLElement} state @param {Blob} blob */
function hand(place, state, blob) {
  const { name, digest } = place.dataset;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob); // of no kind that a browser shows
  link.download = UNREADABLE.test(name) || new Blob([name]).size >= LONGEST_NAME ? `${digest.slice(0, 16)}.bin` : name;
  link.textContent = _("Save it");
  const button = place.querySelector("button");
  const focused = [button, document.body].includes(document.activeElement); // it was switched off, and lost the focus
  button.replaceWith(link);
  if (focused) link.focus();
  state.textContent = _("It is what its author signed. Look at it as you would at any file from somebody else.");
  link.click();
}

function offerAll() {
  for (const place of document.querySelectorAll(".exhibit-file")) offer(place);
}

document.addEventListener("redrawn", offerAll); // the page has grown under it
offerAll();
