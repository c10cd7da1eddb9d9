"""Doubts about the words of one provision: each with a code, the words, a sentence, and what could be written instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from detente.procedure.verifiability.duty import StatedDuty
from detente.procedure.verifiability.language import Patterns
from detente.procedure.verifiability.words import CheckedText
from detente.provisions.eid import ancestry
from detente.provisions.numbering import number_of
from detente.state.undertakings import Element


class Doubt(Struct, frozen=True):
    """element: the one of the nine that it concerns, or "" for none of them."""

    code: str
    element: Element | None
    words: str
    sentence: str
    instead: str


def doubts_about(text: CheckedText, eid: str, duties: tuple[StatedDuty, ...]) -> Iterator[Doubt]:
    """Everything that the rules find, by rule, each words once."""
    words, patterns = text.words_of(eid), text.patterns
    if duties:
        yield from _vague(words, patterns)
        yield from _undefined(text, duties)
        yield from _obligors(duties)
        yield from _numbers(words, patterns)
    yield from _dates(text, words)
    yield from _references(text, eid, words)


def _vague(words: str, patterns: Patterns) -> Iterator[Doubt]:
    for found in _each(patterns.vague_time, words):
        yield Doubt("check.vague_time", "period", found, f"“{found}” fixes no time.",
                    "Give a date, or a number of days after something that happens.")  # fmt: skip
    for found in _each(patterns.vague_duty, words):
        yield Doubt("check.vague_duty", "duty", found, f"“{found}” fixes no result.",
                    "Say what is to be done or brought about.")  # fmt: skip


def _undefined(text: CheckedText, duties: tuple[StatedDuty, ...]) -> Iterator[Doubt]:
    said = " ".join(duty.sentence for duty in duties)
    for term in _each(text.patterns.contested, said):
        if not text.defines(term):
            yield Doubt("check.undefined_term", "indicator", term, f"“{term}” is not defined in this text.",
                        "Define it in an article on definitions, or count it in a list.")  # fmt: skip


def _obligors(duties: tuple[StatedDuty, ...]) -> Iterator[Doubt]:
    for duty in duties:
        if duty.obligor == "outsider":
            yield Doubt("check.outsider", "actor", duty.actor,
                        f"“{duty.actor}” is no side: a text obliges nobody else without their consent (VCLT 34-35).",
                        "Say which side is to bring it about, or attach the other’s own consent.")  # fmt: skip
        elif duty.obligor == "nobody":
            yield Doubt("check.no_obligor", "actor", duty.obliges,
                        f"“{duty.obliges}” does not say who is to do it.",
                        "Name the side, or sides, that owe it.")  # fmt: skip


def _numbers(words: str, patterns: Patterns) -> Iterator[Doubt]:
    for found in patterns.bare_number.finditer(words):
        number = found["number"]
        yield Doubt("check.number_without_unit", "indicator", found[0], f"“{number}” has no unit.",
                    "Write the unit: metres, days, persons.")  # fmt: skip


# --- dates


def _dates(text: CheckedText, words: str) -> Iterator[Doubt]:
    for found in text.patterns.date.finditer(words):
        day = date_of(found, text.patterns)
        if isinstance(day, str):
            yield Doubt("check.impossible_date", "period", found[0], f"No calendar has “{found[0]}”.",
                        "Correct the date.")  # fmt: skip
        elif day is not None and text.entry and day.isoformat() < text.entry[:10]:
            yield Doubt("check.before_entry", "period", found[0],
                        f"“{found[0]}” is before the text can enter into force.",
                        "Choose a later date, or agree on provisional application (VCLT 25).")  # fmt: skip
    for span in text.patterns.span.finditer(words):
        start, end = (
            date_of(text.patterns.date.search(span[name]), text.patterns) for name in ("start", "end")
        )
        if isinstance(start, date) and isinstance(end, date) and end <= start:
            yield Doubt("check.end_before_start", "period", span[0], f"“{span[0]}” ends before it begins.",
                        "Correct one of the two dates.")  # fmt: skip


def date_of(found: re.Match[str] | None, patterns: Patterns) -> date | str | None:
    """The day that a match of `patterns.date` names; the words themselves where no calendar has it; None without a
    year."""
    if found is None:
        return None
    parts = {name: value for name, value in found.groupdict().items() if value}
    day, month, year = (
        next((v for name, v in parts.items() if name.startswith(part)), "")
        for part in ("day", "month", "year")
    )
    number = patterns.months.get(month.lower()) or int(month)
    try:
        whole = date(int(year or 2000), number, int(day))
    except ValueError:
        return found[0]
    return whole if year else None


# --- references


def _references(text: CheckedText, eid: str, words: str) -> Iterator[Doubt]:
    """References to articles of this text, and to paragraphs of the same article."""
    for found in text.patterns.article.finditer(words):
        if not text.patterns.elsewhere.match(words[found.end() :]):
            for number in (
                found["number"],
                *re.findall(r"\d+(?:\([0-9A-Za-z]{1,4}\))*", found["more"] or ""),
            ):
                yield from _reference(text, f"Article {number}", _eid(text, eid, number))
    article = next((e for e in (*ancestry(eid), eid) if e.rpartition("__")[2].startswith("art_")), "")
    for found in text.patterns.paragraph.finditer(words):
        outside = text.patterns.elsewhere.match(words[found.end() :]) or re.search(
            r"[Aa]rticles? [\w(), and-]{1,20}$", words[: found.start()]
        )
        if article and not outside and not re.match(r",? (?:of|to) [Aa]rticle", words[found.end() :]):
            yield from _reference(text, found[0], f"{article}__para_{found['number']}")


def _eid(text: CheckedText, eid: str, number: str) -> str:
    """The id of an article by its number, in the same frame (an annex) where the provision stands in one."""
    plain, *points = re.findall(r"[^()]+", number)
    inner = [f"{'para' if at == 0 and p[0].isdigit() else 'point'}_{p}" for at, p in enumerate(points)]
    found = "__".join((f"art_{plain}", *inner))
    frame = eid.partition("art_")[0]
    return frame + found if frame and text.holds(frame + found) else found


def _reference(text: CheckedText, words: str, target: str) -> Iterator[Doubt]:
    if not text.holds(target):
        yield Doubt("check.reference_missing", None, words, f"This text holds no “{words}”.",
                    "Correct the reference, or add what it refers to.")  # fmt: skip
    elif text.is_bracketed(target):
        number = number_of(target, full=True)
        yield Doubt("check.reference_bracketed", None, words, f"{number} stands in brackets.",
                    "Close that bracket first, or make this provision stand without it.")  # fmt: skip


def _each(pattern: re.Pattern[str], words: str) -> tuple[str, ...]:
    """What the pattern finds, each once, as the text writes it first."""
    found = {match[0].lower(): match[0] for match in reversed(list(pattern.finditer(words)))}
    return tuple(reversed(found.values()))
