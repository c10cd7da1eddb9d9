"""The check: for each of the nine elements what the provision says, whether that suffices, and where the rest could go.

An element that holds for a whole text need not stand in each provision: one article on verification serves them all,
unless it stands in brackets. The check is deterministic, and every answer quotes the words that it rests on. It reads
words, not intentions, and refuses nothing: the sides may adopt the text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct

from detente.acts.commitments import ELEMENTS
from detente.procedure.verifiability.doubts import Doubt, doubts_about
from detente.procedure.verifiability.duty import StatedDuty, stated_duties
from detente.procedure.verifiability.words import CheckedText
from detente.provisions.bracket import texts_in
from detente.provisions.numbering import number_of
from detente.state.undertakings import Duty, Element

Presence = Literal["present", "missing", "two_readings"]


class Found(Struct, frozen=True):
    """One element. words: those of the provision, as it writes them; source: another provision that gives it; why: a
    sentence, where there is something to say; where: the provision in which it could be written, or ""."""

    element: Element
    presence: Presence
    words: str = ""
    source: str = ""
    why: str = ""
    where: str = ""


class Checked(Struct, frozen=True):
    """One provision. duty: the type of the first duty that it states; None where it states none of a side, and then no
    element is asked for."""

    provision: str
    duty: Duty | None
    elements: tuple[Found, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def missing(self) -> tuple[Found, ...]:
        return tuple(found for found in self.elements if found.presence != "present")


def check_provision(text: CheckedText, eid: str, read_twice: str = "") -> Checked:
    """read_twice: the words of rival readings of it, joined; "" where nobody reads it otherwise. What a body of the text
    is to do, such as a commission, is no commitment of a side."""
    stated = stated_duties(text.words_of(eid), text.patterns, text.is_named)
    duties = tuple(duty for duty in stated if duty.obligor != "body")
    doubts = tuple(doubts_about(text, eid, duties))
    if not duties:
        return Checked(eid, None, (), doubts)
    found = [_FINDING[element](text, eid, duties[0], doubts) for element in ELEMENTS]
    return Checked(eid, duties[0].duty, _read_twice(tuple(found), read_twice), doubts)


def check_text(text: CheckedText) -> tuple[tuple[str, Checked], ...]:
    """Every provision; where its words stand in brackets, each text that they leave open, with the letters behind it."""
    return tuple(
        (letters, check_provision(text if words == text.own_words(eid) else text.with_words(eid, words), eid))
        for eid in text.ids
        for letters, words in texts_in(text.own_words(eid))
    )


def _read_twice(elements: tuple[Found, ...], readings: str) -> tuple[Found, ...]:
    """The element whose words the rival readings are about is read in two ways; the duty, where they quote none."""
    if not readings:
        return elements
    counted = [
        (len(_shared(found.words, readings)), found.element == "duty", found.element) for found in elements
    ]
    chosen = max(counted)[2]
    return tuple(
        Found(
            f.element, "two_readings", f.words, f.source, "The sides read these words differently.", f.where
        )
        if f.element == chosen
        else f
        for f in elements
    )


def _shared(words: str, readings: str) -> set[str]:
    longer = (set(re.findall(r"\w{5,}", said.lower())) for said in (words, readings))
    return set.intersection(*longer)


# --- element by element

Finding = Callable[[CheckedText, str, StatedDuty, tuple[Doubt, ...]], Found]


def _doubted(element: Element, doubts: tuple[Doubt, ...]) -> str:
    return next((d.sentence for d in doubts if d.element == element), "")


def _actor(_text: CheckedText, _eid: str, duty: StatedDuty, doubts: tuple[Doubt, ...]) -> Found:
    present = duty.obligor == "side"
    why = "" if present else _doubted("actor", doubts)
    return Found("actor", "present" if present else "missing", duty.actor, why=why)


def _duty(_text: CheckedText, _eid: str, duty: StatedDuty, doubts: tuple[Doubt, ...]) -> Found:
    vague = "" if duty.duty == "use_influence" else _doubted("duty", doubts)
    return Found("duty", "missing" if vague else "present", duty.obliges, why=vague)


def _action(_text: CheckedText, _eid: str, duty: StatedDuty, _doubts: tuple[Doubt, ...]) -> Found:
    if len(duty.action.split()) > 1:
        return Found("action", "present", duty.action)
    return Found("action", "missing", duty.action, why="What is to be done is not said.")


def _area(text: CheckedText, eid: str, _duty: StatedDuty, _doubts: tuple[Doubt, ...]) -> Found:
    words = text.words_of(eid)
    place, precise = text.patterns.place.search(words), text.patterns.precise_place.search(words)
    if precise is not None or (place is not None and text.defines(place[0])):
        return Found("area", "present", (place or precise or [""])[0])
    where = text.definitions
    return Found(
        "area", "missing", place[0] if place else "", why="No map and no list says where.", where=where
    )


def _period(text: CheckedText, eid: str, _duty: StatedDuty, doubts: tuple[Doubt, ...]) -> Found:
    words, doubted = text.words_of(eid), _doubted("period", doubts)
    found = text.patterns.period.search(words)
    vague = next((d.words for d in doubts if d.element == "period"), "")
    if doubted:
        return Found("period", "missing", vague, why=doubted)
    if found is not None:
        return Found("period", "present", found[0])
    entry = _elsewhere(text, eid, text.patterns.entry)
    if entry and not text.is_bracketed(entry):
        return Found(
            "period", "present", source=entry, why="From the entry into force of the text, without end."
        )
    return _missing(text, "period", entry, "No date, and no article on entry into force.")


def _indicator(text: CheckedText, eid: str, duty: StatedDuty, doubts: tuple[Doubt, ...]) -> Found:
    words = text.words_of(eid)
    measured = text.patterns.measured.search(words)
    undefined = [d for d in doubts if d.element == "indicator"]
    defined = next((t[0] for t in text.patterns.contested.finditer(duty.sentence) if text.defines(t[0])), "")
    if undefined:
        first = undefined[0]
        return Found("indicator", "missing", first.words, why=first.sentence, where=text.definitions)
    if measured is not None or defined:
        return Found("indicator", "present", measured[0] if measured else defined)
    return Found("indicator", "missing", why="No figure and no defined term says by what one can tell.",
                 where=text.definitions)  # fmt: skip


def _verifier(text: CheckedText, eid: str, _duty: StatedDuty, _doubts: tuple[Doubt, ...]) -> Found:
    own = text.patterns.verified.search(text.words_of(eid))
    if own is not None:
        return Found("verifier", "present", own[0])
    source = _elsewhere(text, eid, text.patterns.verified)
    if source and not text.is_bracketed(source):
        return Found("verifier", "present", source=source)
    return _missing(text, "verifier", source, "Nobody is named who verifies it.")


def _method(text: CheckedText, eid: str, _duty: StatedDuty, _doubts: tuple[Doubt, ...]) -> Found:
    own = text.patterns.method.search(text.words_of(eid))
    if own is not None:
        return Found("method", "present", own[0])
    source = _elsewhere(text, eid, text.patterns.verified)
    if not source:
        return Found("method", "missing", why="How it is verified is not said.")
    if text.is_bracketed(source):
        number = number_of(source, full=True)
        return Found("method", "missing", why=f"It depends on {number}.", where=source)
    if any(text.patterns.method.search(text.own_words(e)) for e in _beside(text, source)):
        return Found("method", "present", source=source)
    number = number_of(source, full=True)
    return Found("method", "missing", why=f"{number} says who verifies, and not how.", where=source)


def _consequence(text: CheckedText, eid: str, _duty: StatedDuty, _doubts: tuple[Doubt, ...]) -> Found:
    own = text.patterns.consequence.search(text.words_of(eid))
    if own is not None:
        return Found("consequence", "present", own[0])
    source = _elsewhere(text, eid, text.patterns.consequence)
    if source and not text.is_bracketed(source):
        return Found("consequence", "present", source=source)
    return _missing(text, "consequence", source, "What follows if it is not kept is not said.")


def _missing(text: CheckedText, element: Element, source: str, otherwise: str) -> Found:
    """Missing: because the provision that would give it is open, or because none does."""
    if source and text.is_bracketed(source):
        number = number_of(source, full=True)
        return Found(element, "missing", why=f"{number} stands in brackets.", where=source)
    return Found(element, "missing", why=otherwise)


def _elsewhere(text: CheckedText, eid: str, pattern: re.Pattern[str]) -> str:
    """The first other provision that says it; one that stands in no bracket before one that does."""
    found = [e for e in text.saying(pattern) if e != eid]
    return next((e for e in found if not text.is_bracketed(e)), found[0] if found else "")


def _beside(text: CheckedText, eid: str) -> tuple[str, ...]:
    """The provisions of the same article."""
    article = eid.partition("__")[0]
    return tuple(e for e in text.ids if e.partition("__")[0] == article)


_FINDING: Final[Mapping[Element, Finding]] = {
    "actor": _actor, "duty": _duty, "action": _action, "area": _area, "period": _period, "indicator": _indicator,
    "verifier": _verifier, "method": _method, "consequence": _consequence,
}  # fmt: skip
