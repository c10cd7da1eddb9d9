"""What may follow what: (phase, kind of act) -> phase. The one table; everything not in it is refused.

A broken-off process keeps its state: acts that protect a person or a side, keys, mandates, time, statements
and internal affairs stay open, so that what was closed stays closed and what was begun can resume.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Phase(StrEnum):
    __hash__ = str.__hash__  # that of the text it equals; an Enum's own is of its name, and a call in Python

    UNOPENED = "unopened"
    BETWEEN = "between sessions"
    IN_SESSION = "in session"
    ADJOURNED = "adjourned"
    BROKEN_OFF = "broken off"
    CONCLUDED = "concluded"


_AT_THE_TABLE: Final = (Phase.BETWEEN, Phase.IN_SESSION)
_AWAY: Final = (Phase.ADJOURNED, Phase.BROKEN_OFF, Phase.CONCLUDED)
_OPENED: Final = (*_AT_THE_TABLE, *_AWAY)
# A text already agreed lives on when the talks are over: consent, entry into force, withdrawal.
_AGREED_LIVES_ON: Final = (*_AT_THE_TABLE, Phase.ADJOURNED, Phase.CONCLUDED)

_STAYS: Final[dict[tuple[Phase, ...], tuple[str, ...]]] = {
    _OPENED: (
        "admit", "leave", "designate_head", "contest_representation", "decide_credentials",
        "enrol", "confirm_fingerprint", "revoke_key", "void", "rectify",
        "grant_mandate", "revoke_mandate", "restrict_mandate", "confirm_act",
        "refer", "instruct", "note", "announce_referral", "name_recovery_key", "begin_epoch", "share_epochs",
        "confirm_minute", "contest_minute", "mark_time", "receive",
        "take_back", "declare_no_intention", "contest_validity", "end_provisional_application",
        "break_silence", "object_to_correction",
        "register_article", "register_statement", "answer_statement", "announce", "join_statement",
        "commit_position", "reveal_position", "erase",
        "present", "describe_exhibit", "record_custody", "receive_exhibit", "acknowledge_exhibit",
        "challenge_exhibit", "withdraw_challenge", "demand", "withdraw_demand", "decline_demand", "assure",
        "withdraw_assurance", "read_back_assurance", "confirm_assurance", "refuse_assurance",
        "name_cosigner", "drop_cosigner",
        "share_exhibit", "confirm_erasure",
        "report_incident", "report_incidents", "assert_attribution", "report_performance", "same_incident",
        "adopt_rules", "table_rules",
        "record_approval", "certify_paper_signature", "object_to_reservation", "withdraw_reservation",
        "comment_on_reservation",
        "find", "dissent", "answer_finding", "register_stipulations", "score", "mark_protection",
        "withdraw_commitment", "notify_breach", "object_to_notice", "reply_to_notice", "record_cure", "decide_jointly",
        "carry_out", "revoke_notice", "respond",
    ),
    _AGREED_LIVES_ON: (
        "confirm_signature", "consent", "note_entry", "apply_provisionally",
        "link_instrument", "sign_as_witness", "sign", "propose_correction", "correct",
        "declare_reading", "certify_language", "make_reservation", "confirm_reservation", "accept_reservation",
        "declare_interpretation",
        "draw_commitment", "order_commitments", "withdraw_ordering",
    ),
    (*_AT_THE_TABLE, Phase.ADJOURNED): (
        "minute", "ask_to_confirm", "circulate", "open_instrument", "table_text", "circulate_non_paper",
        "propose_alternative", "support_alternative", "withdraw_alternative", "reserve_provision",
        "propose_package", "accept_package", "decline_package", "state_preferences", "estimate_preferences",
        "propose_bridge", "answer_bridge", "open_bridge", "issue", "place_silence", "extend_silence",
        "assent", "initial", "sign_ad_referendum", "set_agenda",
    ),
    (Phase.IN_SESSION,): ("take_up",),
}  # fmt: skip

_MOVES: Final[dict[str, dict[Phase, Phase]]] = {
    "convene": {Phase.UNOPENED: Phase.BETWEEN},
    "open_session": {Phase.BETWEEN: Phase.IN_SESSION},
    # Closed late where the talks were adjourned, broken off or concluded in the middle of it.
    "close_session": {Phase.IN_SESSION: Phase.BETWEEN, **{p: p for p in (Phase.BETWEEN, *_AWAY)}},
    "adjourn": dict.fromkeys(_AT_THE_TABLE, Phase.ADJOURNED),
    "resume": {Phase.ADJOURNED: Phase.BETWEEN, Phase.BROKEN_OFF: Phase.BETWEEN},
    "break_off": dict.fromkeys((*_AT_THE_TABLE, Phase.ADJOURNED), Phase.BROKEN_OFF),
    "conclude": dict.fromkeys((*_AT_THE_TABLE, Phase.ADJOURNED), Phase.CONCLUDED),
}

PHASES: Final[dict[str, dict[Phase, Phase]]] = {
    **_MOVES,
    **{kind: {phase: phase for phase in phases} for phases, kinds in _STAYS.items() for kind in kinds},
}
"""kind -> {phase in which it is admitted: phase after it}."""
