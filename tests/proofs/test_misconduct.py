"""Evidence against a log: it proves a fork, a lost act and a foreign view, and never accuses an honest host."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.proofs import lines, misconduct, path_lines
from detente.proofs.misconduct import (
    FIRST_LINE,
    Evidence,
    Misconduct,
    another_act,
    another_view,
    check_evidence,
    read_evidence,
    two_histories,
    write_evidence,
)
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.merkle import prove_prefix
from detente.tlog.proof import parse_proof
from detente.tlog.signed_note import parse_note
from tests.depositary.forking import branch, identity_of, leaves_of, note_of, read_from
from tests.depositary.talks import WITNESSES, Talks, force, open_host

SPEC = Path(__file__).parents[2] / "docs/specs/evidence-against-a-log.md"


@pytest.fixture
def talks() -> Talks:
    """Nine acts."""
    return Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat()


def forked(talks: Talks) -> Talks:
    """The same nine acts at another host with the log's key, where another tenth follows."""
    other = branch(talks)
    talks.say("A", "The road is open.")
    other.say("A", "The road is closed.")
    return other


def histories(one: Talks, other: Talks) -> Evidence:
    """`one`, which is no longer, against what `other` shows."""
    return two_histories(
        one.origin, identity_of(one), note_of(one), note_of(other), read_from(leaves_of(other))
    )


def proved(evidence: Evidence) -> Misconduct:
    """Written, read by somebody else, and checked."""
    found = check_evidence(read_evidence(io.BytesIO(write_evidence(evidence))))
    assert found.evidence.subject == evidence.subject and found.evidence.number == evidence.number
    return found


def codes(evidence: Evidence) -> list[str]:
    with pytest.raises(Refused) as caught:
        check_evidence(evidence)
    return [refusal.code for refusal in caught.value.refusals]


def test_two_records_of_one_length_are_two_histories(talks: Talks) -> None:
    found = proved(histories(talks, forked(talks)))
    assert found.sizes == (10, 10)
    assert found.sentence == "The key of this log has signed two different records of 10 acts."


@pytest.mark.parametrize("more", [1, 2, 3, 6, 7])
def test_a_longer_record_that_begins_otherwise_is_another_history(talks: Talks, more: int) -> None:
    other = forked(talks)
    for _ in range(more):
        other.say("B")
    found = proved(histories(talks, other))
    assert found.sizes == (10, 10 + more) and "first 10 acts are not the same" in found.sentence


@pytest.mark.parametrize("size", [8, 16])
def test_it_is_shown_at_a_size_that_is_a_power_of_two(talks: Talks, size: int) -> None:
    """Where a consistency proof leaves the old root out."""
    other = branch(talks, 7)
    for one in (talks, other):
        while one.size < size:
            one.say("A" if one is talks else "M")
    other.say("M")
    first = branch(talks, size)
    assert proved(histories(first, other)).sizes == (size, size + other.size - size)


def test_cosignatures_are_left_out_and_change_nothing(talks: Talks) -> None:
    other = forked(talks)
    plain = write_evidence(histories(talks, other))
    cosigned = talks.cosign(1_761_700_000, 1_761_700_001)
    evidence = two_histories(
        talks.origin, identity_of(talks), cosigned, note_of(other), read_from(leaves_of(other))
    )
    assert write_evidence(evidence) == plain
    assert codes(evidence) == ["evidence.signature"]


def test_an_act_with_a_receipt_that_is_not_in_the_record_is_proved_lost(talks: Talks) -> None:
    other = branch(talks)
    receipt = talks.say("A", "We were never told.")
    other.say("B", "Nobody said anything.")
    other.say("B")
    leaf = leaves_of(talks)[receipt.index]
    evidence = another_act(talks.origin, identity_of(talks), parse_proof(receipt.proof), leaf, note_of(other),
                           read_from(leaves_of(other)))  # fmt: skip
    found = proved(evidence)
    assert found.sizes == (10, 11)
    assert "act 10 is one act, and that it is another" in found.sentence


def test_an_act_whose_author_saw_another_record_is_proved_from_the_record_alone(talks: Talks) -> None:
    other = forked(talks)
    size, root = other.size, other.seen()[1]
    foreign = talks.raw_statement("B", seen=(size, root))
    index = force(talks.depositary, talks.origin, foreign, author="B")
    evidence = another_view(talks.origin, identity_of(talks), foreign.partition(b"~")[0], index, note_of(talks),
                            read_from(leaves_of(talks)))  # fmt: skip
    found = proved(evidence)
    assert found.sentence.startswith(
        "This log holds act 11, whose author had seen another record of its first 10"
    )


