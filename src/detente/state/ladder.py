"""How far a side has gone towards an instrument: the ladder, as one table.

Sources: VCLT art. 9 (adoption), 10 (authentication), 11-16 (consent to be bound), 18(a) (intention not to
become a party), 24 (entry into force), 54-57, 60, 65-68 (suspending and ending by notice).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from detente.codec.refusal import Refusal


class Step(StrEnum):
    """Where a side stands. The letter is the record's; `STEP_WORDS` is what pages say."""

    __hash__ = str.__hash__  # that of the text it equals; an Enum's own is of its name, and a call in Python

    NONE = "."
    ASSENTED = "A"
    INITIALLED = "I"
    SIGNED_AD_REFERENDUM = "R"
    SIGNED = "S"
    BOUND = "B"
    IN_FORCE = "F"
    WITHDRAWN = "W"
    NO_INTENTION = "N"
    ENDED = "E"


STEP_WORDS: Final[dict[Step, str]] = {
    Step.NONE: "no step",
    Step.ASSENTED: "assented",
    Step.INITIALLED: "initialled",
    Step.SIGNED_AD_REFERENDUM: "signed ad referendum",
    Step.SIGNED: "signed, approval pending",
    Step.BOUND: "consent expressed",
    Step.IN_FORCE: "in force",
    Step.WITHDRAWN: "step taken back",
    Step.NO_INTENTION: "declared that it does not intend to become a party",
    Step.ENDED: "ended",
}


class Move(StrEnum):
    """The act that asks for a step."""

    ASSENT = "assent"
    INITIAL = "initial"
    SIGN_AD_REFERENDUM = "sign_ad_referendum"
    SIGN = "sign"
    CONFIRM = "confirm_signature"
    CONSENT = "consent"
    TAKE_BACK = "take_back"
    DECLARE_NO_INTENTION = "declare_no_intention"
    SUSPEND = "suspend"
    END = "end"


class Outcome(StrEnum):
    """What a move leads to, beyond a plain step."""

    REFUSED = "x"
    ON_A_LATER_EDITION = "later"  # the same step again, only on a later edition
    SIGNED_OR_BOUND = "S/B"  # bound where signature binds (VCLT 12(1)), else signed
    BOUND_IF_OPEN = "B?"  # accession, or late consent, where the text is open to it (15)
    SIGNED_IF_OPEN = "S?"  # signature after a declaration under 18(a), where the text is still open
    DISPUTED = "!"  # the step stays; "withdrawal notified, effect disputed" stands beside it
    SUSPENDED = "="  # the step stays; "operation suspended" stands beside it


X: Final = Outcome.REFUSED
_NOT_IN_FORCE: Final[dict[Move, Step | Outcome]] = {Move.SUSPEND: X, Move.END: X}
_SB: Final = Outcome.SIGNED_OR_BOUND
_ROW_BEFORE_ANY_STEP: Final[dict[Move, Step | Outcome]] = {
    Move.ASSENT: Step.ASSENTED, Move.INITIAL: Step.INITIALLED,
    Move.SIGN_AD_REFERENDUM: Step.SIGNED_AD_REFERENDUM, Move.SIGN: _SB,
    Move.CONFIRM: X, Move.CONSENT: X, Move.TAKE_BACK: X, Move.DECLARE_NO_INTENTION: X,
    **_NOT_IN_FORCE,
}  # fmt: skip

