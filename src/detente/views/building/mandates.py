"""Powers: who may do what alone, on whose authority, and the acts that went beyond it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.state.records import Mandate, Restriction, Unauthorised
from detente.views import mandates as page
from detente.views.building.around import drawn_around
from detente.views.building.lines import Lines
from detente.views.building.powers import CAPACITIES, COLUMNS, has_treaty, power_row, valid_mandates, validity
from detente.views.building.sight import Sight, full_moment
from detente.views.mandates import BeyondMandate, MandatesPage, SidePowers
from detente.views.marks import Prose, prose, worded
from detente.wording.counting import capitalised, listed
from detente.wording.language import N_, translated
from detente.wording.language import gettext as _
from detente.wording.saying import capacity_words

INHERENT: Final = {
    "7(2)(a)": N_(
        "{who} needs no full powers (Article 7(2)(a)): Head of State or Government, or minister for foreign affairs"
    ),
    "7(2)(b)": N_("{who} may adopt without full powers (Article 7(2)(b)): head of mission"),
    "7(2)(c)": N_("{who} may adopt without full powers (Article 7(2)(c)): accredited to the talks"),
}


def mandates_page(record: VisibleRecord, *, viewers: tuple[str, ...] = ()) -> MandatesPage:
    sight = Sight(record, viewers, "powers")
    lines = Lines(sight)
    return MandatesPage(
        headline=_headline(sight),
        lead=_lead(sight),
        capacities=tuple(map(_, COLUMNS)),
        rows=tuple(
            power_row(sight, person)
            for person in sight.names.people
            if person.role in ("delegate", "principal")
        ),
        sides=tuple(_side(sight, side) for side in sight.state.convened.sides),
        beyond=_beyond(sight, lines),
        basis=_basis(sight),
        shell=drawn_around(sight, _("Powers")),
    )


def _basis(sight: Sight) -> str:
    if has_treaty(sight):
        return _("Vienna Convention on the Law of Treaties, Articles 7, 8 and 47.")
    return _("Vienna Convention on the Law of Treaties, Articles 7, 8 and 47, by analogy.")


def _headline(sight: Sight) -> str:
    sides = sight.state.convened.sides
    able = {s: frozenset(c for m in valid_mandates(sight.state, s) for c in m.capacities) for s in sides}
    if not any(able.values()):
        return _("No powers are in the record")
    if len(set(able.values())) == 1:
        steps = _steps(able[sides[0]])
        if len(sides) == 2:
            return _("Both delegations may {steps}", steps=steps)
        return _("Every delegation may {steps}", steps=steps)
    return _one_after_another(_may(sight.names.delegation(s), able[s]) for s in sides)


def _steps(able: frozenset[str]) -> str:
    return capacity_words(c for c in CAPACITIES if c in able)


def _may(who: str, able: frozenset[str]) -> str:
    steps = _steps(able)
    if not steps:
        return _("{who} may take no step alone", who=who)
    return _("{who} may {steps}", who=who, steps=steps)


def _one_after_another(parts: Iterable[str]) -> str:
    """Parts as one line, with semicolons."""
    return reduce(lambda before, after: _("{before}; {after}", before=before, after=after), parts)


def _lead(sight: Sight) -> Prose:
    without = [s for s in sight.state.convened.sides if not valid_mandates(sight.state, s)]
    if not without:
        return worded(
            "A step beyond these powers is kept, marked unauthorised, and has no effect unless confirmed."
        )
    return worded(
        "{sides}: none in the record. A step would be marked unauthorised until its principal confirms it.",
        sides=listed(sight.names.delegation(s) for s in without),
    )


# --- each side's mandates


def _side(sight: Sight, side: str) -> SidePowers:
    held = sorted((m for m in sight.state.mandates.values() if m.side == side), key=lambda m: -m.index)
    principal = sight.names.principal_of(side)
    return SidePowers(
        mark=sight.side(side),
        name=sight.names.delegation(side),
        principal=_("Principal: {name}", name=sight.names.briefly(principal))
        if principal
        else _("No principal is admitted"),
        mandates=tuple(_mandate(sight, m) for m in held),
        empty=_("No powers in the record. Next: the principal grants them, or confirms each step."),
        note=_note(sight, side),
    )


def _note(sight: Sight, side: str) -> Prose:
    offices = [p for p in sight.names.people if p.side == side and p.office]
    if offices and has_treaty(sight):
        inherent = (_(INHERENT[p.office], who=sight.names.person(p.id)) for p in offices)
        return worded("{sentence}.", sentence=_one_after_another(inherent))
    return worded(
        "No office carries powers of its own here: only a State’s does, for a treaty (Article 7(2))."
    )


def _mandate(sight: Sight, mandate: Mandate) -> page.Mandate:
    valid = validity(sight, mandate)
    return page.Mandate(
        mark=sight.person(mandate.holder),
        holder=sight.names.person(mandate.holder),
        title=_("Full powers") if has_treaty(sight) else _("Mandate"),
        glyph=valid.glyph,
        state=valid.state,
        given=_given(sight, mandate),
        capacities=_capacities(mandate),
        texts=capitalised(listed(sight.names.instrument(i) for i in mandate.instruments))
        or _("Every text of this process"),
        validity=_term(sight, mandate),
        restrictions=tuple(_restriction(sight, r) for r in mandate.restrictions),
        revoked=worded("By {act}", act=sight.cited(mandate.revoked)) if mandate.revoked is not None else (),
    )


def _given(sight: Sight, mandate: Mandate) -> Prose:
    who, act = sight.names.briefly(mandate.principal), sight.cited(mandate.index)
    text = sight.names.opened(mandate.leaf).get("text")
    if not text:
        return worded("by {who}, {act}", who=who, act=act)
    return worded("by {who}, {act}. “{words}”", who=who, act=act, words=text)


def _capacities(mandate: Mandate) -> str:
    steps = capacity_words(mandate.capacities)
    return steps if mandate.terms == "definitive" else _("{steps}; nothing definitively", steps=steps)


def _term(sight: Sight, mandate: Mandate) -> str:
    start = sight.instant(mandate.valid_from, full_moment).shown if mandate.valid_from else ""
    end = sight.instant(mandate.valid_until, full_moment).shown if mandate.valid_until else ""
    if start and end:
        return _("From {start} until {end}", start=start, end=end)
    if start:
        return _("From {start}", start=start)
    return _("Until {end}", end=end) if end else _("Without a term")


def _restriction(sight: Sight, restriction: Restriction) -> page.Restriction:
    reason = sight.names.opened(restriction.leaf).get("reason")
    words = _taken_away(sight, restriction)
    text = worded("{restriction}: {reason}", restriction=words, reason=reason) if reason else prose(words)
    return page.Restriction(
        text=text,
        notified=True,
        state=_("Notified {time}, #{number}: it holds towards all (Article 47)", time=sight.at(restriction.index),
                number=restriction.index + 1),
    )  # fmt: skip


def _taken_away(sight: Sight, restriction: Restriction) -> str:
    steps = capacity_words(restriction.capacities)
    texts = listed(map(sight.names.instrument, restriction.instruments))
    if steps and texts:
        return _("May not {steps}; not for {texts}", steps=steps, texts=texts)
    return _("May not {steps}", steps=steps) if steps else _("Not for {texts}", texts=texts)


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
        return _(
            "Confirmed by #{number}. On the ladder it counts from there; law may date it back (Article 8).",
            number=pending.confirmed + 1,
        )
    principal = sight.names.principal_of(pending.side)
    who = sight.names.briefly(principal) if principal else _("its principal")
    return _(
        "Without effect unless {who} confirms it (Article 8): {why}.", who=who, why=translated(pending.why)
    )
