"""One text: what a side accepts is the same text as what the others accept, annexes and languages included.

Rules (VCLT art. 2(1)(a), 9, 10, 33): no step fixes a text, and none is placed under silence, while an annex lacks words
or an authentic language, is in brackets, or stands between other sides. While a side's yes stands, no annex gets another
edition, and none is added or taken off: the next side would accept something else.
"""

from __future__ import annotations

from typing import Final

from detente.acts.act import refusals
from detente.acts.subjects import changed
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.state.answers import lacking_languages
from detente.state.instrument import Instrument
from detente.state.one_text import Apart, Reason, accepted_by, apart, is_asked, is_part, wholes
from detente.state.records import State

_CODES: Final[dict[Reason, str]] = {
    "no_edition": "text.annex_no_edition", "bracket": "text.annex_bracket", "sides": "text.annex_sides",
    "not_consolidated": "text.annex_not_consolidated", "lacks": "text.annex_lacks",
    "languages": "text.annex_languages", "not_agreed": "text.annex_not_agreed",
}  # fmt: skip
_INSTEAD: Final[dict[Reason, str]] = {
    "no_edition": "A mediator can issue its first edition, or record the annex as proposed.",
    "bracket": "Settle what is open there, and issue an edition of the annex without brackets.",
    "not_consolidated": "A mediator can issue an edition of the annex without brackets.",
    "sides": "Open the annex anew between the sides of the text, or record it as unilateral.",
    "lacks": "A mediator can issue an edition of the annex in every authentic language.",
    "languages": "Open the annex anew in the languages of the text, or record it as unilateral.",
    "not_agreed": "Each side can assent to the annex, or a mediator records it as proposed.",
}  # fmt: skip


def languages_lacking(instrument: Instrument) -> Refusal | None:
    """That the last edition does not stand in every authentic language."""
    lacking, edition = lacking_languages(instrument), instrument.edition
    if edition is None or not lacking:
        return None
    return Refusal("ladder.languages",
                   f"Edition {edition.number} does not stand in an authentic language: {', '.join(lacking)}.",
                   "VCLT art. 10, 33", "A mediator can issue an edition in every authentic language.")  # fmt: skip


def not_one_text(state: State, instrument: Instrument) -> tuple[Refusal, ...]:
    """Every annex that is not one text with the instrument, and why."""
    return tuple(
        Refusal(_CODES[one.reason], _sentence(instrument, one), "VCLT art. 2(1)(a), 9", _INSTEAD[one.reason])
        for one in apart(state, instrument)
    )  # fmt: skip


def _sentence(instrument: Instrument, one: Apart) -> str:
    """One sentence a reason."""
    listed = ", ".join(one.what) or "none"
    if one.reason == "languages":
        authentic = ", ".join(instrument.authentic_languages())
        return f"The text is authentic in {authentic}; its annex “{one.part}” in {listed}."
    if one.reason == "sides":
        sides = ", ".join(instrument.sides)
        return f"The text stands between {sides}; its annex “{one.part}” between {listed}."
    places = ", ".join(number_of(p, full=True) for p in one.what if one.reason != "lacks")
    return {
        "lacks": f"The annex “{one.part}” does not stand in an authentic language: {listed}.",
        "no_edition": f"The annex “{one.part}” has no edition in the record.",
        "bracket": f"A bracket is open in the annex “{one.part}”, at {places}.",
        "not_consolidated": f"The text agreed in the annex “{one.part}” at {places} is not in an edition yet.",
        "not_agreed": f"The annex “{one.part}” is recorded as agreed, and the sides have not adopted its last edition.",
    }[one.reason]


def other_words_than_accepted(state: State, instrument: Instrument) -> tuple[Refusal, ...]:
    """Why an annex gets no other edition now: what it is a part of has been accepted with this one."""
    if not is_asked(state):
        return ()
    found = [(whole.id, ", ".join(accepted_by(whole))) for whole in wholes(state, instrument)]
    return tuple(
        Refusal("edition.annex_accepted",
                f"“{instrument.id}” is a part of “{whole}”, to which a yes of {sides} stands or may come by silence.",
                "VCLT art. 9-10",
                f"Issue an edition of “{whole}” first, which sets the steps back; where it is signed, open a text that "
                "amends it.")
        for whole, sides in found if sides
    )  # fmt: skip


def other_parts_than_accepted(
    state: State, part: Instrument, whole: Instrument, *, becomes: bool
) -> Refusal | None:
    """Why a link can no longer make `part` an annex of `whole`, or end that it is one."""
    if not is_asked(state) or is_part(part, whole.id) == becomes:
        return None
    sides = ", ".join(dict.fromkeys(s for i in (whole, *wholes(state, whole)) for s in accepted_by(i)))
    if not sides:
        return None
    return Refusal("instrument.annex_accepted",
                   f"A yes of {sides} to “{whole.id}” stands, or may come by silence: its annexes are part of that.",
                   "VCLT art. 9-10",
                   "Record it before the first step on an edition, or issue an edition of the text first.")  # fmt: skip


def read_again(state: State, whole: Instrument, leaf: str) -> State:
    """With `leaf` as the version of the text and of what it is a part of: who has read it is asked to read again."""
    for one in (whole, *wholes(state, whole)):
        state = changed(state, one.id, version=leaf)
    return state


def text_not_ready(state: State, instrument: Instrument) -> tuple[Refusal, ...]:
    """Everything that keeps the text and its annexes from being one, where the procedure asks."""
    if not is_asked(state):
        return ()
    return (*refusals(languages_lacking(instrument)), *not_one_text(state, instrument))