LADDER: Final[dict[Step, dict[Move, Step | Outcome]]] = {
    Step.NONE: {**_ROW_BEFORE_ANY_STEP, Move.CONSENT: Outcome.BOUND_IF_OPEN},
    Step.ASSENTED: {
        Move.ASSENT: Outcome.ON_A_LATER_EDITION, Move.INITIAL: Step.INITIALLED,
        Move.SIGN_AD_REFERENDUM: Step.SIGNED_AD_REFERENDUM, Move.SIGN: _SB,
        Move.CONFIRM: X, Move.CONSENT: X, Move.TAKE_BACK: Step.WITHDRAWN, Move.DECLARE_NO_INTENTION: X,
        **_NOT_IN_FORCE,
    },
    Step.INITIALLED: {
        Move.ASSENT: X, Move.INITIAL: Outcome.ON_A_LATER_EDITION,
        Move.SIGN_AD_REFERENDUM: Step.SIGNED_AD_REFERENDUM, Move.SIGN: _SB,
        Move.CONFIRM: X, Move.CONSENT: X, Move.TAKE_BACK: Step.WITHDRAWN, Move.DECLARE_NO_INTENTION: X,
        **_NOT_IN_FORCE,
    },
    Step.SIGNED_AD_REFERENDUM: {
        Move.ASSENT: X, Move.INITIAL: X, Move.SIGN_AD_REFERENDUM: X, Move.SIGN: _SB, Move.CONFIRM: _SB,
        Move.CONSENT: X, Move.TAKE_BACK: Step.WITHDRAWN, Move.DECLARE_NO_INTENTION: X,
        **_NOT_IN_FORCE,
    },
    Step.SIGNED: {
        Move.ASSENT: X, Move.INITIAL: X, Move.SIGN_AD_REFERENDUM: X, Move.SIGN: X, Move.CONFIRM: X,
        Move.CONSENT: Step.BOUND, Move.TAKE_BACK: Step.NO_INTENTION,
        Move.DECLARE_NO_INTENTION: Step.NO_INTENTION,
        **_NOT_IN_FORCE,
    },
    Step.BOUND: {
        Move.ASSENT: X, Move.INITIAL: X, Move.SIGN_AD_REFERENDUM: X, Move.SIGN: X, Move.CONFIRM: X,
        Move.CONSENT: X, Move.TAKE_BACK: Outcome.DISPUTED, Move.DECLARE_NO_INTENTION: Outcome.DISPUTED,
        **_NOT_IN_FORCE,
    },
    Step.IN_FORCE: {
        Move.ASSENT: X, Move.INITIAL: X, Move.SIGN_AD_REFERENDUM: X, Move.SIGN: X, Move.CONFIRM: X,
        Move.CONSENT: X, Move.TAKE_BACK: Outcome.DISPUTED, Move.DECLARE_NO_INTENTION: X,
        Move.SUSPEND: Outcome.SUSPENDED, Move.END: Step.ENDED,
    },
    Step.WITHDRAWN: {**_ROW_BEFORE_ANY_STEP},
    Step.NO_INTENTION: {
        Move.ASSENT: X, Move.INITIAL: X, Move.SIGN_AD_REFERENDUM: X, Move.SIGN: Outcome.SIGNED_IF_OPEN,
        Move.CONFIRM: X, Move.CONSENT: Outcome.BOUND_IF_OPEN, Move.TAKE_BACK: X,
        Move.DECLARE_NO_INTENTION: X,
        **_NOT_IN_FORCE,
    },
    Step.ENDED: dict.fromkeys(Move, X),
}  # fmt: skip


def next_step(
    step: Step, move: Move, *, later_edition: bool, signature_binds: bool, still_open: bool
) -> Step | Outcome:
    """The step that `move` leads to from `step`; an `Outcome` where it leads to none.

    later_edition: whether the move names an edition later than the one the step stands on.
    signature_binds: VCLT 12(1). still_open: whether the text is open to later signature or accession (15).
    """
    outcome = LADDER[step][move]
    if outcome is Outcome.ON_A_LATER_EDITION:
        return step if later_edition else X
    if outcome is Outcome.SIGNED_OR_BOUND:
        return Step.BOUND if signature_binds else Step.SIGNED
    if outcome is Outcome.BOUND_IF_OPEN:
        return Step.BOUND if still_open else X
    if outcome is Outcome.SIGNED_IF_OPEN:
        return (Step.BOUND if signature_binds else Step.SIGNED) if still_open else X
    return outcome


_MOVE_WORDS: Final[dict[Move, str]] = {
    Move.ASSENT: "assent",
    Move.INITIAL: "initial",
    Move.SIGN_AD_REFERENDUM: "sign ad referendum",
    Move.SIGN: "sign",
    Move.CONFIRM: "confirm a signature",
    Move.CONSENT: "express consent by a further act",
    Move.TAKE_BACK: "take back a step",
    Move.DECLARE_NO_INTENTION: "declare that it does not intend to become a party",
    Move.SUSPEND: "suspend its operation after a notice of breach",
    Move.END: "end it after a notice of breach",
}


def open_moves(step: Step, *, signature_binds: bool, still_open: bool) -> tuple[Move, ...]:
    """The moves that are open from `step` on the edition it stands on."""
    return tuple(
        move
        for move in Move
        if next_step(step, move, later_edition=False, signature_binds=signature_binds, still_open=still_open)
        is not X
    )


def refuse_move(side: str, step: Step, move: Move, *, signature_binds: bool, still_open: bool) -> Refusal:
    """The refusal for a move that the table closes, saying what is open instead."""
    others = [
        _MOVE_WORDS[m] for m in open_moves(step, signature_binds=signature_binds, still_open=still_open)
    ]
    return Refusal(
        "ladder.move",
        f"{side} stands at “{STEP_WORDS[step]}” and cannot {_MOVE_WORDS[move]} from there.",
        "VCLT art. 9-18",
        f"Open instead: {', '.join(others)}." if others else "No further step is open on this instrument.",
    )
