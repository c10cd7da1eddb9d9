"""Responses: what a side announces that it does in answer to another’s acts.

Rules (VCLT art. 26, 60; by analogy where the instrument is no treaty). A response is held to what an instrument in force
between the two sides allows: it names the instrument and the provision. Where none is in force between them nothing in
the record allows it or forbids it, and the page says so.
"""

from __future__ import annotations

from detente.acts.act import SIDES, Act, Clear, Kind, refusals
from detente.acts.breach import NoticeWords, lacking_powers, not_in_force_between
from detente.acts.protection import strange_provisions
from detente.acts.subjects import missing_instrument, missing_side, side_of
from detente.codec.identifier import ProvisionId, Side, SubjectId
from detente.codec.refusal import Refusal
from detente.state.instrument import Instrument
from detente.state.records import State


class Respond(Clear, frozen=True, kw_only=True, tag="respond"):
    """of: the side whose acts are responded to. instrument, provision: what allows the response, if anything does."""

    of: Side
    instrument: SubjectId | None = None
    provision: ProvisionId | None = None


def in_force_between(state: State, side: str | None, other: str) -> tuple[Instrument, ...]:
    return tuple(i for i in state.texts() if not_in_force_between(i, side, other) is None)


def examine_respond(state: State, act: Act[Respond]) -> tuple[Refusal, ...]:
    clear, side = act.clear, side_of(state, act.author)
    if clear.instrument is None:
        bound = ", ".join(f"“{i.id}”" for i in in_force_between(state, side, clear.of))
        return refusals(
            missing_side(state, clear.of),
            Refusal(
                "response.held",
                f"{bound} is in force between {side} and {clear.of}.",
                "VCLT art. 26, 60",
                "Name it and the provision that allows the response, or give notice of a breach.",
            )
            if bound
            else None,
            lacking_powers(state, act, ""),
        )
    instrument = state.instruments.get(clear.instrument)
    if instrument is None:
        return refusals(missing_instrument(state, clear.instrument))
    return refusals(
        not_in_force_between(instrument, side, clear.of),
        Refusal("response.provision", "A response under a text names the provision that allows it.", "VCLT art. 26",
                "Name it. Without one, give notice of a breach.") if clear.provision is None else None,
        strange_provisions(instrument.edition, (clear.provision,)) if clear.provision else None,
        lacking_powers(state, act, instrument.id),
    )  # fmt: skip


def evolve_respond(state: State, _act: Act[Respond]) -> State:
    return state  # announced, and no more: no step is taken by it


KINDS = (
    Kind(Respond, NoticeWords, SIDES, examine_respond, evolve_respond, "{author} announces a response to {of}",
         "You announce what your side does in answer. The record does not judge it; the page says what allows it."),
)  # fmt: skip
