"""One step of one side, as the figure draws it: what is done and by which act, or what is still open."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from detente.procedure.finality import Finality
from detente.state.answers import (
    ASSENTED,
    CONSENTED,
    INITIALLED,
    SIGNED,
    is_authentic,
    open_brackets,
    silent_sides,
)
from detente.state.instrument import Instrument, StepTaken
from detente.state.ladder import Step as Rung
from detente.state.records import State
from detente.views.building.missing import at_rest
from detente.views.building.sight import Sight
from detente.views.finality_figure import QuestionKey, Step
from detente.views.marks import Glyph, Prose, prose, worded
from detente.wording.counting import languages_listed, lowered_office
from detente.wording.language import N_
from detente.wording.language import gettext as _

_RATIFIED: Final = frozenset((Rung.BOUND, Rung.IN_FORCE))


class Rail(Struct, frozen=True):
    """A column of the figure: the step that every side takes there.

    acts: the kinds of act that take it, as `finality` names them; rungs: where a side that took it stands.
    """

    name: str
    acts: tuple[str, ...]
    rungs: frozenset[Rung]


_ASSENT: Final = Rail("assent", ("assent",), ASSENTED)
_INITIALS: Final = Rail("initials", ("initial",), INITIALLED)
_SIGNATURE: Final = Rail("signature", ("sign", "sign_ad_referendum"), SIGNED)
_CONFIRMATION: Final = Rail("confirmation", ("confirm_signature",), SIGNED - {Rung.SIGNED_AD_REFERENDUM})
_RATIFICATION: Final = Rail("ratification", ("consent",), _RATIFIED)
_AGREED: Final = Rail("consent", ("consent",), CONSENTED)
_ADOPTION: Final = Rail("adoption", (), frozenset())
_ENTRY: Final = Rail("entry", ("mark_time",), frozenset())

_LABELS: Final[dict[str, tuple[str, str]]] = {
    "assent": (N_("Assent"), N_("Assented")), "initials": (N_("Initials"), N_("Initialled")),
    "signature": (N_("Signature"), N_("Signed")), "confirmation": (N_("Confirmation"), N_("Confirmed")),
    "ratification": (N_("Ratification"), N_("Consented")), "consent": (N_("Consent"), N_("Consented")),
}  # fmt: skip
"""A step that is open, and one that is taken."""


def rails(state: State, instrument: Instrument) -> dict[QuestionKey, tuple[Rail, ...]]:
    """The columns under each question, by the terms of the instrument."""
    by = {"initials": _INITIALS, "signature": _SIGNATURE, "adoption": _ADOPTION}
    return {
        "adopted": (_ASSENT,),
        "authentic": (by[instrument.authentication],),
        "binding": _consent(state, instrument),
        "in_force": (_ENTRY,),
    }


def _consent(state: State, instrument: Instrument) -> tuple[Rail, ...]:
    if instrument.consent == "agreed_means":
        return (_AGREED,)
    confirmed = () if _definitive(state, instrument) else (_CONFIRMATION,)
    ratified = (_RATIFICATION,) if instrument.consent == "ratification" else ()
    return (_SIGNATURE, *confirmed, *ratified)


def _definitive(state: State, instrument: Instrument) -> bool:
    """Whether no signature ad referendum stands or is to be expected: every side may sign definitively."""
    if any(t.step is Rung.SIGNED_AD_REFERENDUM for s in instrument.ladder.values() for t in s.path):
        return False
    able = {m.side for m in state.mandates.values() if "sign" in m.capacities and m.terms == "definitive"}
    return able.issuperset(instrument.sides)


def taken_on(instrument: Instrument, side: str, rail: Rail) -> StepTaken | None:
    edition = instrument.edition
    return instrument.standing(side).taken(edition.leaf, rail.rungs) if edition and rail.rungs else None


class Steps:
    """Draws the steps of one instrument. awaited: (side, kind of act) pairs that come next. While the talks are at
    rest, nobody is awaited for what cannot be done then."""

    def __init__(self, sight: Sight, instrument: Instrument, found: Finality) -> None:
        self.sight = sight
        self.instrument = instrument
        self.found = found
        self.awaited = _awaited(sight.state, found)

    def step(self, side: str, rail: Rail) -> Step:
        if rail is _ENTRY:
            return self._entry()
        if rail is _ADOPTION:
            return self._adoption()
        taken = taken_on(self.instrument, side, rail)
        if taken is None:
            return self._not_taken(side, rail)
        if rail is _CONFIRMATION and not self._ad_referendum(side):
            return Step(glyph="done", label=_("No confirmation needed"), detail=worded("signed definitively"))
        return Step(glyph="done", label=self._done(side, rail), detail=self.sight.cited(taken.index))

    def _ad_referendum(self, side: str) -> bool:
        only = Rail("", (), frozenset((Rung.SIGNED_AD_REFERENDUM,)))
        return taken_on(self.instrument, side, only) is not None

    def _not_taken(self, side: str, rail: Rail) -> Step:
        label = self._label(side, rail)
        next_act = next((act for act in rail.acts if (side, act) in self.awaited), None)
        if next_act is None:
            return Step(glyph="empty", label=label, detail=self._owed(side, rail))
        waits = at_rest(self.sight.state, next_act)
        if waits:
            return Step(glyph="empty", label=label, detail=worded(waits))
        return Step(glyph="awaited", label=label, detail=self._owed(side, rail))

    def _label(self, side: str, rail: Rail) -> str:
        if rail is _SIGNATURE and self._first_signature(side) == "sign_ad_referendum":
            return _("Signature ad ref.")
        return _(_LABELS[rail.name][0])

    def _done(self, side: str, rail: Rail) -> str:
        if rail is _SIGNATURE and self._ad_referendum(side):
            return _("Signed ad ref.")
        return _(_LABELS[rail.name][1])

    def _first_signature(self, side: str) -> str:
        missing = self.found.binding.missing
        return next((m.act for m in missing if m.whose == side and m.act in _SIGNATURE.acts), "")

    def _owed(self, side: str, rail: Rail) -> Prose:
        if rail is _ASSENT:
            return worded(self._assent_owed(side))
        if rail is _INITIALS:
            return prose(languages_listed(self.instrument.authentic_languages()))
        if rail is _SIGNATURE:
            return worded("by the delegation")
        principal = self.sight.names.principal_of(side)
        if rail is _CONFIRMATION and self._first_signature(side) == "sign":
            if not principal:
                return worded("by its principal, if ad referendum")
            return worded("by {who}, if ad referendum", who=self.sight.names.briefly(principal))
        return (
            worded("by {who}", who=self.sight.names.briefly(principal))
            if principal
            else worded("by its principal")
        )

    def _assent_owed(self, side: str) -> str:
        """Why a side's assent does not stand, as a message."""
        if side in silent_sides(self.instrument):
            return N_("none; passed in silence")
        if open_brackets(self.instrument):
            return N_("when no bracket is open")
        given = any(t.step is Rung.ASSENTED for t in self.instrument.standing(side).path)
        return N_("none stands") if given else N_("none in the record")

    def _adoption(self) -> Step:
        done = is_authentic(self.sight.state, self.instrument)
        return Step(
            glyph="done" if done else "empty", label=_("By adoption"), detail=worded("it fixes the text")
        )

    def _entry(self) -> Step:
        instrument, keeper = self.instrument, self.sight.names.briefly(self.sight.state.convened.keeper)
        noted = self.sight.record.index_of(instrument.noted) if instrument.noted else None
        if noted is not None:
            return Step(glyph="done", label=_("Date noted"), detail=self.sight.cited(noted))
        if instrument.in_force_index is not None:
            return Step(
                glyph="done", label=_("Date marked"), detail=self.sight.cited(instrument.in_force_index)
            )
        glyph: Glyph = "awaited" if ("", "mark_time") in self.awaited else "empty"
        return Step(
            glyph=glyph,
            label=_("Date marked"),
            detail=worded("by the {keeper}", keeper=lowered_office(keeper)),
        )


def _awaited(state: State, found: Finality) -> frozenset[tuple[str, str]]:
    """Whose which act comes next: the first missing of the first question that is answered no."""
    answers = (found.adopted, found.authentic, found.binding, found.in_force)
    first = next((a for a in answers if not a.yes), None)
    if first is None or not first.missing:
        return frozenset()
    acts = _SIGNATURE.acts if first.missing[0].act in _SIGNATURE.acts else (first.missing[0].act,)
    return frozenset((_side_of(state, m.whose), m.act) for m in first.missing if m.act in acts)


def _side_of(state: State, whose: str) -> str:
    if whose in state.convened.sides:
        return whose
    person = state.people.get(whose)
    return (person.side or "") if person else ""
