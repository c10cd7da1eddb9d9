"""Examine an act against the state before it: the one function at the door and in every replay.

The order: process and author's key; the chain of that key; role and log; audience; the phase table; the
version acted on; then the institution's own rules. All refusals come at once, except that without a known
author there is nothing more to say. The author's mandate is weighed by `evolve`: a step beyond it is no
fault of the act (VCLT art. 8).
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from detente.acts.act import Act, Clear, Kind, Log, Staleness, refusals
from detente.acts.convening import Convene
from detente.acts.kinds import kind_of
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refusal, Refused
from detente.keys.thumbprint import thumbprint
from detente.procedure.chambers import audience_of, log_of
from detente.state.phases import PHASES
from detente.state.records import Chain, Chamber, Person, State

PROCEDURE_EDITIONS = (1, 2, 3)
"""The editions of the procedure that this code answers for; each keeps its answers for as long as records carry it. New
talks are held under the last. Since 2 a text and its annexes are one text before anybody accepts it (`acts.one_text`);
since 3 a side whose principal is known says itself who else its people are (`acts.key_authority`)."""

NOBODY = ""
EVERYBODY = ("all",)


def author_of(state: State, key: str, clear: Clear) -> str:
    """The person whose key this is, by the record's own registry; `NOBODY` where the key is not enrolled.

    The convening act brings its author's key: nothing can have enrolled it before.
    """
    if isinstance(clear, Convene) and state.process is None:
        try:
            return clear.convenor if thumbprint(decode_base64url(clear.convenor_key)) == key else NOBODY
        except Refused:
            return NOBODY
    known = state.keys.get(key)
    return known.person if known else NOBODY


def examine(state: State | Chamber, act: Act[Any]) -> tuple[Refusal, ...]:
    """Every reason why `act` cannot stand next in this log; empty if it can. Asks no clock."""
    main = state.main if isinstance(state, Chamber) else state
    kind = kind_of(act.clear)
    if main.process is None:
        return _examine_first(main, act, kind)
    person = main.people.get(act.author)
    if person is None:
        return (_unknown_key(),)
    found = refusals(
        _wrong_process(main, state, act.clear),
        _key_spent(main, act),
        _broken_chain(state.chains.get(act.key), act.clear),
        _not_in_this_log(main, state, kind, person),
        _wrong_role(kind, person),
        _unknown_audience(main.convened.sides, main.people, act.clear),
        _out_of_phase(main, kind),
        _stale(main, kind, act.clear),
    )
    # An institution's rules presuppose the role: a mediator has no side to take a step for.
    if any(r.code in ("participation.role", "log.kind", "phase.before") for r in found):
        return found
    return (*found, *kind.examine(state, act))


def _examine_first(main: State, act: Act[Any], kind: Kind) -> tuple[Refusal, ...]:
    if kind.clear is not Convene:
        return (Refusal("phase.before", "The first act of a record is the convening of the talks.",
                        instead="A mediator convenes the process first."),)  # fmt: skip
    if act.author == NOBODY:
        return (_unknown_key(),)
    edition = act.clear.procedure
    return (
        *refusals(
            _broken_chain(None, act.clear),
            _unknown_audience(act.clear.sides, (act.clear.convenor, act.clear.keeper), act.clear),
            Refusal("procedure.edition", f"Edition {edition} of the procedure is not known here.",
                    instead=f"Known: {', '.join(map(str, PROCEDURE_EDITIONS))}.")
            if edition not in PROCEDURE_EDITIONS
            else None,
        ),
        *kind.examine(main, act),
    )  # fmt: skip


def _unknown_key() -> Refusal:
    return Refusal(
        "key.unknown",
        "The act is signed by a key that this record has not enrolled.",
        instead="Ask a mediator to enrol the key, then sign again.",
    )


def _wrong_process(main: State, log: State | Chamber, clear: Clear) -> Refusal | None:
    origin = main.convened.origin
    expected = f"{origin}/{log.name}" if isinstance(log, Chamber) else origin
    if clear.proc == expected:
        return None
    return Refusal("act.foreign", "The act belongs to another log.", instead=f"This log is {expected}.")


def _key_spent(main: State, act: Act[Any]) -> Refusal | None:
    key = main.keys[act.key]
    person = main.people[act.author]
    if key.revoked is not None:
        return Refusal("key.revoked", f"The key was revoked by act {key.revoked}.",
                       instead="Sign with another key of the same person.")  # fmt: skip
    if person.left is not None:
        return Refusal("participation.left", f"The author left by act {person.left}.",
                       instead="A mediator can admit the person again.")  # fmt: skip
    return None


def _broken_chain(last: Chain | None, clear: Clear) -> Refusal | None:
    """`seq` counts a key's sequenced acts in this log from 0; `prev` is the leaf of the one before."""
    expected_seq, expected_prev = (last.seq + 1, last.leaf) if last else (0, "")
    if clear.seq == expected_seq and clear.prev == expected_prev:
        return None
    if clear.seq < expected_seq:
        return Refusal("act.replayed", f"This key has signed an act with number {clear.seq} already.",
                       instead=f"Its next number is {expected_seq}.")  # fmt: skip
    return Refusal("act.out_of_order", "The act does not follow the last one of its key.",
                   instead=f"Its next number is {expected_seq}, after leaf “{expected_prev}”.")  # fmt: skip


