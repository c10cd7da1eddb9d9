"""The log's second signature, with ML-DSA-44: who may name its key, when it is made, where it stands."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from detente.acts.time import log_verifier, mldsa_verifiers
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.certifying import certify_copy
from detente.depositary.cosigning import keep_cosigned
from detente.depositary.host import latest_note
from detente.depositary.keeper import mark_time
from detente.depositary.self_check import check_process
from detente.depositary.signing_again import QUIET, UNDER_LOAD, SigningAgain, sign_again
from detente.procedure.disclosure import Viewer
from detente.proofs.certified_copy import lines_of
from detente.proofs.verification import verify_copy
from detente.store.memory import MemoryStore
from detente.store.port import Head
from detente.tlog.checkpoint import OpenedCheckpoint, open_checkpoint
from detente.tlog.cosignature import MLDSA44_COSIGNATURE, Cosigner
from detente.tlog.proof import parse_proof
from detente.tlog.signed_note import add_signatures, parse_note
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, open_host


def talks_with_key(path: Path | None = None) -> Talks:
    return Talks(open_host(path), cosigners=WITNESSES, quorum=2, mldsa=True).convene().seat()


def head_of(talks: Talks, chamber: str = "") -> Head:
    head = talks.depositary.store.head(f"{talks.origin}/{chamber}" if chamber else talks.origin)
    assert head is not None
    return head


def opened(talks: Talks, note: bytes, chamber: str = "") -> OpenedCheckpoint:
    """The note under the log's two keys, as anybody reads it who has the convening act."""
    origin = f"{talks.origin}/{chamber}" if chamber else talks.origin
    process = talks.state.convened
    return open_checkpoint(
        note, log_verifier(origin, process.log_key), mldsa_verifiers(origin, process.log_mldsa_key)
    )


def is_signed(talks: Talks) -> bool:
    return opened(talks, latest_note(head_of(talks))).signed_with_mldsa


# --- the key


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (encode_base64url(bytes(1312)), "custody.unknown"),
        ("A" * 1749 + "B", "base64.not_canonical"),
    ],
)
def test_a_key_that_is_not_of_this_host_or_no_key_is_refused(key: str, expected: str) -> None:
    talks = Talks(open_host())
    talks.convening["log_mldsa_key"] = key
    with pytest.raises(Refused) as refused:
        talks.convene()
    assert (refused.value.refusals[0].code, talks.size) == (expected, 0)


def test_the_key_of_one_process_is_not_taken_for_another() -> None:
    first = talks_with_key()
    second = Talks(first.depositary, label="second")
    second.convening["log_mldsa_key"] = first.log_mldsa_key
    with pytest.raises(Refused) as refused:
        second.convene()
    assert refused.value.refusals[0].code == "custody.used"


def test_a_record_without_the_key_is_signed_as_before() -> None:
    talks = Talks(open_host()).convene().seat()
    sign_again(talks.depositary, talks.origin)
    SigningAgain(talks.depositary).look(NOW)
    assert head_of(talks).signed_again == b"" and not is_signed(talks)


# --- when


def test_after_a_minute_of_quiet_at_most_the_latest_checkpoint_is_signed_again() -> None:
    talks = talks_with_key()
    signing = SigningAgain(talks.depositary)
    signing.look(NOW)
    assert not is_signed(talks)
    signing.look(NOW + QUIET - 1)
    assert not is_signed(talks)
    signing.look(NOW + QUIET)
    assert is_signed(talks) and opened(talks, latest_note(head_of(talks))).checkpoint.size == talks.size


def test_a_clock_that_is_set_back_is_not_waited_for() -> None:
    talks = talks_with_key()
    signing = SigningAgain(talks.depositary)
    signing.look(NOW + 365 * 86_400)
    signing.look(NOW)
    assert not is_signed(talks)
    signing.look(NOW + QUIET)
    assert is_signed(talks)


def test_while_the_log_grows_nothing_is_signed_again_before_an_hour() -> None:
    talks = talks_with_key()
    signing = SigningAgain(talks.depositary)
    for second in range(0, UNDER_LOAD, QUIET - 1):
        talks.say("A")
        signing.look(NOW + second)
        assert head_of(talks).signed_again == b""
    talks.say("A")
    signing.look(NOW + UNDER_LOAD)
    size = talks.size
    assert is_signed(talks)
    talks.say("A")  # an append neither waits for the line nor loses it
    assert not is_signed(talks)
    kept = opened(talks, head_of(talks).signed_again)
    assert kept.signed_with_mldsa and kept.checkpoint.size == size
    signing.look(NOW + UNDER_LOAD + 1)
    assert not is_signed(talks)  # the hour begins again


def test_a_log_whose_key_is_not_to_be_had_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    first = talks_with_key()
    second = Talks(first.depositary, label="second", mldsa=True).convene()
    own_seed = first.depositary.own_seed

    def lost(public: str) -> bytes:
        return own_seed("lost" if public == first.log_mldsa_key else public)

    monkeypatch.setattr(first.depositary, "own_seed", lost)
    signing = SigningAgain(first.depositary)
    signing.look(NOW)
    with pytest.raises(Refused, match=r"custody\.unknown"):
        signing.look(NOW + QUIET)
    assert is_signed(second) and not is_signed(first)


