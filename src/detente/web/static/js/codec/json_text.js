// Reading JSON (RFC 8259) as others spell it. The browser's own JSON.parse will not do: it rounds a number that
// it cannot hold, and forgets a member that is named twice. Both must be seen before they can be refused.

import { gettext as _ } from "../words.js";
import { refuse } from "./refusal.js";

const SPACE = /[ \t\n\r]*/y;
const STRING = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const WORDS = new Map([["true", true], ["false", false], ["null", null]]);
const LONE_SURROGATE = /\p{Surrogate}/u;
const DEEPEST_READ = 900; // the profile's own limit is lower; this one keeps a text from exhausting the stack

/** What is possible instead of a text that cannot be read. */
export function writeAgain() {
  return _("Write it again as canonical JSON (RFC 8785), without what is named here.");
}

/** What is said of a number with a fraction or an exponent. */
export function notAnInteger() {
  return _("The value holds a number that is not an integer.");
}

/** What is said of an integer that others would round. */
export function beyond53Bits() {
  return _("The value holds an integer beyond 53 bits.");
}

/** A number that the profile of canonical JSON does not hold; it stands where the number stood. */
export class OutsideProfile {
  /** @param {string} fault a sentence */
  constructor(fault) {
    this.fault = fault;
  }
}

/**
 * The value of a JSON text, and whether some object in it names a member twice (the last one counts).
 * Objects have no prototype, so that a member may have any name.
 * @param {string} text
 * @returns {{ value: any, repeated: boolean }}
 * @throws {Refused} `json.malformed`, `json.too_deep`
 */
export function readJson(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  if (reader.at !== text.length) throw malformed(reader.at);
  return { value, repeated: reader.repeated };
}

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.repeated = false;
  }

  /** One value with the space around it. @param {number} depth */
  value(depth) {
    this.match(SPACE);
    const found = this.bareValue(depth);
    this.match(SPACE);
    return found;
  }

  /** @param {number} depth */
  bareValue(depth) {
    const first = this.text[this.at];
    if (first === "{" || first === "[") {
      if (depth === DEEPEST_READ) {
        throw refuse("json.too_deep", _("The JSON is nested too deep."), "RFC 8259 sec. 9", writeAgain());
      }
      return first === "{" ? this.object(depth) : this.array(depth);
    }
    if (first === '"') return this.string();
    for (const [word, meaning] of WORDS) {
      if (this.skip(word)) return meaning;
    }
    return this.number();
  }

  /** @param {number} depth */
  object(depth) {
    const members = Object.create(null);
    this.list("{", "}", () => {
      this.match(SPACE);
      const name = this.string();
      this.match(SPACE);
      this.expect(":");
      if (name in members) this.repeated = true;
      members[name] = this.value(depth + 1);
    });
    return members;
  }

  /** @param {number} depth */
  array(depth) {
    const items = [];
    this.list("[", "]", () => items.push(this.value(depth + 1)));
    return items;
  }

  /** What stands between brackets, parted by commas. */
  list(open, close, item) {
    this.expect(open);
    this.match(SPACE);
    if (this.skip(close)) return;
    do item();
    while (this.skip(","));
    this.expect(close);
  }

  string() {
    const found = this.match(STRING);
    if (found === null) throw malformed(this.at);
    const read = JSON.parse(found[0]);
    if (LONE_SURROGATE.test(read)) throw malformed(this.at);
    return read;
  }

  number() {
    const found = this.match(NUMBER);
    const number = found === null ? NaN : Number(found[0]);
    if (found === null) throw malformed(this.at);
    if (found[1] !== undefined || found[2] !== undefined) {
      if (!Number.isFinite(number)) throw malformed(this.at);
      return new OutsideProfile(notAnInteger());
    }
    return Number.isSafeInteger(number) ? number : new OutsideProfile(beyond53Bits());
  }

  /** What `pattern` matches here, past which reading goes on; or null. @param {RegExp} pattern */
  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }

  /** Whether `sign` stands here; if so, reading goes on after it. @param {string} sign */
  skip(sign) {
    const here = this.text.startsWith(sign, this.at);
    if (here) this.at += sign.length;
    return here;
  }

  /** @param {string} sign */
  expect(sign) {
    if (!this.skip(sign)) throw malformed(this.at);
  }
}

/** @param {number} at */
function malformed(at) {
  const sentence = _("The bytes are not JSON: character {number} cannot stand there.", { number: at + 1 });
  return refuse("json.malformed", sentence, "RFC 8259", writeAgain());
}
