"""An assurance given aloud: read back by somebody else, and confirmed or refused by its speaker.

Rules: reading back records words in the mouth of somebody of a side; it is no act of the speaker, and counts as given
only once the speaker confirms it with their own key. The speaker alone answers, once, and may say what was meant instead.
What another side reads back is its claim; what the mediators read back is a minute. Silence confirms nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from detente.acts.act import SIDES, TABLE, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.subjects import missing_person, no_such_instant, side_of
from detente.acts.undertakings.assurances import missing_assurance, not_asked, with_assurance
from detente.codec.identifier import Leaf, PersonId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal
from detente.state.records import Person, State, in_order
from detente.state.undertakings import Assurance


class ReadBackAssurance(Clear, frozen=True, kw_only=True, tag="read_back_assurance"):
    """speaker: who is recorded as having given their word. said_at: left out where the time is not known."""

    speaker: PersonId
    demand: Leaf | None = None
    said_at: Instant | None = None


class ConfirmAssurance(Clear, frozen=True, kw_only=True, tag="confirm_assurance"):
    assurance: Leaf


class RefuseAssurance(Clear, frozen=True, kw_only=True, tag="refuse_assurance"):
    assurance: Leaf


class SpokenWords(Hidden, frozen=True, kw_only=True):
    text: str | None = None
    language: str | None = None
    interpreter: str | None = None


class InsteadWords(Hidden, frozen=True, kw_only=True):
    """text: what its speaker says instead."""

    text: str | None = None


def examine_read_back(state: State, act: Act[ReadBackAssurance]) -> tuple[Refusal, ...]:
    clear = act.clear
    missing = missing_person(state, clear.speaker)
    side = side_of(state, clear.speaker)
    return refusals(
        missing,
        Refusal("assurance.no_side", "Only somebody of a side gives its word.",
                instead="Minute the words instead.")
        if missing is None and side is None
        else None,
        Refusal("assurance.own", "Your own word is given by an act of yours, and not read back.",
                instead="Give the assurance.")
        if clear.speaker == act.author
        else None,
        no_such_instant(clear.said_at),
        *not_asked(state, clear.demand, side),
    )  # fmt: skip


def evolve_read_back(state: State, act: Act[ReadBackAssurance]) -> State:
    clear, side = act.clear, side_of(state, act.clear.speaker)
    assert side is not None
    words = Assurance(act.leaf, state.size, act.author, clear.speaker, side, clear.demand, spoken=True)
    return with_assurance(state, words)


def is_unanswered(assurance: Assurance) -> bool:
    """Whether words that were read back wait for their speaker."""
    return assurance.confirmed is None and assurance.refused is None


def _examine_answer(state: State, act: Act[ConfirmAssurance] | Act[RefuseAssurance]) -> tuple[Refusal, ...]:
    assurance = state.assurances.get(act.clear.assurance)
    if assurance is None:
        return refusals(missing_assurance(state, act.clear.assurance))
    return refusals(
        Refusal("assurance.speaker", "Only the speaker can confirm or contest the words.",
                instead="The side can give an assurance by an act of its own.")
        if assurance.speaker != act.author
        else None,
        Refusal("assurance.answered", "The speaker has answered these words already, or signed them.",
                instead="What was confirmed can be taken back; another assurance can be given.")
        if not is_unanswered(assurance)
        else None,
    )  # fmt: skip


def evolve_confirm(state: State, act: Act[ConfirmAssurance]) -> State:
    return with_assurance(state, replace(state.assurances[act.clear.assurance], confirmed=state.size))


def evolve_refuse(state: State, act: Act[RefuseAssurance]) -> State:
    return with_assurance(state, replace(state.assurances[act.clear.assurance], refused=state.size))


def offers_answer(state: State, person: Person) -> Iterable[Offer]:
    for assurance in in_order(state.assurances.values()):
        if assurance.speaker == person.id and is_unanswered(assurance):
            yield Offer("confirm_assurance", assurance.leaf, {"assurance": assurance.leaf})
            yield Offer("refuse_assurance", assurance.leaf, {"assurance": assurance.leaf})


KINDS = (
    Kind(ReadBackAssurance, SpokenWords, TABLE, examine_read_back, evolve_read_back,
         "{author} reads back an assurance by {speaker}",
         "You record words; they count as given only once their speaker confirms them."),
    Kind(ConfirmAssurance, Hidden, SIDES, _examine_answer, evolve_confirm,
         "{author} confirms the assurance {assurance}",
         "You confirm that you gave this word. It is no assent, and obliges under no text.", offers=offers_answer),
    Kind(RefuseAssurance, InsteadWords, SIDES, _examine_answer, evolve_refuse,
         "{author} refuses the assurance {assurance}",
         "You say that you did not give this word, or not so. Both stand in the record."),
)  # fmt: skip
