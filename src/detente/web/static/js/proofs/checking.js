// Checking a proof that somebody was given: dropped, chosen or pasted, it is checked here, and nothing of it is sent.
// The page /check of a host begins with this module, and so does the page in one file.

import { fromUtf8, utf8 } from "../codec/bytes.js";
import { gettext as _ } from "../words.js";
import { verifyProof } from "./one_act.js";
import { MARK, proofIn } from "./parts.js";
import { sayBroken, sayProved } from "./saying.js";

const section = document.getElementById("check");
const chosen = /** @type {HTMLInputElement} */ (document.getElementById("chosen"));
const pasted = /** @type {HTMLTextAreaElement} */ (document.getElementById("pasted"));
const found = document.getElementById("found");

/** What was given: a proof, or its parts as they were scanned. @param {Uint8Array} raw */
async function proofOf(raw) {
  const text = fromUtf8(raw)?.trimStart() ?? "";
  return text.startsWith(MARK) ? proofIn(text) : raw;
}

/** @param {Uint8Array} raw */
async function check(raw) {
  found.hidden = false;
  found.className = "found";
  found.textContent = _("Checking…");
  try {
    sayProved(found, await verifyProof(await proofOf(raw)));
  } catch (error) {
    sayBroken(found, error);
  }
}

/** A paste may have lost the end of its last line. */
function checkPasted() {
  return check(utf8(`${pasted.value.trim()}\n`));
}

/** @param {FileList} files */
async function checkFile(files) {
  if (files.length > 0) await check(new Uint8Array(await files[0].arrayBuffer()));
}

document.getElementById("check-pasted").addEventListener("click", async () => {
  await checkPasted();
  found.focus();
});
chosen.addEventListener("change", () => checkFile(chosen.files));
for (const kind of ["dragover", "drop"]) {
  section.addEventListener(kind, (event) => event.preventDefault());
}
section.addEventListener("drop", (event) => checkFile(event.dataTransfer.files));
section.dataset.ready = "yes";
if (pasted.value.trim() !== "") await checkPasted(); // the page brought a proof with it
