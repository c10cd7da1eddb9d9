"""Every act's sentence in English, in the past tense: message key to template.

A key is the kind's name, with `.` and the value of the kind's variant where it has one. A template's
`{placeholders}` are the act's clear fields, its hidden ones, `author` and `on`; words in square brackets stand
only if every placeholder in them is known to the reader. Each is a message of the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from detente.wording.language import N_, gettext

CATALOGUE: Final = MappingProxyType({
    # convening
    "convene": N_("{author} convened the talks[: {title}]"),
    "adjourn": N_("{author} adjourned the talks[: {reason}]"),
    "resume": N_("{author} resumed the talks[: {reason}]"),
    "break_off": N_("{author} recorded that the talks are broken off[: {reason}]"),
    "conclude": N_("{author} concluded the talks[: {reason}]"),
    # rules
    "table_rules": N_("{author} tabled rules of procedure, deciding by {decision}[; {silence_adopts}]"
    "[: “{text}”]"),
    "adopt_rules": N_("{author} adopted the rules of procedure, {on}"),
    # participation
    "admit": N_("{author} admitted {person} as {role}[ of side {side}]"),
    "leave": N_("{author} recorded that {person} has left[: {reason}]"),
    "designate_head": N_("{author} designated {person} as head of delegation"),
    "contest_representation": N_("{author} contested the representation of side {side}[: {reason}]"),
    "decide_credentials": N_("{author} recorded the decision on the credentials of side {side}: {upheld}"
    "[: {reason}]"),
    # keys
    "enrol": N_("{author} enrolled a key for {person}"),
    "confirm_fingerprint": N_("{author} confirmed the fingerprint of the key of {key}"),
    "revoke_key": N_("{author} revoked a key of {key}[, in doubt since #{since}][: {reason}]"),
    "void": N_("{author} voided an act that got no receipt[: {reason}]"),
    "rectify": N_("{author} put a correction beside {original}[: “{text}”]"),
    # cosigners
    "name_cosigner": N_("{author} named {vkey}, a cosigner that they run"),
    "drop_cosigner": N_("{author} dropped the cosigner named in {cosigner}[: {reason}]"),
    # mandates and confirmation
    "grant_mandate": N_("{author} granted {holder} powers, {terms}: {capacities}[; for {instruments}]"),
    "revoke_mandate": N_("{author} revoked the powers given in {mandate}[: {reason}]"),
    "restrict_mandate": N_("{author} notified a restriction of the powers given in {mandate}"
    "[: without {capacities}][: {reason}]"),
    "confirm_act": N_("{author} confirmed the act beyond the mandate, {original}"),
    # sealing
    "name_recovery_key": N_("{author} named a recovery key, kept on paper"),
    "begin_epoch": N_("{author} put a new key of the chamber in use, for {keys}"
    "[, and for the recovery key of {recovery}]"),
    "share_epochs": N_("{author} shared keys of the chamber[ with {keys}]"
    "[, and with the recovery key of {recovery}]"),
    # instructions
    "refer": N_("{author} referred {edition} to its principal[, reply by {reply_by}][: “{question}”]"),
    "instruct": N_("{author} instructed its delegation[, answering {referral}][: “{text}”]"),
    "note": N_("{author} noted[: “{text}”]"),
    "announce_referral": N_("{author} announced that it asks its principal first about {edition}"
    "[, reply by {reply_by}]; silence means nothing"),
    # sessions
    "open_session": N_("{author} opened session {number}[ in {place}]"),
    "close_session": N_("{author} closed session {number}"),
    "set_agenda": N_("{author} set the agenda: {items}"),
    "take_up": N_("{author} took up {item}"),
    "minute.statement": N_("{author} minuted words of {speaker}[ on {edition}][: “{text}”]"),
    "minute.statement.own": N_("{author} minuted[, on {edition}][: “{text}”]"),
    "minute.question": N_("{author} minuted a question by {speaker}[ about {edition}][: “{text}”]"),
    "minute.oral_assent": N_("{author} minuted an oral yes by {speaker} to {edition}[, in {language}]"
    "[, interpreter: {interpreter}][: “{text}”]"),
    "minute.oral_withdrawal": N_("{author} minuted that {speaker} orally no longer assents to {edition}"
    "[, in {language}][: “{text}”]"),
    "minute.oral_assurance": N_("{author} minuted an oral assurance by {speaker}[: “{text}”]"),
    "minute.consultation": N_("{author} minuted a consultation reported of {speaker}[: “{text}”]"),
    "ask_to_confirm": N_("{author} asked the speaker to confirm the words minuted in {minute}"),
    "confirm_minute": N_("{author} confirmed the words minuted in {minute}"),
    "contest_minute": N_("{author} contested the words minuted in {minute}[: “{text}”]"),
    # time
    "mark_time": N_("{author} marked the time[: {checkpoint}]"),
    # instruments
    "open_instrument": N_("{author} opened {instrument} for negotiation, basis: {basis}"),
    "link_instrument": N_("{author} linked {instrument} to {other}[, {status}]"),
    # tabling
    "table_text": N_("{author} tabled {origin} for {instrument}[: {title}]"),
    "circulate": N_("{author} circulated {edition} to {to}"),
    "receive": N_("{author} received {edition}"),
    "circulate_non_paper": N_("{author} circulated a non-paper to {to}"),
    # bracketing and bridging
    "propose_alternative": N_("{author} bracketed {provision}[, {headings}][: “{text}”]"),
    "support_alternative": N_("{author} supported the text of {provision} in {alternative}"),
    "withdraw_alternative": N_("{author} withdrew its text of {provision}, {alternative}"),
    "reserve_provision": N_("{author} reserved {provision}"),
    "propose_bridge": N_("{author} proposed a bridge on {provision}, without prejudice, until {expires}"
    "[, {headings}][: “{text}”]"),
    "answer_bridge": N_("{author} answered the bridging proposal {bridge}[: {yes}][: {reason}]"),
    "open_bridge": N_("{author} opened the answers to the bridging proposal {bridge}: every side has said yes"),
    # packages and readings
    "propose_package": N_("{author} proposed a package on {instrument}: {alternatives}[: “{text}”]"),
    "accept_package": N_("{author} accepted the package {package}"),
    "decline_package": N_("{author} declined the package {package}[: {reason}]"),
    "state_preferences": N_("{author} stated preferences on {instrument}, {edition}, sealed"),
    "estimate_preferences": N_("{author} estimated the preferences of {side} on {instrument}, {edition}, sealed"),
    "declare_reading": N_("{author} declared a reading of {provision}, {edition}[: “{text}”]"),
    # editions
    "issue": N_("{author} issued edition {number} of {instrument}[, {open}]"),
    # silence
    "place_silence": N_("{author} placed {on} under silence, until {until}"),
    "extend_silence": N_("{author} extended the silence on {instrument}, until {until}"),
    "break_silence": N_("{author} broke the silence on {instrument}[: {reason}]"),
    "certify_language": N_("{author} certified the {language} version of {edition}, {status}[: “{text}”]"),
    # steps
    "assent.ad_referendum": N_("{author} assented to {on}, ad referendum"),
    "assent.definitive": N_("{author} assented to {on}, definitively"),
    "initial": N_("{author} initialled {on}, in {languages}"),
    "sign_ad_referendum": N_("{author} signed {on} ad referendum, in {languages}[; place: {place}]"
        "[; counterpart: {counterpart}]"),
    "confirm_signature": N_("{author} confirmed the signature of {on}"),
    "sign": N_("{author} signed {on}, in {languages}[; place: {place}][; counterpart: {counterpart}]"),
    "sign_as_witness": N_("{author} signed {edition} as a witness[; place: {place}][; counterpart: {counterpart}]"),
    "certify_paper_signature": N_("{author} certified the paper signature of {person} under {edition}"),
    "record_approval": N_("{author} recorded the outcome of an approval of {instrument}[ in {body}]: {approved}"),
    "consent.ratify": N_("{author} ratified {on}"),
    "consent.accept": N_("{author} accepted {on} as binding"),
    "consent.approve": N_("{author} approved {on} as binding"),
    "consent.accede": N_("{author} acceded to {on}"),
    "consent.exchange": N_("{author} exchanged its instrument of consent to {on}"),
    "consent.deposit": N_("{author} deposited its instrument of consent to {on}"),
    "consent.notify": N_("{author} notified its consent to be bound by {on}"),
    "consent.agreed": N_("{author} consented to be bound by {on}, by the means agreed"),
    # reservations
    "make_reservation": N_("{author} formulated a reservation to {on}[, on {provisions}][: “{text}”]"),
    "confirm_reservation": N_("{author} confirmed its side’s reservation, {reservation}"),
    "accept_reservation": N_("{author} accepted the reservation {reservation}"),
    "object_to_reservation": N_("{author} objected to the reservation {reservation}, {opposes_entry}[: {reason}]"),
    "comment_on_reservation": N_("{author} commented on the reservation {reservation}[: “{text}”]"),
    "withdraw_reservation": N_("{author} withdrew its side’s reservation, {reservation}[: {reason}]"),
    "declare_interpretation": N_("{author} declared its interpretation of {edition}[, on {provisions}]"
    "[: “{text}”]"),
    # withdrawal
    "take_back": N_("{author} took back its step on {instrument}[: {reason}]"),
    "declare_no_intention": N_("{author} declared that its side does not intend to become a party to {instrument}"
    "[: {reason}]"),
    "contest_validity": N_("{author} contested the validity of {instrument}[: {reason}]"),
    # correction
    "propose_correction": N_("{author} proposed a correction of {provisions} in {on}, objections by {objections_by}"
    "[: {reason}]"),
    "object_to_correction": N_("{author} objected to the correction proposed in {correction}[: {reason}]"),
    "correct": N_("{author} corrected the text as proposed in {correction}"),
    # entry into force
    "note_entry": N_("{author} noted the entry into force of {instrument}"),
    "apply_provisionally": N_("{author} applied {instrument} provisionally"),
    "end_provisional_application": N_("{author} ended the provisional application of {instrument}"),
    # statements
    "register_statement": N_("{author} registered a public statement[ by {speaker}][, {published}][: “{text}”]"),
    "answer_statement": N_("{author} answered the statement {statement}[: “{text}”]"),
    "register_article": N_("{author} registered an article[: “{title}”][, {published}]"),
    "announce": N_("{author} announced publicly[: “{text}”]"),
    "join_statement": N_("{author} joined the statement {statement}"),
    # positions
    "commit_position": N_("{author} committed to words that stay sealed until they are revealed"),
    "reveal_position": N_("{author} revealed the words committed to in {position}[: “{text}”]"),
    # evidence
    "present": N_("{author} presented an exhibit[: {title}], sealed to {keys}[, and shown to {shown_to}]"),
    "describe_exhibit": N_("{author} described an exhibit that is not presented[: {title}][: “{text}”]"),
    "record_custody": N_("{author} recorded custody of the exhibit {exhibit}"),
    "receive_exhibit": N_("{author} received the exhibit {exhibit}"),
    "acknowledge_exhibit.examined": N_("{author} acknowledged having examined the exhibit {exhibit}[: “{text}”]"),
    "acknowledge_exhibit.authentic": N_("{author} acknowledged the exhibit {exhibit} as authentic[: “{text}”]"),
    "acknowledge_exhibit.accepted": N_("{author} accepted the exhibit {exhibit}[ as showing {shows}][: “{text}”]"),
    "challenge_exhibit": N_("{author} challenged the exhibit {exhibit} on {ground}[: “{text}”]"),
    "withdraw_challenge": N_("{author} withdrew the challenge {challenge}[: “{text}”]"),
    # undertakings
    "demand": N_("{author} put a demand to {of}[: {title}][: “{text}”]"),
    "withdraw_demand": N_("{author} withdrew the demand {demand}[: {reason}]"),
    "decline_demand": N_("{author} declined the demand {demand}[: {reason}]"),
    "assure": N_("{author} gave an assurance[ on the demand {demand}][: “{text}”]"),
    "withdraw_assurance": N_("{author} withdrew the assurance {assurance}[: {reason}]"),
    "read_back_assurance": N_("{author} read back an assurance by {speaker}[ on the demand {demand}]"
    "[, in {language}][, interpreter: {interpreter}][: “{text}”]"),
    "confirm_assurance": N_("{author} confirmed the assurance {assurance}"),
    "refuse_assurance": N_("{author} contested the assurance {assurance} read back in its name[: “{text}”]"),
    # commitments and their order
    "order_commitments": N_(
        "{author} read {provision} so that the commitment {first} comes before {second}[: “{text}”]"
    ),
    "draw_commitment": N_("{author} drew a commitment from {provision}, {edition}[: {title}]"),
    "withdraw_commitment": N_("{author} wanted the commitment {commitment} withdrawn[: {reason}]"),
    "withdraw_ordering": N_("{author} withdrew its order of commitments, {ordering}[: {reason}]"),
    # findings
    "find.occurrence": N_("{author} answered whether {about} happened[ (row {row})]: {answer}, with {confidence}"
    "[: “{text}”]"),
    "find.attribution": N_("{author} answered whether {about} was done by {actor}[ (row {row})]: {answer}, with "
    "{confidence}[: “{text}”]"),
    "find.observance": N_("{author} answered whether the commitment {about} is kept: {answer}, with {confidence}"
    "[: “{text}”]"),
    "dissent": N_("{author} dissented from the finding {finding}[: “{text}”]"),
    "answer_finding": N_("{author} answered the finding {finding}[: “{text}”]"),
    # matrix
    "register_stipulations": N_("{author} registered {stipulations} of {instrument}, version {version}[: “{text}”]"),
    "score": N_("{author} scored {scores} of the register {register} for {month}[: “{text}”]"),
    # breach
    "mark_protection": N_("{author} marked {provisions} of {edition} as protecting persons"),
    "notify_breach": N_("{author} gave notice that it claims a breach of {instrument} by {of}, proposing {measure}"
    "[ of {affects}], objections by {objections_by}[; {urgent}][: {reason}]"),
    "object_to_notice": N_("{author} objected to the notice of breach {breach}[: {reason}]"),
    "reply_to_notice": N_("{author} replied to the notice of breach {breach}[: “{text}”]"),
    "decide_jointly": N_("{author} decided jointly on {instrument}[, on the notice of breach {breach}]"
    "[, agreeing to {joins}][: “{text}”]"),
    "record_cure": N_("{author} recorded a cure of the breach of {breach}[, under {provision}][: “{text}”]"),
    "carry_out": N_("{author} carried out the measure notified in {breach}[: “{text}”]"),
    "revoke_notice": N_("{author} revoked the notice of breach {breach}[: {reason}]"),
    "respond": N_("{author} announced a response to {of}[, under {provision} of {instrument}][: “{text}”]"),
    # sharing
    "share_exhibit": N_("{author} shared the exhibit {exhibit}[ with {keys}][, and with the recovery key of {recovery}]"),
    # incidents
    "report_incident": N_("{author} reported an incident[ at {place}][ on {date_from}][: {title}]"),
    "report_incidents": N_("{author} reported {rows} incidents in one file[: {title}][; source: {source}]"),
    "assert_attribution": N_("{author} attributed the incident reported in {incident}[, row {row},] to {actor}"
    "[: “{text}”]"),
    "report_performance": N_("{author} reported what was done on the commitment {commitment}[: “{text}”]"),
    "same_incident": N_("{author} took the reports {one}[, row {one_row},] and {another}[, row {another_row},] for "
    "one incident[: {reason}]"),
    # forgetting
    "erase": N_("{author} erased what {writer} wrote in {originals}, on the ground of {ground}[: {reason}]"),
    "confirm_erasure": N_("{author} confirmed having erased, in copies of its own, what {erasure} erased"),
})  # fmt: skip

INSTEAD: Final[Mapping[str, tuple[str, Mapping[object, str]]]] = MappingProxyType({
    "order_commitments": ("relation", {
        "after": N_("{author} read {provision} so that the commitment {first} comes after {second}[: “{text}”]"),
        "concurrently": N_("{author} read {provision} so that the commitments {first} and {second} come together"
        "[: “{text}”]"),
        "within": N_("{author} read {provision} so that the commitment {first} comes within {days} days after {second}"
        "[: “{text}”]"),
    }),
    "propose_alternative": ("omit", {True: N_("{author} proposed to leave {provision} out")}),
    "reserve_provision": ("lift", {True: N_("{author} lifted its reservation of {provision}")}),
    "same_incident": ("apart", {
        True: N_("{author} took the reports {one}[, row {one_row},] and {another}[, row {another_row},] for two "
                 "incidents[: {reason}]"),
    }),
    "link_instrument": ("relation", {
        "integral_part_of": N_("{author} recorded {instrument} as an integral part of {other}[, {status}]"),
        "conditional_on": N_("{author} recorded {instrument} as conditional on {other}[, {status}]"),
        "amends": N_("{author} recorded {instrument} as amending {other}[, {status}]"),
        "extends": N_("{author} recorded {instrument} as extending {other}[, {status}]"),
        "replaces": N_("{author} recorded {instrument} as replacing {other}[, {status}]"),
        "accompanies": N_("{author} recorded {instrument} as a side letter to {other}[, {status}]"),
    }),
})  # fmt: skip
"""Message key -> field, and by its value the whole sentence that stands instead of the one above."""

KIND_WORDS: Final = MappingProxyType({
    "convene": N_("Convening"), "adjourn": N_("Adjournment"), "resume": N_("Resumption"),
    "break_off": N_("Breaking off"), "conclude": N_("Conclusion of the talks"), "table_rules": N_("Rules tabled"),
    "adopt_rules": N_("Rules adopted"), "admit": N_("Admission"), "leave": N_("Departure"),
    "designate_head": N_("Head of delegation"), "contest_representation": N_("Representation contested"),
    "decide_credentials": N_("Decision on credentials"), "enrol": N_("Key enrolled"),
    "confirm_fingerprint": N_("Fingerprint confirmed"), "revoke_key": N_("Key revoked"), "void": N_("Void"),
    "rectify": N_("Correction of a minute or statement"), "grant_mandate": N_("Powers granted"),
    "revoke_mandate": N_("Powers revoked"), "restrict_mandate": N_("Powers restricted"),
    "confirm_act": N_("Confirmation of an act beyond a mandate"), "name_recovery_key": N_("Recovery key named"),
    "begin_epoch": N_("New key of a chamber"), "share_epochs": N_("Keys of a chamber shared"),
    "refer": N_("Referral to the principal"), "instruct": N_("Instruction"), "note": N_("Note"),
    "announce_referral": N_("Referral announced"), "open_session": N_("Session opened"),
    "close_session": N_("Session closed"), "set_agenda": N_("Agenda"), "take_up": N_("Item taken up"),
    "minute": N_("Minute"), "ask_to_confirm": N_("Speaker asked to confirm"),
    "confirm_minute": N_("Minute confirmed"), "contest_minute": N_("Minute contested"),
    "mark_time": N_("Time marked"), "open_instrument": N_("Instrument opened"),
    "link_instrument": N_("Instruments linked"), "table_text": N_("Text tabled"), "circulate": N_("Circulation"),
    "receive": N_("Receipt"), "circulate_non_paper": N_("Non-paper"), "propose_alternative": N_("Bracket"),
    "support_alternative": N_("Support of a text"), "withdraw_alternative": N_("Text withdrawn"),
    "reserve_provision": N_("Provision reserved"), "propose_bridge": N_("Bridging proposal"),
    "answer_bridge": N_("Answer to a bridging proposal"), "open_bridge": N_("Bridging answers opened"),
    "propose_package": N_("Package"), "accept_package": N_("Package accepted"),
    "decline_package": N_("Package declined"), "state_preferences": N_("Preferences"),
    "estimate_preferences": N_("Estimate of preferences"), "declare_reading": N_("Reading declared"),
    "certify_language": N_("Language version certified"), "make_reservation": N_("Reservation to a text"),
    "confirm_reservation": N_("Confirmation of a reservation"),
    "accept_reservation": N_("Acceptance of a reservation"),
    "object_to_reservation": N_("Objection to a reservation"),
    "comment_on_reservation": N_("Comment on a reservation"),
    "withdraw_reservation": N_("Withdrawal of a reservation"),
    "declare_interpretation": N_("Interpretive declaration"), "issue": N_("Edition"),
    "place_silence": N_("Silence placed"), "extend_silence": N_("Silence extended"),
    "break_silence": N_("Silence broken"), "propose_correction": N_("Correction proposed"),
    "object_to_correction": N_("Objection to a correction"), "correct": N_("Correction of an authentic text"),
    "assent": N_("Assent"), "initial": N_("Initials"), "sign_ad_referendum": N_("Signature ad referendum"),
    "confirm_signature": N_("Confirmation of a signature"), "sign": N_("Signature"),
    "sign_as_witness": N_("Signature as a witness"), "certify_paper_signature": N_("Paper signature certified"),
    "record_approval": N_("Outcome of an approval"), "consent": N_("Consent to be bound"),
    "take_back": N_("Step taken back"), "declare_no_intention": N_("Intention not to become a party"),
    "contest_validity": N_("Validity contested"), "note_entry": N_("Entry into force noted"),
    "apply_provisionally": N_("Provisional application"),
    "end_provisional_application": N_("End of provisional application"),
    "register_statement": N_("Public statement"), "answer_statement": N_("Answer to a statement"),
    "register_article": N_("Article"), "announce": N_("Announcement"), "join_statement": N_("Joint statement"),
    "commit_position": N_("Position committed to"), "reveal_position": N_("Position revealed"),
    "erase": N_("Erasure"), "present": N_("Exhibit"), "describe_exhibit": N_("Exhibit described"),
    "record_custody": N_("Custody of an exhibit"), "receive_exhibit": N_("Receipt of an exhibit"),
    "acknowledge_exhibit": N_("Acknowledgment of an exhibit"), "challenge_exhibit": N_("Exhibit challenged"),
    "withdraw_challenge": N_("Challenge withdrawn"), "demand": N_("Demand"),
    "withdraw_demand": N_("Demand withdrawn"), "decline_demand": N_("Demand declined"),
    "assure": N_("Assurance"), "withdraw_assurance": N_("Assurance withdrawn"),
    "read_back_assurance": N_("Assurance read back"), "confirm_assurance": N_("Assurance confirmed"),
    "refuse_assurance": N_("Assurance contested by its speaker"),
    "name_cosigner": N_("Cosigner named"), "drop_cosigner": N_("Cosigner dropped"),
    "draw_commitment": N_("Commitment"), "withdraw_commitment": N_("Commitment withdrawn"),
    "order_commitments": N_("Order of commitments"), "withdraw_ordering": N_("Order of commitments withdrawn"),
    "find": N_("Finding"), "dissent": N_("Dissent"), "answer_finding": N_("Answer to a finding"),
    "register_stipulations": N_("Register of stipulations"), "score": N_("Scores of implementation"),
    "mark_protection": N_("Protection of persons marked"), "notify_breach": N_("Notice of breach"),
    "object_to_notice": N_("Objection to a notice of breach"), "reply_to_notice": N_("Reply to a notice of breach"),
    "decide_jointly": N_("Joint decision"), "record_cure": N_("Cure of a breach"),
    "carry_out": N_("Measure carried out"), "revoke_notice": N_("Notice of breach revoked"),
    "respond": N_("Response announced"),
    "share_exhibit": N_("Exhibit shared"), "confirm_erasure": N_("Erasure confirmed"),
    "report_incident": N_("Incident reported"),
    "report_incidents": N_("Batch of incidents"), "assert_attribution": N_("Attribution asserted"),
    "report_performance": N_("Performance reported"), "same_incident": N_("Reports compared"),
})  # fmt: skip
"""What a page calls each kind of act."""


def kind_words(kind: str) -> str:
    """The same in the language spoken; the kind's own name where it is not known here."""
    return gettext(KIND_WORDS[kind]) if kind in KIND_WORDS else kind
