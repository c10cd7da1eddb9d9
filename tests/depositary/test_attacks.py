"""The door refuses: each attack has its code, nothing changes, nothing is lost, and others are not held up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.receipt import Receipt
from detente.keys.possession import prove_possession
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from detente.signing.compact import sign_compact
from detente.signing.disclosure import digest_of, make_disclosure
from detente.signing.envelope import ACT_TYPE, LARGEST_SUBMISSION
from detente.signing.salt import make_salt
from detente.signing.signer import sign_act
from tests.depositary.talks import NONCE, TEXT, Talks, everything, key_named, open_host

Attack = Callable[[Talks], bytes]
ORDER_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


@pytest.fixture
def talks() -> Talks:
    """Talks under way: five people, a text with one edition, and a key of A that is revoked."""
    talks = Talks(open_host()).convene().seat().open_text()
    talks.issue()
    old = key_named("A's old key")
    talks.enrol("A", old)
    talks.do("A", "revoke_key", key=old.key_id)
    talks.say("A")
    talks.say("B")
    return talks


def signed(talks: Talks, by: str, kind: str, disclosures: list[str], **payload: Any) -> bytes:
    """An act whose `_sd` and disclosures are as given, in whatever shape."""
    plain = talks.payload(talks.keys[by], kind, claims=(("other", ""),)) | payload
    entry = sign_compact(talks.keys[by], ACT_TYPE, plain)
    return b"~".join([entry, *(d.encode() for d in disclosures), b""])


def statement_with(talks: Talks, names: tuple[str, ...], **values: Any) -> bytes:
    """A statement with one digest for each of `names`, of which those in `values` are opened."""
    disclosures = {name: make_disclosure(name, values.get(name, ""), make_salt()) for name in names}
    digests = sorted(map(digest_of, disclosures.values()))
    opened = [text for name, text in disclosures.items() if name in values]
    return signed(talks, "A", "register_statement", opened, _sd=digests)


FIELDS = BY_NAME["register_statement"].hidden_fields


def second_process(talks: Talks) -> Talks:
    return Talks(talks.depositary, label="others").convene()


def with_signature(raw: bytes, change: Callable[[bytes], bytes]) -> bytes:
    entry, _, disclosures = raw.partition(b"~")
    signing_input, _, signature = entry.rpartition(b".")
    changed = encode_base64url(change(decode_base64url(signature))).encode()
    return signing_input + b"." + changed + b"~" + disclosures


def add_order(signature: bytes) -> bytes:
    scalar = int.from_bytes(signature[32:], "little") + GROUP_ORDER
    return signature[:32] + scalar.to_bytes(32, "little")


def enrol_small_order(talks: Talks) -> bytes:
    proof = prove_possession(key_named("new"), talks.origin, "B")
    return talks.raw("B", "enrol", person="B", public=encode_base64url(ORDER_8), possession=proof)


def enrol_without_possession(talks: Talks) -> bytes:
    new = key_named("new")
    proof = prove_possession(new, talks.origin, "A")  # for another person
    return talks.raw("B", "enrol", person="B", public=encode_base64url(new.public), possession=proof)


def of_another_kind(talks: Talks, **changes: Any) -> bytes:
    plain = talks.payload(talks.keys["A"], "register_statement", claims=(("other", ""),)) | changes
    return sign_act(talks.keys["A"], plain, {}, ())


def not_canonical(talks: Talks) -> bytes:
    """The same JSON with a default spelled out: two spellings of one act."""
    plain = talks.payload(talks.keys["A"], "register_statement", claims=(("other", ""),)) | {"on": None}
    return sign_act(talks.keys["A"], plain, {}, FIELDS)


def other_text(talks: Talks) -> bytes:
    return talks.raw_issue(text=(Provision("art_1", {}, {"en": "Each Side may close the road."}), TEXT[1]))


def reordered_text(talks: Talks) -> bytes:
    turned = TEXT[::-1]
    return talks.raw_issue(text=turned, content=content_digest(turned, NONCE))


def too_large(talks: Talks) -> bytes:
    return talks.raw_statement("A", "x" * LARGEST_SUBMISSION)


def entry_too_large(talks: Talks) -> bytes:
    claims = [["withdrew", "A" * 100] for _ in range(600)]
    plain = talks.payload(talks.keys["A"], "register_statement", claims=claims)
    entry = sign_compact(talks.keys["A"], ACT_TYPE, plain | {"_sd": []})
    assert len(entry) > 65_535
    return entry + b"~"


def twice_disclosed(talks: Talks) -> bytes:
    raw = talks.raw_statement("A")
    return raw + raw.split(b"~")[1] + b"~"


def disclosure_of_another_act(talks: Talks) -> bytes:
    first, second = talks.raw_statement("A", "one"), talks.raw_statement("A", "two")
    return first.split(b"~")[0] + b"~" + second.split(b"~")[1] + b"~"


def time_beyond_53_bits(talks: Talks) -> bytes:
    """An integer that fits no column: the signer refuses it, so the bytes are made by hand."""
    sound = talks.raw_statement("A").split(b"~")[0]
    payload = decode_base64url(sound.split(b".")[1])
    iat = payload.split(b'"iat":')[1].split(b",")[0]
    header = sound.split(b".")[0]
    signing_input = header + b"." + encode_base64url(payload.replace(iat, b"9223372036854775808")).encode()
    return signing_input + b"." + encode_base64url(talks.keys["A"].sign(signing_input)).encode() + b"~"


def convening(talks: Talks, **changes: Any) -> bytes:
    other = Talks(talks.depositary, label="others")
    return _convened_with(other, {**other.convening, **changes})


def one_key_for_two(talks: Talks) -> bytes:
    other = Talks(talks.depositary, label="others")
    return _convened_with(other, {**other.convening, "keeper_key": other.log_key})


def _convened_with(other: Talks, fields: dict[str, Any]) -> bytes:
    other.origin = process_origin(fields["label"], fields["log_key"], fields["convenor_key"], fields["nonce"])
    return other.raw("M", "convene", **fields)


ATTACKS: dict[str, tuple[Attack, str]] = {
    "process unknown here": (lambda t: t.raw_statement("A", proc="detente/" + "a" * 26), "log.unknown"),
    "process of others": (lambda t: t.raw_statement("A", proc=second_process(t).origin), "key.unknown"),
    "chamber that does not exist": (lambda t: t.raw_statement("A", proc=f"{t.origin}/side-Z"), "log.unknown"),
    "kind not of this chamber": (lambda t: t.raw_statement("A", proc=f"{t.origin}/side-A", seq=0, prev=""), "log.kind"),
    "chamber of the other side": (lambda t: t.raw("A", "note", {"text": "x"}, "side-B"), "log.audience"),
    "number used twice": (lambda t: t.raw_statement("A", seq=1), "act.replayed"),
    "number skipped": (lambda t: t.raw_statement("A", seq=9), "act.out_of_order"),
    "prev of nothing": (lambda t: t.raw_statement("A", prev=""), "act.out_of_order"),
    "prev of another's act": (lambda t: t.raw_statement("A", prev=t.state.chains[t.keys["B"].key_id].leaf),
                              "act.out_of_order"),
    "seen with a foreign root": (lambda t: t.raw_statement("A", seen=(3, t.seen(4)[1])), "act.seen_foreign"),
    "seen ahead of the log": (lambda t: t.raw_statement("A", seen=(t.size + 1, t.seen()[1])), "act.seen_foreign"),
    "seen before the beginning": (lambda t: t.raw_statement("A", seen=(-1, t.seen(t.size - 1)[1])), "act.malformed"),
    "on absent": (lambda t: t.raw("A", "assent", instrument="road", terms="definitive", on=None), "act.stale"),
    "on not current": (lambda t: t.raw("A", "assent", instrument="road", terms="definitive",
                                       on=("road", t.state.instruments["road"].leaf)), "act.stale"),
    "on another subject": (lambda t: t.raw("A", "assent", instrument="road", terms="definitive",
                                           on=("rules", t.state.instruments["road"].version)), "act.stale"),
    "key unknown": (lambda t: t.raw_statement(key_named("stranger")), "key.unknown"),
    "key revoked": (lambda t: t.raw_statement(key_named("A's old key")), "key.revoked"),
    "small-order key": (enrol_small_order, "key.small_order"),
    "key of which possession is not proved": (enrol_without_possession, "key.possession"),
    "too large": (too_large, "envelope.size"),
    "entry too large": (entry_too_large, "envelope.entry_size"),
    "nothing": (lambda t: b"", "envelope.no_tilde"),
    "not an act": (lambda t: b"{}~", "envelope.parts"),
    "bytes above ASCII": (lambda t: "Ünterschrift~".encode(), "envelope.not_ascii"),
    "cut short": (lambda t: t.raw_statement("A").split(b"~")[0], "envelope.no_tilde"),
    "unsigned": (lambda t: with_signature(t.raw_statement("A"), lambda s: b""), "envelope.signature_length"),
    "signature of zeros": (lambda t: with_signature(t.raw_statement("A"), lambda s: bytes(64)), "envelope.signature"),
    "signature in a second spelling": (lambda t: with_signature(t.raw_statement("A"), add_order),
                                       "envelope.signature_range"),
    "signed by another's key": (lambda t: sign_act(key_named("B"), {}, {}, ()).split(b".")[0] + b"." +
                                b".".join(t.raw_statement("A").split(b".")[1:]), "envelope.signature"),
    "too few digests": (lambda t: statement_with(t, FIELDS[:-1]), "disclosure.count"),
    "too many digests": (lambda t: statement_with(t, (*FIELDS, "more")), "disclosure.count"),
    "a hidden field of the wrong type": (lambda t: statement_with(t, FIELDS, text=7), "disclosure.malformed_field"),
    "a hidden field of another kind": (lambda t: statement_with(t, ("title", *FIELDS[1:]), title="x"),
                                       "disclosure.malformed_field"),
    "a disclosure twice": (twice_disclosed, "disclosure.duplicate"),
    "a disclosure of another act": (disclosure_of_another_act, "disclosure.unreferenced"),
    "a clear field hidden as well": (lambda t: statement_with(t, ("claims", *FIELDS[1:]), claims=[]),
                                     "disclosure.overrides"),
    "a text that is not the one signed": (other_text, "edition.content"),
    "a text in another order": (reordered_text, "edition.structure"),
    "an unknown kind": (lambda t: of_another_kind(t, act="levitate"), "act.unknown_kind"),
    "an unknown version": (lambda t: of_another_kind(t, v=2), "act.unknown_kind"),
    "an unknown member": (lambda t: of_another_kind(t, mood="good"), "act.malformed"),
    "a default spelled out": (not_canonical, "json.not_canonical"),
    "a time beyond 53 bits": (time_beyond_53_bits, "act.malformed"),
    "convened again": (lambda t: t.raw("M", "convene", **t.convening), "phase.closed"),
    "convened with keys not of this host": (lambda t: convening(t, log_key=encode_base64url(key_named("x").public)),
                                            "custody.unknown"),
    "convened with the keys of another process": (lambda t: convening(t, log_key=t.log_key, keeper_key=t.keeper_key),
                                                  "custody.used"),
    "convened with one key for two": (one_key_for_two, "custody.used"),
}  # fmt: skip


def codes(refused: Refused) -> list[str]:
    return [r.code for r in refused.refusals]


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_with_its_code_and_changes_nothing(talks: Talks, name: str) -> None:
    attack, code = ATTACKS[name]
    raw = attack(talks)
    before = everything(talks.depositary)
    with pytest.raises(Refused) as refused:
        talks.depositary.receive_act(raw)
    assert code in codes(refused.value)
    assert all(r.sentence for r in refused.value.refusals)
    assert everything(talks.depositary) == before
    assert everything(open_host(talks.depositary.store)) == before
    assert talks.say("A", "The number is still free.").index == talks.size - 1


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_in_a_batch_does_not_hold_up_the_others(talks: Talks, name: str) -> None:
    attack, code = ATTACKS[name]
    bad, size = attack(talks), talks.size
    first, last = talks.raw_statement("B", "before"), talks.raw("M", "adjourn")
    outcomes = talks.depositary.receive_acts([first, bad, last])
    assert isinstance(outcomes[0], Receipt) and isinstance(outcomes[2], Receipt)
    assert (outcomes[0].index, outcomes[2].index) == (size, size + 1)
    assert isinstance(outcomes[1], Refused) and code in codes(outcomes[1])
    assert talks.size == size + 2 and not talks.state.irregular


def test_who_has_left_is_heard_no_more(talks: Talks) -> None:
    note = talks.raw("PA", "note", {"text": "x"}, "side-A")
    talks.do("M", "leave", person="PA")
    with pytest.raises(Refused) as refused:
        talks.say("PA")
    assert codes(refused.value) == ["participation.left"]
    # In the chamber too, although the note cites a moment at which its author still belonged.
    with pytest.raises(Refused) as refused:
        talks.depositary.receive_act(note)
    assert codes(refused.value) == ["log.audience"]


def test_a_revoked_key_is_refused_in_a_chamber_whatever_it_had_seen(talks: Talks) -> None:
    note = talks.raw("A", "note", {"text": "x"}, "side-A")
    talks.do("M", "revoke_key", key=talks.keys["A"].key_id)
    with pytest.raises(Refused) as refused:
        talks.depositary.receive_act(note)
    assert codes(refused.value) == ["key.revoked"]


def test_every_refusal_of_an_act_comes_at_once(talks: Talks) -> None:
    with pytest.raises(Refused) as refused:
        talks.do("A", "assent", instrument="road", terms="definitive", seq=9, on=None, aud=("nobody",))
    assert {"act.out_of_order", "act.stale", "act.audience"} <= set(codes(refused.value))


def test_a_stale_assent_lands_after_it_is_signed_again(talks: Talks) -> None:
    stale = talks.raw("A", "assent", instrument="road", terms="definitive")
    talks.issue()
    with pytest.raises(Refused) as refused:
        talks.depositary.receive_act(stale)
    assert codes(refused.value) == ["act.stale"]
    talks.do("A", "assent", instrument="road", terms="definitive")
    assert not talks.state.irregular
