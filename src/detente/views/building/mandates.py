"""Powers: who may do what alone, on whose authority, and the acts that went beyond it."""

from __future__ import annotations

from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.state.records import Mandate, Restriction, Unauthorised
from detente.views import mandates as page
from detente.views.building.around import drawn_around
from detente.views.building.lines import Lines
from detente.views.building.powers import CAPACITIES, COLUMNS, has_treaty, power_row, valid_mandates, validity
from detente.views.building.sight import Sight, full_moment
from detente.views.mandates import BeyondMandate, MandatesPage, SidePowers
from detente.views.marks import Prose, prose
from detente.wording.counting import capitalised, listed
from detente.wording.saying import capacity_words

INHERENT: Final = {
    "7(2)(a)": "needs no full powers (Article 7(2)(a)): Head of State or Government, or minister for foreign affairs",
    "7(2)(b)": "may adopt without full powers (Article 7(2)(b)): head of mission",
    "7(2)(c)": "may adopt without full powers (Article 7(2)(c)): accredited to the talks",
}


def mandates_page(record: VisibleRecord, *, viewers: tuple[str, ...] = ()) -> MandatesPage:
    sight = Sight(record, viewers, "powers")
    lines = Lines(sight)
    return MandatesPage(
        headline=_headline(sight),
        lead=_lead(sight),
        capacities=COLUMNS,
        rows=tuple(
            power_row(sight, person)
            for person in sight.names.people
            if person.role in ("delegate", "principal")
        ),
        sides=tuple(_side(sight, side) for side in sight.state.convened.sides),
        beyond=_beyond(sight, lines),
        basis=_basis(sight),
        shell=drawn_around(sight, "Powers"),
    )


def _basis(sight: Sight) -> str:
    return f"Vienna Convention on the Law of Treaties, Articles 7, 8 and 47{'' if has_treaty(sight) else ', by analogy'}."


def _headline(sight: Sight) -> str:
    sides = sight.state.convened.sides
    able = {s: frozenset(c for m in valid_mandates(sight.state, s) for c in m.capacities) for s in sides}
    if not any(able.values()):
        return "No powers are in the record"
    if len(set(able.values())) == 1:
        every = [c for c in CAPACITIES if c in able[sides[0]]]
        who = "Both delegations" if len(sides) == 2 else "Every delegation"
        return f"{who} may {capacity_words(every)}"
    return "; ".join(f"{sight.names.delegation(s)} may {_may(able[s])}" for s in sides)


def _may(able: frozenset[str]) -> str:
    return capacity_words(c for c in CAPACITIES if c in able) or "take no step alone"


def _lead(sight: Sight) -> Prose:
    without = [s for s in sight.state.convened.sides if not valid_mandates(sight.state, s)]
    if not without:
        return prose(
            "A step beyond these powers is kept, marked unauthorised, and has no effect unless confirmed."
        )
    of = listed(sight.names.delegation(s) for s in without)
    return prose(
        f"{of}: none in the record. A step would be marked unauthorised until its principal confirms it."
    )


# --- each side's mandates


def _side(sight: Sight, side: str) -> SidePowers:
    held = sorted((m for m in sight.state.mandates.values() if m.side == side), key=lambda m: -m.index)
    principal = sight.names.principal_of(side)
    return SidePowers(
        mark=sight.side(side),
        name=sight.names.delegation(side),
        principal=f"Principal: {sight.names.briefly(principal)}" if principal else "No principal is admitted",
        mandates=tuple(_mandate(sight, m) for m in held),
        empty="No powers in the record. Next: the principal grants them, or confirms each step.",
        note=_note(sight, side),
    )


def _note(sight: Sight, side: str) -> Prose:
    offices = [p for p in sight.names.people if p.side == side and p.office]
    if offices and has_treaty(sight):
        return prose("; ".join(f"{sight.names.person(p.id)} {INHERENT[p.office]}" for p in offices) + ".")
    return prose(
        "No office carries powers of its own here: only a State’s does, for a treaty (Article 7(2))."
    )


def _mandate(sight: Sight, mandate: Mandate) -> page.Mandate:
    glyph, state = validity(sight, mandate)
    text = sight.names.opened(mandate.leaf).get("text")
    return page.Mandate(
        mark=sight.person(mandate.holder),
        holder=sight.names.person(mandate.holder),
        title="Full powers" if has_treaty(sight) else "Mandate",
        glyph=glyph,
        state=state,
        given=prose(
            f"by {sight.names.briefly(mandate.principal)}, ",
            *sight.cited(mandate.index),
            f". “{text}”" if text else "",
        ),
        capacities=f"{capacity_words(mandate.capacities)}{_terms(mandate)}",
        texts=capitalised(listed(sight.names.instrument(i) for i in mandate.instruments))
        or "Every text of this process",
        validity=_term(sight, mandate),
        restrictions=tuple(_restriction(sight, r) for r in mandate.restrictions),
        revoked=prose("By ", *sight.cited(mandate.revoked)) if mandate.revoked is not None else (),
    )


def _terms(mandate: Mandate) -> str:
    return "" if mandate.terms == "definitive" else "; nothing definitively"


def _term(sight: Sight, mandate: Mandate) -> str:
    start = f"from {sight.instant(mandate.valid_from, full_moment).shown}" if mandate.valid_from else ""
    end = f"until {sight.instant(mandate.valid_until, full_moment).shown}" if mandate.valid_until else ""
    return capitalised(" ".join(part for part in (start, end) if part)) or "Without a term"


def _restriction(sight: Sight, restriction: Restriction) -> page.Restriction:
    reason = sight.names.opened(restriction.leaf).get("reason")
    capacities, texts = restriction.capacities, listed(map(sight.names.instrument, restriction.instruments))
    away = (
        f"may not {capacity_words(capacities)}" if capacities else "",
        f"not for {texts}" if texts else "",
    )
    words = capitalised("; ".join(part for part in away if part))
    return page.Restriction(
        text=prose(words, f": {reason}" if reason else ""),
        notified=True,
        state=f"Notified {sight.at(restriction.index)}, #{restriction.index + 1}: it holds towards all (Article 47)",
    )


# --- beyond a mandate


def _beyond(sight: Sight, lines: Lines) -> tuple[BeyondMandate, ...]:
    pending = sorted(sight.state.unauthorised.values(), key=lambda u: -u.index)
    acts = ((p, sight.names.act_at(p.index)) for p in pending)
    return tuple(
        BeyondMandate(
            act=lines.line(act), glyph="gap" if p.confirmed is None else "done", state=_effect(sight, p)
        )
        for p, act in acts
        if act is not None
    )


def _effect(sight: Sight, pending: Unauthorised) -> str:
    if pending.confirmed is not None:
        counts = "On the ladder it counts from there; law may date it back (Article 8)."
        return f"Confirmed by #{pending.confirmed + 1}. {counts}"
    principal = sight.names.principal_of(pending.side)
    who = sight.names.briefly(principal) if principal else "its principal"
    return f"Without effect unless {who} confirms it (Article 8): {pending.why}."
