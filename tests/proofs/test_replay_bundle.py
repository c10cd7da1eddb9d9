"""The replay bundle: all acts and no words; it folds to the host's own state, and breaks with any byte."""

from __future__ import annotations

import io

import pytest

from detente.codec.refusal import Refused
from detente.proofs.replay_bundle import FIRST_LINE, count_acts
from detente.tlog.signed_note import add_signatures, parse_note
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, open_host
from tests.proofs.stated import SECRET, bundle_of, folded, small
from tests.proofs.test_one_act import disclosed


def code_of(raw: bytes) -> str:
    with pytest.raises(Refused) as refusing:
        folded(raw)
    assert refusing.value.refusals[0].sentence
    return refusing.value.refusals[0].code


def test_it_folds_to_the_state_of_the_host_without_a_word() -> None:
    raw = bundle_of(small())
    found = folded(raw)
    assert found.state == small().state and found.size == small().size and found.unchecked == 0
    assert [cosigned.name for cosigned in found.cosigners] == list(WITNESSES[:2])
    assert raw.startswith(f"{FIRST_LINE}\n".encode()) and count_acts(io.BytesIO(raw)) == found.size
    assert disclosed(raw) == set() and SECRET.encode() not in raw and b"side-A" not in raw


def test_with_any_byte_changed_it_is_refused() -> None:
    raw = bundle_of(small())
    for place in [*range(200), *range(200, len(raw) - 700, 41), *range(len(raw) - 700, len(raw))]:
        code_of(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
    for cut in (raw[:-1], raw + b"x", raw + b"\n", b""):
        code_of(cut)


def test_an_act_left_out_or_moved_is_found_by_the_tree() -> None:
    lines = bundle_of(small()).splitlines(keepends=True)
    last = max(at for at, line in enumerate(lines) if line.startswith(b"act "))
    size = small().size
    shorter = [*lines[:2], b"acts %d\n" % (size - 1), *lines[3:last], *lines[last + 1 :]]
    assert code_of(b"".join(shorter)) == "bundle.root"
    lines[last - 1], lines[last] = lines[last], lines[last - 1]
    assert code_of(b"".join(lines)) in ("bundle.root", "act.seen_foreign")


def test_it_discloses_nothing_or_is_refused() -> None:
    raw = bundle_of(small())
    act = raw.index(b"~\n")
    assert code_of(raw[:act] + b"~WyJhIiwgImIiXQ~\n" + raw[act + 2 :]) == "bundle.disclosed"


def test_a_signature_of_nobody_whom_the_process_names_is_refused() -> None:
    talks = small()
    head = talks.depositary.store.head(talks.origin)
    assert head is not None and head.cosigned is not None
    stranger = cosigner_named("stranger.example").sign(parse_note(head.cosigned).text, NOW)
    raw = bundle_of(talks)
    start = raw.index(b"checkpoint ")
    note = add_signatures(head.cosigned, [stranger])
    assert code_of(raw[:start] + b"checkpoint %d\n" % note.count(10) + note) == "bundle.signature"


def test_it_cannot_stand_under_another_process() -> None:
    other = Talks(open_host(), label="other").convene()
    raw = bundle_of(small()).replace(small().origin.encode(), other.origin.encode(), 1)
    assert code_of(raw) in ("bundle.process", "checkpoint.unsigned", "checkpoint.origin")
    empty = f"{FIRST_LINE}\nprocess {other.origin}\nacts 0\n".encode()
    assert code_of(empty) == "bundle.empty"
