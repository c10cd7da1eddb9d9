"""Mandates: grant full powers, revoke, notify a restriction; and how an act is weighed against them.

Rules (VCLT art. 7, 8, 47; "mandate" for others than States):
- a mandate is granted by the principal's own key, and counts once that key's fingerprint is confirmed, for
  the side that granted it, unless the key was in other hands by then; one limited in time counts by the time
  marked in the record, and where none is marked it does not;
- a restriction limits a mandate towards others from the act that notifies it; a sealed instruction never does;
- Heads of State and Government and foreign ministers of a State need none (7(2)(a)); heads of mission and
  accredited delegates may adopt (7(2)(b)-(c)); no office of another side has inherent powers;
- a step beyond its author's mandate stands in the record as unauthorised, without effect unless confirmed (8).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from detente.acts.act import PRINCIPALS, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.subjects import missing_person, no_such_instant, own_side
from detente.codec.identifier import Leaf, PersonId, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal
from detente.state.instrument import Terms
from detente.state.records import Mandate, Person, Restriction, State, in_order

Capacity = Literal["assent", "initial", "sign_ad_referendum", "sign", "act_on_breach"]
CAPACITIES: Final[tuple[Capacity, ...]] = ("assent", "initial", "sign_ad_referendum", "sign", "act_on_breach")
"""The last is to notify, carry out, cure and revoke, and to respond (VCLT art. 65-68)."""


class GrantMandate(Clear, frozen=True, kw_only=True, tag="grant_mandate"):
    """capacities: what the holder may do alone. instruments: empty for every one. terms: the strongest term."""

    holder: PersonId
    capacities: tuple[Capacity, ...]
    terms: Terms
    instruments: tuple[SubjectId, ...] = ()
    valid_from: Instant | None = None
    valid_until: Instant | None = None


class MandateText(Hidden, frozen=True, kw_only=True):
    text: str | None = None


class RevokeMandate(Clear, frozen=True, kw_only=True, tag="revoke_mandate"):
    mandate: Leaf


class RestrictMandate(Clear, frozen=True, kw_only=True, tag="restrict_mandate"):
    """capacities withdrawn from the mandate, or instruments taken out of it."""

    mandate: Leaf
    capacities: tuple[Capacity, ...] = ()
    instruments: tuple[SubjectId, ...] = ()


class Authority(Struct, frozen=True):
    """On what a step rests. `mandate`: its leaf, or "" where none is needed; `why` it is not authorised, or ""."""

    mandate: str
    why: str

    @property
    def authorised(self) -> bool:
        return not self.why


def examine_grant(state: State, act: Act[GrantMandate]) -> tuple[Refusal, ...]:
    clear = act.clear
    holder = state.people.get(clear.holder)
    side = own_side(state, act)
    return refusals(
        missing_person(state, clear.holder),
        Refusal("mandate.holder", f"{clear.holder} is not a delegate of {side}.", "VCLT art. 7(1)",
                "A principal grants powers to its own delegates.")
        if holder is not None and (holder.role != "delegate" or holder.side != side)
        else None,
        Refusal("mandate.capacities", "A mandate names at least one thing that its holder may do.",
                instead=f"Capacities: {', '.join(CAPACITIES)}.")
        if not clear.capacities
        else None,
        Refusal("mandate.validity", "The mandate would end before it begins.",
                instead="Let it end after it begins.")
        if clear.valid_from and clear.valid_until and clear.valid_until <= clear.valid_from
        else None,
        no_such_instant(clear.valid_from, clear.valid_until),
    )  # fmt: skip


def evolve_grant(state: State, act: Act[GrantMandate]) -> State:
    clear = act.clear
    mandate = Mandate(
        leaf=act.leaf, index=state.size, principal=act.author, principal_key=act.key,
        side=own_side(state, act), holder=clear.holder, capacities=clear.capacities,
        instruments=clear.instruments, terms=clear.terms,
        valid_from=clear.valid_from, valid_until=clear.valid_until,
    )  # fmt: skip
    return replace(state, mandates=state.mandates.set(act.leaf, mandate))


def _own_mandate(state: State, act: Act[RevokeMandate] | Act[RestrictMandate]) -> tuple[Refusal, ...]:
    mandate = state.mandates.get(act.clear.mandate)
    return refusals(
        Refusal(
            "mandate.unknown",
            "The record holds no such mandate.",
            instead="Name a mandate that stands in the record.",
        )
        if mandate is None
        else None,
        Refusal(
            "mandate.other",
            "A mandate is changed by a principal of its own side.",
            "VCLT art. 7",
            instead="Ask a principal of that side.",
        )
        if mandate is not None and mandate.side != own_side(state, act)
        else None,
        Refusal("mandate.revoked", "This mandate is revoked already.", instead="Grant another mandate.")
        if mandate is not None and mandate.revoked is not None
        else None,
    )


def evolve_revoke(state: State, act: Act[RevokeMandate]) -> State:
    mandate = replace(state.mandates[act.clear.mandate], revoked=state.size)
    return replace(state, mandates=state.mandates.set(mandate.leaf, mandate))


def examine_restrict(state: State, act: Act[RestrictMandate]) -> tuple[Refusal, ...]:
    empty = not act.clear.capacities and not act.clear.instruments
    return (
        *_own_mandate(state, act),
        *refusals(Refusal("mandate.restriction", "The restriction names nothing that it takes away.",
                          instead="Name capacities or instruments.")
                  if empty else None),
    )  # fmt: skip


def evolve_restrict(state: State, act: Act[RestrictMandate]) -> State:
    clear = act.clear
    restriction = Restriction(act.leaf, state.size, clear.capacities, clear.instruments)
    mandate = state.mandates[clear.mandate]
    mandate = replace(mandate, restrictions=(*mandate.restrictions, restriction))
    return replace(state, mandates=state.mandates.set(mandate.leaf, mandate))


def _shortfall(state: State, mandate: Mandate, capacity: str, instrument: str, terms: Terms) -> str | None:
    """Why this mandate does not cover the step at this index, or None where it does."""
    now = state.clock.now
    if mandate.revoked is not None:
        return "the mandate is revoked"
    if not now and (mandate.valid_from or mandate.valid_until):
        return "the mandate is limited in time, and no time is marked in the record"
    if (mandate.valid_from and now < mandate.valid_from) or (
        mandate.valid_until and now > mandate.valid_until
    ):
        return "the mandate is not valid at the time marked in the record"
    if mandate.instruments and instrument not in mandate.instruments:
        return "the mandate is for another instrument"
    if capacity not in mandate.capacities:
        return f"the mandate does not extend to {capacity.replace('_', ' ')}"
    if any(capacity in r.capacities or instrument in r.instruments for r in mandate.restrictions):
        return "a notified restriction takes this out of the mandate"
    # Signature ad referendum is itself a step for confirmation; for the others the term is part of the act.
    if terms == "definitive" and mandate.terms == "ad_referendum" and capacity in ("assent", "sign"):
        return "the mandate allows this only ad referendum"
    key = state.keys[mandate.principal_key]
    if key.confirmed is None:
        return "the fingerprint of the principal's key is not confirmed"
    if key.compromised_since is not None and mandate.index >= key.compromised_since:
        return "the principal's key is reported to have been in other hands when the mandate was granted"
    return None


def _needs_none(state: State, person: Person, capacity: str, instrument: str) -> bool:
    if person.role in PRINCIPALS:
        return True
    text = state.instruments.get(instrument)
    if text is None or text.basis != "treaty":
        return False  # VCLT art. 3: inherent powers belong to States' officers, for treaties
    if person.office == "7(2)(a)":
        return True
    return person.office in ("7(2)(b)", "7(2)(c)") and capacity == "assent"


def weigh(state: State, author: str, capacity: str, instrument: str, terms: Terms) -> Authority:
    """Weigh an act against its author's mandates at this index (VCLT art. 7, 8, 47). instrument: "" where it is done
    under no text; a mandate for some texts only does not extend to it."""
    if _needs_none(state, state.people[author], capacity, instrument):
        return Authority("", "")
    why = "no mandate is in the record"
    for mandate in in_order(state.mandates.values()):
        if mandate.holder == author and mandate.side == state.people[author].side:
            shortfall = _shortfall(state, mandate, capacity, instrument, terms)
            if shortfall is None:
                return Authority(mandate.leaf, "")
            why = shortfall
    return Authority("", why)


def offers_revoke(state: State, person: Person) -> Iterable[Offer]:
    if person.role in PRINCIPALS:
        for mandate in in_order(state.mandates.values()):
            if mandate.side == person.side and mandate.revoked is None:
                yield Offer("revoke_mandate", mandate.holder, {"mandate": mandate.leaf})


def offers_grant(state: State, person: Person) -> Iterable[Offer]:
    if person.role not in PRINCIPALS:
        return
    held = {m.holder for m in state.mandates.values() if m.revoked is None}
    for other in in_order(state.people.values()):
        if other.role == "delegate" and other.side == person.side and other.id not in held:
            capacities = ("assent", "initial", "sign_ad_referendum")
            if other.left is None:
                yield Offer("grant_mandate", other.id,
                            {"holder": other.id, "capacities": capacities, "terms": "ad_referendum"})  # fmt: skip


KINDS = (
    Kind(GrantMandate, MandateText, PRINCIPALS, examine_grant, evolve_grant,
         "{author} grants a mandate to {holder}",
         "Others may rely on what your delegate does within this mandate, whatever you instruct in private.",
         offers=offers_grant),
    Kind(RevokeMandate, Reason, PRINCIPALS, _own_mandate, evolve_revoke, "{author} revokes the mandate {mandate}",
         "Later steps under it are unauthorised; earlier ones stand.",
         staleness=Staleness.PROTECTIVE, offers=offers_revoke),
    Kind(RestrictMandate, Reason, PRINCIPALS, examine_restrict, evolve_restrict,
         "{author} notifies a restriction of the mandate {mandate}",
         "From this act on the restriction holds towards everybody.", staleness=Staleness.PROTECTIVE),
)  # fmt: skip
