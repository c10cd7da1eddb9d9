"""Cosignatures over HTTP: who may post which line over what, what is kept of it, and the mark that follows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from detente.acts.convening import process_origin
from detente.codec.base64url import decode_base64url
from detente.tlog.checkpoint import Checkpoint, format_checkpoint, parse_checkpoint
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.merkle import check_consistency
from detente.tlog.signed_note import Note, NoteSignature, NoteSigner, add_signatures, format_note, parse_note
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, everything, key_named, open_host
from tests.web.hosting import PAGE, address, as_person, bearer, codes_of, front

NOWHERE = "a" * 26
STRANGER = "stranger.example"


@pytest.fixture
def open_talks(tmp_path: Path) -> Iterator[Talks]:
    """Talks that the public may read, with three cosigners of whom two must sign."""
    talks = Talks(open_host(tmp_path / "record.sqlite"), cosigners=WITNESSES, quorum=2).convene().seat()
    yield talks
    talks.depositary.close()


@pytest.fixture
def shut(open_talks: Talks) -> Talks:
    """Talks at the same host for their members only, with the same cosigners."""
    host = open_talks.depositary
    return Talks(host, label="shut", open_to="members", cosigners=WITNESSES, quorum=2).convene().seat()


@pytest.fixture
def host(open_talks: Talks) -> Iterator[Any]:
    with front(open_talks.depositary) as client:
        yield client


def checkpoint_of(talks: Talks, size: int | None = None) -> bytes:
    """The log's signed checkpoint, now or as it was."""
    at, root = talks.seen(size)
    return signed(talks, Checkpoint(talks.origin, at, decode_base64url(root)))


def signed(talks: Talks, checkpoint: Checkpoint) -> bytes:
    """Any checkpoint, under this log's own key: what only a faithless host can make."""
    key = talks.depositary.own_key(talks.log_key)
    text = format_checkpoint(checkpoint)
    return format_note(Note(text, (NoteSigner(talks.origin, key.public, key.sign).sign(text),)))


def cosigned(note: bytes, *names: str, at: int = NOW) -> bytes:
    return add_signatures(note, [cosigner_named(name).sign(parse_note(note).text, at) for name in names])


def send(client: Any, talks: Talks, note: bytes, **headers: str) -> Any:
    return client.post(address(talks, "log/cosignatures"), content=note, headers=headers)


def by_cosigner(talks: Talks, name: str = WITNESSES[0]) -> dict[str, str]:
    return bearer(key_named(name), talks.origin)


def names_in(note: bytes) -> list[str]:
    return [line.name for line in parse_note(note).signatures[1:]]


# --- what is kept, and what follows


def test_lines_are_gathered_and_with_the_quorum_the_keeper_marks_the_time(
    open_talks: Talks, host: Any
) -> None:
    size, note = open_talks.size, checkpoint_of(open_talks)
    first = send(host, open_talks, cosigned(note, WITNESSES[0]))
    assert (first.status_code, names_in(first.content)) == (200, [WITNESSES[0]])
    assert first.headers["cache-control"] == "private, no-store"
    assert (open_talks.size, open_talks.state.clock.now) == (size, "")
    second = send(host, open_talks, cosigned(note, WITNESSES[1], at=NOW + 5))
    assert names_in(second.content) == list(WITNESSES[:2])
    clock = open_talks.state.clock
    assert (open_talks.size, clock.now, clock.size) == (size + 1, "2025-10-28T02:30:00Z", size)
    third = send(host, open_talks, cosigned(note, WITNESSES[2], at=NOW + 6))  # the log has grown by the mark
    assert names_in(third.content) == list(WITNESSES)
    assert open_talks.size == size + 1


def test_the_mark_is_cosigned_in_its_turn_and_not_marked_again(open_talks: Talks, host: Any) -> None:
    for _turn in range(3):
        send(host, open_talks, cosigned(checkpoint_of(open_talks), *WITNESSES, at=NOW + 60))
    assert sum(1 for e in open_talks.depositary.store.find(open_talks.origin, 99, 99, kind="mark_time")) == 1


def test_of_one_cosigner_the_latest_time_is_kept(open_talks: Talks, host: Any) -> None:
    note = checkpoint_of(open_talks)
    late, early = cosigned(note, WITNESSES[0], at=NOW + 90), cosigned(note, WITNESSES[0], at=NOW)
    assert send(host, open_talks, early).content == early
    assert send(host, open_talks, late).content == late
    assert send(host, open_talks, early).content == late  # sent again by somebody, it turns nothing back


