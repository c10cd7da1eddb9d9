"""What the fields of an act's form are called, and how each is written: messages, by the names that the acts use."""

from __future__ import annotations

from typing import Final

from detente.wording.language import N_

LABELS: Final = {
    "to": N_("To whom"), "aud": N_("Who may read it"), "sense": N_("What was done with words"),
    "on": N_("On which version"), "instrument": N_("Which text"), "other": N_("The other text"),
    "lift": N_("Lift the reservation"), "entry": N_("Enters into force"), "entry_delay": N_("Delay in days"),
    "valid_from": N_("Valid from"), "valid_until": N_("Valid until"), "yes": N_("Your answer"), "n": N_("How many"),
    "texts": N_("The text in each language"), "key": N_("Whose key"), "text": N_("Words"),
    "until": N_("Deadline of each side"), "objections_by": N_("Objections possible until"),
    "status": N_("In what sense annexed"), "silence_adopts": N_("Silence counts towards adoption"),
    "correction": N_("Which correction"), "initials_sign": N_("Initials count as signature (Article 12(2)(a))"),
    "open_to_accession": N_("Open to accession"), "public": N_("Public key"),
    "possession": N_("Proof that its holder has it"), "original": N_("Which act"),
    "alternatives": N_("The texts that stand or fall together"), "package": N_("Which package"),
    "reservation": N_("Which reservation"), "opposes_entry": N_("Oppose entry into force between the two sides"),
    "provisions": N_("Which provisions"), "reservations": N_("Reservations to it"), "alternative": N_("Alternative"),
    "answers": N_("Answers"), "approved": N_("Approved"), "at": N_("At"), "authentication": N_("Authentication"),
    "basis": N_("Basis"), "body": N_("Body"), "box": N_("Box"), "bridge": N_("Bridge"),
    "capacities": N_("Capacities"), "capacity": N_("Capacity"),
    "counterpart": N_("Counterpart"), "changes_only": N_("Changes only"),
    "checkpoint": N_("Checkpoint"), "claims": N_("Claims"), "consent": N_("Consent"), "content": N_("Content"),
    "convenor": N_("Convenor"), "convenor_key": N_("Convenor key"), "convenor_sealing": N_("Convenor sealing"),
    "convenor_title": N_("Convenor title"), "cosigners": N_("Cosigners"), "decision": N_("Decision"),
    "edition": N_("Edition"), "entry_date": N_("Entry date"), "epoch": N_("Epoch"), "epochs": N_("Epochs"),
    "expires": N_("Expires"), "groups": N_("Groups"), "holder": N_("Holder"), "instruments": N_("Instruments"),
    "interpreter": N_("Interpreter"), "item": N_("Item"), "items": N_("Items"), "keeper": N_("Keeper"),
    "keeper_key": N_("Keeper key"), "keeper_title": N_("Keeper title"), "keys": N_("Keys"), "label": N_("Label"),
    "language": N_("Language"), "languages": N_("Languages"), "log_key": N_("Log key"),
    "log_mldsa_key": N_("Log key (ML-DSA-44)"), "mandate": N_("Mandate"),
    "means": N_("Means"), "minute": N_("Minute"), "names": N_("Names"), "nonce": N_("Nonce"), "notice": N_("Notice"),
    "number": N_("Number"), "office": N_("Office"), "open": N_("Open"), "open_to": N_("Open to"),
    "origin": N_("Origin"), "outcome": N_("Outcome"), "person": N_("Person"), "place": N_("Place"),
    "files": N_("Sealed files"), "contents": N_("Contents"),
    "originals": N_("Which acts"), "writer": N_("Who wrote them"), "parts": N_("Which parts only"),
    "ground": N_("On what ground"),
    "position": N_("Which position"), "digest": N_("Digest of the words"), "salt": N_("Salt"),
    "procedure": N_("Procedure"), "provision": N_("Provision"), "published": N_("Published"),
    "question": N_("Question"), "quorum": N_("Quorum"), "reason": N_("Reason"), "recovery": N_("Recovery"),
    "referral": N_("Referral"), "relation": N_("Relation"), "remark": N_("Remark"), "replaces": N_("Replaces"),
    "reply_by": N_("Reply by"), "role": N_("Role"), "said_at": N_("Said at"), "sealed": N_("Sealed"),
    "sealing": N_("Sealing"), "short_title": N_("Short title"), "side": N_("Side"), "sides": N_("Sides"),
    "since": N_("Since"), "source": N_("Source"), "speaker": N_("Speaker"), "statement": N_("Statement"),
    "subtitle": N_("Subtitle"), "terms": N_("Terms"), "title": N_("Title"), "titles": N_("Titles"),
    "upheld": N_("Upheld"), "zone": N_("Zone"),
    "category": N_("Kind of incident"), "date_from": N_("First day"), "date_to": N_("Last day"),
    "lat": N_("Latitude"), "lon": N_("Longitude"), "actors": N_("Who did it, as the source claims"),
    "deaths": N_("How many died"), "licence": N_("On what terms it may be used"), "incident": N_("Which report"),
    "actor": N_("Who did it"), "row": N_("Row of the batch"), "commitment": N_("Which commitment"),
    "one": N_("One report"), "one_row": N_("Row of the one, in a batch"), "another": N_("The other report"),
    "another_row": N_("Row of the other, in a batch"), "apart": N_("They are two incidents"),
    "file": N_("Digest of the file"), "size": N_("Bytes of the file"), "rows": N_("How many incidents"),
}  # fmt: skip
"""What each field of an act is called, as messages."""
OPTIONS: Final = {
    "members": N_("Members"), "public": N_("Public"), "unanimity": N_("Unanimity"), "n of m": N_("N of m"),
    "groups": N_("Groups"), "yes": N_("Yes"), "no": N_("No"), "delegate": N_("Delegate"),
    "principal": N_("Principal"), "mediator": N_("Mediator"), "observer": N_("Observer"),
    "guarantor": N_("Guarantor"), "witness": N_("Witness"), "interpreter": N_("Interpreter"),
    "verifier": N_("Verifier"), "secretariat": N_("Secretariat"), "keeper": N_("Keeper"), "assent": N_("Assent"),
    "initial": N_("Initial"), "sign ad referendum": N_("Sign ad referendum"), "sign": N_("Sign"),
    "ad referendum": N_("Ad referendum"), "definitive": N_("Definitive"), "statement": N_("Statement"),
    "question": N_("Question"), "oral assent": N_("Oral assent"), "oral withdrawal": N_("Oral withdrawal"),
    "oral assurance": N_("Oral assurance"), "consultation": N_("Consultation"), "treaty": N_("Treaty"),
    "analogy": N_("Analogy"), "contract": N_("Contract"), "collective": N_("Collective"), "initials": N_("Initials"),
    "signature": N_("Signature"), "adoption": N_("Adoption"), "ratification": N_("Ratification"),
    "agreed means": N_("Agreed means"), "on consent": N_("On consent"), "date": N_("Date"), "delay": N_("Delay"),
    "accepted by each": N_("Accepted by each"), "accepted by all": N_("Accepted by all"), "excluded": N_("Excluded"),
    "integral part of": N_("Integral part of"), "conditional on": N_("Conditional on"), "amends": N_("Amends"),
    "extends": N_("Extends"), "replaces": N_("Replaces"), "accompanies": N_("Accompanies"), "agreed": N_("Agreed"),
    "unilateral": N_("Unilateral"), "proposed": N_("Proposed"), "side": N_("Side"), "joint": N_("Joint"),
    "authentic": N_("Authentic"), "official": N_("Official"), "courtesy": N_("Courtesy"), "ratify": N_("Ratify"),
    "accept": N_("Accept"), "approve": N_("Approve"), "accede": N_("Accede"), "exchange": N_("Exchange"),
    "deposit": N_("Deposit"), "notify": N_("Notify"), "consent": N_("Consent"), "court order": N_("An order of a court"),
    "data protection": N_("Data protection (GDPR Article 17)"), "rules of procedure": N_("The rules of procedure"),
    "error": N_("An error"), "attack": N_("Attack"), "clash": N_("Clash"), "explosion": N_("Explosion"),
    "shelling": N_("Shelling"), "airstrike": N_("Airstrike"), "abduction": N_("Abduction"),
    "violence against civilians": N_("Violence against civilians"), "protest": N_("Protest"),
    "restriction": N_("Restriction"), "other": N_("Other"),
}  # fmt: skip
"""The values of fields that have only a few, as the minutes write them, and what people read."""
HELP: Final = {
    "instant": N_("A time today, 14:30, or with its date, 2025-10-28 14:30, in the zone of the process."),
    "text": N_(
        "Paste or type it. Preamble, articles, paragraphs and points are found by how their lines begin, and shown to "
        "you before you sign."
    ),
    "pairs": N_("Each with what belongs to it, and a comma between: {pair}."),
    "by_key": N_("One a line: ur: words in Urdu."),
    "leaf": N_("The number of the act, #14."),
    "edition": N_("The number of the edition, 3."),
    "number": N_("In digits."),
    "new_person": N_("A short id for the record, from a capital letter: A, PA, A2."),
    "new_instrument": N_("A short id for the record, in small letters: understanding, annex-1."),
}  # fmt: skip
HELP_OF: Final = {
    "languages": N_("Tags of languages, with commas between: en, fr."),
    "items": N_("Short ids of items, with commas between: territory, monitoring."),
    "groups": N_("Sides of a group together, a semicolon between groups: A, B; C."),
    "language": N_("The tag of a language: en."),
    "parts": N_(
        "As the page of the act names them, in the language of the record: speaker, source. Left out: all."
    ),
    "originals": N_("The numbers of acts, with commas between: #14, #16."),
    "since": N_("The number of the act from which it may have been in other hands, #14."),
    "public": N_("Filled in from the room, where a key waits that was brought by invitation."),
    "possession": N_("Filled in together with the key."),
    "date_from": N_("A day, 2026-03-02."),
    "date_to": N_("A day, 2026-03-02; left out, it was over on the first."),
    "lat": N_("In degrees with a decimal point, south with a minus: 34.52."),
    "lon": N_("In degrees with a decimal point, west with a minus: 69.18."),
    **dict.fromkeys(
        ("row", "one_row", "another_row"),
        N_("Where the report is a batch: the number of the row in its file, from 0."),
    ),
}
"""Of fields that stand in one line, by name."""
_AS_AGREED: Final = N_("Left out: the last edition, with the texts agreed since and any open brackets.")
_OWN_WORDS: Final = N_("Words minuted as yours that you have not answered yet.")
HELP_AT: Final = {
    ("issue", "text"): (HELP["text"], _AS_AGREED),
    ("confirm_minute", "minute"): (_OWN_WORDS,), ("contest_minute", "minute"): (_OWN_WORDS,),
}  # fmt: skip
"""Of one field of one kind: sentences."""
PAIRS: Final = {
    "languages": "en authentic, fr official",
    "claims": "withdrew B, duration 50, or other alone",
    "until": "A 2025-10-28 14:30, B 2025-10-29 10:00",
}
"""As the minutes read them, in whatever language the page speaks."""
