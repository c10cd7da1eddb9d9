"""A certified copy: what it proves, and what its own keeper could not certify away.

The copies here are changed and then certified again by the record's own keeper: the digest holds, so that every
other check must find what was changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence

import pytest

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.keeper import keeper_key
from detente.proofs.certified_copy import Heading, count_acts
from detente.proofs.seen_roots import SeenRoots
from detente.proofs.verification import verify_copy
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.merkle import Edge
from detente.tlog.signed_note import Note, NoteSigner, format_note
from tests.depositary.talks import NOW, Talks, key_named, open_host
from tests.proofs.copies import certify, copy_for, positions, recertified, small, verified, whole_copy

Change = Callable[[list[bytes]], Sequence[bytes] | None]


def refusal_of(raw: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        verified(raw)
    first = refused.value.refusals[0]
    return first.code, first.sentence


def test_what_a_copy_proves() -> None:
    talks, raw = small()
    copy = verified(raw)
    assert copy.heading == Heading(talks.origin, "A", "2025-10-28T02:30:00Z")
    assert copy.state == talks.state and copy.size == talks.size and not copy.unchecked
    chambers = {c.name: c for c in copy.chambers}
    side = talks.depositary.chamber(f"{talks.origin}/side-A").chamber()
    assert (chambers["side-A"].notes, chambers["side-A"].chains) == (side.notes, side.chains)
    assert [(c.name, c.time) for c in copy.cosigners] == [
        ("harbour.example", NOW),
        ("lighthouse.example", NOW + 1),
    ]
    assert copy.digest.encode() in raw.splitlines()[-2]
    assert count_acts(io.BytesIO(raw)) == 8


def test_a_copy_certified_again_unchanged_holds() -> None:
    talks, raw = small()
    assert recertified(talks, raw, lambda lines: None) == raw


def test_progress_counts_every_act() -> None:
    talks = Talks(open_host()).convene().seat("A")
    for number in range(260):
        talks.say("A", f"{number}")
    seen: list[int] = []
    verify_copy(io.BytesIO(copy_for(talks, "A")), seen.append)
    assert seen == [256]


# -- changed by somebody without the keeper's key ---------------------------------------------------------------


def test_certified_by_another_key() -> None:
    _talks, raw = small()
    body = b"".join(raw.splitlines(keepends=True)[:-2])
    assert refusal_of(certify(body, key_named("stranger")))[0] == "copy.keeper"


def test_certified_by_a_participant() -> None:
    talks, raw = small()
    body = b"".join(raw.splitlines(keepends=True)[:-2])
    assert refusal_of(certify(body, talks.keys["M"]))[0] == "copy.keeper"


def test_certified_in_the_keepers_name_by_another_key() -> None:
    talks, raw = small()
    keeper = keeper_key(talks.depositary, talks.state).key_id.encode()
    other = certify(b"".join(raw.splitlines(keepends=True)[:-2]), key_named("stranger"))
    forged = other.replace(key_named("stranger").key_id.encode(), keeper)
    assert refusal_of(forged)[0] == "copy.signature"


def test_the_digest_of_another_copy() -> None:
    talks, raw = small()
    other = whole_copy(talks)
    ends = other.splitlines(keepends=True)[-2:]
    assert refusal_of(b"".join([*raw.splitlines(keepends=True)[:-2], *ends]))[0] == "copy.digest"


# -- changed, and certified again by the keeper -----------------------------------------------------------------


def swap(first: int, second: int) -> Change:
    def change(lines: list[bytes]) -> None:
        lines[first], lines[second] = lines[second], lines[first]

    return change


def without(number: int) -> Change:
    return lambda lines: lines[:number] + lines[number + 1 :]


def twice(number: int) -> Change:
    return lambda lines: lines[: number + 1] + lines[number:]


def recount(lines: list[bytes], number: int, by: int) -> list[bytes]:
    """The header of the log above line `number`, with its count changed."""
    header = max(i for i in range(number) if lines[i].startswith(b"log "))
    words = lines[header].split()
    lines[header] = b" ".join([*words[:2], str(int(words[2]) + by).encode()]) + b"\n"
    return lines


ACTS = positions(small()[1], b"act")
MISPLACED = ("copy.root", "act.seen_foreign", "key.unknown", "copy.empty")
"""What an act left out, added or moved shows as: in the tree, in what others had seen, in whose keys are known."""


@pytest.mark.parametrize("number", ACTS)
def test_an_act_left_out(number: int) -> None:
    talks, raw = small()
    plainly, _ = refusal_of(recertified(talks, raw, without(number)))
    assert plainly in ("copy.line", *MISPLACED)
    counted, _ = refusal_of(
        recertified(talks, raw, lambda lines: recount(list(without(number)(lines) or ()), number, -1))
    )
    assert counted in MISPLACED


@pytest.mark.parametrize("number", ACTS)
def test_an_act_twice(number: int) -> None:
    talks, raw = small()
    code, _ = refusal_of(
        recertified(talks, raw, lambda lines: recount(list(twice(number)(lines) or ()), number, 1))
    )
    assert code in MISPLACED


@pytest.mark.parametrize("number", ACTS[:-1])
def test_two_acts_in_another_order(number: int) -> None:
    talks, raw = small()
    following = ACTS[ACTS.index(number) + 1]
    code, _ = refusal_of(recertified(talks, raw, swap(number, following)))
    assert code in MISPLACED


def test_an_act_of_a_chamber_in_the_main_log() -> None:
    talks, raw = small()
    log = positions(raw, b"checkpoint")[0]
    chamber_act = ACTS[-1]

    def change(lines: list[bytes]) -> list[bytes]:
        return recount([*lines[:log], lines[chamber_act], *lines[log:]], log, 1)

    assert refusal_of(recertified(talks, raw, change))[0] == "copy.root"


def test_a_disclosure_of_another_act() -> None:
    talks, raw = small()
    first, second = ACTS[0], ACTS[1]

    def change(lines: list[bytes]) -> None:
        lines[first] = lines[first].rstrip(b"\n") + lines[second].split(b"~")[1] + b"~\n"

    code, sentence = refusal_of(recertified(talks, raw, change))
    assert code == "disclosure.unreferenced" and f"(line {first + 1})" in sentence


def test_a_disclosure_withheld_is_no_fault() -> None:
    """The copy holds what its reader may see; what is withheld stands in it as a digest."""
    talks, raw = small()

    def change(lines: list[bytes]) -> None:
        lines[ACTS[0]] = lines[ACTS[0]].split(b"~")[0] + b"~\n"

    assert verified(recertified(talks, raw, change)).state == talks.state


def test_a_checkpoint_of_another_size() -> None:
    """The keeper may hold the log's key as well: the checkpoint must still be of these acts."""
    talks, raw = small()
    key = talks.depositary.own_key(talks.log_key)
    text = format_checkpoint(Checkpoint(talks.origin, 4, bytes(32)))
    note = format_note(Note(text, (NoteSigner(talks.origin, key.public, key.sign).sign(text),)))

    def change(lines: list[bytes]) -> list[bytes]:
        at = positions(b"".join(lines), b"checkpoint")[0]
        count = int(lines[at].split()[1])
        return [*lines[:at], b"checkpoint 5\n", note, *lines[at + count + 1 :]]

    assert refusal_of(recertified(talks, raw, change))[0] == "copy.root"


