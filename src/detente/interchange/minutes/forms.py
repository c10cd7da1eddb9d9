"""How single values stand in a line of minutes: ids, times, references, numbers of provisions, choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from typing import Any, Final, NamedTuple

from detente.codec.identifier import ClaimArgument, KeyId, Leaf, PersonId, ProvisionId, Side, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import refuse
from detente.interchange.minutes.references import (
    LEAF_PATTERN,
    References,
    read_edition,
    read_key,
    read_leaf,
    write_edition,
    write_key,
    write_leaf,
)  # fmt: skip
from detente.interchange.minutes.times import TIME_PATTERN, read_time, write_time
from detente.provisions.numbering import LEADING_NUMBER, eid_of, number_of

PERSON_PATTERN: Final = r"[A-Z][A-Za-z0-9]{0,15}(?:\.[a-z0-9]{1,16})?"
SUBJECT_PATTERN: Final = r"[a-z][a-z0-9-]{0,39}"


class Around(NamedTuple):
    """What a value may lean on: the record so far, the line's day and zone, the act's other fields."""

    references: References
    day: date
    zone: tzinfo
    beside: Mapping[str, Any] = {}


class Form(NamedTuple):
    """How values of one type stand in a line. pattern: what the text looks like, as a regular expression."""

    pattern: str
    write: Callable[[Any, Around], str]
    read: Callable[[str, Around], Any]


def as_is(pattern: str) -> Form:
    return Form(pattern, lambda value, _around: str(value), lambda text, _around: text)


def yes_or_no(text: str, _around: Around) -> bool:
    if text not in ("yes", "no"):
        raise refuse("minutes.value", f"“{text}” is neither yes nor no.", instead="Write yes or no.")
    return text == "yes"


def whole_number(text: str, _around: Around) -> int:
    if not re.fullmatch(r"-?[0-9]{1,16}", text):
        raise refuse("minutes.value", f"“{text}” is not a whole number.", instead="Write it in digits.")
    return int(text)


def choice(options: tuple[str, ...]) -> Form:
    words = {option.replace("_", " "): option for option in options}

    def read(text: str, _around: Around) -> str:
        found = words.get(text.replace("_", " "))
        if found is None:
            raise refuse("minutes.value", f"“{text}” is none of the possible values.",
                         instead=f"Write one of: {', '.join(w for w in words if w)}.")  # fmt: skip
        return found

    spellings = sorted({*words, *options}, key=len, reverse=True)
    return Form(
        "|".join(map(re.escape, spellings)), lambda value, _around: str(value).replace("_", " "), read
    )


_LEAF: Final = Form(
    LEAF_PATTERN,
    lambda value, around: write_leaf(value, around.references),
    lambda text, around: read_leaf(text, around.references, around.beside),
)
EDITION: Final = Form(
    f"(?:edition )?[0-9]+|{LEAF_PATTERN}",
    lambda value, around: write_edition(value, around.references, around.beside),
    lambda text, around: read_edition(text, around.references, around.beside),
)
ACT_NUMBER: Final = Form(
    "#[1-9][0-9]*",
    lambda value, _around: f"#{value + 1}",
    lambda text, around: whole_number(text.removeprefix("#"), around) - 1,
)
"""An index of the main log, as people count acts: from 1."""


def _write_claim(value: str, around: Around) -> str:
    return " ".join(write_leaf(w, around.references) if len(w) == 43 else w for w in value.split(" "))


def _read_claim(text: str, around: Around) -> str:
    """The words of a claim, acts by their leaves."""
    words = text.split()
    return " ".join(
        read_leaf(word, around.references, around.beside) if word[0] in "#@" else word for word in words
    )


NAMED: Final[tuple[tuple[Any, Form], ...]] = (
    (PersonId, as_is(PERSON_PATTERN)),
    (Side, as_is("[A-Z]")),
    (SubjectId, as_is(SUBJECT_PATTERN)),
    (Leaf, _LEAF),
    (KeyId, Form(f"{PERSON_PATTERN}|[A-Za-z0-9_-]{{43}}",
                 lambda value, around: write_key(value, around.references),
                 lambda text, around: read_key(text, around.references))),
    (Instant, Form(TIME_PATTERN,
                   lambda value, around: write_time(value, around.day, around.zone),
                   lambda text, around: read_time(text, around.day, around.zone))),
    (ClaimArgument, Form("[^,]*", _write_claim, _read_claim)),
    (ProvisionId, Form(LEADING_NUMBER.pattern,
                       lambda value, _around: number_of(value), lambda text, _around: eid_of(text))),
)  # fmt: skip
