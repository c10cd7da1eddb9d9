"""The keys of facts: one spelling for each question that a stranger may ask, and the sentence that answers it.

A key can be written down by whoever does not know whether its fact is there: so absence can be asked for, and shown.
The table is the one of docs/specs/state-statement.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from msgspec import Struct

from detente.codec.refusal import Refused, refuse
from detente.state.ladder import STEP_WORDS, Step


class Family(Struct, frozen=True):
    """Facts of one kind. form: of their keys, the parts that vary in capitals; present, absent: the sentence where one
    is there and where it is not, after “In the main record, up to act N,”, with the parts of its key, the words of its
    value by their places, and `acts`, all of them."""

    form: str
    present: str
    absent: str

    @property
    def name(self) -> str:
        return self.form.partition("/")[0]


FAMILIES: Final = (
    Family("phase", "the talks are {value}", "the talks have no phase"),
    Family("time", "time was last marked by a quorum of cosigners at {0}, by act {1}",
           "no time is marked by a quorum of cosigners"),
    Family("rules", "rules of procedure have been in effect since act {value}",
           "no rules of procedure are in effect"),
    Family("admitted/PERSON", "{PERSON} is admitted as {0}, side {1}, by act {2}",
           "there is no act by which {PERSON} is admitted"),
    Family("left/PERSON", "{PERSON} has left, by act {value}", "there is no act by which {PERSON} has left"),
    Family("head/SIDE", "the head of side {SIDE} is {value}", "there is no head of side {SIDE}"),
    Family("contested/SIDE", "the representation of side {SIDE} is contested, by the act whose leaf is {value}",
           "nobody contests the representation of side {SIDE}"),
    Family("key/KEY", "the key {KEY} is enrolled for {0}, by act {1}",
           "there is no act that enrols the key {KEY}"),
    Family("key-confirmed/KEY", "the fingerprint of the key {KEY} is confirmed, by act {value}",
           "there is no act that confirms the fingerprint of the key {KEY}"),
    Family("key-revoked/KEY", "the key {KEY} is revoked, by act {0}; said to be in other hands since act: {1}",
           "there is no act that revokes the key {KEY}"),
    Family("mandates/PERSON", "{PERSON} was granted powers, by act {acts}",
           "there is no act that grants powers to {PERSON}"),
    Family("mandate/PERSON/ACT",
           "act {ACT} grants {PERSON} powers of {0}: {1}; texts: {2}; {3}; from: {4}; until: {5}",
           "act {ACT} does not grant powers to {PERSON}"),
    Family("mandate-restricted/PERSON/ACT", "the powers of {PERSON} by act {ACT} are restricted, by act {acts}",
           "there is no act that restricts the powers of {PERSON} by act {ACT}"),
    Family("mandate-revoked/PERSON/ACT", "the powers of {PERSON} by act {ACT} are revoked, by act {value}",
           "there is no act that revokes the powers of {PERSON} by act {ACT}"),
    Family("text/TEXT", "the text “{TEXT}” was opened by act {0}, between {1}",
           "there is no act that opens a text “{TEXT}”"),
    Family("edition/TEXT", "the last edition of “{TEXT}” is number {0}, issued by act {1}, whose leaf is {2}",
           "there is no edition of “{TEXT}”"),
    Family("adopted/TEXT", "“{TEXT}” is adopted, since act {value}", "“{TEXT}” is not adopted"),
    Family("authentic/TEXT", "“{TEXT}” is authentic, since act {value}", "“{TEXT}” is not authentic"),
    Family("binding/TEXT", "“{TEXT}” is binding, since act {value}", "“{TEXT}” is not binding"),
    Family("in-force/TEXT", "“{TEXT}” is in force since {0}, by act {1}", "“{TEXT}” is not in force"),
    Family("bound/TEXT/SIDE/OTHER", "“{TEXT}” binds side {SIDE} and side {OTHER} to each other",
           "“{TEXT}” does not bind side {SIDE} and side {OTHER} to each other"),
    Family("provisional/TEXT/SIDE", "side {SIDE} applies “{TEXT}” provisionally",
           "side {SIDE} does not apply “{TEXT}” provisionally"),
    Family("step/TEXT/SIDE", "side {SIDE} stands towards “{TEXT}” at “{STEP}”, by act {1}",
           "side {SIDE} stands at no step towards “{TEXT}”"),
    Family("steps/TEXT/SIDE/STEP", "side {SIDE} took towards “{TEXT}” the step “{STEP}”, by act {acts}",
           "there is no act by which side {SIDE} took towards “{TEXT}” the step “{STEP}”"),
    Family("disputed/TEXT/SIDE", "it stands beside the step of side {SIDE} towards “{TEXT}”: {value}",
           "nothing stands beside the step of side {SIDE} towards “{TEXT}”"),
    Family("validity-contested/TEXT/SIDE",
           "side {SIDE} contests the validity of “{TEXT}”, by the act whose leaf is {acts}",
           "there is no act by which side {SIDE} contests the validity of “{TEXT}”"),
    Family("unauthorised/TEXT/SIDE",
           "of side {SIDE} towards “{TEXT}” these acts went beyond their author’s powers: {acts}",
           "no act of side {SIDE} towards “{TEXT}” went beyond its author’s powers"),
    Family("confirmed/ACT", "act {ACT}, beyond its author’s powers, is confirmed by act {value}",
           "there is no act that confirms act {ACT} as beyond its author’s powers"),
    Family("reservations/TEXT/SIDE", "side {SIDE} made reservations to “{TEXT}”, by act {acts}",
           "there is no act by which side {SIDE} made a reservation to “{TEXT}”"),
    Family("reservation-withdrawn/ACT", "the reservation made by act {ACT} is withdrawn, by act {value}",
           "there is no act that withdraws the reservation made by act {ACT}"),
    Family("corrections/TEXT", "corrections of “{TEXT}” were made, by act {acts}",
           "there is no act that corrects “{TEXT}”"),
    Family("notices/TEXT/SIDE", "side {SIDE} gave notice of a breach of “{TEXT}”, by act {acts}",
           "there is no act by which side {SIDE} gave notice of a breach of “{TEXT}”"),
    Family("notice-carried-out/ACT", "the measure notified by act {ACT} is carried out, by act {value}",
           "there is no act that carries out a measure notified by act {ACT}"),
    Family("notice-revoked/ACT", "the notice of breach given by act {ACT} is revoked, by act {value}",
           "there is no act that revokes a notice of breach given by act {ACT}"),
    Family("irregular/ACT", "act {ACT} is irregular ({acts}) and has no effect", "act {ACT} is not irregular"),
)  # fmt: skip
"""Every kind of fact, each with its one spelling."""

_BY_NAME: Final = {family.name: family for family in FAMILIES}
_STEPS: Final = "".join(step for step in Step if step is not Step.NONE)
_PARTS: Final = {
    "PERSON": r"[A-Z][A-Za-z0-9]{0,15}(\.[a-z0-9]{1,16})?", "SIDE": "[A-Z]", "OTHER": "[A-Z]",
    "KEY": "[A-Za-z0-9_-]{43}", "ACT": "[1-9][0-9]{0,14}", "TEXT": "[a-z][a-z0-9-]{0,39}",
    "STEP": f"[{_STEPS}]",
}  # fmt: skip
_SENTENCE: Final = "In the main record, up to act {size}, {said}."


def parts_of(key: str) -> tuple[Family, dict[str, str]]:
    """The family of a key, and its parts by their names. Two sides stand in the order of the alphabet.

    Raises `Refused` with code `fact.key`.
    """
    name, *parts = key.split("/")
    family = _BY_NAME.get(name)
    if family is not None:
        names = family.form.split("/")[1:]
        if len(names) == len(parts) and all(
            re.fullmatch(_PARTS[n], part, re.ASCII) for n, part in zip(names, parts, strict=True)
        ):
            found = dict(zip(names, parts, strict=True))
            if found.get("SIDE", "") < found.get("OTHER", "~"):
                return family, found
    raise _unknown(key)


def check_asked(
    key: str, sides: Collection[str], size: int, texts: Collection[str] | None = None
) -> dict[str, str]:
    """The parts of a key that can be asked of a record with these sides and so many acts. texts: those on its
    table, where they are known: whatever is asked of a text that was never there would be absent.

    Raises `Refused`: `fact.key`, `fact.side`, `fact.act`, `fact.text`.
    """
    family, parts = parts_of(key)
    for side in (parts.get("SIDE"), parts.get("OTHER")):
        if side is not None and side not in sides:
            raise refuse("fact.side", f"There is no side {side} in these talks.",
                         instead=f"Sides: {', '.join(sorted(sides))}.")  # fmt: skip
    if int(parts.get("ACT", 0)) > size:
        raise refuse("fact.act", f"There is no act {parts['ACT']} among {size}.",
                     instead="Ask about an act up to the last one.")  # fmt: skip
    if texts is not None and family.name != "text" and "TEXT" in parts and parts["TEXT"] not in texts:
        raise refuse("fact.text", f"There is no text “{parts['TEXT']}” in this record.",
                     instead=f"Texts: {', '.join(sorted(texts)) or 'none'}.")  # fmt: skip
    return parts


def _unknown(key: str) -> Refused:
    forms = ", ".join(family.form for family in FAMILIES)
    return refuse("fact.key", f"“{key[:100]}” is not the key of a fact.",
                  instead=f"Keys have one of these forms: {forms}.")  # fmt: skip


def fact_sentence(key: str, value: str | None, size: int) -> str:
    """What a fact says of a record of `size` acts. value: None where the fact is not in the map."""
    family, parts = parts_of(key)
    words = (value or "").split(" ")
    step = parts.get("STEP", words[0] if family.name == "step" else "")
    if step and step in _STEPS:
        parts["STEP"] = STEP_WORDS[Step(step)]
    said = family.absent if value is None else family.present
    try:
        said = said.format(
            *("none" if w == "-" else w for w in words), value=value, acts=", ".join(words), **parts
        )
    except (IndexError, KeyError):  # a value of another form than this version gives it
        said = f"{key} is “{value}”"
    return _SENTENCE.format(size=size, said=said)
