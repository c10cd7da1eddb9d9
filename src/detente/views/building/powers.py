"""Who may do what alone: mandates now valid, and the head of each side's row in the figure."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from detente.acts.key_authority import ON_ANOTHERS_WORD
from detente.acts.keys import IN_OTHER_HANDS
from detente.acts.ladder_step import DISPUTED
from detente.acts.measures import SUSPENDED, SUSPENDED_IN_PART
from detente.state.answers import open_brackets, refused_approvals
from detente.state.instrument import Instrument
from detente.state.records import Mandate, Person, State
from detente.views.building.sight import Sight
from detente.views.finality_figure import LadderSide
from detente.views.mandates import PowerCell, PowerRow
from detente.views.marks import Glyph, worded
from detente.wording.counting import listed
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.saying import capacity_words
from detente.wording.standing import standing_words

CAPACITIES: Final = ("assent", "initial", "sign_ad_referendum", "sign", "act_on_breach")
COLUMNS: Final = (
    N_("Assent"), N_("Initial"), N_("Sign ad referendum"), N_("Sign"), N_("Act on a breach"),
    N_("Confirm or consent"),
)  # fmt: skip
_FLAGS: Final = {
    DISPUTED: N_("Withdrawal notified, effect disputed"),
    SUSPENDED: N_("Operation suspended"),
    SUSPENDED_IN_PART: N_("Operation suspended in part"),
    ON_ANOTHERS_WORD: N_("Signed with a key that another side confirmed in a principal’s place"),
    IN_OTHER_HANDS: N_("Signed with a key that may have been in other hands"),
}


class Validity(Struct, frozen=True):
    """Whether a mandate is valid. word: in a word, for a table; state: with more of it."""

    glyph: Glyph
    word: str
    state: str


def valid_mandates(state: State, side: str = "") -> tuple[Mandate, ...]:
    """Mandates not revoked and not expired by the record's own clock, of one side or of all."""
    now = state.clock.now
    return tuple(
        m for m in state.mandates.values()
        if (not side or m.side == side) and m.revoked is None
        and not (now and m.valid_until and now > m.valid_until)
    )  # fmt: skip


def ladder_side(sight: Sight, instrument: Instrument, side: str) -> LadderSide:
    state, standing = sight.state, instrument.standing(side)
    able = {c for m in valid_mandates(state, side) for c in m.capacities}
    steps = capacity_words(c for c in CAPACITIES if c in able)
    powers = worded("Powers: {steps}", steps=steps) if able else worded("No powers in the record")
    return LadderSide(
        mark=sight.side(side),
        name=sight.names.side(side),
        powers=powers,
        powers_missing=not able,
        letter=standing.step.value,
        standing=_("signed, approval refused")
        if side in dict(refused_approvals(instrument))
        else standing_words(standing.step),
        flags=_flags(sight, instrument, side),
    )


def _flags(sight: Sight, instrument: Instrument, side: str) -> tuple[str, ...]:
    reserved = [
        sight.names.provision(b.provision)
        for b in open_brackets(instrument)
        if any(s == side for s, _leaf in b.reserved)
    ]
    found = (
        *(_(_FLAGS[flag]) for flag in instrument.standing(side).flags),
        _("Representation contested") if side in sight.state.contested else "",
        _("Validity contested") if any(s == side for s, _leaf in instrument.validity_contested) else "",
        _("Provisionally applied") if side in instrument.provisional else "",
        _("Reserves {provisions}", provisions=listed(reserved)) if reserved else "",
    )
    return tuple(flag for flag in found if flag)


def has_treaty(sight: Sight) -> bool:
    """Whether a text here is a treaty between States: only there do offices carry powers (VCLT 3, 7(2))."""
    return any(i.basis == "treaty" for i in sight.names.instruments)


def power_row(sight: Sight, person: Person) -> PowerRow:
    if person.role == "principal":
        cells = (_own_power(sight, person),) * len(COLUMNS)
    else:
        cells = (
            *(_cell(sight, person, c) for c in CAPACITIES),
            PowerCell(glyph="empty", word=_("By the principal")),
        )
    return PowerRow(mark=sight.person(person.id), name=sight.names.person(person.id), cells=cells)


def _own_power(sight: Sight, person: Person) -> PowerCell:
    """A principal's steps count once another side, or the convenor, has confirmed the fingerprint of its key."""
    own = (k for k in sight.state.keys.values() if k.person == person.id and k.revoked is None)
    if any(key.confirmed is not None for key in own):
        return PowerCell(glyph="done", word=_("Yes"))
    return PowerCell(glyph="awaited", word=_("Once confirmed"))


def _cell(sight: Sight, person: Person, capacity: str) -> PowerCell:
    held = sorted((m for m in sight.state.mandates.values() if m.holder == person.id), key=lambda m: m.index)
    for mandate in reversed(held):
        if capacity in mandate.capacities:
            return _in_mandate(sight, mandate, capacity)
    if person.office and has_treaty(sight) and (person.office == "7(2)(a)" or capacity == "assent"):
        return PowerCell(glyph="done", word=_("By office"))
    return PowerCell(glyph="empty", word=_("No"))


def _in_mandate(sight: Sight, mandate: Mandate, capacity: str) -> PowerCell:
    valid = validity(sight, mandate)
    if valid.glyph != "done":
        return PowerCell(glyph=valid.glyph, word=valid.word)
    if any(capacity in r.capacities for r in mandate.restrictions):
        return PowerCell(glyph="gap", word=_("Restricted"))
    limited = mandate.terms == "ad_referendum" and capacity in ("assent", "sign")
    return PowerCell(glyph="done", word=_("Ad referendum") if limited else _("Yes"))


def validity(sight: Sight, mandate: Mandate) -> Validity:
    now = sight.state.clock.now
    if mandate.revoked is not None:
        return Validity("gap", _("Revoked"), _("Revoked, {time}", time=sight.at(mandate.revoked)))
    if now and mandate.valid_until and now > mandate.valid_until:
        time = sight.instant(mandate.valid_until).shown
        return Validity("gap", _("Expired"), _("Expired, {time}", time=time))
    if not now and (mandate.valid_from or mandate.valid_until):
        return Validity("awaited", _("Limited in time"), _("Limited in time, and no time is marked yet"))
    if now and mandate.valid_from and now < mandate.valid_from:
        return _in_a_word("awaited", _("Not yet valid"))
    if sight.state.keys[mandate.principal_key].confirmed is None:
        return _in_a_word("awaited", _("Awaits the principal’s fingerprint"))
    return _in_a_word("done", _("Valid"))


def _in_a_word(glyph: Glyph, word: str) -> Validity:
    return Validity(glyph, word, word)
