"""Expectations: what must hold after the act above. A script that carries them is a test.

| written | holds if |
|---|---|
| `expect refusal: CODE, CODE` | the act was refused with exactly these codes and changed nothing |
| `expect unauthorised` | the act stands in the record beyond its author's mandate (VCLT 8) |
| `expect adopted: no`, `authentic`, `binding`, `in force` | the question is answered so |
| `expect missing: PA confirm signature` | these acts are among those missing; `none`: none is |
| `expect ladder: A=R, B=.` | these sides stand there |
| `expect open brackets: 3(2), 5(1)`, `none` | exactly these are open |
| `expect oral assent unconfirmed: B` | exactly these speakers' words are unconfirmed |
| `expect turn: B assent` | these are among the acts owed now |
| `expect receipts: A, B` | exactly these have given a receipt for the last edition |
| `expect edition: 3`, `expect phase: adjourned` | |
| `expect orders: two readings, circle, dates, waiting`, `none` | exactly this is at odds in the orders of commitments |
| `expect claims of @name: not in the record` | the record answers the statement's claims so, in order |

Numbers with commas of their own are parted by semicolons: `expect open brackets: 3(1); Annex I, 1(1), row 4`.
`of NAME` after the word names the instrument where there are several: `expect adopted of ceasefire: yes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from detente.codec.refusal import Refusal, Refused, refuse
from detente.interchange.minutes.layout import Block, at_line
from detente.interchange.minutes.references import References
from detente.interchange.minutes.statements import Expect
from detente.procedure.claims import answer_claims
from detente.procedure.finality import Finality, finality
from detente.procedure.sequences import sequences
from detente.procedure.turn import turns
from detente.provisions.numbering import number_of
from detente.state.answers import open_brackets
from detente.state.records import State


class Outcome(NamedTuple):
    """What came of an act. before, state: the main state before and after; leaf: "" where it was refused."""

    before: State
    state: State
    refusals: tuple[Refusal, ...]
    leaf: str
    references: References


def _subject(outcome: Outcome, of: str) -> str:
    known = outcome.state.instrument_order
    if of in known or (not of and len(known) == 1):
        return of or known[0]
    raise refuse("minutes.expectation", f"The record holds {len(known)} instruments: {', '.join(known) or 'none'}.",
                 instead="Name one: expect adopted of understanding: no.")  # fmt: skip


def _answers(outcome: Outcome, of: str) -> Finality:
    return finality(outcome.state, _subject(outcome, of))


def _question(name: str) -> Callable[[Outcome, str], tuple[str, ...]]:
    return lambda outcome, of: ("yes" if getattr(_answers(outcome, of), name).yes else "no",)


def _codes(outcome: Outcome, _of: str) -> tuple[str, ...]:
    changed = ("something changed",) if outcome.refusals and outcome.before is not outcome.state else ()
    return (*sorted({r.code for r in outcome.refusals}), *changed)


def _unauthorised(outcome: Outcome, _of: str) -> tuple[str, ...]:
    return ("yes",) if outcome.leaf in outcome.state.unauthorised else ("no",)


def _missing(outcome: Outcome, of: str) -> tuple[str, ...]:
    found = _answers(outcome, of)
    every = (
        *found.adopted.missing,
        *found.authentic.missing,
        *found.binding.missing,
        *found.in_force.missing,
    )
    return tuple(f"{m.whose} {m.act}" for m in every)


def _ladder(outcome: Outcome, of: str) -> tuple[str, ...]:
    return tuple(f"{side}={step.value}" for side, step in _answers(outcome, of).ladder.items())


def _brackets(outcome: Outcome, of: str) -> tuple[str, ...]:
    instrument = outcome.state.instruments[_subject(outcome, of)]
    return tuple(number_of(bracket.provision) for bracket in open_brackets(instrument))


def _unconfirmed(outcome: Outcome, _of: str) -> tuple[str, ...]:
    return tuple(
        m.speaker
        for m in outcome.state.minutes.values()
        if m.sense == "oral_assent" and m.confirmed is None and m.contested is None
    )


def _turns(outcome: Outcome, _of: str) -> tuple[str, ...]:
    return tuple(f"{turn.whose} {turn.act}" for turn in turns(outcome.state))


def _receipts(outcome: Outcome, of: str) -> tuple[str, ...]:
    edition = outcome.state.instruments[_subject(outcome, of)].edition
    return tuple(person for person, _leaf in edition.received) if edition else ()


def _edition(outcome: Outcome, of: str) -> tuple[str, ...]:
    edition = outcome.state.instruments[_subject(outcome, of)].edition
    return (str(edition.number),) if edition else ()


def _orders(outcome: Outcome, of: str) -> tuple[str, ...]:
    found = sequences(outcome.state, _subject(outcome, of))
    circles = [not conflict.periods for conflict in found.conflicts]
    at_odds = {
        "two readings": bool(found.rivals), "circle": any(circles), "dates": not all(circles),
        "waiting": bool(found.waiting),
    }  # fmt: skip
    return tuple(name for name, holds in at_odds.items() if holds)


def _claims(outcome: Outcome, of: str) -> tuple[str, ...]:
    leaf = outcome.references.labelled(of.removeprefix("@"))
    statement = outcome.state.statements.get(leaf or "")
    return tuple(a.verdict for a in answer_claims(outcome.state, statement)) if statement else ()


class _Check(NamedTuple):
    """found: what the record says; whole: whether what is stated must be all of it."""

    found: Callable[[Outcome, str], tuple[str, ...]]
    whole: bool = True


WHAT: Final[Mapping[str, _Check]] = {
    "refusal": _Check(_codes),
    "unauthorised": _Check(_unauthorised),
    "adopted": _Check(_question("adopted")),
    "authentic": _Check(_question("authentic")),
    "binding": _Check(_question("binding")),
    "in force": _Check(_question("in_force")),
    "missing": _Check(_missing, whole=False),
    "ladder": _Check(_ladder, whole=False),
    "open brackets": _Check(_brackets),
    "oral assent unconfirmed": _Check(_unconfirmed),
    "turn": _Check(_turns, whole=False),
    "receipts": _Check(_receipts),
    "edition": _Check(_edition),
    "phase": _Check(lambda outcome, _of: (outcome.state.phase.value,)),
    "claims": _Check(_claims),
    "orders": _Check(_orders),
}
_EXPECT: Final = re.compile(rf"expect ({'|'.join(WHAT)})(?: of (@?[a-z][a-z0-9-]*))?(?::\s+(.+))?")


def read_expectation(block: Block) -> Expect:
    """Raises `Refused` with code `minutes.expectation`."""
    found = _EXPECT.fullmatch(block.head)
    if found is None or block.fields or (found[3] is None) is not (found[1] == "unauthorised"):
        raise refuse("minutes.expectation", f"“{block.head}” is nothing that can be expected.",
                     instead=f"Write expect WHAT: VALUE, where WHAT is {', '.join(WHAT)}.")  # fmt: skip
    between = r";\s*" if ";" in (found[3] or "") else r",\s*(?![^(]*\))"
    stated = re.split(between, found[3]) if found[3] else ["yes"]
    return Expect(block.line, found[1], found[2] or "", tuple(s for s in stated if s not in ("", "none")))


def is_refusal(expect: Expect) -> bool:
    return expect.what == "refusal"


def unmet(expect: Expect, outcome: Outcome) -> Refusal | None:
    """Why the expectation does not hold or cannot be asked, or None where it holds."""
    check = WHAT[expect.what]
    try:
        found = [_words(f) for f in check.found(outcome, expect.of)]
    except Refused as refused:
        return at_line(expect.line, refused.refusals[0])
    stated = [_words(s) for s in expect.stated]
    holds = (
        sorted(set(stated)) == sorted(set(found)) if check.whole or not stated else set(stated) <= set(found)
    )
    if holds:
        return None
    return Refusal("minutes.expectation",
                   f"Line {expect.line}: expected {expect.what}: {', '.join(stated) or 'none'}; "
                   f"found: {', '.join(found) or 'none'}.")  # fmt: skip


def _words(text: str) -> str:
    """Kinds may be written with spaces or underscores; codes have dots and stay as they are."""
    return text if "." in text and "=" not in text else text.replace("_", " ").strip()
