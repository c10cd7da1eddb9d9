"""Where a folded record stands, in sentences that say each time up to which act; and what is not in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from detente.cli.terminal import say
from detente.procedure.fact_keys import fact_sentence
from detente.procedure.facts import facts_of
from detente.state.instrument import Instrument
from detente.state.ladder import STEP_WORDS, Step
from detente.state.records import State

_ASKED: Final = ("adopted", "authentic", "binding", "in-force")
_FORWARD: Final = (Step.ASSENTED, Step.INITIALLED, Step.SIGNED_AD_REFERENDUM, Step.SIGNED, Step.BOUND)
"""The steps whose absence is said: those that lead towards consent (VCLT 9-16)."""


def say_standing(state: State, titles: Mapping[str, str] = MappingProxyType({})) -> None:
    """What stands in the main record, and what does not, text by text. titles: of those that are known, by id."""
    facts = facts_of(state)
    for irregular in state.irregular:
        say(f"  Irregular  act {irregular.index + 1}: {', '.join(irregular.codes)}; it has no effect")
    if not state.instrument_order:
        say(f"  In the main record, up to act {state.size}, there is no text on the table.")
    for instrument in state.texts():
        say("")
        if instrument.id in titles:
            say(f"  Text {instrument.id}: “{titles[instrument.id]}”")
        for name in _ASKED:
            key = f"{name}/{instrument.id}"
            say(f"  {fact_sentence(key, facts.get(key), state.size)}")
        for line in _sides(facts, instrument, state.size):
            say(f"  {line}")
    say("")


def _sides(facts: dict[str, str], instrument: Instrument, size: int) -> Iterator[str]:
    for side in instrument.sides:
        where = f"{instrument.id}/{side}"
        yield fact_sentence(f"step/{where}", facts.get(f"step/{where}"), size)
        lacking = [STEP_WORDS[step] for step in _FORWARD if f"steps/{where}/{step}" not in facts]
        if lacking:
            yield (
                f"  Up to act {size}, there is no act by which side {side} took any of these steps: {'; '.join(lacking)}."
            )