def test_chambers_are_signed_again_too_under_their_own_names() -> None:
    talks = talks_with_key()
    talks.do("A", "note", {"text": "Words."}, chamber="side-A")
    signing = SigningAgain(talks.depositary)
    signing.look(NOW)
    signing.look(NOW + QUIET)
    assert opened(talks, latest_note(head_of(talks, "side-A")), "side-A").signed_with_mldsa
    assert head_of(talks, "side-B").signed_again == b""  # nothing stands there


def test_a_certified_copy_is_made_of_checkpoints_signed_again_and_says_so() -> None:
    talks, file = talks_with_key(), io.BytesIO()
    certify_copy(talks.depositary, talks.origin, Viewer("A"), NOW, file)
    file.seek(0)
    assert verify_copy(file).signed_with_mldsa
    file.seek(0)
    assert (
        sum(line.startswith("— ".encode()) for line in lines_of(file)) == 2 * 3
    )  # main, side-A, mediators-A


def test_a_host_that_restarts_signs_again_what_it_finds(tmp_path: Path) -> None:
    talks = talks_with_key(tmp_path / "record.sqlite")
    talks.depositary.close()
    talks.depositary = open_host(tmp_path / "record.sqlite")
    signing = SigningAgain(talks.depositary)
    signing.look(NOW)
    signing.look(NOW + QUIET)
    assert is_signed(talks)
    assert list(check_process(talks.depositary, talks.origin, NOW)) == []
    talks.depositary.close()


# --- where, and what it is not


def test_receipts_gain_the_line_when_they_are_fetched_again() -> None:
    talks = talks_with_key()
    receipt = talks.say("A")
    assert not opened(talks, parse_proof(receipt.proof).checkpoint).signed_with_mldsa
    sign_again(talks.depositary, talks.origin)
    talks.say("B")
    again = talks.depositary.receipt(talks.origin, receipt.index)
    assert opened(talks, parse_proof(again.proof).checkpoint).signed_with_mldsa


def test_a_cosigners_line_is_never_lost_to_the_logs_own() -> None:
    talks = talks_with_key()
    talks.cosign(NOW)
    size = talks.size
    talks.say("A")
    sign_again(talks.depositary, talks.origin)
    head = head_of(talks)
    assert opened(talks, head.signed_again).checkpoint.size == size + 1
    cosigned = opened(talks, head.cosigned)
    assert cosigned.checkpoint.size == size and cosigned.signed_with_mldsa
    assert {line.name for line in parse_note(head.cosigned).signatures} == {talks.origin, WITNESSES[0]}
    sign_again(talks.depositary, talks.origin)
    assert head_of(talks) == head  # nothing was missing


def test_a_cosigner_adds_a_line_to_a_checkpoint_signed_again() -> None:
    talks = talks_with_key()
    sign_again(talks.depositary, talks.origin)
    note = latest_note(head_of(talks))
    line = cosigner_named(WITNESSES[0]).sign(parse_note(note).text, NOW)
    kept = keep_cosigned(talks.depositary, talks.origin, add_signatures(note, [line]))
    assert opened(talks, kept).signed_with_mldsa and latest_note(head_of(talks)) == kept


def test_the_logs_own_line_is_no_cosignature() -> None:
    talks = talks_with_key()
    sign_again(talks.depositary, talks.origin)
    with pytest.raises(Refused) as refused:
        keep_cosigned(talks.depositary, talks.origin, latest_note(head_of(talks)))
    assert refused.value.refusals[0].code == "cosigning.none"


def test_the_logs_own_line_never_counts_towards_a_mark() -> None:
    talks = talks_with_key()
    talks.cosign(NOW)
    note = head_of(talks).cosigned
    seed = talks.depositary.own_seed(talks.log_mldsa_key)
    text = parse_note(note).text
    line = Cosigner.from_seed(talks.origin, MLDSA44_COSIGNATURE, seed).sign(
        text, NOW
    )  # a lying log states a time
    mark_time(talks.depositary, talks.origin, add_signatures(note, [line]), NOW)
    assert talks.state.clock.now == ""


def test_a_line_under_another_key_is_refused() -> None:
    talks = talks_with_key()
    talks.cosign(NOW)
    note = head_of(talks).cosigned
    line = Cosigner.from_seed(talks.origin, MLDSA44_COSIGNATURE, bytes(32)).sign(parse_note(note).text, 0)
    with pytest.raises(Refused) as refused:
        keep_cosigned(talks.depositary, talks.origin, add_signatures(note, [line]))
    assert refused.value.refusals[0].code == "cosigning.unknown"


def test_nothing_is_signed_under_a_host_key_that_does_not_open_it() -> None:
    store = MemoryStore()
    talks = Talks(open_host(store), mldsa=True).convene()
    with pytest.raises(Refused) as refused:
        sign_again(open_host(store, host_key=b"\x01" * 32), talks.origin)
    assert refused.value.refusals[0].code == "custody.unwrap" and head_of(talks).signed_again == b""
