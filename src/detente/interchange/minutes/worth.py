"""What the open choices are worth, as a script says it: a line for each provision, its choices with commas between.

    1(1): A's text 600, @monthly 250, as it stands 0
    1(2): @officers 400
    without an agreement: 350

Points are the side's own. A choice that is left out is worth nothing; so is every choice of a provision left out.
"""

from __future__ import annotations

import re
from typing import Final

from detente.codec.refusal import Refused, refuse
from detente.interchange.minutes.layout import RawField
from detente.interchange.minutes.references import read_leaf
from detente.interchange.minutes.scene import Draft, Worth
from detente.provisions.numbering import eid_of
from detente.state.packages import STANDS, open_choices

_LINE: Final = re.compile(r"(.+): (.+)")
_CHOICE: Final = re.compile(r"(.+) ([0-9]{1,6})")
_WITHOUT: Final = "without an agreement"
_AS_IT_STANDS: Final = "as it stands"


def read_worth(draft: Draft, raw: RawField) -> Worth:
    """Raises `Refused`: `minutes.value`, or as references do."""
    worth: dict[tuple[str, str], int] = {}
    reservation = 0
    for line in raw.block or (raw.text,):
        found = _LINE.fullmatch(line)
        if found is None:
            raise _unread(line)
        if found[1] == _WITHOUT:
            reservation = _points(found[2])
        else:
            provision = eid_of(found[1])
            for choice in found[2].split(", "):
                named = _CHOICE.fullmatch(choice)
                if named is None:
                    raise _unread(choice)
                worth[provision, _option(draft, provision, named[1])] = _points(named[2])
    instrument = draft.instrument
    choices = tuple(
        (
            open_one.provision,
            open_one.options,
            tuple(worth.pop((open_one.provision, o), 0) for o in open_one.options),
        )
        for open_one in (open_choices(instrument) if instrument else ())
    )
    if worth:
        raise refuse("minutes.value", "Points are given for what is not open to choose.",
                     instead="Look at the open brackets, and name their alternatives.")  # fmt: skip
    return Worth(choices, reservation)


def _option(draft: Draft, provision: str, words: str) -> str:
    if words == _AS_IT_STANDS:
        return STANDS
    return read_leaf(words, draft.scene.references, {**draft.values, "provision": provision})


def _points(text: str) -> int:
    if not text.isdecimal():
        raise _unread(text)
    return int(text)


def _unread(text: str) -> Refused:
    return refuse("minutes.value", f"“{text}” does not say what is worth how much.",
                  instead="Write 1(1): A's text 600, as it stands 0; or without an agreement: 350.")  # fmt: skip