def test_a_line_over_an_earlier_checkpoint_is_taken_until_a_larger_one_is_cosigned(
    open_talks: Talks, host: Any
) -> None:
    before = checkpoint_of(open_talks)
    open_talks.say("A")
    assert names_in(send(host, open_talks, cosigned(before, WITNESSES[0])).content) == [WITNESSES[0]]
    larger = cosigned(checkpoint_of(open_talks), WITNESSES[1])
    assert send(host, open_talks, larger).content == larger
    assert send(host, open_talks, cosigned(before, WITNESSES[2])).content == larger
    assert host.get(address(open_talks, "log/checkpoint")).content == larger


def test_two_lines_that_arrive_at_once_are_both_kept_and_marked_once(open_talks: Talks, host: Any) -> None:
    size, note = open_talks.size, checkpoint_of(open_talks)
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda name: send(host, open_talks, cosigned(note, name)), WITNESSES))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    head = open_talks.depositary.store.head(open_talks.origin)
    assert head is not None and sorted(names_in(head.cosigned)) == sorted(WITNESSES)
    assert open_talks.size == size + 1


def test_a_mark_that_cannot_be_stored_does_not_lose_the_line(
    open_talks: Talks, host: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, mark = checkpoint_of(open_talks), open_talks.depositary.receive_act
    from detente.codec.refusal import refuse

    def busy(_raw: bytes) -> Any:
        raise refuse("host.busy", "Busy.")

    monkeypatch.setattr(open_talks.depositary, "receive_act", busy)
    assert send(host, open_talks, cosigned(note, *WITNESSES)).status_code == 200
    assert open_talks.state.clock.now == ""
    monkeypatch.setattr(open_talks.depositary, "receive_act", mark)
    send(host, open_talks, cosigned(note, WITNESSES[0], at=NOW + 60))
    assert open_talks.state.clock.now == "2025-10-28T02:30:00Z"


# --- what is refused


def attacks(talks: Talks) -> dict[str, tuple[bytes, int, str]]:
    """What is sent -> (the bytes, status, code)."""
    note, size = checkpoint_of(talks), talks.size
    here = parse_checkpoint(parse_note(note).text)
    other = Talks(talks.depositary, label="other", cosigners=WITNESSES, quorum=2).convene()
    stranger_log = NoteSigner.from_seed(talks.origin, bytes(32))
    text = parse_note(note).text
    sound = cosigned(note, WITNESSES[0])
    line = parse_note(sound).signatures[-1]
    changed = NoteSignature(line.name, line.key_id, line.signature[:-1] + bytes([line.signature[-1] ^ 1]))
    hurried = NoteSignature(line.name, line.key_id, (NOW + 1).to_bytes(8, "big") + line.signature[8:])
    namesake = Cosigner.from_seed(WITNESSES[0], ED25519_COSIGNATURE, bytes(32))
    return {
        "nothing": (b"", 400, "note.malformed"),
        "no note": (b"no note", 400, "note.malformed"),
        "not UTF-8": (b"\xff" + sound, 400, "note.malformed"),
        "no cosigner's line": (note, 422, "cosigning.none"),
        "a line by somebody who is not named": (cosigned(note, STRANGER), 403, "cosigning.unknown"),
        "that line beside a sound one": (cosigned(sound, STRANGER), 403, "cosigning.unknown"),
        "a cosigner's name under another key": (
            add_signatures(note, [namesake.sign(text, NOW)]), 403, "cosigning.unknown"),
        "a changed signature": (add_signatures(note, [changed]), 400, "note.signature"),
        "a changed time": (add_signatures(note, [hurried]), 400, "note.signature"),
        "a time after the year 9999": (cosigned(note, WITNESSES[0], at=2**60), 422, "time.beyond"),
        "the line over another checkpoint": (
            add_signatures(checkpoint_of(talks, size - 1), [line]), 400, "note.signature"),
        "a checkpoint that the log has not signed": (
            format_note(Note(text, (line,))), 400, "checkpoint.unsigned"),
        "a checkpoint under another log key": (
            format_note(Note(text, (stranger_log.sign(text), line))), 403, "cosigning.unknown"),
        "another log's checkpoint": (
            cosigned(checkpoint_of(other), WITNESSES[0]), 403, "cosigning.unknown"),
        "another log's checkpoint under this log's key": (
            cosigned(signed(talks, Checkpoint(other.origin, size, here.root)), WITNESSES[0]), 400,
            "checkpoint.origin"),
        "too much": (sound + b"x" * 65_536, 413, "cosigning.size"),
        "too many lines": (
            note + note[note.index("— ".encode()):] * 100, 400, "note.malformed"),
    }  # fmt: skip


def test_what_is_no_cosignature_of_this_log_is_refused_and_changes_nothing(
    open_talks: Talks, host: Any
) -> None:
    table = attacks(open_talks)
    before = everything(open_talks.depositary)
    for name, (note, status, code) in table.items():
        answer = send(host, open_talks, note)
        assert (answer.status_code, codes_of(answer)) == (status, [code]), name
        assert everything(open_talks.depositary) == before, name


@pytest.mark.parametrize("by", ["cosigner", "member"])
@pytest.mark.parametrize("more", [0, 1])
def test_a_checkpoint_of_its_own_that_it_does_not_hold_stops_the_host(
    shut: Talks, open_talks: Talks, host: Any, by: str, more: int
) -> None:
    foreign = signed(shut, Checkpoint(shut.origin, shut.size + more, bytes(32)))
    if by == "cosigner":
        answer = send(host, shut, cosigned(foreign, WITNESSES[0]), **by_cosigner(shut))
    else:
        answer = host.post(address(shut, "log/checkpoint"), content=foreign, headers=as_person(shut, "A"))
    assert (answer.status_code, codes_of(answer)) == (503, ["host.stopped"])
    act = host.post(address(shut, "acts"), content=shut.raw_statement("A"))
    assert (act.status_code, codes_of(act)) == (503, ["host.stopped"])
    assert host.post(address(open_talks, "acts"), content=open_talks.raw_statement("A")).status_code == 201


def test_a_checkpoint_that_was_kept_is_compared_for_whoever_may_see_the_log(shut: Talks, host: Any) -> None:
    where, kept = address(shut, "log/checkpoint"), checkpoint_of(shut, 4)
    for headers in (by_cosigner(shut), as_person(shut, "A")):
        answer = host.post(where, content=kept, headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"held": True})
    assert host.post(where, content=kept).status_code == host.get(where).status_code == 404
    other = Talks(shut.depositary, label="other").convene()
    answer = host.post(where, content=checkpoint_of(other), headers=as_person(shut, "A"))
    assert (answer.status_code, codes_of(answer)) == (400, ["checkpoint.origin"])
    assert shut.say("A").index


