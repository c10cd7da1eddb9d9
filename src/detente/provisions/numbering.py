"""Numbers as pages and secretaries write them, derived from ids and read back into them.

    >>> number_of("art_3__para_2__point_a"), number_of("art_3", full=True), number_of("preamble_1")
    ('3(2)(a)', 'Article 3', 'Preamble 1')
    >>> eid_of("3(2)"), eid_of("Annex I, 4(1), chapeau")
    ('art_3__para_2', 'annex_I__art_4__para_1__chapeau_1')
    >>> number_of("art_5__para_1__row_3"), eid_of("Annex I, 4(1), chapeau, note 2")
    ('5(1), row 3', 'annex_I__art_4__para_1__chapeau_1__note_2')
    >>> number_of("art_5__para_1", alternative=2), alternative_of("5(1) ter")
    ('5(1) bis', ('art_5__para_1', 3))

An id that no number can say (`art_3__point_1` would read as 3(1)) is shown as the id itself, so every id
has exactly one number and every number one id.
"""

from __future__ import annotations

import re

from detente.codec.refusal import refuse
from detente.provisions.eid import LATIN, Part, parse_eid

_FRAMES = {"preamble": "Preamble", "part": "Part", "chp": "Chapter", "sec": "Section", "annex": "Annex"}
_TAILS = {"chapeau": "chapeau", "wrapup": "closing words"}
_COUNTED = ("row", "note")
_FRAME_KINDS = {word.lower(): kind for kind, word in _FRAMES.items()}
_TAIL_KINDS = {word: kind for kind, word in _TAILS.items()}

_NUMBER = r"[A-Za-z0-9-]+"
_PLACE = (
    rf"(?:(?i:article|art\.?|preamble|part|chapter|section|annex)\s+{_NUMBER}|[0-9][A-Za-z0-9-]*)"
    rf"(?:\.[0-9][A-Za-z0-9-]*)?(?:\({_NUMBER}\))*"
)
_EID = rf"[a-z][a-z0-9]*_{_NUMBER}(?:__[a-z][a-z0-9]*_{_NUMBER})*"
# What stands at the head of a line; the caller decides what may follow.
LEADING_NUMBER = re.compile(
    rf"{_EID}|{_PLACE}(?:,\s*{_PLACE})*(?:,\s*(?i:chapeau|closing words)(?!\w))?"
    rf"(?:,\s*(?i:{'|'.join(_COUNTED)})\s+[0-9]+(?!\w))*"
)

_PLACE_PARTS = re.compile(
    rf"(?:(?P<word>[A-Za-z]+)\.?\s+)?(?P<head>{_NUMBER})"
    rf"(?:\.(?P<dotted>[0-9][A-Za-z0-9-]*))?(?P<nested>(?:\({_NUMBER}\))*)"
)
_COUNTED_PLACE = re.compile(rf"(?P<kind>(?i:{'|'.join(_COUNTED)}))\s+(?P<number>[1-9][0-9]*)")
_ALTERNATIVE = re.compile(
    rf"(?P<number>.*\S)\s+(?:(?P<latin>{'|'.join(LATIN)})|alt\.\s*(?P<count>[1-9][0-9]*))"
)


def ordinal_suffix(n: int) -> str:
    """The suffix of the n-th alternative: "" for the first, then bis, ter, quater; beyond twenty `alt. 21`."""
    if n < 1:
        raise refuse("eid.alternative", "Alternatives are counted from 1.")
    if n == 1:
        return ""
    return LATIN[n - 2] if n - 2 < len(LATIN) else f"alt. {n}"


def _nested(parts: tuple[Part, ...]) -> str | None:
    """`(2)(a)` for paragraph and points, or None where reading it back would give another id."""
    for place, part in enumerate(parts):
        numbered = place == 0 and part.number[0].isdigit()
        if part.kind != ("para" if numbered else "point"):
            return None
    return "".join(f"({part.number})" for part in parts)