def test_a_checkpoint_that_the_log_has_not_signed() -> None:
    talks, raw = small()

    def change(lines: list[bytes]) -> list[bytes]:
        log_line = next(i for i, line in enumerate(lines) if line.startswith(f"— {talks.origin} ".encode()))
        at = positions(b"".join(lines), b"checkpoint")[0]
        lines[at] = b"checkpoint 6\n"
        return lines[:log_line] + lines[log_line + 1 :]

    code, sentence = refusal_of(recertified(talks, raw, change))
    assert code == "checkpoint.unsigned" and talks.origin in sentence


def test_another_record_cannot_stand_under_this_id() -> None:
    """A reader compares the process id and nothing else. Its checkpoint signed under a borrowed name, another
    record would verify in every other respect."""
    talks, _raw = small()
    other = Talks(open_host(), label="others").convene(title="Others")
    key = other.depositary.own_key(other.log_key)
    head = other.depositary.store.head(other.origin)
    assert head is not None
    text = format_checkpoint(Checkpoint(talks.origin, head.size, Edge(head.size, head.edge).root()))
    note = format_note(Note(text, (NoteSigner(talks.origin, key.public, key.sign).sign(text),)))
    raw = copy_for(other, None)
    act = raw.splitlines(keepends=True)[positions(raw, b"act")[0]]
    body = (
        f"detente certified copy v1\nprocess {talks.origin}\nfor public\nmade 2025-10-28T02:30:00Z\n"
        f"log {talks.origin} 1\n".encode() + act + b"checkpoint 5\n" + note
    )  # fmt: skip
    code, sentence = refusal_of(certify(body, keeper_key(other.depositary, other.state)))
    assert code == "copy.process" and other.origin in sentence


def _logs(lines: list[bytes]) -> list[list[bytes]]:
    """The lines of each log, the main one with the heading."""
    starts = [i for i, line in enumerate(lines) if line.startswith(b"log ")][1:]
    return [lines[a:b] for a, b in zip([0, *starts], [*starts, len(lines)], strict=True)]


def test_chambers_stand_once_and_in_their_order() -> None:
    talks, raw = small()

    def turned(lines: list[bytes]) -> list[bytes]:
        main, first, second = _logs(lines)
        return [*main, *second, *first]

    def doubled(lines: list[bytes]) -> list[bytes]:
        main, first, second = _logs(lines)
        return [*main, *first, *first, *second]

    def main_again(lines: list[bytes]) -> list[bytes]:
        main, first, second = _logs(lines)
        return [*main, *main[4:], *first, *second]

    for change in (turned, doubled, main_again):
        assert refusal_of(recertified(talks, raw, change))[0] == "copy.log"


