// A policy as a file: which logs and witnesses a reader believes, and how many of them must have signed (C2SP tlog-policy).
//
//     log <vkey> [<url>]
//     witness <name> <vkey> [<url>]
//     group <name> <k>|any|all <name>...
//     quorum <name>|none
//
// Lines end in a newline; items are parted by spaces and tabs; empty lines and those that begin with # say nothing. A
// name is defined on a line before the one that uses it, and is a member once: each witness counts in one way. Names are
// octets, compared as they stand: here each is a character.

import { equalBytes, fromLatin1, fromUtf8, latin1 } from "../codec/bytes.js";
import { Refused } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { cosignatureVerifier } from "./cosignature.js";
import { under } from "./line.js";
import { noteVerifier, parseVkey } from "./signed_note.js";

const LARGEST = 262_144; // bytes of a policy that is read
const MOST = 100; // logs, witnesses and groups, each: no note has more signatures
const NONE = "none";
const NOT_ALLOWED = /[^\t\x20-\x7e\x80-\xff]/;
const NUMBER = /^[1-9][0-9]{0,2}$/;
const refusePolicy = under("C2SP tlog-policy");

/**
 * @param {Uint8Array} raw
 * @returns {Promise<import("./policy.js").Policy>}
 * @throws {Refused} naming the line: `policy.size`, `policy.octet`, `policy.end`, `policy.line`, `policy.key`,
 * `policy.duplicate`, `policy.name`, `policy.unknown`, `policy.member`, `policy.threshold` or `policy.quorum`
 */
export async function parsePolicy(raw) {
  if (raw.length > LARGEST) {
    throw refusePolicy("policy.size", _("The policy is longer than {most} bytes.", { most: LARGEST }));
  }
  const reading = new Reading();
  const lines = latin1(raw).split("\n");
  for (const [index, line] of lines.entries()) {
    reading.number = index + 1;
    if (NOT_ALLOWED.test(line)) {
      throw reading.fault("octet", _("a control character, such as a carriage return, stands in it."));
    }
    // Whatever ends in the middle of a line may have been cut short, and then asks for less than its author did.
    if (reading.number === lines.length && line !== "") {
      throw reading.fault("end", _("the file ends in the middle of this line."));
    }
    const items = line.match(/[^ \t]+/g) ?? [];
    if (items.length > 0 && !items[0].startsWith("#")) await reading.read(items);
  }
  return reading.policy();
}

class Reading {
  logs = [];
  witnesses = [];
  defined = new Map();
  groups = 0;
  joined = new Set();
  quorum = undefined;
  number = 0;

  policy() {
    if (this.quorum === undefined) {
      throw refusePolicy(
        "policy.quorum",
        _("The policy has no line that says whose cosignatures are asked for."),
        _("End it with “quorum NAME”, or “quorum none” to ask for none."),
      );
    }
    return { logs: this.logs, witnesses: this.witnesses, quorum: this.quorum };
  }

  async read([word, ...rest]) {
    if (word === "log" && rest.length >= 1 && rest.length <= 2) await this.readLog(...rest);
    else if (word === "witness" && rest.length >= 2 && rest.length <= 3) await this.readWitness(...rest);
    else if (word === "group" && rest.length >= 3) this.readGroup(...rest);
    else if (word === "quorum" && rest.length === 1) this.decide(rest[0]);
    else throw this.fault("line", _("it is no line of a policy, or has too few or too many items."));
  }

  async readLog(vkey, url = "") {
    const sentence = _("the log’s key is none that can be used here.");
    const key = await this.keyOf(vkey, noteVerifier, sentence);
    this.checkNew(key, this.logs);
    this.logs.push({ key, url: shown(url) });
  }

  async readWitness(name, vkey, url = "") {
    const sentence = _("the witness’s key is none that can be used here.");
    const key = await this.keyOf(vkey, cosignatureVerifier, sentence);
    this.checkNew(key, this.witnesses);
    const witness = { name: shown(name), key, url: shown(url) };
    this.define(name, witness);
    this.witnesses.push(witness);
  }

  readGroup(name, asked, ...names) {
    const members = names.map((member) => this.found(member));
    for (const member of names) {
      if (this.joined.has(member)) {
        throw this.fault("member", _("“{name}” is a member already.", { name: shown(member) }));
      }
      this.joined.add(member);
    }
    const words = new Map([["any", 1], ["all", members.length]]);
    const threshold = words.get(asked) ?? (NUMBER.test(asked) ? Number(asked) : 0);
    if (threshold < 1 || threshold > members.length) {
      throw this.fault("threshold", _("it asks for no number from 1 to that of its members."));
    }
    this.groups += 1;
    if (this.groups > MOST) throw this.fault("size", _("there are more than {most} groups.", { most: MOST }));
    this.define(name, { name: shown(name), threshold, members });
  }

  decide(name) {
    if (this.quorum !== undefined) throw this.fault("quorum", _("there is a quorum line already."));
    this.quorum = name === NONE ? null : this.found(name);
  }

  async keyOf(vkey, verifierOf, sentence) {
    try {
      return verifierOf(await parseVkey(fromUtf8(fromLatin1(vkey)) ?? "")).key;
    } catch (error) {
      if (error instanceof Refused) throw this.fault("key", sentence);
      throw error;
    }
  }

  found(name) {
    const part = this.defined.get(name);
    if (part === undefined) throw this.fault("unknown", _("no line before it defines “{name}”.", { name: shown(name) }));
    return part;
  }

  define(name, part) {
    if (this.defined.has(name) || name === NONE) {
      throw this.fault("name", _("“{name}” is defined already.", { name: shown(name) }));
    }
    this.defined.set(name, part);
  }

  checkNew(key, known) {
    if (known.some((other) => equalBytes(other.key.publicKey, key.publicKey))) {
      throw this.fault("duplicate", _("its public key stands on a line before."));
    }
    if (known.length === MOST) {
      throw this.fault("size", _("there are more than {most} logs or witnesses.", { most: MOST }));
    }
  }

  fault(code, sentence) {
    return refusePolicy(`policy.${code}`, _("Line {number}: {sentence}", { number: this.number, sentence }));
  }
}

/** For people to read: octets that are no UTF-8 are shown as replaced. */
function shown(octets) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(fromLatin1(octets));
}
