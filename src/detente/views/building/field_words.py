"""What the fields of an act's form are called, and how each is written: messages, by the names that the acts use."""

from __future__ import annotations

from typing import Final

from detente.wording.language import N_

LABELS: Final = {
    "about": N_("What it is about"), "actor": N_("Who is said to have done it"), "answer": N_("Answer"),
    "affects": N_("Which provisions the measure is to reach"), "breach": N_("Which notice of breach"),
    "commitment": N_("Which commitment"), "commitments": N_("Which commitments"), "confidence": N_("Confidence"),
    "finding": N_("Which finding"), "grounds": N_("Grounds and method"), "joins": N_("Which proposal it agrees to"),
    "measure": N_("What your side proposes"), "month": N_("Month"), "of": N_("Of which side"),
    "register": N_("Which register"), "row": N_("Row in the batch"), "scores": N_("Scores"),
    "stipulations": N_("What is counted"), "urgent": N_("Special urgency"), "version": N_("Version"),
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
    "erasure": N_("Which erasure"),
    "originals": N_("Which acts"), "writer": N_("Who wrote them"), "parts": N_("Which parts only"),
    "ground": N_("On what ground"),
    "position": N_("Which position"), "digest": N_("Digest of the words"), "salt": N_("Salt"),
    "duty": N_("What it obliges to"), "actors": N_("Which sides owe it"), "elements": N_("Elements given"),
    "begins": N_("Begins"), "ends": N_("Ends"), "verifier": N_("Who verifies it"),
    "quote": N_("The words of the provision that say it"), "obligor": N_("Who owes it, where no side does"),
    "action": N_("What is to be done, or not done"), "object": N_("To what, or to whom"), "area": N_("Where"),
    "period": N_("When, in words"), "indicator": N_("By what one can tell"),
    "verified_by": N_("Who verifies it, where nobody of this record does"), "method": N_("How it is verified"),
    "consequence": N_("What follows if it is not kept"),
    "first": N_("Which commitment"), "second": N_("In relation to which other"), "days": N_("Within how many days"),
    "ordering": N_("Which order"),
    "procedure": N_("Procedure"), "provision": N_("Provision"), "published": N_("Published"),
    "question": N_("Question"), "quorum": N_("Quorum"), "reason": N_("Reason"), "recovery": N_("Recovery"),
    "referral": N_("Referral"), "relation": N_("Relation"), "remark": N_("Remark"), "replaces": N_("Replaces"),
    "reply_by": N_("Reply by"), "role": N_("Role"), "said_at": N_("Said at"), "sealed": N_("Sealed"),
    "sealing": N_("Sealing"), "short_title": N_("Short title"), "side": N_("Side"), "sides": N_("Sides"),
    "since": N_("Since"), "source": N_("Source"), "speaker": N_("Speaker"), "statement": N_("Statement"),
    "subtitle": N_("Subtitle"), "terms": N_("Terms"), "title": N_("Title"), "titles": N_("Titles"),
    "upheld": N_("Upheld"), "vkey": N_("The cosigner’s verifier key"), "cosigner": N_("Which cosigner"),
    "zone": N_("Zone"), "shown_to": N_("Shown otherwise to"),
    "assurance": N_("Which assurance"), "at_source": N_("SHA-256 at the source"),
    "challenge": N_("Which challenge"), "custody": N_("Custody until it was presented"),
    "demand": N_("Which demand"), "exhibit": N_("Which exhibit"), "exhibits": N_("On which exhibits"),
    "given_by": N_("Given by"), "given_to": N_("Given to"), "grade": N_("How far"), "kept": N_("How it is kept"),
    "shows": N_("As showing what"), "taken_at": N_("When its hash was taken"),
    "taken_by": N_("Which office or device took it"), "taken_where": N_("Where it was taken"),
    "when": N_("When"), "where": N_("Where"),
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
    "error": N_("An error"), "examined": N_("Examined"), "accepted": N_("Accepted"),
    "authenticity": N_("Its authenticity"), "custody": N_("Its custody"),
    "completeness": N_("Its completeness"), "meaning": N_("What it means"), "relevance": N_("Its relevance"),
    "other": N_("Another"),
    "deliver": N_("Deliver: bring something about"),
    "refrain": N_("Refrain: not do something"), "use influence": N_("Use influence: try to bring others to it"),
    "ensure": N_("Ensure: answer for a result"), "event": N_("Event: it is to happen, and nobody is said to owe it"),
    "before": N_("Before"), "after": N_("After"), "concurrently": N_("Together with"), "within": N_("Within days after"),
    "occurrence": N_("Whether it happened"), "attribution": N_("Who did it"),
    "observance": N_("Whether a commitment is kept"), "undetermined": N_("Undetermined"), "low": N_("Low"),
    "medium": N_("Medium"), "high": N_("High"), "suspend": N_("Suspend its operation"), "terminate": N_("End it"),
    "withdraw": N_("Withdraw from it"),
}  # fmt: skip
"""The values of fields that have only a few, as the minutes write them, and what people read."""
HELP: Final = {
    "instant": N_("A time today, 14:30, or with its date, 2025-10-28 14:30, in the zone of the process."),
    "text": N_(
        "Paste or type it. Preamble, articles, paragraphs and points are found by how their lines begin, and shown to "
        "you before you sign."
    ),
    "area": N_(
        "Name the place, draw it on the map below, or paste a GeoJSON geometry (Polygon or MultiPolygon)."
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
    "exhibits": N_("The numbers of the acts that present them, with commas between: #14, #16; or none."),
    "since": N_("The number of the act from which it may have been in other hands, #14."),
    "public": N_("Filled in from the room, where a key waits that was brought by invitation."),
    "month": N_("Year and month, 2026-11."),
    "stipulations": N_("Ids of provisions, or of your own, with commas between: art_1, art_2__para_1, fund."),
    "actor": N_("The letter of a side, or other."),
    "row": N_("In digits, from 0; only for an incident in a batch."),
    "possession": N_("Filled in together with the key."),
    "vkey": N_("As “detente witness” prints it: name, key id and key, with a plus sign between."),
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
    "scores": "art_1 3, art_2__para_1 0",
    "until": "A 2025-10-28 14:30, B 2025-10-29 10:00",
}
"""As the minutes read them, in whatever language the page speaks."""