def test_a_cosigner_reads_the_hashes_of_the_tree(shut: Talks, host: Any) -> None:
    path = f"log/tile/0/000.p/{shut.size}"
    answer = host.get(address(shut, path), headers=by_cosigner(shut))
    assert (answer.status_code, len(answer.content)) == (200, 32 * shut.size)
    assert host.get(address(shut, path)).status_code == 404


def test_the_specification_names_every_one_of_these_refusals(open_talks: Talks) -> None:
    page = (Path(__file__).parents[2] / "docs" / "specs" / "cosignature.md").read_text()
    codes = {code for _note, _status, code in attacks(open_talks).values()}
    named = {code for code in codes if f"`{code}`" in page or f"`{code.split('.')[0]}.*`" in page}
    assert named == codes


def test_a_post_from_a_browser_is_refused_in_words(open_talks: Talks, host: Any) -> None:
    answer = send(host, open_talks, cosigned(checkpoint_of(open_talks), STRANGER), **PAGE)
    assert answer.status_code == 403 and "is no cosigner that the record names" in answer.text


def test_only_post_is_taken(open_talks: Talks, host: Any) -> None:
    answer = host.get(address(open_talks, "log/cosignatures"))
    assert (answer.status_code, codes_of(answer)) == (405, ["http.method"])


# --- to whom a closed log shows itself


def test_a_named_cosigner_follows_a_closed_log_and_sees_nothing_else(shut: Talks, host: Any) -> None:
    me = by_cosigner(shut)
    stated = host.get(address(shut, "log/origin"), headers=me).json()
    origin = process_origin(stated["label"], stated["log_key"], stated["convenor_key"], stated["nonce"])
    assert origin == shut.origin
    served = host.get(address(shut, "log/checkpoint"), headers=me)
    assert (served.content, served.headers["cache-control"]) == (checkpoint_of(shut), "private, no-store")
    proof = host.get(address(shut, f"log/consistency?from=3&to={shut.size}"), headers=me).json()[
        "consistency"
    ]
    old, new = (decode_base64url(shut.seen(size)[1]) for size in (3, shut.size))
    check_consistency(3, shut.size, tuple(map(decode_base64url, proof)), old, new)
    assert send(host, shut, cosigned(served.content, WITNESSES[0]), **me).status_code == 200
    for path in ("", "record", "status", "copy", "acts/1", "acts/1/receipt", "events", "log/tile/entries/000.p/1",
                 "log/side-A/checkpoint", "log/side-A/consistency", "log/mediators/checkpoint"):  # fmt: skip
        answer = host.get(address(shut, path), headers=me)
        assert (answer.status_code, codes_of(answer)) == (401, ["token.key"]), path


