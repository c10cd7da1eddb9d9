"""A refusal is a value: what was refused, under which clause, and what is possible instead.

Checks return `tuple[Refusal, ...]` so that a person is told everything at once. Codecs, where the first
fault hides the rest, raise `Refused`.
"""

from __future__ import annotations

import msgspec


class Refusal(msgspec.Struct, frozen=True, order=True):
    """One reason why bytes or an act cannot stand.

    code: `<stage or institution>.<fault>`, stable, for programs (`ladder.bracket_open`).
    sentence: one plain English sentence for people, ending in a full stop.
    clause: the source of the rule ("VCLT art. 9(1)", "RFC 9901 sec. 7.1"); empty where it is our own.
    instead: what is possible instead; empty only where nothing is.
    """

    code: str
    sentence: str
    clause: str = ""
    instead: str = ""


class Refused(Exception):  # noqa: N818  the field's word; "RefusedError" would say the same thing twice
    """Raised by codecs and doors. `refusals` holds at least one refusal."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(f"{r.code}: {r.sentence}" for r in refusals))
        self.refusals = refusals

    def __reduce__(self) -> tuple[type[Refused], tuple[Refusal, ...]]:
        return Refused, self.refusals  # as itself from another process, not as its text


def refuse(code: str, sentence: str, clause: str = "", instead: str = "") -> Refused:
    """The exception for a single refusal: `raise refuse("note.size", ...)`."""
    return Refused(Refusal(code, sentence, clause, instead))
