// Presenting an exhibit: files are sealed here to a key of their own, sent, and then stand on the page on which every act is
// read before it is signed. The key is boxed for those who are ticked.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { keyToSignWith } from "./authoring.js";
import { switchedOff } from "./clicking.js";
import { goSign } from "./go_sign.js";
import { say } from "./host.js";
import { signedIn } from "./sign_in.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("present"));

if (form !== null) {
  const [button] = form.getElementsByTagName("button");
  const [bar] = form.getElementsByTagName("progress");
  const state = form.querySelector(".state-of-signing");
  button.disabled = false; // what is filled in here is never sent as a form
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const switchOn = switchedOff(button);
    state.setAttribute("role", "status");
    try {
      const begun = (words, most) => {
        state.textContent = words;
        [bar.hidden, bar.max, bar.value] = [false, Math.max(most, 1), 0];
        return (done) => (bar.value = done);
      };
      goSign(form.dataset.sign, "present", "", await made(form, begun));
    } catch (error) {
      say(state, error);
      bar.hidden = true;
      switchOn();
    }
  });
}

/**
 * The fields of the act, once every file is at the host.
 * @param {HTMLFormElement} form
 * @param {(words: string, most: number) => (done: number) => void} begun
 * @returns {Promise<Record<string, string>>}
 */
async function made(form, begun) {
  const { process, own, largest } = form.dataset;
  const files = [...form.querySelector("#files").files];
  const ticked = [...form.querySelectorAll("[name=reader]:checked")];
  checkSizes(files, Number(largest));
  const keys = Object.assign(JSON.parse(own), ...ticked.map(({ dataset }) => JSON.parse(dataset.keys)));
  const kept = ticked.filter(({ dataset }) => dataset.recovery !== "");
  const readers = [...Object.values(keys), ...kept.map(({ dataset }) => dataset.recovery)].map(decodeBase64url);
  const { identity, publicKey } = await ownKey();
  const author = await signedIn(process, () => keyToSignWith(process));
  const sealed = [];
  for (const file of files) sealed.push(await sealedAndSent(process, author, file, [publicKey], begun));
  const byDigest = (value) => JSON.stringify(Object.fromEntries(sealed.map((one) => [one.digest, value(one)])));
  const fields = {
    files: JSON.stringify(sealed.map(({ digest, size }) => [digest, size])),
    names: byDigest(({ name }) => name),
    contents: byDigest(({ content }) => content),
    keys: JSON.stringify(Object.keys(keys).sort()),
    recovery: kept.length > 0 ? JSON.stringify(kept.map(({ value }) => value)) : "",
    box: await boxed(identity, readers),
    title: words(form.querySelector("#exhibit-title")),
    text: words(form.querySelector("#exhibit-text")),
    at_source: atSource(form.querySelector("#at-source"), sealed),
    taken_at: words(form.querySelector("#taken-at")),
    taken_by: words(form.querySelector("#taken-by")),
    taken_where: words(form.querySelector("#taken-where")),
    custody: words(form.querySelector("#custody")),
    readers: ticked.map(({ value }) => value).join(", "),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

/** The key to which the files of this exhibit are sealed. */
async function ownKey() {
  const { makeIdentity, publicOf } = await import("../sealing/identity.js");
  const identity = await makeIdentity();
  return { identity, publicKey: await publicOf(identity) };
}

/** @param {string} identity @param {Uint8Array[]} readers @returns {Promise<string>} */
async function boxed(identity, readers) {
  const { makeKeyBox } = await import("../sealing/key_box.js");
  return makeKeyBox([identity], readers);
}

/** @param {File} file */
async function sealedAndSent(process, author, file, recipients, begun) {
  const { lineOf, sealFile } = await import("../sealing/file.js");
  const { sendFile } = await import("./files.js");
  const { name } = file;
  const sealing = begun(_("Sealing {name}.", { name }), file.size);
  const { blob, ...found } = await sealFile(file, recipients, lineOf(process, author, name), sealing);
  const digest = encodeBase64url(found.digest);
  const sending = begun(_("Sending {name}.", { name }), blob.size);
  await signedIn(process, () => sendFile(process, digest, blob, sending));
  return { name, digest, size: blob.size, content: encodeBase64url(found.content) };
}

/** What sealing adds is small beside a file of that size. @param {File[]} files @param {number} largest */
function checkSizes(files, largest) {
  const found = files.find(({ size }) => size > largest);
  if (found === undefined) return;
  const sentence = _("A file is at most {largest} bytes here; {name} is larger.", { largest, name: found.name });
  throw refuse("file.size", sentence, "", _("Present it in parts, or ask whoever runs the host to admit larger ones."));
}

/**
 * What was taken where each file came from, by the digest of the sealed one: lines in the order of the files.
 * @param {HTMLTextAreaElement} control
 * @param {{digest: string}[]} sealed
 */
function atSource({ value }, sealed) {
  const lines = value.split("\n").map((line) => line.replaceAll(/[\s:]/g, "").toLowerCase());
  if (lines.every((line) => line === "")) return "";
  if (lines.some((line) => line !== "" && !/^[0-9a-f]{64}$/.test(line)) || lines.length > sealed.length)
    throw refuse("evidence.at_source", _("A SHA-256 at the source is 64 hexadecimal digits, one a line for each file."),
      "", _("Write them in the order of the files, an empty line where none was taken; or leave them out."));
  const bytes = (line) => Uint8Array.from(line.match(/../g), (pair) => Number.parseInt(pair, 16));
  const given = sealed.map(({ digest }, n) => [digest, lines[n] ?? ""]).filter(([, line]) => line !== "");
  return JSON.stringify(Object.fromEntries(given.map(([digest, line]) => [digest, encodeBase64url(bytes(line))])));
}

/** As a program writes them into a field. @param {HTMLInputElement | HTMLTextAreaElement} control */
function words({ value }) {
  return value.trim() === "" ? "" : JSON.stringify(value.trim());
}
