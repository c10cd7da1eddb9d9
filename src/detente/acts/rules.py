"""Rules of procedure: a text of rules is tabled, and each side adopts it; it is in effect once all have.

Nothing is presumed where no rules are in the record: adoption of a text then needs the consent of every side
(VCLT art. 9(1)). Mediators never vote. Later rules replace earlier ones when every side has adopted them; they
undo no adoption: a text stays adopted under the rule that adopted it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import SIDES, TABLE, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.subjects import changed, own_side
from detente.codec.identifier import Side
from detente.codec.refusal import Refusal
from detente.state.answers import is_adopted
from detente.state.instrument import DecisionRule
from detente.state.records import Person, Rules, State


class TableRules(Clear, frozen=True, kw_only=True, tag="table_rules"):
    """decision: how a text is adopted. n: sides needed (`n_of_m`), or needed in each of `groups`. silence_adopts:
    whether silence under a silence procedure counts towards adoption (silence.py); never towards anything else."""

    decision: Literal["unanimity", "n_of_m", "groups"]
    n: Annotated[int, Meta(ge=0)] = 0
    groups: tuple[tuple[Side, ...], ...] = ()
    silence_adopts: bool = False


class RulesText(Hidden, frozen=True, kw_only=True):
    text: str | None = None


class AdoptRules(Clear, frozen=True, kw_only=True, tag="adopt_rules"):
    """`on` names the rules adopted: ("rules", leaf)."""


def examine_table(state: State, act: Act[TableRules]) -> tuple[Refusal, ...]:
    clear, sides = act.clear, state.convened.sides
    unknown = sorted({s for group in clear.groups for s in group} - set(sides))
    too_many = clear.decision == "n_of_m" and not 0 < clear.n <= len(sides)
    bad_groups = clear.decision == "groups" and (
        not clear.groups or not all(0 < clear.n <= len(set(g)) for g in clear.groups)
    )
    return refusals(
        Refusal("rules.side", f"{', '.join(unknown)} is not a side; mediators never vote.",
                instead="Name sides of the process only.") if unknown else None,
        Refusal("rules.decision", "The number of sides asked for cannot be met.",
                instead=f"The process has {len(sides)} sides.")
        if too_many or bad_groups
        else None,
    )  # fmt: skip


def evolve_table(state: State, act: Act[TableRules]) -> State:
    rule = DecisionRule(act.clear.decision, act.clear.n, act.clear.groups)
    rules = Rules(act.leaf, state.size, rule, silence_adopts=act.clear.silence_adopts)
    return replace(state, tabled_rules=rules)


def examine_adopt(state: State, act: Act[AdoptRules]) -> tuple[Refusal, ...]:
    tabled = state.tabled_rules
    if tabled is None:
        return (Refusal("rules.none_tabled", "No rules of procedure are tabled.",
                        instead="Any side or mediator can table some."),)  # fmt: skip
    return refusals(
        Refusal(
            "rules.already_adopted",
            "This side has adopted these rules already.",
            instead="Nothing more is needed of it: the other sides adopt them, or table others.",
        )
        if own_side(state, act) in tabled.adopted_by
        else None
    )


def evolve_adopt(state: State, act: Act[AdoptRules]) -> State:
    tabled = state.tabled_rules
    assert tabled is not None
    adopted = replace(tabled, adopted_by=tabled.adopted_by | {own_side(state, act)})
    if adopted.adopted_by.issuperset(state.convened.sides):
        in_effect = replace(adopted, in_effect=state.size)
        return replace(_keep_adopted(state), rules=in_effect, tabled_rules=None)
    return replace(state, tabled_rules=adopted)


def _keep_adopted(state: State) -> State:
    """Every text adopted so far, marked with the rule that adopted it."""
    for instrument in state.texts():
        if instrument.adopted_under is None and is_adopted(state, instrument):
            state = changed(state, instrument.id, adopted_under=state.adoption_rule())
    return state


def offers_adopt(state: State, person: Person) -> Iterable[Offer]:
    tabled = state.tabled_rules
    if person.role in SIDES and tabled is not None and person.side not in tabled.adopted_by:
        yield Offer("adopt_rules", "rules", {"on": ("rules", tabled.leaf)})


def offers_table(state: State, person: Person) -> Iterable[Offer]:
    if person.role in TABLE and state.rules is None and state.tabled_rules is None:
        yield Offer("table_rules", "rules", {"decision": "unanimity"})


KINDS = (
    Kind(TableRules, RulesText, TABLE, examine_table, evolve_table, "{author} tables rules of procedure",
         "You propose rules; they bind nobody until every side has adopted them.", offers=offers_table),
    Kind(AdoptRules, Hidden, SIDES, examine_adopt, evolve_adopt, "{author} adopts the rules of procedure",
         "Your side is held to these rules once every side has adopted them.",
         staleness=Staleness.GUARDED, offers=offers_adopt),
)  # fmt: skip
