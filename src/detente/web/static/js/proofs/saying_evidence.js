// What evidence against a log proves, in plain words, and what it does not; and what two checkpoints prove that nobody has
// shown to chain.

import { gettext as _ } from "../words.js";
import { element, listOf, marked, pairs } from "./elements.js";

/**
 * @param {HTMLElement} where
 * @param {import("./evidence.js").Misconduct} proved
 */
export function sayMisconduct(where, { process, chamber, sentence }) {
  where.className = "found holds";
  where.replaceChildren(
    element("h2", marked(true, _("This evidence against a log holds."))),
    element("p", sentence, "shown"),
    element("p", _("Compare the process id below with the one that you were given: everything here rests on it.")),
    pairs([
      [_("Process id"), element("span", process, "hash")],
      [_("Log"), element("span", chamber === "" ? _("the main record") : _("the chamber {chamber}", { chamber }))],
      [
        _("It does not show"),
        listOf([
          _("which of the two is the true one;"),
          _("who was shown which;"),
          _("whether it was meant: a host that went on from an old backup leaves the same traces as one that lies."),
        ]),
      ],
      [_("What to do"), element("span", _("Send this file to the other parties and the mediators, and keep it."))],
    ]),
  );
}

/**
 * @param {HTMLElement} where
 * @param {import("./unchained.js").Unchained} held
 */
export function sayUnchained(where, { name, key, proved, lacking }) {
  where.className = "found holds";
  where.replaceChildren(
    element("h2", marked(true, _("Both checkpoints are signed with this key."))),
    element("p", proved, "shown"),
    element("p", _("Compare the log's key below with the one that you were given: everything here rests on it.")),
    pairs([
      [_("Log"), element("span", name, "hash")],
      [_("Its key"), element("span", key, "hash")],
      [_("What would decide it"), element("span", lacking)],
      [_("What to do"), element("span", _("Send this file to the other parties and the mediators, and keep it."))],
    ]),
  );
}
