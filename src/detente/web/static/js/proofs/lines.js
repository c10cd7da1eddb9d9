// Reading a closed container line by line: each line in its one place, ending in LF, numbers in their one spelling.
// The counterpart of detente.proofs.lines.

import { latin1 } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { partition } from "../tlog/line.js";
import { gettext as _ } from "../words.js";

const LONGEST_LINE = 2_200_000;
const MOST_NOTE_LINES = 200;
const LF = 10;

/** Throws `Refused` with codes `<kind>.*`; each names the line. */
export class LineReader {
  /**
   * @param {Uint8Array} raw
   * @param {string} kind of container, in codes
   * @param {string} instead what whoever reads a broken one can do
   */
  constructor(raw, kind, instead) {
    this.raw = raw;
    this.kind = kind;
    this.instead = instead;
    this.at = 0;
    this.line = 0;
  }

  /** @param {string} code @param {string} sentence */
  fault(code, sentence) {
    const said = _("Line {line}: {sentence}", { line: this.line, sentence });
    return refuse(`${this.kind}.${code}`, said, "", this.instead);
  }

  /** The next line without its end, each byte a character. */
  rawLine() {
    this.line += 1;
    const end = this.raw.indexOf(LF, this.at);
    if (end < 0 || end - this.at >= LONGEST_LINE) {
      throw this.fault("truncated", _("the file ends inside a line, or a line is too long."));
    }
    const line = latin1(this.raw.subarray(this.at, end));
    this.at = end + 1;
    return line;
  }

  /** The next line, which must begin with one of `words`. @param {...string} words */
  word(...words) {
    const [word, rest] = partition(this.rawLine(), " ");
    if (!words.includes(word)) {
      throw this.fault("line", _("it should begin with “{words}”.", { words: words.join("” or “") }));
    }
    return { word, rest };
  }

  /** Printable ASCII only. @param {string} rest */
  plain(rest) {
    if (!/^[\x20-\x7e]*$/.test(rest)) {
      throw this.fault("line", _("it holds a character that is not printable ASCII."));
    }
    return rest;
  }

  /** @param {string} word */
  text(word) {
    return this.plain(this.word(word).rest);
  }

  /** A count in its one spelling. @param {string} text */
  number(text) {
    if (!/^(?:0|[1-9][0-9]{0,14})$/.test(text)) {
      const said = text.slice(0, 20);
      throw this.fault("number", _("“{said}” is not a number in its one spelling.", { said }));
    }
    return Number(text);
  }

  /** A signed note after a line that counts its lines. */
  note() {
    return this.noteOf(this.number(this.text("checkpoint")));
  }

  /** The signed note in the next `lines` lines. @param {number} lines */
  noteOf(lines) {
    if (lines > MOST_NOTE_LINES) throw this.fault("number", _("a checkpoint does not have so many lines."));
    const start = this.at;
    for (let read = 0; read < lines; read += 1) this.rawLine();
    return this.raw.slice(start, this.at);
  }

  atEnd() {
    return this.at === this.raw.length;
  }
}
