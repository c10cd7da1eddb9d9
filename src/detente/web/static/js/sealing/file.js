// Files of any size, sealed and opened a part at a time (docs/specs/sealed-file.md, "Files beside the log"). The
// counterpart of detente.sealing.streaming. What comes of it is a Blob of parts, which a browser keeps on its disk where
// it is large: no file stands in memory as a whole.

import { encodeCanonical } from "../codec/canonical_json.js";
import { concat, equalBytes, fromUtf8, utf8 } from "../codec/bytes.js";
import { Refused, refuse } from "../codec/refusal.js";
import { ifKnown, webCrypto } from "../codec/web_crypto.js";
import { gettext as _ } from "../words.js";
import { sha256 } from "../../vendor/age.js";
import { checkHeader, decrypterWith, encrypterTo, LARGEST_HEADER, refusedFor } from "./age.js";

const PART = 8 * 2 ** 20; // bytes that are gathered before the browser is given them to keep

/** Told how many bytes have gone through so far. @typedef {(done: number) => void} Progress */

/** The first line inside, without its end. @param {string} process origin of the log @param {string} author id of the key */
export function lineOf(process, author, name) {
  return fromUtf8(encodeCanonical({ act: "present", author, name, proc: process }));
}

/**
 * A file sealed to each of `recipients`. digest: SHA-256 of the sealed file; content: of what is inside.
 * @param {Blob} file
 * @param {Uint8Array[]} recipients X25519 public keys, 32 bytes each
 * @param {string} line
 * @param {Progress} progress
 * @returns {Promise<{ blob: Blob, digest: Uint8Array, content: Uint8Array }>}
 * @throws {Refused} `sealing.recipients`, `sealing.recipient`; `browser.insecure_context`, `browser.algorithm`
 */
export function sealFile(file, recipients, line, progress) {
  return ifKnown("X25519", async () => {
    webCrypto();
    const [inside, outside] = [sha256.create(), sha256.create()];
    const content = file.stream().pipeThrough(hashedInto(inside, progress)).pipeThrough(behind(utf8(`${line}\n`)));
    const sealed = await encrypterTo(recipients).encrypt(content);
    const blob = await kept(sealed.pipeThrough(hashedInto(outside)));
    return { blob, digest: outside.digest(), content: inside.digest() };
  });
}

/**
 * What was sealed under that line. content: its SHA-256, for the reader to compare before the file is given out.
 * @param {Blob} file
 * @param {import("./age.js").Identity} identity
 * @param {string} line
 * @param {Progress} progress
 * @returns {Promise<{ blob: Blob, content: Uint8Array }>}
 * @throws {Refused} `sealing.malformed`, `sealing.not_for_you`, `sealing.damaged`, `sealing.foreign`;
 * `browser.insecure_context`, `browser.algorithm`
 */
export function unsealFile(file, identity, line, progress) {
  return ifKnown("X25519", async () => {
    webCrypto();
    checkHeader(new Uint8Array(await file.slice(0, LARGEST_HEADER).arrayBuffer()));
    const decrypter = await decrypterWith(identity);
    const inside = sha256.create();
    const opened = async () => {
      const whole = await decrypter.decrypt(file.stream());
      return kept(whole.pipeThrough(after(utf8(`${line}\n`))).pipeThrough(hashedInto(inside, progress)));
    };
    try {
      return { blob: await opened(), content: inside.digest() };
    } catch (error) {
      if (error instanceof Refused || error.name === "NotReadableError") throw error; // the disk is full, or was taken out
      return refusedFor(error);
    }
  });
}

/**
 * What arrives, kept, with its SHA-256.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {Progress} progress
 * @returns {Promise<{ blob: Blob, digest: Uint8Array }>}
 */
export async function keptAndHashed(stream, progress) {
  const hash = sha256.create();
  const blob = await kept(stream.pipeThrough(hashedInto(hash, progress)));
  return { blob, digest: hash.digest() };
}

/** What is opened here is for downloading, of whatever kind it is. @param {ReadableStream<Uint8Array>} stream */
async function kept(stream) {
  const blobs = [];
  let parts = [];
  let gathered = 0;
  const hand = () => {
    blobs.push(new Blob(parts));
    [parts, gathered] = [[], 0];
  };
  const write = (part) => {
    parts.push(part);
    gathered += part.length;
    if (gathered >= PART) hand();
  };
  await stream.pipeTo(new WritableStream({ write, close: hand }));
  return new Blob(blobs, { type: "application/octet-stream" });
}

/** @param {{ update: (part: Uint8Array) => void }} hash @param {Progress} [progress] */
function hashedInto(hash, progress = () => {}) {
  let done = 0;
  return new TransformStream({
    transform(part, to) {
      hash.update(part);
      done += part.length;
      progress(done);
      to.enqueue(part);
    },
  });
}

/** The content behind its first line. @param {Uint8Array} line */
function behind(line) {
  return new TransformStream({ start: (to) => to.enqueue(line) });
}

/** The content after its first line, where that is the one expected. @param {Uint8Array} line */
function after(line) {
  let begun = new Uint8Array();
  return new TransformStream({
    transform(part, to) {
      if (begun === null) {
        to.enqueue(part);
        return;
      }
      begun = concat(begun, part);
      if (begun.length < line.length) return;
      if (!equalBytes(begun.subarray(0, line.length), line)) throw foreign();
      to.enqueue(begun.subarray(line.length));
      begun = null;
    },
    flush() {
      if (begun !== null) throw foreign();
    },
  });
}

function foreign() {
  return refuse(
    "sealing.foreign",
    _("The file was sealed for another act, by somebody else, or under another name."),
    "",
    _("Tell whoever presented it."),
  );
}
