// Hashes in a container of lines: an inclusion proof as `path`, the number of its hashes, and a line for each in base64,
// the leaf's sibling first. The counterpart of detente.proofs.path_lines.

import { decodeHash } from "../tlog/line.js";
import { gettext as _ } from "../words.js";
import { LineReader } from "./lines.js";

const LONGEST_PATH = 63; // a tree has fewer than 2^63 leaves

/** Adds the codes `<kind>.hash` and, for a path that is too long, `<kind>.number`. */
export class PathReader extends LineReader {
  path() {
    const count = this.number(this.text("path"));
    if (count > LONGEST_PATH) {
      throw this.fault("number", _("an inclusion proof does not have so many hashes."));
    }
    return Array.from({ length: count }, () => this.hash(this.plain(this.rawLine())));
  }

  /** 32 bytes, as base64. @param {string} text @returns {Uint8Array} */
  hash(text) {
    const node = decodeHash(text);
    if (node === null) throw this.fault("hash", _("it is not a hash in base64."));
    return node;
  }
}
