"""Forgetting: erase what an act hides; the act, its digests and every proof stand.

Sources: GDPR art. 17(1) (erasure at the request of the person concerned), 17(3)(b) and (e) (not where the law asks for
the record, or a claim rests on it), 19 (those who were given it are told); VCLT art. 77(1)(a) (the depositary keeps the
original text). Rules: an author erases their own words, on any ground; a principal those of its side; the convenor and
the keeper anybody's in the main log, on a ground that does not need the author: an order of a court, data protection,
or rules of procedure in effect. The text of an edition, a correction or rules in effect stays, and so does a text that
is on the table: it is withdrawn first, or, as a bridge, lapses. The host removes what is erased from its store, and
again from every backup that it opens. What somebody has read, copied or opened before cannot be recalled. Others who
keep copies are told by the act, and confirm by an act of theirs that they erased it too: that is their word, and binds
nobody else.
"""

from __future__ import annotations

from typing import Final, Literal, TypeVar

from immutables import Map
from msgspec.structs import replace

from detente.acts.act import ANYONE, Act, Clear, Kind, Log, Staleness, refusals
from detente.acts.sealing import Sealed
from detente.codec.identifier import Leaf, PersonId
from detente.codec.refusal import Refusal
from detente.state.records import Chamber, Erasure, Person, State

Ground = Literal["consent", "court_order", "data_protection", "rules_of_procedure", "error"]
WITHOUT_THE_AUTHOR: Final = frozenset({"court_order", "data_protection", "rules_of_procedure"})
"""Grounds on which the convenor and the keeper erase what others wrote."""
MOST: Final = 200
"""Acts that are erased at once."""

Folded = TypeVar("Folded", State, Chamber)


class Erase(Clear, frozen=True, kw_only=True, tag="erase"):
    """originals: leaves of acts in this log. writer: who wrote all of them. parts: names of the hidden fields that
    are erased; none named means all."""

    originals: tuple[Leaf, ...]
    writer: PersonId
    ground: Ground
    parts: tuple[str, ...] = ()


class ConfirmErasure(Clear, frozen=True, kw_only=True, tag="confirm_erasure"):
    """erasure: leaf of the act that erases, in this log."""

    erasure: Leaf


class ErasureReason(Sealed, frozen=True, kw_only=True):
    reason: str | None = None


def is_forgotten(state: State | Chamber, leaf: str) -> bool:
    """Whether all that an act hides is erased."""
    return any(not done.parts for done in state.erasures.get(leaf, ()))


def main_of(state: State | Chamber) -> State:
    return state.main if isinstance(state, Chamber) else state


def examine_erase(state: State | Chamber, act: Act[Erase]) -> tuple[Refusal, ...]:
    main, clear = main_of(state), act.clear
    gone = all(any(_covers(done, clear) for done in state.erasures.get(leaf, ())) for leaf in clear.originals)
    return refusals(
        Refusal("forgetting.nothing", f"An act erases what 1 to {MOST} acts hide, each named once.",
                instead="Name the acts by their numbers.")
        if not 1 <= len(set(clear.originals)) == len(clear.originals) <= MOST
        else Refusal("forgetting.gone", "This is erased already.", instead="Nothing more is needed.")
        if gone
        else None,
        _not_yours(main, main.people[act.author], clear),
        Refusal("forgetting.no_rules", "No rules of procedure are in effect that could provide for it.",
                instead="Choose the ground on which it rests.")
        if clear.ground == "rules_of_procedure" and (main.rules is None or main.rules.in_effect is None)
        else None,
        Refusal("forgetting.text", "The text of an edition, a correction or rules in effect is kept by the depositary.",
                "VCLT art. 77(1)(a); GDPR art. 17(3)(b), (e)",
                instead="A text that names somebody who must not be named is replaced by another edition.")
        if not _kept(main).isdisjoint(clear.originals)
        else None,
        Refusal("forgetting.on_the_table", "Others may support a text that is on the table.",
                instead="Withdraw it first, or wait until it lapses; then it can be erased.")
        if not _on_the_table(main).isdisjoint(clear.originals)
        else None,
    )  # fmt: skip