def _regular_number(parts: tuple[Part, ...], full: bool) -> str | None:
    tail = ""
    while len(parts) > 1 and _COUNTED_PLACE.fullmatch(f"{parts[-1].kind} {parts[-1].number}"):
        tail = f", {parts[-1].kind} {parts[-1].number}{tail}"
        parts = parts[:-1]
    if len(parts) > 1 and parts[-1].kind in _TAILS and parts[-1].number == "1":
        tail = f", {_TAILS[parts[-1].kind]}{tail}"
        parts = parts[:-1]
    frames = 0
    while frames < len(parts) and parts[frames].kind in _FRAMES:
        frames += 1
    heads = [f"{_FRAMES[part.kind]} {part.number}" for part in parts[:frames]]
    rest = parts[frames:]
    if rest and rest[0].kind == "art":
        number = rest[0].number
        heads.append(f"Article {number}" if full or not number[0].isdigit() else number)
        rest = rest[1:]
    nested = _nested(rest)
    return ", ".join(heads) + nested + tail if heads and nested is not None else None


def number_of(eid: str, *, full: bool = False, alternative: int = 1) -> str:
    """The number to display: `3(2)`, in full `Article 3(2)`, as the second alternative `3(2) bis`.

    Defined for every well-formed id; raises `Refused` with code `eid.malformed` for any other text.
    """
    number = _regular_number(parse_eid(eid), full) or eid
    suffix = ordinal_suffix(alternative)
    return f"{number} {suffix}" if suffix else number


def is_regular(eid: str) -> bool:
    """Whether the id has a number that people can say; irregular ids are shown as themselves."""
    return _regular_number(parse_eid(eid), False) is not None


def _place_parts(place: str) -> list[Part]:
    """The parts of one comma-separated place: `Annex I`, `3(2)(a)`, `3.2`; empty where it is neither."""
    found = _PLACE_PARTS.fullmatch(place)
    if not found or not re.fullmatch(_PLACE, place):
        return []
    word = (found["word"] or "article").lower()
    parts = [Part(_FRAME_KINDS.get(word, "art"), found["head"])]
    inner = [found["dotted"]] if found["dotted"] else []
    inner += re.findall(rf"\(({_NUMBER})\)", found["nested"])
    for depth, number in enumerate(inner):
        parts.append(Part("para" if depth == 0 and number[0].isdigit() else "point", number))
    return parts


def eid_of(number: str) -> str:
    """The id that a written number names: `3(2)`, `Article 3(2)`, `art. 3(2)`, `3.2`, or the id itself.

    Raises `Refused` with code `eid.number_unread`.
    """
    text = " ".join(number.split())
    if re.fullmatch(_EID, text):
        parts = parse_eid(text)
        return "__".join(f"{p.kind}_{p.number}" for p in parts)
    *places, last = re.split(r",\s*", text)
    counted: list[Part] = []
    while places and (found := _COUNTED_PLACE.fullmatch(last)):
        counted.insert(0, Part(found["kind"].lower(), found["number"]))
        *places, last = places
    tail = _TAIL_KINDS.get(last.lower())
    steps = [_place_parts(place) for place in (places if tail else [*places, last])]
    # Only the last place may go below a frame: "3(2), Annex I" is the wrong way round.
    if not steps or not all(steps) or any(len(s) > 1 or s[0].kind == "art" for s in steps[:-1]):
        raise refuse(
            "eid.number_unread",
            f"“{text[:80]}” is not the number of a provision.",
            "",
            "Write it like 3, 3(2), 3(2)(a), Preamble 1 or Annex I, 3(2).",
        )
    parts = tuple(part for step in steps for part in step) + ((Part(tail, "1"),) if tail else ())
    parts = (*parts, *counted)
    eid = "__".join(f"{p.kind}_{p.number}" for p in parts)
    parse_eid(eid)
    return eid


def alternative_of(number: str) -> tuple[str, int]:
    """The id and the count of the alternative, from 1: `5(1)` is the first, `5(1) bis` the second.

    Raises `Refused` with code `eid.number_unread`.
    """
    found = _ALTERNATIVE.fullmatch(" ".join(number.split()))
    if not found:
        return eid_of(number), 1
    count = LATIN.index(found["latin"]) + 2 if found["latin"] else int(found["count"])
    return eid_of(found["number"]), count
