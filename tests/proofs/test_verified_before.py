"""A copy of a record that was verified before: no signature is checked twice, everything else is, and another history of
the same record is refused."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.proofs import log_reading
from detente.proofs.verification import VerifiedBefore, VerifiedCopy, verify_copy
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.signed_note import parse_note
from tests.depositary.talks import Talks, open_host
from tests.proofs.copies import copy_for, positions, recertified


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    talks = Talks(open_host(tmp_path / "record.sqlite")).convene(title="Talks")
    talks.seat("A")
    talks.say("A", "They went home.")
    return talks


@pytest.fixture
def before(talks: Talks) -> VerifiedBefore:
    return memory_of(verify_copy(io.BytesIO(copy_for(talks, "A"))))


def memory_of(copy: VerifiedCopy) -> VerifiedBefore:
    said = parse_checkpoint(parse_note(copy.note).text)
    return VerifiedBefore(said.origin, said.size, said.root)


def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The acts whose signatures are checked from now on, as their place is said."""
    found: list[str] = []
    check = log_reading._check_signatures

    def noting(chunk: list[tuple[str, bytes, bytes]]) -> None:
        found.extend(where for where, _entry, _public in chunk)
        check(chunk)

    monkeypatch.setattr(log_reading, "_check_signatures", noting)
    return found


def test_only_the_signatures_of_new_acts_are_checked(
    talks: Talks, before: VerifiedBefore, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks.say("A", "They came back.")
    talks.do("A", "note", {"text": "Hold the line."}, chamber="side-A")
    found, raw = checked(monkeypatch), copy_for(talks, "A")
    copy = verify_copy(io.BytesIO(raw), before=before)
    assert [where.split(" of ")[0] for where in found] == [f"Act {before.size + 1}", "Act 1"]
    assert copy.before == before.size and copy.size == before.size + 1
    found.clear()
    again = verify_copy(io.BytesIO(raw))
    assert again.before == 0 and len(found) == copy.size + 1 and again.state == copy.state


def test_all_are_checked_where_that_is_asked_for(
    talks: Talks, before: VerifiedBefore, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, again = checked(monkeypatch), VerifiedBefore(before.origin, before.size, before.root, again=True)
    copy = verify_copy(io.BytesIO(copy_for(talks, "A")), before=again)
    assert copy.before == 0 and len(found) == copy.size


def test_an_older_copy_or_another_record_is_verified_whole(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = copy_for(talks, "A")
    talks.say("A", "They came back.")
    newer = memory_of(verify_copy(io.BytesIO(copy_for(talks, "A"))))
    found = checked(monkeypatch)
    for known in (newer, VerifiedBefore(f"detente/{'a' * 26}", 2, newer.root)):
        found.clear()
        copy = verify_copy(io.BytesIO(older), before=known)
        assert copy.before == 0 and len(found) == copy.size


def test_another_history_of_the_same_record_is_refused(talks: Talks, tmp_path: Path) -> None:
    """The host keeps two branches, and each of them checks."""
    talks.depositary.close()
    shutil.copy(tmp_path / "record.sqlite", tmp_path / "other.sqlite")
    talks.depositary = open_host(tmp_path / "record.sqlite")
    talks.say("A", "They came back.")
    known = memory_of(verify_copy(io.BytesIO(copy_for(talks, "A"))))
    talks.depositary = open_host(tmp_path / "other.sqlite")
    talks.say("A", "They never came back.")
    talks.say("A", "We wait.")
    other = copy_for(talks, "A")
    assert verify_copy(io.BytesIO(other)).size == known.size + 1
    for again in (False, True):
        before = VerifiedBefore(known.origin, known.size, known.root, again)
        with pytest.raises(Refused) as refusing:
            verify_copy(io.BytesIO(other), before=before)
        (refusal,) = refusing.value.refusals
        assert refusal.code == "copy.another_history" and "Keep both copies" in refusal.instead


def test_a_damaged_copy_says_what_is_damaged_and_is_no_other_history(
    talks: Talks, before: VerifiedBefore
) -> None:
    """Even where the keeper certifies it: signature, chain and checkpoint speak before the memory does."""
    raw = copy_for(talks, "A")

    def another_signature(lines: list[bytes]) -> None:
        at = positions(raw, b"act")[2]
        entry, tilde, rest = lines[at].partition(b"~")
        signed, dot, signature = entry.rpartition(b".")
        lines[at] = signed + dot + (b"B" if signature[:1] == b"A" else b"A") + signature[1:] + tilde + rest

    changed = recertified(talks, raw, another_signature)
    codes = []
    for known in (None, before):
        with pytest.raises(Refused) as refusing:
            verify_copy(io.BytesIO(changed), before=known)
        codes.append([refusal.code for refusal in refusing.value.refusals])
    assert codes[0] == codes[1] == ["envelope.signature"]


def test_what_no_signature_covers_is_checked_every_time(talks: Talks, before: VerifiedBefore) -> None:
    raw = copy_for(talks, "A")

    def without_a_word(lines: list[bytes]) -> None:
        at = positions(raw, b"act")[-1]
        lines[at] = lines[at].replace(b"~W", b"~X", 1)

    for changed in (
        recertified(talks, raw, without_a_word),
        raw[:-3] + (b"AQ\n" if raw.endswith(b"AA\n") else b"AA\n"),
        raw.replace(b"for A", b"for B", 1),
    ):
        with pytest.raises(Refused) as refusing:
            verify_copy(io.BytesIO(changed), before=before)
        assert refusing.value.refusals[0].code != "copy.another_history"