def _covers(done: Erasure, clear: Erase) -> bool:
    return not done.parts or (bool(clear.parts) and set(clear.parts) <= set(done.parts))


def _not_yours(main: State, author: Person, clear: Erase) -> Refusal | None:
    """Whether the author may erase what `writer` wrote. That the writer wrote it, the door asks of the log."""
    writer = main.people.get(clear.writer)
    if writer is None:
        return Refusal("participation.person", f"“{clear.writer}” never took part in this process.",
                       instead="Name who wrote what is to be erased.")  # fmt: skip
    own = writer.id == author.id or (author.role == "principal" and writer.side == author.side)
    trusted = author.role == "keeper" or author.id == main.convened.convenor
    if own or (trusted and clear.ground in WITHOUT_THE_AUTHOR):
        return None
    return Refusal("forgetting.not_yours", f"{author.id} does not erase what {writer.id} wrote on this ground.",
                   "GDPR art. 17",
                   "An author erases their own words, a principal those of its side; the convenor and the keeper "
                   "others’, on a court order, for data protection, or under rules of procedure.")  # fmt: skip


def _kept(main: State) -> set[str]:
    """Texts that the depositary keeps."""
    editions = {edition.leaf for text in main.texts() for edition in text.editions}
    rules = {main.rules.leaf} if main.rules is not None else set()
    return editions | set(main.corrections) | rules


def _on_the_table(main: State) -> set[str]:
    brackets = (bracket for text in main.texts() for bracket in text.brackets.values())
    bridges = {bridge.leaf for bridge in main.bridges.values() if bridge.is_live}
    return bridges | {alternative.leaf for bracket in brackets for alternative in bracket.live()}


def evolve_erase(state: Folded, act: Act[Erase]) -> Folded:
    return replace(state, erasures=_with(state.erasures, act, state.size))


def _with(known: Map[str, tuple[Erasure, ...]], act: Act[Erase], index: int) -> Map[str, tuple[Erasure, ...]]:
    clear = act.clear
    done = Erasure(act.leaf, index, act.author, clear.ground, clear.parts)
    for leaf in clear.originals:
        known = known.set(leaf, (*known.get(leaf, ()), done))
    return known


def examine_confirm(state: State | Chamber, act: Act[ConfirmErasure]) -> tuple[Refusal, ...]:
    meant = [done for done in _all(state) if done.leaf == act.clear.erasure]
    return refusals(
        Refusal("forgetting.no_erasure", "The record holds no such erasure.",
                instead="Name the act that erases.")
        if not meant
        else Refusal("forgetting.confirmed", "You have confirmed this already.", instead="Nothing more is needed.")
        if act.author in meant[0].confirmed
        else None,
    )  # fmt: skip


def _all(state: State | Chamber) -> list[Erasure]:
    return [done for of_act in state.erasures.values() for done in of_act]


def evolve_confirm(state: Folded, act: Act[ConfirmErasure]) -> Folded:
    def confirmed(done: Erasure) -> Erasure:
        if done.leaf != act.clear.erasure:
            return done
        return replace(done, confirmed=(*done.confirmed, act.author))

    known = state.erasures
    for leaf, of_act in state.erasures.items():
        known = known.set(leaf, tuple(map(confirmed, of_act)))
    return replace(state, erasures=known)


EVERYWHERE: Final = frozenset({Log.MAIN, Log.SIDE, Log.MEDIATORS, Log.MEDIATORS_AND_SIDE})

KINDS = (
    Kind(Erase, ErasureReason, ANYONE, examine_erase, evolve_erase,
         "{author} erases what {writer} wrote in {originals}, ground: {ground}",
         "The host erases these words for good, and from every backup it opens. The act, its digests and its proof "
         "stand; what somebody has read or copied cannot be recalled.",
         staleness=Staleness.PROTECTIVE,
         where=EVERYWHERE),
    Kind(ConfirmErasure, Sealed, ANYONE, examine_confirm, evolve_confirm,
         "{author} confirms the erasure {erasure}",
         "You say that what was erased is erased in your own copies too. Nobody can check it.",
         where=EVERYWHERE),
)  # fmt: skip
