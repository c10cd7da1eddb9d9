"""What a person can do, in the imperative: by institution, in the order in which a page offers it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

INSTITUTIONS: Final = MappingProxyType({
    "The talks": {
        "adjourn": "Adjourn the talks", "resume": "Resume the talks", "break_off": "Record that the talks are broken off",
        "conclude": "Conclude the talks", "table_rules": "Table rules of procedure",
        "adopt_rules": "Adopt the rules of procedure",
    },
    "People and keys": {
        "admit": "Admit somebody", "leave": "Record that somebody has left",
        "designate_head": "Designate a head of delegation", "contest_representation": "Contest a representation",
        "decide_credentials": "Record the decision on credentials", "enrol": "Enrol a key",
        "confirm_fingerprint": "Confirm a fingerprint", "revoke_key": "Revoke a key",
    },
    "Powers": {
        "grant_mandate": "Grant powers", "restrict_mandate": "Notify a restriction of powers",
        "revoke_mandate": "Revoke powers", "confirm_act": "Confirm an act beyond a mandate",
    },
    "With your own side": {
        "refer": "Ask the principal", "announce_referral": "Announce that the principal is asked",
        "instruct": "Instruct the delegation", "note": "Write a note",
        "name_recovery_key": "Name a recovery key", "begin_epoch": "Seal a chamber",
        "share_epochs": "Let somebody read a chamber",
    },
    "Sessions": {
        "set_agenda": "Set the agenda", "open_session": "Open a session", "take_up": "Take up an item",
        "minute": "Minute words", "ask_to_confirm": "Ask a speaker to confirm words",
        "confirm_minute": "Confirm words minuted as yours", "contest_minute": "Contest words minuted as yours",
        "close_session": "Close the session",
    },
    "Texts": {
        "open_instrument": "Open an instrument", "link_instrument": "Link two instruments", "table_text": "Table a text",
        "issue": "Issue an edition", "circulate": "Circulate an edition", "receive": "Confirm receipt of an edition",
        "propose_alternative": "Propose a text for a provision", "support_alternative": "Support a text",
        "withdraw_alternative": "Withdraw your text", "reserve_provision": "Reserve a provision, or lift it",
        "propose_bridge": "Propose a bridge, without prejudice", "answer_bridge": "Answer a bridging proposal",
        "open_bridge": "Open the answers to a bridge", "propose_package": "Propose a package of texts",
        "accept_package": "Accept a package", "decline_package": "Decline a package",
        "declare_reading": "Declare how you read a provision", "certify_language": "Certify a language version",
        "circulate_non_paper": "Circulate a non-paper",
        "place_silence": "Place an edition under silence", "extend_silence": "Extend the silence",
        "break_silence": "Break the silence",
    },
    "Towards a final text": {
        "assent": "Assent", "initial": "Initial", "sign_ad_referendum": "Sign ad referendum", "sign": "Sign",
        "confirm_signature": "Confirm a signature ad referendum", "consent": "Consent to be bound",
        "sign_as_witness": "Sign as a witness", "certify_paper_signature": "Certify a paper signature",
        "record_approval": "Record the outcome of an approval", "note_entry": "Note the entry into force",
        "apply_provisionally": "Apply provisionally", "end_provisional_application": "End provisional application",
    },
    "Errors in an authentic text": {
        "propose_correction": "Propose a correction", "object_to_correction": "Object to a correction",
        "correct": "Make a correction that nobody opposed",
    },
    "Reservations and declarations": {
        "make_reservation": "Make a reservation", "confirm_reservation": "Confirm your side’s reservation",
        "accept_reservation": "Accept a reservation", "object_to_reservation": "Object to a reservation",
        "comment_on_reservation": "Comment on a reservation", "withdraw_reservation": "Withdraw your side’s reservation",
        "declare_interpretation": "Make an interpretive declaration",
    },
    "Taking back": {
        "take_back": "Take back a step", "declare_no_intention": "Declare no intention to become a party",
        "contest_validity": "Contest the validity of a text",
    },
    "Public statements and corrections": {
        "register_statement": "Register a public statement", "answer_statement": "Answer a public statement",
        "rectify": "Correct a minute or statement of yours", "void": "Void an act that got no receipt",
    },
})  # fmt: skip
"""Head -> kind -> what doing it is called. Convening and marking the time are not done on a form."""
