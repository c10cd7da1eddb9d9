"""Acts that a sound record refuses at its door, each for one fault; its key, signature and form are sound.

Each has a second expectation: what a certified copy says whose host put the act into the log all the same.
There it is `irregular` (it stands and has no effect), or `refused` with the whole copy, or `unknown` (nothing
after it is reflected).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from act_parts import IDENTITY, IDENTITY_SECOND_SPELLING, MIXED_ORDER, NOT_ON_CURVE, ORDER_8
from host_parts import Table, key_named, later_act
from log_parts import Vector, Vectors, latin
from msgspec.structs import replace

from detente.acts.authoring import Place
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.signing.compact import sign_compact
from detente.signing.disclosure import decoy_of
from detente.signing.envelope import ACT_TYPE
from detente.signing.salt import make_salt
from detente.state.records import Chain

FOREIGN = "detente/" + "a" * 26
REVOKED = key_named("door A, an old key")


def door_record() -> Table:
    """Talks under way: two delegates with their principals, a text with two editions, a key revoked."""
    table = Table("door").convene()
    table.seat(("A", "delegate", "A"), ("B", "delegate", "B"), ("PA", "principal", "A"))
    table.open_text()
    table.issue()
    table.depositary.receive_act(table.enrolment("A", "A", REVOKED))
    table.do("A", "revoke_key", key=REVOKED.key_id)
    for person in ("A", "B"):
        table.depositary.receive_act(table.statement(person))
    table.do("A", "note", {"text": "Ask about the bridge."}, chamber="side-A")
    table.issue()
    return table


def _vector(
    about: str, raw: bytes, code: str, in_copy: str, copy_code: str | None = None, **found: object
) -> Vector:
    stage = "door" if code else "accepted"
    copied = {"stage": in_copy, "code": code if copy_code is None else copy_code}
    return {
        "about": about,
        "raw": latin(raw),
        "expect": {"stage": stage, "code": code, **found},
        "in_a_copy": copied,
    }


def irregular(about: str, code: str, raw: bytes, copy_code: str | None = None) -> Vector:
    return _vector(about, raw, code, "irregular", copy_code)


def refused(about: str, code: str, raw: bytes) -> Vector:
    return _vector(about, raw, code, "refused")


def sound_acts(table: Table) -> Vectors:
    (first,) = table.depositary.store.find(table.origin, table.size, 1, author="B", kind="register_statement")
    again = next(table.depositary.store.entries(table.origin, first, first + 1))
    sent = b"~".join((again.entry, *(d.encode() for d in again.disclosures), b""))
    assent = table.raw("A", "assent", instrument="road", terms="definitive")
    new = key_named("door A, a second key")

    def sound(about: str, raw: bytes, index: int) -> Vector:
        return _vector(about, raw, "", "accepted", index=index)

    return {
        "sound": sound("A statement.", table.statement("A"), table.size),
        "sound_guarded": sound("An assent, on the edition that stands.", assent, table.size),
        "sound_enrolment": sound("A key is enrolled.", table.enrolment("A", "A", new), table.size),
        "sound_in_a_chamber": sound(
            "A note in a side's chamber.", table.raw("A", "note", {"text": "x"}, chamber="side-A"), 1
        ),
        "sound_seen_earlier": sound(
            "Its author had verified an earlier state.",
            table.statement("A", place=replace(table.place(table.key("A")), seen=table.seen(3))),
            table.size,
        ),
        "sound_sent_again": _vector(
            "An act that stands already comes again: it gets its first receipt, and nothing is added.",
            sent,
            "",
            "irregular",
            "act.replayed",
            index=first,
        ),
    }


def chain_faults(table: Table) -> Vectors:
    key = table.key("A")
    here, other = table.place(key), table.place(table.key("B"))
    assert here.chain is not None and other.chain is not None
    last: Chain = here.chain
    size, root = table.seen()

    def at(place: Place) -> bytes:
        return table.statement("A", place=place)

    def seen(size: int, root: str) -> bytes:
        return at(replace(here, seen=(size, root)))

    return {
        "proc_of_another_process": irregular(
            "It is for another process.", "log.unknown", at(replace(here, origin=FOREIGN)), "act.foreign"
        ),
        "proc_of_a_chamber_that_is_none": irregular(
            "It is for a chamber of no side.",
            "log.unknown",
            at(replace(here, origin=f"{table.origin}/side-Z")),
            "act.foreign",
        ),
        "proc_of_a_chamber": irregular(
            "A public statement is for a side's chamber.", "log.kind", at(table.place(key, "side-A"))
        ),
        "chamber_of_the_other_side": irregular(
            "A note is for the other side's chamber.",
            "log.audience",
            table.raw("A", "note", {"text": "x"}, place=replace(table.place(key, "side-B"), chain=None)),
        ),
        "seq_used_twice": irregular(
            "Its number was used before.",
            "act.replayed",
            at(replace(here, chain=Chain(last.seq - 1, last.leaf))),
        ),
        "seq_skipped": irregular(
            "It leaves a number out.",
            "act.out_of_order",
            at(replace(here, chain=Chain(last.seq + 1, last.leaf))),
        ),
        "prev_empty": irregular(
            "It names no act before it.", "act.out_of_order", at(replace(here, chain=Chain(last.seq, "")))
        ),
        "prev_of_another_key": irregular(
            "The act before it is another key's.",
            "act.out_of_order",
            at(replace(here, chain=Chain(last.seq, other.chain.leaf))),
        ),
        "seen_with_a_foreign_root": refused(
            "Its author had seen a root that this log never had.",
            "act.seen_foreign",
            seen(3, encode_base64url(bytes(32))),
        ),
        "seen_with_the_root_of_another_size": refused(
            "Its author had seen a root of this log, at another size.",
            "act.seen_foreign",
            seen(size - 1, root),
        ),
        "seen_beyond_the_log": refused(
            "Its author had seen more than stands.", "act.seen_foreign", seen(size + 1, root)
        ),
        "seen_of_nothing_with_a_root": refused(
            "Its author had seen an empty log with a root.", "act.seen_foreign", seen(0, root)
        ),
    }


def basis_faults(table: Table) -> Vectors:
    instrument = table.state.instruments["road"]

    def assent(about: str, on: tuple[str, str] | None) -> Vector:
        raw = table.raw("A", "assent", instrument="road", terms="definitive", on=on)
        return irregular(about, "act.stale", raw)

    return {
        "on_absent": assent("A guarded act names no version.", None),
        "on_an_earlier_edition": assent(
            "A guarded act is on the edition before.", ("road", instrument.editions[0].leaf)
        ),
        "on_another_subject": assent("A guarded act is on the rules.", ("rules", instrument.version)),
    }


def key_faults(table: Table) -> Vectors:
    stranger = key_named("stranger")
    return {
        "key_unknown": refused("Its key is not enrolled.", "key.unknown", table.statement(stranger)),
        "key_revoked": irregular("Its key is revoked.", "key.revoked", table.statement(REVOKED)),
        "key_revoked_in_a_chamber": _vector(
            "Its key is revoked, and it says that its author had seen the record before that.",
            table.raw(
                REVOKED,
                "note",
                {"text": "x"},
                place=replace(table.place(REVOKED, "side-A"), seen=table.seen(_enrolled(table) + 1)),
            ),
            "key.revoked",
            "accepted",
            "",
        ),
        "signature_of_another_act": refused(
            "Its signature is another act's.",
            "envelope.signature",
            _with_signature_of(table.statement("A"), table.statement("A", "Other words.")),
        ),
    }


def _enrolled(table: Table) -> int:
    return table.state.keys[REVOKED.key_id].enrolled


def _with_signature_of(raw: bytes, other: bytes) -> bytes:
    entry, _, rest = raw.partition(b"~")
    signature = other.partition(b"~")[0].rpartition(b".")[2]
    return entry.rpartition(b".")[0] + b"." + signature + b"~" + rest


def enrolment_faults(table: Table) -> Vectors:
    new = key_named("door B, a second key")

    def enrol(about: str, code: str, public: bytes, possession: str) -> Vector:
        raw = table.raw("B", "enrol", person="B", public=encode_base64url(public), possession=possession)
        return irregular(about, code, raw)

    def bad_key(about: str, code: str, public: bytes) -> Vector:
        # Under the identity point, this "signature" holds for every message.
        return enrol(about, code, public, encode_base64url(IDENTITY + bytes(32)))

    def proof(key: SigningKey = new, origin: str = table.origin, person: str = "B") -> str:
        return prove_possession(key, origin, person)

    missing, other = "Possession is not proved: ", "key.possession"
    return {
        "enrol_identity": bad_key("The new key is the identity point.", "key.small_order", IDENTITY),
        "enrol_order_8": bad_key("The new key is a point of order 8.", "key.small_order", ORDER_8),
        "enrol_identity_second_spelling": bad_key(
            "The new key is the identity point, spelled with y = p + 1.",
            "key.not_canonical",
            IDENTITY_SECOND_SPELLING,
        ),
        "enrol_mixed_order": bad_key(
            "The new key is a sound key plus a point of order 8.", "key.mixed_order", MIXED_ORDER
        ),
        "enrol_not_on_curve": bad_key("The new key is no point.", "key.not_on_curve", NOT_ON_CURVE),
        "possession_missing": enrol(f"{missing}no proof.", other, new.public, ""),
        "possession_of_another_key": enrol(
            f"{missing}another key has signed.", other, new.public, proof(key_named("stranger"))
        ),
        "possession_for_another_person": enrol(
            f"{missing}the proof is for somebody else.", other, new.public, proof(person="A")
        ),
        "possession_in_another_process": enrol(
            f"{missing}the proof is for another process.", other, new.public, proof(origin=FOREIGN)
        ),
        "enrolled_already": irregular(
            "The new key is another person's.", "key.present", table.enrolment("B", "B", table.key("A"))
        ),
    }


def form_faults(table: Table) -> Vectors:
    """The form of the kind, which only somebody who knows the kinds can check."""
    fields = BY_NAME["register_statement"].hidden_fields

    def signed(payload: Mapping[str, Any], digests: int = len(fields)) -> bytes:
        salts = sorted(decoy_of(make_salt()) for _ in range(digests))
        return sign_compact(table.key("A"), ACT_TYPE, {**payload, "_sd": salts}) + b"~"

    def changed(change: Callable[[dict[str, Any]], object], digests: int = len(fields)) -> bytes:
        entry = table.statement("A").partition(b"~")[0]
        payload = json.loads(decode_base64url(entry.split(b".")[1].decode()))
        change(payload)
        return signed(payload, digests)

    def spelled(raw: bytes, old: bytes, new: bytes) -> bytes:
        """The act with other bytes in its payload, signed by A, in whatever form."""
        head, body, _signature = raw.partition(b"~")[0].split(b".")
        payload = decode_base64url(body.decode())
        assert old in payload
        text = head + b"." + encode_base64url(payload.replace(old, new, 1)).encode()
        return text + b"." + encode_base64url(table.key("A").sign(text)).encode() + b"~"

    rules = table.raw("A", "table_rules", decision="unanimity", n=1)
    unknown = later_act(table, "A", kind="levitate")
    later = later_act(table, "A", kind="register_statement", v=2)
    return {
        "kind_unknown": _vector("Its kind is not known.", unknown, "act.unknown_kind", "unknown", ""),
        "version_unknown": _vector("Its version is not known.", later, "act.unknown_kind", "unknown", ""),
        "kind_unknown_in_two_spellings": _vector(
            "Its kind is not known, and it is named twice.",
            spelled(unknown, b'"act":', b'"act":"assent","act":'),
            "act.unknown_kind",
            "refused",
            "json.duplicate_key",
        ),
        "integer_beyond_53_bits": refused(
            "A member of its kind is an integer that a browser cannot hold.",
            "json.outside_profile",
            spelled(rules, b'"n":1,', b'"n":9007199254740993,'),
        ),
        "time_without_spelling": refused(
            "Its author states a time in a year that no clock can show.",
            "act.malformed",
            changed(lambda p: p.update(iat=253402300800)),
        ),
        "member_unknown": refused(
            "It has a member that its kind does not have.",
            "act.malformed",
            changed(lambda p: p.update(mood="good")),
        ),
        "member_missing": refused(
            "It lacks a member of its kind.", "act.malformed", changed(lambda p: p.pop("claims"))
        ),
        "default_spelled_out": refused(
            "It says what it could leave out: a second spelling.",
            "json.not_canonical",
            changed(lambda p: p.update(on=None)),
        ),
        "digest_missing": refused(
            "It has a digest fewer than its kind has hidden fields.",
            "disclosure.count",
            changed(lambda p: None, len(fields) - 1),
        ),
        "digest_too_many": refused(
            "It has a digest more than its kind has hidden fields.",
            "disclosure.count",
            changed(lambda p: None, len(fields) + 1),
        ),
    }


def door_vectors(table: Table) -> Vectors:
    return (
        sound_acts(table)
        | chain_faults(table)
        | basis_faults(table)
        | key_faults(table)
        | enrolment_faults(table)
        | form_faults(table)
    )
