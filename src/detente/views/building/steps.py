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
from detente.views.building.sight import Sight
from detente.views.finality_figure import QuestionKey, Step
from detente.views.marks import Glyph, Prose, prose
from detente.wording.counting import languages_listed, lowered_office

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
    "assent": ("Assent", "Assented"), "initials": ("Initials", "Initialled"), "signature": ("Signature", "Signed"),
    "confirmation": ("Confirmation", "Confirmed"), "ratification": ("Ratification", "Consented"),
    "consent": ("Consent", "Consented"), "adoption": ("By adoption", "By adoption"),
    "entry": ("Date noted", "Date noted"),
}  # fmt: skip


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
    """Draws the steps of one instrument. awaited: (side, kind of act) pairs that come next."""

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
            return Step(
                glyph=self._open(side, rail), label=self._label(side, rail), detail=self._owed(side, rail)
            )
        if rail is _CONFIRMATION and not self._ad_referendum(side):
            return Step(glyph="done", label="No confirmation needed", detail=prose("signed definitively"))
        return Step(glyph="done", label=self._done(side, rail), detail=self.sight.cited(taken.index))

    def _ad_referendum(self, side: str) -> bool:
        only = Rail("", (), frozenset((Rung.SIGNED_AD_REFERENDUM,)))
        return taken_on(self.instrument, side, only) is not None

    def _open(self, side: str, rail: Rail) -> Glyph:
        return "awaited" if any((side, act) in self.awaited for act in rail.acts) else "empty"

    def _label(self, side: str, rail: Rail) -> str:
        if rail is _SIGNATURE and self._first_signature(side) == "sign_ad_referendum":
            return "Signature ad ref."
        return _LABELS[rail.name][0]

    def _done(self, side: str, rail: Rail) -> str:
        return "Signed ad ref." if rail is _SIGNATURE and self._ad_referendum(side) else _LABELS[rail.name][1]

    def _first_signature(self, side: str) -> str:
        missing = self.found.binding.missing
        return next((m.act for m in missing if m.whose == side and m.act in _SIGNATURE.acts), "")

    def _owed(self, side: str, rail: Rail) -> Prose:
        names = self.sight.names
        principal = names.principal_of(side)
        by = f"by {names.briefly(principal)}" if principal else "by its principal"
        if rail is _ASSENT and side in silent_sides(self.instrument):
            return prose("none; passed in silence")
        if rail is _ASSENT:
            waiting = bool(open_brackets(self.instrument))
            given = any(t.step is Rung.ASSENTED for t in self.instrument.standing(side).path)
            return prose(
                "when no bracket is open" if waiting else "none stands" if given else "none in the record"
            )
        if rail is _INITIALS:
            return prose(languages_listed(self.instrument.authentic_languages()))
        if rail is _SIGNATURE:
            return prose("by the delegation")
        if rail is _CONFIRMATION and self._first_signature(side) == "sign":
            return prose(f"{by}, if ad referendum")
        return prose(by)

    def _adoption(self) -> Step:
        done = is_authentic(self.sight.state, self.instrument)
        return Step(glyph="done" if done else "empty", label="By adoption", detail=prose("it fixes the text"))

    def _entry(self) -> Step:
        instrument, keeper = self.instrument, self.sight.names.briefly(self.sight.state.convened.keeper)
        noted = self.sight.record.index_of(instrument.noted) if instrument.noted else None
        if noted is not None:
            return Step(glyph="done", label="Date noted", detail=self.sight.cited(noted))
        if instrument.in_force_index is not None:
            return Step(glyph="done", label="Date marked", detail=self.sight.cited(instrument.in_force_index))
        glyph: Glyph = "awaited" if ("", "mark_time") in self.awaited else "empty"
        return Step(glyph=glyph, label="Date marked", detail=prose(f"by the {lowered_office(keeper)}"))


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