def _not_in_this_log(main: State, log: State | Chamber, kind: Kind, person: Person) -> Refusal | None:
    here = log_of(log.name) if isinstance(log, Chamber) else Log.MAIN
    if here not in kind.where:
        places = " or ".join(sorted(kind.where))
        return Refusal("log.kind", f"An act of kind “{kind.name}” does not belong in this log ({here}).",
                       instead=f"It belongs in: {places}.")  # fmt: skip
    if isinstance(log, Chamber) and person.id not in audience_of(main, log.name):
        return Refusal(
            "log.audience",
            "The author does not belong to this chamber.",
            instead="Write in a chamber that the author belongs to.",
        )
    return None


def _wrong_role(kind: Kind, person: Person) -> Refusal | None:
    if person.role in kind.by:
        return None
    return Refusal(
        "participation.role",
        f"An act of kind “{kind.name}” is not for a {person.role}.",
        instead=f"It is for: {', '.join(sorted(kind.by))}.",
    )


def _unknown_audience(sides: Container[str], people: Container[str], clear: Clear) -> Refusal | None:
    if clear.aud == EVERYBODY:
        return None
    known = ({"all", "M"}, sides, people)
    unknown = [name for name in clear.aud if not any(name in names for names in known)]
    if clear.aud and not unknown:
        return None
    return Refusal(
        "act.audience",
        f"The audience is empty or unknown: {', '.join(unknown) or 'nobody'}.",
        instead="Name “all”, “M” (the mediators), a side's letter, or participants.",
    )


def _out_of_phase(main: State, kind: Kind) -> Refusal | None:
    admitted = PHASES[kind.name]
    if main.phase in admitted:
        return None
    phases = ", ".join(phase.value for phase in admitted)
    return Refusal(
        "phase.closed",
        f"The talks are {main.phase.value}; an act of kind “{kind.name.replace('_', ' ')}” is not possible now.",
        instead=f"Possible when the talks are: {phases}.",
    )


def version_of(main: State, subject: str) -> str | None:
    """The leaf of the version now standing of an instrument's text and terms, or of tabled rules."""
    if subject == "rules":
        return main.tabled_rules.leaf if main.tabled_rules else None
    instrument = main.instruments.get(subject)
    return instrument.version if instrument else None


def _stale(main: State, kind: Kind, clear: Clear) -> Refusal | None:
    if kind.staleness is not Staleness.GUARDED:
        return None
    subject = getattr(clear, "instrument", "rules")
    current = version_of(main, subject)
    if clear.on is not None and clear.on == (subject, current):
        return None
    return Refusal(
        "act.stale",
        f"The act does not name the version of “{subject}” that now stands.",
        instead=f"Read the version with leaf “{current}” and sign again on it."
        if current
        else "No version stands yet: an edition has to be issued, or rules tabled, first.",
    )