def test_nothing_stands_against_a_log_that_only_grew(talks: Talks) -> None:
    earlier = branch(talks, 5)
    for _ in range(4):
        talks.say("A")
    assert codes(histories(earlier, talks)) == ["evidence.chains"]
    receipt = talks.say("B")
    kept = another_act(talks.origin, identity_of(talks), parse_proof(receipt.proof), leaves_of(talks)[-1],
                       note_of(talks), read_from(leaves_of(talks)))  # fmt: skip
    assert codes(kept) == ["evidence.chains"]
    entry = list(talks.depositary.store.bare_entries(talks.origin, 0, talks.size))[-1][0]
    seen = another_view(
        talks.origin, identity_of(talks), entry, talks.size - 1, note_of(talks), read_from(leaves_of(talks))
    )
    assert codes(seen) == ["evidence.chains"]


def test_a_chambers_act_says_nothing_of_its_own_log(talks: Talks) -> None:
    """It cites the main log: an honest chamber would stand accused by every one of its acts."""
    chamber = f"{talks.origin}/side-A"
    talks.do("A", "note", {"text": "Quiet."}, chamber="side-A")
    talks.do("A", "note", {"text": "Quieter."}, chamber="side-A")
    store = talks.depositary.store
    head = store.head(chamber)
    assert head is not None
    stored = list(store.bare_entries(chamber, 0, 2))
    read = read_from([leaf for _entry, leaf in stored])
    size = parse_checkpoint(parse_note(note_of(talks)).text).size
    told = misconduct.Testimony("seen", (stored[0][1],), head.checkpoint, entry=stored[1][0], number=2)
    root = misconduct.Testimony("root", prove_prefix(1, 2, read), head.checkpoint)
    assert codes(Evidence(chamber, identity_of(talks), "first", size, (told, root))) == ["evidence.seen"]


def test_another_logs_key_accuses_nobody(talks: Talks) -> None:
    other = forked(talks)
    evidence = histories(talks, other)
    stranger = Talks(open_host(), label="elsewhere").convene()
    assert codes(replace(evidence, identity=identity_of(stranger))) == ["evidence.log"]
    assert codes(replace(evidence, origin=stranger.origin)) == ["evidence.log"]
    # The id fixes the key: whoever names their own key gets another id.
    own = replace(evidence.identity, log=encode_base64url(bytes(31) + b"\x07"))
    assert codes(replace(evidence, identity=own)) == ["evidence.log"]


def test_any_changed_byte_is_refused(talks: Talks) -> None:
    raw = write_evidence(histories(talks, forked(talks)))
    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(Refused):
            check_evidence(read_evidence(io.BytesIO(changed)))
    for cut in (1, 40, len(raw) // 2, len(raw) - 1):
        with pytest.raises(Refused):
            read_evidence(io.BytesIO(raw[:cut]))
    with pytest.raises(Refused) as caught:
        read_evidence(io.BytesIO(raw + b"\n"))
    assert caught.value.refusals[0].code == "evidence.end"


def block() -> bytes:
    (found,) = re.findall(r"^```evidence\n(.*?)^```$", SPEC.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return str(found).encode()


def test_the_example_of_the_specification_proves_what_it_says() -> None:
    found = check_evidence(read_evidence(io.BytesIO(block())))
    assert f"> {found.sentence}\n" in SPEC.read_text("utf-8")


def test_codes_and_lines_that_the_specification_names_are_those_of_the_code() -> None:
    spec = SPEC.read_text("utf-8")
    start, end = spec.index("## Two checkpoints"), spec.index("## An example")
    spec = spec[:start] + spec[end:]  # that part is of tests/proofs/test_unchained.py
    sources = "".join(
        Path(module.__file__ or "").read_text("utf-8") for module in (misconduct, lines, path_lines)
    )
    made = set(re.findall(r'fault\(\s*"(\w+)"', sources)) | set(re.findall(r'"evidence\.(\w+)"', sources))
    assert set(re.findall(r"`(?:evidence)?\.([a-z]+)`", spec)) == made
    words = [line.strip("`") for line in re.findall(r"^\| (`[a-z].*?`) \|", spec, re.MULTILINE)]
    assert words == [FIRST_LINE, "log", "fixed by", "about", "root", "leaf", "seen", "checkpoint"]
