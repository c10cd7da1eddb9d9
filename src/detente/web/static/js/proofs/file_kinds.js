// Which of detente's files a file is, told by how it begins; and where those are checked that this page does not check.

import { fromUtf8 } from "../codec/bytes.js";
import { gettext as _ } from "../words.js";
import { EVIDENCE_LINE } from "./misconduct.js";
import { FIRST_LINE } from "./one_act.js";
import { MARK } from "./parts.js";
import { UNCHAINED_LINE } from "./unchained.js";

/** Bytes from the start of a file that tell what it is. */
export const TELLING = 4096;

const POLICY_LINE = /^[ \t]*(?:log|witness|group|quorum)(?:[ \t]|$)/;
const SAYS_NOTHING = /^[ \t]*(?:#|$)/;
const VERIFY = "detente verify FILE";

/**
 * kind: `proof`, `parts` (of a proof, as scanned), `evidence`, `unchained`, `policy`, `elsewhere` or `unknown`; said, command: of what
 * is checked elsewhere, what it is, and the command that checks it.
 * @typedef {{ kind: string, said?: string, command?: string }} FileKind
 */

/** @param {Uint8Array} start of the file @returns {FileKind} */
export function fileKind(start) {
  const text = fromUtf8(start) ?? new TextDecoder().decode(start);
  const [first, ...others] = text.split("\n");
  if (text.trimStart().startsWith(MARK)) return { kind: "parts" };
  if (first === FIRST_LINE) return { kind: "proof" };
  if (first === EVIDENCE_LINE) return { kind: "evidence" };
  if (first === UNCHAINED_LINE) return { kind: "unchained" };
  const found = elsewhere().find(([line]) => line === first);
  if (found !== undefined) return { kind: "elsewhere", said: found[1], command: found[2] };
  if (POLICY_LINE.test([first, ...others].find((line) => !SAYS_NOTHING.test(line)) ?? "")) return { kind: "policy" };
  return { kind: "unknown" };
}

/** First line, what such a file is, and the command that checks it. @returns {[string, string, string][]} */
function elsewhere() {
  return [
    ["detente certified copy v1", _("This is a certified copy of a record."), VERIFY],
    ["detente replay bundle v1", _("This is a replay bundle: a record with nothing hidden opened."), VERIFY],
    ["detente verified snapshot v1", _("This is a verified snapshot of where a record stands."), VERIFY],
    [
      "detente later acts v1",
      _("These are the acts after a verified snapshot. They are checked beside it."),
      `${VERIFY} --snapshot SNAPSHOT --policy POLICY`,
    ],
    ["detente proof of facts v1", _("This is a proof of facts about a record."), VERIFY],
    [
      "detente state statement v1",
      _("This is a statement of what a record comes to, signed by its cosigners. It is weighed beside a bundle."),
      "detente state prove BUNDLE STATEMENT FILE FACT",
    ],
    [
      "detente time stamps v1",
      _("These are time stamps over a log. Whose stamps you trust is for you to say."),
      `${VERIFY} --time-stamp-certificate CERTIFICATE`,
    ],
    [
      "c2sp.org/tlog-proof@v1",
      _("This is a receipt. It is checked beside its act, and a policy says whose log it is."),
      `${VERIFY} --policy POLICY`,
    ],
    ["detente pouch v1", _("This is a pouch of acts on their way to a host."), VERIFY],
    ["detente pouch answer v1", _("This is what came back for a pouch of acts."), VERIFY],
  ];
}