def test_each_cosigner_stands_with_the_last_that_it_signed_and_when(open_talks: Talks, host: Any) -> None:
    harbour, lighthouse, mill = WITNESSES
    before = open_talks.size
    nobody = host.get(address(open_talks, "log/cosigners")).json()
    assert [(c["size"], c["time"], c["behind"]) for c in nobody["cosigners"]] == [(0, 0, before)] * 3
    assert (
        "None of the cosigners has signed yet" in host.get(address(open_talks, "record"), headers=PAGE).text
    )
    at_first = checkpoint_of(open_talks)
    send(host, open_talks, cosigned(at_first, harbour, at=NOW + 1))
    open_talks.say("A")
    send(host, open_talks, cosigned(checkpoint_of(open_talks), lighthouse, at=NOW + 2))
    send(host, open_talks, cosigned(at_first, mill, at=NOW + 3))  # smaller than what another has signed
    send(host, open_talks, cosigned(at_first, lighthouse, at=NOW + 9))  # and than what it has signed itself
    found = host.get(address(open_talks, "log/cosigners")).json()
    assert (found["size"], found["quorum"]) == (before + 1, 2)
    assert {c["name"]: (c["size"], c["time"], c["behind"]) for c in found["cosigners"]} == {
        harbour: (before, NOW + 1, 1), lighthouse: (before + 1, NOW + 2, 0), mill: (before, NOW + 3, 1),
    }  # fmt: skip
    assert found["missing"].startswith("1 of 3") and found["missing"].endswith(f"missing: {harbour}, {mill}")
    page = host.get(address(open_talks, "record"), headers=PAGE).text
    assert page.count("1 act behind") == 2 and "Up to date" in page and "has signed yet" not in page


def test_what_one_cosigner_signed_can_be_shown_by_itself(open_talks: Talks, host: Any) -> None:
    harbour, lighthouse, _mill = WITNESSES
    send(host, open_talks, cosigned(checkpoint_of(open_talks), lighthouse, harbour, at=NOW + 1))
    kept = open_talks.depositary.store.cosignatures(open_talks.origin)
    assert [line.cosigner for line in kept] == [harbour, lighthouse]
    for line in kept:
        assert [s.name for s in parse_note(line.note).signatures] == [open_talks.origin, line.cosigner]


def test_to_everybody_else_a_closed_log_is_not_there(shut: Talks, host: Any) -> None:
    note = cosigned(checkpoint_of(shut), WITNESSES[0])
    before = everything(shut.depositary)
    now = int(time.time())
    strangers = {
        "nobody": {},
        "a stranger": bearer(key_named(STRANGER), shut.origin),
        "a token for another process": bearer(key_named(STRANGER), "detente/elsewhere"),
        "no token": {"authorization": "Detente none"},
        "a cosigner's token, changed": {"authorization": by_cosigner(shut)["authorization"][:-4] + "AAAA"},
    }
    for name, headers in strangers.items():
        for path in (
            "log/origin",
            "log/policy",
            "log/cosigners",
            "log/checkpoint",
            "log/consistency?from=1&to=2",
            "log/consistency?from=x",
        ):
            here, nowhere = (host.get(f"/processes/{p}/{path}", headers=headers) for p in (shut.id, NOWHERE))
            assert (here.status_code, here.text.replace(shut.id, NOWHERE)) == (
                nowhere.status_code,
                nowhere.text,
            ), name
            assert here.status_code in (401, 404), name
        here, nowhere = (
            host.post(f"/processes/{p}/log/cosignatures", content=note, headers=headers)
            for p in (shut.id, NOWHERE)
        )
        assert (here.status_code, here.text.replace(shut.id, NOWHERE)) == (
            nowhere.status_code,
            nowhere.text,
        ), name
    for kept, code in ((bearer(key_named(WITNESSES[0]), "detente/elsewhere"), "token.process"),
                       (bearer(key_named(WITNESSES[0]), shut.origin, now=now - 1000), "token.expired")):  # fmt: skip
        answer = send(host, shut, note, **kept)
        assert (answer.status_code, codes_of(answer)) == (401, [code])
    assert everything(shut.depositary) == before


def test_a_member_may_post_what_a_cosigner_has_signed(shut: Talks, host: Any) -> None:
    note = cosigned(checkpoint_of(shut), WITNESSES[0])
    assert send(host, shut, note, **as_person(shut, "A")).content == note
