"""Every act's sentence in English, in the past tense: message key to template.

A key is the kind's name, with `.` and the value of the kind's variant where it has one. A template's
`{placeholders}` are the act's clear fields, its hidden ones, `author` and `on`; words in square brackets stand
only if every placeholder in them is known to the reader.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

CATALOGUE: Final = MappingProxyType({
    # convening
    "convene": "{author} convened the talks[: {title}]",
    "adjourn": "{author} adjourned the talks[: {reason}]",
    "resume": "{author} resumed the talks[: {reason}]",
    "break_off": "{author} recorded that the talks are broken off[: {reason}]",
    "conclude": "{author} concluded the talks[: {reason}]",
    # rules
    "table_rules": "{author} tabled rules of procedure, deciding by {decision}[; {silence_adopts}][: “{text}”]",
    "adopt_rules": "{author} adopted the rules of procedure, {on}",
    # participation
    "admit": "{author} admitted {person} as {role}[ of side {side}]",
    "leave": "{author} recorded that {person} has left[: {reason}]",
    "designate_head": "{author} designated {person} as head of delegation",
    "contest_representation": "{author} contested the representation of side {side}[: {reason}]",
    "decide_credentials": "{author} recorded the decision on the credentials of side {side}: {upheld}[: {reason}]",
    # keys
    "enrol": "{author} enrolled a key for {person}",
    "confirm_fingerprint": "{author} confirmed the fingerprint of the key of {key}",
    "revoke_key": "{author} revoked a key of {key}[, in doubt since #{since}][: {reason}]",
    "void": "{author} voided an act that got no receipt[: {reason}]",
    "rectify": "{author} put a correction beside {original}[: “{text}”]",
    # mandates and confirmation
    "grant_mandate": "{author} granted {holder} powers, {terms}: {capacities}[; for {instruments}]",
    "revoke_mandate": "{author} revoked the powers given in {mandate}[: {reason}]",
    "restrict_mandate": "{author} notified a restriction of the powers given in {mandate}"
    "[: without {capacities}][: {reason}]",
    "confirm_act": "{author} confirmed the act beyond the mandate, {original}",
    # sealing
    "name_recovery_key": "{author} named a recovery key, kept on paper",
    "begin_epoch": "{author} put a new key of the chamber in use, for {keys}[, and for the recovery key of {recovery}]",
    "share_epochs": "{author} shared keys of the chamber[ with {keys}][, and with the recovery key of {recovery}]",
    # instructions
    "refer": "{author} referred {edition} to its principal[, reply by {reply_by}][: “{question}”]",
    "instruct": "{author} instructed its delegation[, answering {referral}][: “{text}”]",
    "note": "{author} noted[: “{text}”]",
    "announce_referral": "{author} announced that it asks its principal first about {edition}[, reply by {reply_by}]; "
    "silence means nothing",
    # sessions
    "open_session": "{author} opened session {number}[ in {place}]",
    "close_session": "{author} closed session {number}",
    "set_agenda": "{author} set the agenda: {items}",
    "take_up": "{author} took up {item}",
    "minute.statement": "{author} minuted words of {speaker}[ on {edition}][: “{text}”]",
    "minute.statement.own": "{author} minuted[, on {edition}][: “{text}”]",
    "minute.question": "{author} minuted a question by {speaker}[ about {edition}][: “{text}”]",
    "minute.oral_assent": "{author} minuted an oral yes by {speaker} to {edition}[, in {language}]"
    "[, interpreter: {interpreter}][: “{text}”]",
    "minute.oral_withdrawal": "{author} minuted that {speaker} orally no longer assents to {edition}"
    "[, in {language}][: “{text}”]",
    "minute.oral_assurance": "{author} minuted an oral assurance by {speaker}[: “{text}”]",
    "minute.consultation": "{author} minuted a consultation reported of {speaker}[: “{text}”]",
    "ask_to_confirm": "{author} asked the speaker to confirm the words minuted in {minute}",
    "confirm_minute": "{author} confirmed the words minuted in {minute}",
    "contest_minute": "{author} contested the words minuted in {minute}[: “{text}”]",
    # time
    "mark_time": "{author} marked the time[: {checkpoint}]",
    # instruments
    "open_instrument": "{author} opened {instrument} for negotiation, basis: {basis}",
    "link_instrument": "{author} recorded {instrument} as {relation} {other}[, {status}]",
    # tabling
    "table_text": "{author} tabled {origin} for {instrument}[: {title}]",
    "circulate": "{author} circulated {edition} to {to}",
    "receive": "{author} received {edition}",
    "circulate_non_paper": "{author} circulated a non-paper to {to}",
    # bracketing and bridging
    "propose_alternative": "{author} bracketed {provision}[: “{text}”]",
    "support_alternative": "{author} supported the text of {provision} in {alternative}",
    "withdraw_alternative": "{author} withdrew its text of {provision}, {alternative}",
    "reserve_provision": "{author} {lift} {provision}",
    "propose_bridge": "{author} proposed a bridge on {provision}, without prejudice, until {expires}[: “{text}”]",
    "answer_bridge": "{author} answered the bridging proposal {bridge}[: {yes}][: {reason}]",
    "open_bridge": "{author} opened the answers to the bridging proposal {bridge}: every side has said yes",
    # packages and readings
    "propose_package": "{author} proposed a package on {instrument}: {alternatives}[: “{text}”]",
    "accept_package": "{author} accepted the package {package}",
    "decline_package": "{author} declined the package {package}[: {reason}]",
    "declare_reading": "{author} declared a reading of {provision}, {edition}[: “{text}”]",
    # editions
    "issue": "{author} issued edition {number} of {instrument}[, {open}]",
    # silence
    "place_silence": "{author} placed {on} under silence, until {until}",
    "extend_silence": "{author} extended the silence on {instrument}, until {until}",
    "break_silence": "{author} broke the silence on {instrument}[: {reason}]",
    "certify_language": "{author} certified the {language} version of {edition}, {status}[: “{text}”]",
    # steps
    "assent.ad_referendum": "{author} assented to {on}, ad referendum",
    "assent.definitive": "{author} assented to {on}, definitively",
    "initial": "{author} initialled {on}, in {languages}",
    "sign_ad_referendum": "{author} signed {on} ad referendum, in {languages}[; place: {place}]",
    "confirm_signature": "{author} confirmed the signature of {on}",
    "sign": "{author} signed {on}, in {languages}[; place: {place}]",
    "sign_as_witness": "{author} signed {edition} as a witness[; place: {place}]",
    "certify_paper_signature": "{author} certified the paper signature of {person} under {edition}",
    "record_approval": "{author} recorded the outcome of an approval of {instrument}[ in {body}]: {approved}",
    "consent.ratify": "{author} ratified {on}",
    "consent.accept": "{author} accepted {on} as binding",
    "consent.approve": "{author} approved {on} as binding",
    "consent.accede": "{author} acceded to {on}",
    "consent.exchange": "{author} exchanged its instrument of consent to {on}",
    "consent.deposit": "{author} deposited its instrument of consent to {on}",
    "consent.notify": "{author} notified its consent to be bound by {on}",
    "consent.agreed": "{author} consented to be bound by {on}, by the means agreed",
    # reservations
    "make_reservation": "{author} formulated a reservation to {on}[, on {provisions}][: “{text}”]",
    "confirm_reservation": "{author} confirmed its side’s reservation, {reservation}",
    "accept_reservation": "{author} accepted the reservation {reservation}",
    "object_to_reservation": "{author} objected to the reservation {reservation}, {opposes_entry}[: {reason}]",
    "comment_on_reservation": "{author} commented on the reservation {reservation}[: “{text}”]",
    "withdraw_reservation": "{author} withdrew its side’s reservation, {reservation}[: {reason}]",
    "declare_interpretation": "{author} declared its interpretation of {edition}[, on {provisions}][: “{text}”]",
    # withdrawal
    "take_back": "{author} took back its step on {instrument}[: {reason}]",
    "declare_no_intention": "{author} declared that its side does not intend to become a party to {instrument}"
    "[: {reason}]",
    "contest_validity": "{author} contested the validity of {instrument}[: {reason}]",
    # correction
    "propose_correction": "{author} proposed a correction of {provisions} in {on}, objections by {objections_by}"
    "[: {reason}]",
    "object_to_correction": "{author} objected to the correction proposed in {correction}[: {reason}]",
    "correct": "{author} corrected the text as proposed in {correction}",
    # entry into force
    "note_entry": "{author} noted the entry into force of {instrument}",
    "apply_provisionally": "{author} applied {instrument} provisionally",
    "end_provisional_application": "{author} ended the provisional application of {instrument}",
    # statements
    "register_statement": "{author} registered a public statement[ by {speaker}][, {published}][: “{text}”]",
    "answer_statement": "{author} answered the statement {statement}[: “{text}”]",
})  # fmt: skip

KIND_WORDS: Final = MappingProxyType({
    "convene": "Convening", "adjourn": "Adjournment", "resume": "Resumption", "break_off": "Breaking off",
    "conclude": "Conclusion of the talks", "table_rules": "Rules tabled", "adopt_rules": "Rules adopted",
    "admit": "Admission", "leave": "Departure", "designate_head": "Head of delegation",
    "contest_representation": "Representation contested", "decide_credentials": "Decision on credentials",
    "enrol": "Key enrolled", "confirm_fingerprint": "Fingerprint confirmed", "revoke_key": "Key revoked",
    "void": "Void", "rectify": "Correction of a minute or statement", "grant_mandate": "Powers granted",
    "revoke_mandate": "Powers revoked", "restrict_mandate": "Powers restricted",
    "confirm_act": "Confirmation of an act beyond a mandate", "name_recovery_key": "Recovery key named",
    "begin_epoch": "New key of a chamber", "share_epochs": "Keys of a chamber shared",
    "refer": "Referral to the principal",
    "instruct": "Instruction", "note": "Note", "announce_referral": "Referral announced",
    "open_session": "Session opened", "close_session": "Session closed", "set_agenda": "Agenda",
    "take_up": "Item taken up", "minute": "Minute", "ask_to_confirm": "Speaker asked to confirm",
    "confirm_minute": "Minute confirmed", "contest_minute": "Minute contested", "mark_time": "Time marked",
    "open_instrument": "Instrument opened", "link_instrument": "Instruments linked", "table_text": "Text tabled",
    "circulate": "Circulation", "receive": "Receipt", "circulate_non_paper": "Non-paper",
    "propose_alternative": "Bracket", "support_alternative": "Support of a text",
    "withdraw_alternative": "Text withdrawn", "reserve_provision": "Provision reserved",
    "propose_bridge": "Bridging proposal", "answer_bridge": "Answer to a bridging proposal",
    "open_bridge": "Bridging answers opened", "propose_package": "Package", "accept_package": "Package accepted",
    "decline_package": "Package declined", "declare_reading": "Reading declared",
    "certify_language": "Language version certified", "make_reservation": "Reservation to a text",
    "confirm_reservation": "Confirmation of a reservation", "accept_reservation": "Acceptance of a reservation",
    "object_to_reservation": "Objection to a reservation", "comment_on_reservation": "Comment on a reservation",
    "withdraw_reservation": "Withdrawal of a reservation", "declare_interpretation": "Interpretive declaration",
    "issue": "Edition",
    "place_silence": "Silence placed", "extend_silence": "Silence extended", "break_silence": "Silence broken",
    "propose_correction": "Correction proposed", "object_to_correction": "Objection to a correction",
    "correct": "Correction of an authentic text", "assent": "Assent", "initial": "Initials",
    "sign_ad_referendum": "Signature ad referendum", "confirm_signature": "Confirmation of a signature",
    "sign": "Signature", "sign_as_witness": "Signature as a witness",
    "certify_paper_signature": "Paper signature certified", "record_approval": "Outcome of an approval",
    "consent": "Consent to be bound", "take_back": "Step taken back",
    "declare_no_intention": "Intention not to become a party", "contest_validity": "Validity contested",
    "note_entry": "Entry into force noted", "apply_provisionally": "Provisional application",
    "end_provisional_application": "End of provisional application",
    "register_statement": "Public statement", "answer_statement": "Answer to a statement",
})  # fmt: skip
"""What a page calls each kind of act."""
