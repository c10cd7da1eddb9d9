// Checking what somebody was given: dropped, chosen or pasted, it is checked here, and nothing of it is sent. A policy
// beside it says whose cosignatures its reader asks for. The page /check of a host begins with this module, and so does the
// page in one file.

import { fromUtf8, utf8 } from "../codec/bytes.js";
import { parsePolicy } from "../tlog/policy_file.js";
import { gettext as _ } from "../words.js";
import { element } from "./elements.js";
import { verifyEvidence } from "./evidence.js";
import { fileKind, TELLING } from "./file_kinds.js";
import { verifyProof } from "./one_act.js";
import { proofIn } from "./parts.js";
import { sayBroken, sayProved } from "./saying.js";
import { sayMisconduct, sayUnchained } from "./saying_evidence.js";
import { verifyUnchained } from "./unchained.js";

const section = document.getElementById("check");
const chosen = /** @type {HTMLInputElement} */ (document.getElementById("chosen"));
const pasted = /** @type {HTMLTextAreaElement} */ (document.getElementById("pasted"));
const demanded = /** @type {HTMLTextAreaElement} */ (document.getElementById("demanded"));
const found = document.getElementById("found");

/** What is to be checked, and the policy that it is checked under; null where there is none. */
const given = { file: /** @type {Blob | null} */ (null), policy: /** @type {Uint8Array | null} */ (null) };

/** Say of what was given what it proves. */
async function check() {
  found.hidden = false;
  found.className = "found";
  found.textContent = _("Checking…");
  const policy = await refusing(_("This policy cannot be used."), readPolicy);
  if (policy === undefined) return;
  if (given.file === null) sayWithout(policy);
  else await checkFile(given.file, policy);
}

/** What `work` gives; undefined where it refuses, which is said under `heading`. */
async function refusing(heading, work) {
  try {
    return await work();
  } catch (error) {
    return sayBroken(found, error, heading);
  }
}

async function readPolicy() {
  return given.policy === null ? null : parsePolicy(given.policy);
}

/** @param {Blob} file @param {import("../tlog/policy.js").Policy | null} policy */
async function checkFile(file, policy) {
  const { kind, said, command } = fileKind(await bytesOf(file.slice(0, TELLING)));
  if (kind === "elsewhere") {
    say(said, _("This page does not check such a file. The command line does:"), command);
  } else if (kind === "unknown") {
    const sentence = _("It was not written by detente, or its beginning was lost, or a later version wrote it.");
    say(_("This page does not know such a file."), sentence);
  } else if (kind === "evidence") {
    const heading = _("This evidence does not hold.");
    await refusing(heading, async () => sayMisconduct(found, await verifyEvidence(await bytesOf(file))));
  } else if (kind === "unchained") {
    const heading = _("This file does not hold.");
    await refusing(heading, async () => sayUnchained(found, await verifyUnchained(await bytesOf(file))));
  } else {
    const proof = async () => (kind === "parts" ? proofIn(await file.text()) : bytesOf(file));
    const heading = _("This proof does not hold.");
    await refusing(heading, async () => sayProved(found, await verifyProof(await proof()), policy));
  }
}

/** A policy by itself, or nothing. @param {import("../tlog/policy.js").Policy | null} policy */
function sayWithout(policy) {
  if (policy === null) say(_("There is nothing to check yet."), _("Choose a file, or paste one."));
  else say(_("The policy is read."), _("Now choose or paste the proof of an act: it is checked under this policy."));
}

/** @param {string} heading @param {string} sentence @param {string} [command] */
function say(heading, sentence, command = "") {
  found.replaceChildren(element("h2", heading), element("p", sentence));
  if (command !== "") found.append(element("p", command, "hash"));
}

/** @param {Blob} file */
async function bytesOf(file) {
  return new Uint8Array(await file.arrayBuffer());
}

/** A paste may have lost the end of its last line. @param {HTMLTextAreaElement} field */
function pastedIn(field) {
  const text = field.value.trim();
  return text === "" ? null : utf8(`${text}\n`);
}

/** Each is told apart by how it begins, so that a policy may come with what is checked under it. @param {Iterable<Blob>} files */
async function take(files) {
  for (const file of files) {
    if (fileKind(await bytesOf(file.slice(0, TELLING))).kind === "policy") await takePolicy(file);
    else given.file = file;
  }
}

/** It is shown where it can be read and changed. @param {Blob} file */
async function takePolicy(file) {
  given.policy = await bytesOf(file);
  demanded.value = fromUtf8(given.policy) ?? "";
  demanded.closest("details").open = true;
}

async function takePasted() {
  const raw = pastedIn(pasted);
  if (raw !== null) await take([new Blob([raw])]);
}

document.getElementById("check-pasted").addEventListener("click", async () => {
  await takePasted();
  await check();
  found.focus();
});
chosen.addEventListener("change", async () => {
  await take(chosen.files);
  await check();
});
demanded.addEventListener("change", async () => {
  given.policy = pastedIn(demanded);
  await check();
});
for (const kind of ["dragover", "drop"]) {
  section.addEventListener(kind, (event) => event.preventDefault());
}
section.addEventListener("drop", async (event) => {
  await take([...event.dataTransfer.files]);
  await check();
});
section.dataset.ready = "yes";
await takePasted();
if (given.file !== null) await check(); // the page brought a proof with it
