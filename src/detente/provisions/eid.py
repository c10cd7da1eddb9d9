"""Provision ids in the Akoma Ntoso eId style (Naming Convention 1.0, sec. 5): stable names for places in a text.

An id is a path of `kind_number` parts joined by `__`. It names nobody, so it may stand in the clear.

| kind | names |
|---|---|
| `preamble` | one paragraph of the preamble |
| `part`, `chp`, `sec`, `annex` | a frame around articles |
| `art`, `para`, `point` | article, numbered paragraph, lettered point; points may hold points |
| `chapeau`, `wrapup` | the words before and after a list of points; always numbered 1 |
| `row` | a row of a table, its cells parted by ` | ` |
| `note` | a footnote, under the provision that refers to it |

    >>> parent_of("art_3__para_2")
    'art_3'
    >>> sorted(["art_10", "art_2__para_1", "art_2", "preamble_1", "art_2-bis"], key=order_key)
    ['preamble_1', 'art_2', 'art_2__para_1', 'art_2-bis', 'art_10']
"""

from __future__ import annotations

import re
from typing import NamedTuple

from detente.codec.refusal import refuse

LONGEST = 160

LATIN = (
    "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies", "undecies",
    "duodecies", "terdecies", "quaterdecies", "quindecies", "sexdecies", "septdecies", "octodecies",
    "novodecies", "vicies",
)  # fmt: skip

KINDS = {
    "preamble": "preamble",
    "part": "part",
    "chp": "chapter",
    "sec": "section",
    "annex": "annex",
    "art": "article",
    "para": "paragraph",
    "point": "point",
    "chapeau": "chapeau",
    "wrapup": "closing words",
    "row": "row",
    "note": "note",
}

_PART = re.compile(r"([a-z][a-z0-9]*)_([A-Za-z0-9-]+)")
_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_RANK = {
    "note": 0,
    "chapeau": 1,
    "preamble": 1,
    "part": 2,
    "chp": 2,
    "sec": 2,
    "art": 3,
    "para": 4,
    "point": 5,
    "row": 6,
}
_RANK_LAST = {"annex": 7, "wrapup": 8}

OrderStep = tuple[int, int, int, str]


class Part(NamedTuple):
    """One step of an id: `kind` as written in the id, `number` exactly as displayed."""

    kind: str
    number: str


def parse_eid(eid: str) -> tuple[Part, ...]:
    """The parts of `eid`, outermost first. Raises `Refused` with code `eid.malformed`."""
    found = [_PART.fullmatch(step) for step in eid.split("__")]
    if len(eid) > LONGEST or not all(found):
        raise refuse(
            "eid.malformed",
            f"“{eid[:LONGEST]}” is not the id of a provision.",
            "Akoma Ntoso Naming Convention 1.0 sec. 5",
            "Write it like art_3__para_2.",
        )
    return tuple(Part(m[1], m[2]) for m in found if m)


def parent_of(eid: str) -> str | None:
    """The id one step out, or None for an outermost provision."""
    outer, separator, _ = eid.rpartition("__")
    return outer if separator else None


def ancestry(eid: str) -> tuple[str, ...]:
    """Every id that `eid` stands in, outermost first, without `eid` itself."""
    steps = eid.split("__")
    return tuple("__".join(steps[:n]) for n in range(1, len(steps)))


def is_within(eid: str, outer: str) -> bool:
    """Whether `eid` is `outer` or stands in it: a reserved Article 5 reserves 5(1) too."""
    return eid == outer or eid.startswith(outer + "__")


def kind_of(eid: str) -> str:
    """What the provision is, in words (`article`, `paragraph`); an unknown kind as the id spells it."""
    kind = parse_eid(eid)[-1].kind
    return KINDS.get(kind, kind)


def _roman(number: str) -> int:
    """The value of a lower-case roman numeral, or 0."""
    if not number or not _ROMAN.fullmatch(number):
        return 0
    values = [_ROMAN_VALUE[c] for c in number]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _letters(number: str) -> int:
    value = 0
    for c in number:
        value = value * 26 + ord(c) - ord("a") + 1
    return value


def _value(part: Part, outer: str) -> tuple[int, int]:
    """A number's place among its siblings, and the place of what was inserted after it (3, 3-bis, 3A, 4)."""
    rest = part.number.lstrip("0123456789")
    digits = part.number[: len(part.number) - len(rest)]
    if digits:
        suffix = rest.lower().strip("-")
        return int(digits), LATIN.index(suffix) + 2 if suffix in LATIN else len(LATIN) + 2 if suffix else 0
    plain = part.number.lower()
    # A lettered list is (a), (b), ... (i), (j); inside a point it is (i), (ii), (iii). Elsewhere I, V and X
    # begin roman numerals, while a lone C, D, L or M is a letter: Annex C follows Annex B.
    roman_here = outer == "point" or (part.kind != "point" and plain not in ("c", "d", "l", "m"))
    if roman_here and (value := _roman(plain)):
        return value, 0
    return (_letters(plain), 0) if plain.isalpha() else (0, 0)


def next_of(eid: str) -> str | None:
    """The id after that of the last article, paragraph or point beside it; None where numbers do not say which that is.

    >>> next_of("art_2__para_3"), next_of("art_2__para_3__point_b"), next_of("art_2-bis"), next_of("note_1")
    ('art_2__para_4', 'art_2__para_3__point_c', None, None)
    """
    *outer, (kind, number) = parse_eid(eid)
    if kind not in ("preamble", "art", "para", "point"):
        return None
    if number.isdecimal():
        following = str(int(number) + 1)
    elif len(number) == 1 and "a" <= number < "z" and (kind, number) != ("point", "i"):
        following = chr(ord(number) + 1)
    else:
        return None
    return "__".join(f"{k}_{n}" for k, n in (*outer, (kind, following)))


def order_key(eid: str) -> tuple[OrderStep, ...]:
    """A sorting key that puts ids in the order of a text; a provision comes before what stands in it.

    An edition's own order is the order of its tuple; the key places a provision that is not in it yet.
    Lettered points are read as letters directly under a paragraph and as roman numerals inside a point.
    """
    parts = parse_eid(eid)
    outers = ("", *(part.kind for part in parts))
    return tuple(
        ((_RANK | _RANK_LAST).get(part.kind, 6), *_value(part, outer), f"{part.kind}_{part.number}")
        for part, outer in zip(parts, outers, strict=False)
    )
