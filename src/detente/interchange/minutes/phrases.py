"""Phrases: the one line of each kind, filled with values or matched against a line.

Each slot has the pattern of its field's type, and no type's pattern holds the words between slots, so that a
line fits one phrase at most (tests/interchange/test_phrases.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, NamedTuple

from detente.acts.kinds import KINDS
from detente.codec.refusal import Refused, refuse
from detente.interchange.minutes.forms import PERSON_PATTERN, Around
from detente.interchange.minutes.schema import fields_of
from detente.interchange.minutes.values import inline_pattern, write_value

SHORTER: Final[Mapping[str, tuple[str, ...]]] = {
    "open_session": ("{author} opens session {number}", "{author} opens the next session"),
    "close_session": ("{author} closes session {number}", "{author} closes the session"),
    "take_up": ("{author} takes up item {item}",),
    "minute": ("{author} minutes {sense} by {speaker}",),
    "refer": ("{author} refers {instrument}",),
    "announce_referral": ("{author} announces a referral of {instrument}",),
    "circulate": ("{author} circulates {instrument} to {to}",),
    "receive": ("{author} receives {instrument}",),
    "issue": ("{author} issues the next edition of {instrument}",),
    "propose_correction": ("{author} proposes a correction of {instrument}, objections by {objections_by}",),
    "register_stipulations": ("{author} registers the stipulations of {instrument}",),
    "initial": ("{author} initials {instrument}",),
    "sign_ad_referendum": ("{author} signs {instrument} ad referendum",),
    "sign": ("{author} signs {instrument}",),
    "sign_as_witness": ("{author} signs {instrument} as a witness",),
    "declare_reading": ("{author} declares a reading of {provision} of {instrument}",),
    "draw_commitment": ("{author} draws a commitment from {provision} of {instrument}",),
    "certify_language": ("{author} certifies the {language} version of {instrument}",),
    "report_incidents": ("{author} reports the incidents below",),
    "declare_interpretation": ("{author} makes an interpretive declaration on {instrument}",),
}
"""What a secretary may write instead; the words left out are derived (completion.py)."""

_SLOT = re.compile(r"\{(\w+)\}")


class Matched(NamedTuple):
    """A line that fits a phrase. given: the text of each slot, without the author."""

    kind: str
    author: str
    given: Mapping[str, str]


def slots_of(phrase: str) -> tuple[str, ...]:
    return tuple(_SLOT.findall(phrase))


def _pattern(kind: str, phrase: str) -> re.Pattern[str]:
    fields = fields_of(kind)
    parts = _SLOT.split(phrase)
    made = [re.escape(parts[0])]
    for slot, literal in zip(parts[1::2], parts[2::2], strict=True):
        inner = PERSON_PATTERN if slot == "author" else inline_pattern(fields[slot].form)
        made.append(f"(?P<{slot}>{inner}){re.escape(literal)}")
    return re.compile("".join(made))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    every = ((kind.name, phrase) for kind in KINDS for phrase in (kind.phrase, *SHORTER.get(kind.name, ())))
    return tuple((kind, _pattern(kind, phrase)) for kind, phrase in every)


def matches(line: str) -> tuple[Matched, ...]:
    """Every phrase that `line` fits: one, or none."""
    found = []
    for kind, pattern in _patterns():
        match = pattern.fullmatch(line)
        if match:
            given = {slot: text for slot, text in match.groupdict().items() if slot != "author"}
            found.append(Matched(kind, match["author"], given))
    return tuple(found)


def read_phrase(line: str) -> Matched:
    """Raises `Refused` with code `minutes.phrase`, naming the phrases that come nearest."""
    found = matches(line)
    if len(found) == 1:
        return found[0]
    raise _unread(line)


def _unread(line: str) -> Refused:
    shown = {_SLOT.sub(lambda slot: f"<{slot[1].replace('_', ' ')}>", k.phrase): k.name for k in KINDS}
    verb = line.partition(" ")[2]
    named = [phrase for phrase in shown if verb and phrase.split(" ")[1] == verb.split(" ")[0]]
    near = named or get_close_matches(f"<author> {verb}", shown, n=3, cutoff=0.2)
    return refuse("minutes.phrase", f"“{line}” is no sentence of these minutes.",
                  instead=f"Possible: {'; '.join(near) or 'see the guide to minutes'}.")  # fmt: skip


def write_phrase(kind: str, phrase: str, author: str, values: Mapping[str, Any], around: Around) -> str:
    """The phrase with each slot filled from `values`."""
    fields = fields_of(kind)

    def fill(slot: re.Match[str]) -> str:
        if slot[1] == "author":
            return author
        field = fields[slot[1]]
        return write_value(field.hint, field.form, values[field.name], around)

    return _SLOT.sub(fill, phrase)


def named_fields(kind: str) -> Iterable[str]:
    """The fields of the kind in the words that minutes use."""
    return (field.words for field in fields_of(kind).values())
