"""What a person can do, in the imperative: by institution, in the order in which a page offers it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from detente.wording.language import N_, gettext, pgettext

INSTITUTIONS: Final = MappingProxyType({
    N_("The talks"): {
        "adjourn": N_("Adjourn the talks"), "resume": N_("Resume the talks"),
        "break_off": N_("Record that the talks are broken off"), "conclude": N_("Conclude the talks"),
        "table_rules": N_("Table rules of procedure"), "adopt_rules": N_("Adopt the rules of procedure"),
    },
    N_("People and keys"): {
        "admit": N_("Admit somebody"), "leave": N_("Record that somebody has left"),
        "designate_head": N_("Designate a head of delegation"),
        "contest_representation": N_("Contest a representation"),
        "decide_credentials": N_("Record the decision on credentials"), "enrol": N_("Enrol a key"),
        "confirm_fingerprint": N_("Confirm a fingerprint"), "revoke_key": N_("Revoke a key"),
        "name_cosigner": N_("Name a cosigner that you run"), "drop_cosigner": N_("Drop a cosigner"),
    },
    N_("Powers"): {
        "grant_mandate": N_("Grant powers"), "restrict_mandate": N_("Notify a restriction of powers"),
        "revoke_mandate": N_("Revoke powers"), "confirm_act": N_("Confirm an act beyond a mandate"),
    },
    N_("With your own side"): {
        "refer": N_("Ask the principal"), "announce_referral": N_("Announce that the principal is asked"),
        "instruct": N_("Instruct the delegation"), "note": N_("Write a note"),
        "name_recovery_key": N_("Name a recovery key"), "begin_epoch": N_("Seal a chamber"),
        "share_epochs": N_("Let somebody read a chamber"),
        "commit_position": N_("Commit to words now, and reveal them later"),
        "reveal_position": N_("Reveal words that you committed to"),
    },
    N_("Sessions"): {
        "set_agenda": N_("Set the agenda"), "open_session": N_("Open a session"), "take_up": N_("Take up an item"),
        "minute": N_("Minute words"), "ask_to_confirm": N_("Ask a speaker to confirm words"),
        "confirm_minute": N_("Confirm words minuted as yours"),
        "contest_minute": N_("Contest words minuted as yours"), "close_session": N_("Close the session"),
    },
    N_("Texts"): {
        "open_instrument": N_("Open an instrument"), "link_instrument": N_("Link two instruments"),
        "table_text": N_("Table a text"), "issue": N_("Issue an edition"), "circulate": N_("Circulate an edition"),
        "receive": N_("Confirm receipt of an edition"), "propose_alternative": N_("Propose a text for a provision"),
        "support_alternative": N_("Support a text"), "withdraw_alternative": N_("Withdraw your text"),
        "reserve_provision": N_("Reserve a provision, or lift it"),
        "propose_bridge": N_("Propose a bridge, without prejudice"),
        "answer_bridge": N_("Answer a bridging proposal"), "open_bridge": N_("Open the answers to a bridge"),
        "propose_package": N_("Propose a package of texts"), "accept_package": N_("Accept a package"),
        "decline_package": N_("Decline a package"),
        "state_preferences": N_("Say what the open points are worth to your side, for the mediators alone"),
        "estimate_preferences": N_("Estimate what the open points are worth to a side"),
        "declare_reading": N_("Declare how you read a provision"),
        "certify_language": N_("Certify a language version"), "circulate_non_paper": N_("Circulate a non-paper"),
        "place_silence": N_("Place an edition under silence"), "extend_silence": N_("Extend the silence"),
        "break_silence": N_("Break the silence"),
    },
    N_("Commitments"): {
        "draw_commitment": N_("Draw a commitment from a provision"),
        "withdraw_commitment": N_("Withdraw a commitment that was drawn"),
        "order_commitments": N_("Say in which order two commitments come"),
        "withdraw_ordering": N_("Withdraw an order of commitments"),
    },
    N_("Towards a final text"): {
        "assent": "Assent", "initial": N_("Initial"), "sign_ad_referendum": N_("Sign ad referendum"),
        "sign": N_("Sign"), "confirm_signature": N_("Confirm a signature ad referendum"),
        "consent": N_("Consent to be bound"), "sign_as_witness": N_("Sign as a witness"),
        "certify_paper_signature": N_("Certify a paper signature"),
        "record_approval": N_("Record the outcome of an approval"), "note_entry": N_("Note the entry into force"),
        "apply_provisionally": N_("Apply provisionally"),
        "end_provisional_application": N_("End provisional application"),
    },
    N_("Errors in an authentic text"): {
        "propose_correction": N_("Propose a correction"), "object_to_correction": N_("Object to a correction"),
        "correct": N_("Make a correction that nobody opposed"),
    },
    N_("Reservations and declarations"): {
        "make_reservation": N_("Make a reservation"), "confirm_reservation": N_("Confirm your side’s reservation"),
        "accept_reservation": N_("Accept a reservation"), "object_to_reservation": N_("Object to a reservation"),
        "comment_on_reservation": N_("Comment on a reservation"),
        "withdraw_reservation": N_("Withdraw your side’s reservation"),
        "declare_interpretation": N_("Make an interpretive declaration"),
    },
    N_("Taking back"): {
        "take_back": N_("Take back a step"), "declare_no_intention": N_("Declare no intention to become a party"),
        "contest_validity": N_("Contest the validity of a text"),
    },
    N_("Evidence and undertakings"): {
        "present": N_("Present an exhibit"), "describe_exhibit": N_("Describe an exhibit without its files"),
        "share_exhibit": N_("Share an exhibit with colleagues"),
        "record_custody": N_("Record custody of an exhibit"), "receive_exhibit": N_("Receive an exhibit"),
        "acknowledge_exhibit": N_("Acknowledge an exhibit further"),
        "challenge_exhibit": N_("Challenge an exhibit"), "withdraw_challenge": N_("Withdraw a challenge"),
        "demand": N_("Put a demand to another side"), "withdraw_demand": N_("Withdraw a demand"),
        "decline_demand": N_("Decline a demand"), "assure": N_("Give an assurance"),
        "read_back_assurance": N_("Read back an assurance given aloud"),
        "confirm_assurance": N_("Confirm an assurance read back to you"),
        "refuse_assurance": N_("Contest an assurance read back to you"),
        "withdraw_assurance": N_("Withdraw an assurance"),
    },
    N_("Findings and implementation"): {
        "find": N_("Find whether it happened, who did it, or whether it is kept"),
        "dissent": N_("Dissent from a finding"), "answer_finding": N_("Answer a finding"),
        "register_stipulations": N_("Register what is counted"), "score": N_("Score a month of implementation"),
    },
    N_("Breach"): {
        "mark_protection": N_("Mark provisions as protecting persons"), "notify_breach": N_("Give notice of a breach"),
        "object_to_notice": N_("Object to a notice of breach"), "reply_to_notice": N_("Reply to a notice of breach"),
        "decide_jointly": N_("Decide jointly"), "record_cure": N_("Record or accept a cure"),
        "carry_out": N_("Carry out a measure notified"), "revoke_notice": N_("Revoke a notice, or end a suspension"),
        "respond": N_("Announce a response"),
    },
    N_("Incidents and performance"): {
        "report_incident": N_("Report an incident"), "assert_attribution": N_("Say who did it"),
        "same_incident": N_("Say whether two reports are of one incident"),
        "report_performance": N_("Report what was done on a commitment"),
    },
    N_("Public statements and corrections"): {
        "register_statement": N_("Register a public statement"), "answer_statement": N_("Answer a public statement"),
        "register_article": N_("Register an article or communiqué"),
        "announce": N_("Announce something publicly"), "join_statement": N_("Join an announcement"),
        "rectify": N_("Correct a minute or statement of yours"), "void": N_("Void an act that got no receipt"),
        "erase": N_("Erase words of yours"), "confirm_erasure": N_("Confirm that your copies erased it too"),
    },
})  # fmt: skip
"""Head -> kind -> what doing it is called, as messages. Convening and marking the time are not done on a form."""


def deed_words(kind: str) -> str:
    """What doing an act of this kind is called; "" for one that is not done on a form.

    >>> deed_words("issue"), deed_words("assent"), deed_words("mark_time")
    ('Issue an edition', 'Assent', '')
    """
    if kind == "assent":
        return pgettext("what one does", "Assent")  # the act itself is called so too
    return next((gettext(deeds[kind]) for deeds in INSTITUTIONS.values() if kind in deeds), "")