def test_a_chamber_of_nobody() -> None:
    """The log's key signs an empty log under any name: a copy must not show it as a chamber of the process."""
    talks, raw = small()
    key = talks.depositary.own_key(talks.log_key)
    for name in (f"{talks.origin}/side-Z", f"{talks.origin}/side-A/side-A", "elsewhere/side-A"):
        text = format_checkpoint(Checkpoint(name, 0, Edge.empty().root()))
        note = format_note(Note(text, (NoteSigner(name, key.public, key.sign).sign(text),)))
        bogus = f"log {name} 0\ncheckpoint 5\n".encode() + note

        def change(lines: list[bytes], bogus: bytes = bogus) -> list[bytes]:
            main, *chambers = _logs(lines)
            return [*main, bogus, *(line for chamber in chambers for line in chamber)]

        assert refusal_of(recertified(talks, raw, change))[0] == "copy.log"


def test_a_copy_may_leave_chambers_out() -> None:
    talks, raw = small()
    for kept in ((0,), (0, 1), (0, 2)):
        chosen = recertified(talks, raw, lambda lines, k=kept: [x for i in k for x in _logs(lines)[i]])  # type: ignore[misc]
        assert len(verified(chosen).chambers) == len(kept) - 1


# -- hostile files ----------------------------------------------------------------------------------------------

HEADING = (
    b"detente certified copy v1\nprocess detente/" + b"a" * 26 + b"\nfor public\nmade 2026-03-02T09:00:00Z\n"
)


def heading_with(old: bytes, new: bytes) -> bytes:
    """A sound copy with one value of its heading changed."""
    return small()[1].replace(old, new, 1)


HOSTILE = {
    "nothing": b"",
    "another file": b"%PDF-1.7\n",
    "a later version": b"detente certified copy v2\n",
    "no line end": b"detente certified copy v1",
    "a count of many digits": HEADING + b"log p " + b"9" * 5000 + b"\n",
    "a count with a sign": HEADING + b"log p +1\n",
    "a count with a zero": HEADING + b"log p 01\n",
    "a count in other digits": HEADING + "log p ١\n".encode(),
    "no acts": HEADING + b"log detente/" + b"a" * 26 + b" 0\n",
    "another process": HEADING + b"log q 1\n",
    "no log": HEADING + b"digest x\n",
    "a process that is none": heading_with(b"process detente/", b"process detente:"),
    "a chamber as process": heading_with(b"\nfor ", b"/side-A\nfor "),
    "for nobody": heading_with(b"\nfor A\n", b"\nfor \n"),
    "for the public and more": heading_with(b"\nfor A\n", b"\nfor public, all of it\n"),
    "a line that a terminal obeys": heading_with(b"\nfor A\n", b"\nfor A\x1b[2K\rEverything checks\n"),
    "a time that is none": heading_with(b"made 2025", b"made about 2025"),
    "a log that a terminal obeys": HEADING + b"log \x1b[2J 1\n",
    "bytes above ASCII": "detente certified copy v1\nprocess ü\n".encode(),
    "carriage returns": small()[1].replace(b"\n", b"\r\n"),
    "a mark at its start": b"\xef\xbb\xbf" + small()[1],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str) -> None:
    code, sentence = refusal_of(HOSTILE[name])
    assert code.startswith("copy.") and re.match(r"Line \d+: ", sentence) and sentence.isprintable()
    count_acts(io.BytesIO(HOSTILE[name]))


def test_a_line_longer_than_any_act_is_refused_without_reading_on() -> None:
    class Endless(io.BytesIO):
        asked = 0

        def readline(self, limit: int | None = -1, /) -> bytes:
            assert limit is not None and limit > 0
            self.asked += 1
            return b"x" * limit

    file = Endless(b"")
    with pytest.raises(Refused) as refused:
        verify_copy(file)
    assert refused.value.refusals[0].code == "copy.truncated" and file.asked == 2
    count_acts(file)
    assert file.asked == 3


def test_a_seen_below_zero_is_foreign() -> None:
    """Sizes count from 0; a negative one must not be read as counted from the end."""
    seen = SeenRoots()
    for number in range(5):
        seen.append(bytes([number]) * 32)
    for size in range(6):
        seen.check("here", (size, seen.root(size)), 5)
    for size, root in ((-1, seen.root(4)), (-5, seen.root(0)), (6, seen.root(5))):
        with pytest.raises(Refused) as refused:
            seen.check("here", (size, root), 5)
        assert refused.value.refusals[0].code == "act.seen_foreign"


def test_roots_at_every_size_are_those_of_a_fresh_tree() -> None:
    leaves = [number.to_bytes(32, "big") for number in range(600)]
    growing, edge = SeenRoots(), Edge.empty()
    roots = [encode_base64url(edge.root())]
    for leaf in leaves:
        growing.append(leaf)
        edge = edge.append(leaf)
        roots.append(encode_base64url(edge.root()))
        assert growing.root(growing.size) == roots[-1]
    assert [growing.root(size) for size in range(601)] == roots
    grown = SeenRoots()  # asked for the first time only when the log has grown
    for leaf in leaves:
        grown.append(leaf)
    assert [grown.root(size) for size in range(601)] == roots
