// Sealed files on their way to the host and from it, with how far they are.

import { encodeBase64url } from "../codec/base64url.js";
import { Refused, refuse } from "../codec/refusal.js";
import { keptAndHashed } from "../sealing/file.js";
import { gettext as _ } from "../words.js";
import { addressOf, refusalsIn, unreachable } from "./host.js";

const JSON_TYPE = "application/json";

/**
 * Send a sealed file. A page cannot send a stream over HTTP/1.1, so what is sent is a Blob; and of what it sends,
 * `fetch` does not say how far it is.
 * @param {string} process
 * @param {string} digest SHA-256 of it, base64url
 * @param {Blob} blob
 * @param {(done: number) => void} progress
 * @returns {Promise<void>}
 * @throws {Refused} as the host refuses; `host.unreachable`
 */
export function sendFile(process, digest, blob, progress) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open("PUT", `${addressOf(process)}/files/${digest}`);
    sending.setRequestHeader("accept", JSON_TYPE);
    sending.responseType = "arraybuffer";
    sending.upload.addEventListener("progress", ({ loaded }) => progress(loaded));
    sending.addEventListener("error", () => reject(unreachable()));
    sending.addEventListener("load", () => {
      if (sending.status < 300) resolve();
      else reject(new Refused(...refusalsIn(new Uint8Array(sending.response))));
    });
    sending.send(blob);
  });
}

/**
 * A sealed file as the act commits to it; any other is refused before anything is opened.
 * @param {{ href: string, digest: string, size: string }} file
 * @param {(done: number) => void} progress
 * @returns {Promise<Blob>}
 * @throws {Refused} `file.digest`; as the host refuses; `host.unreachable`
 */
export async function fetchFile({ href, digest, size }, progress) {
  const answer = await fetch(href, { headers: { accept: JSON_TYPE } }).catch(() => Promise.reject(unreachable()));
  if (!answer.ok) throw new Refused(...refusalsIn(new Uint8Array(await answer.arrayBuffer())));
  const found = await keptAndHashed(answer.body, progress).catch(() => Promise.reject(unreachable()));
  if (found.blob.size === Number(size) && encodeBase64url(found.digest) === digest) return found.blob;
  const sentence = _("The host gave another file than the one that the act commits to.");
  throw refuse("file.digest", sentence, "", _("Fetch it again; keep what it gave you if it does so twice."));
}
