"""The browser judges evidence against a log as Python does, in the same words, and weighs a policy alike."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page

from detente.codec.refusal import Refused
from detente.proofs.misconduct import (
    another_act,
    another_view,
    check_evidence,
    read_evidence,
    two_histories,
    write_evidence,
)
from detente.tlog.policy import check_policy
from detente.tlog.policy_file import parse_policy
from detente.tlog.proof import parse_proof
from detente.tlog.signed_note import NoteSigner, NoteVerifier, format_vkey, parse_vkey
from tests.depositary.forking import branch, identity_of, leaves_of, note_of, read_from
from tests.depositary.talks import WITNESSES, Talks, force, open_host
from tests.javascript.pages import CHROMIUM, call

SPECS = Path(__file__).parents[2] / "docs/specs"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


def made() -> dict[str, bytes]:
    """A file of each kind against a log with two histories."""
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat()
    other = branch(talks)
    receipt = talks.say("A", "The road is open.")
    other.say("A", "The road is closed.")
    read, identity = read_from(leaves_of(other)), identity_of(talks)
    alike = two_histories(talks.origin, identity, note_of(talks), note_of(other), read)
    lost = another_act(
        talks.origin, identity, parse_proof(receipt.proof), leaves_of(talks)[-1], note_of(other), read
    )
    short = note_of(talks)
    for _ in range(3):
        other.say("B")
    longer = two_histories(talks.origin, identity, short, note_of(other), read_from(leaves_of(other)))
    foreign = talks.raw_statement("B", seen=(10, branch(other, 10).seen()[1]))
    index = force(talks.depositary, talks.origin, foreign, author="B")
    view = another_view(talks.origin, identity, foreign.partition(b"~")[0], index, note_of(talks),
                        read_from(leaves_of(talks)))  # fmt: skip
    kinds = {"alike": alike, "lost": lost, "longer": longer, "view": view}
    return {name: write_evidence(evidence) for name, evidence in kinds.items()}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return made()


def judged(page: Page, raws: list[bytes]) -> Any:
    return call(page, "judging", "evidence", [raw.decode("latin-1") for raw in raws])


def in_python(raw: bytes) -> tuple[str | None, list[dict[str, str]]]:
    try:
        return check_evidence(read_evidence(io.BytesIO(raw))).sentence, []
    except Refused as refused:
        return None, [msgspec.to_builtins(refusal) for refusal in refused.refusals]


def test_each_kind_proves_the_same_in_the_same_words(page: Page, files: dict[str, bytes]) -> None:
    for raw, answer in zip(files.values(), judged(page, list(files.values())), strict=True):
        assert answer["refusals"] == [] and answer["found"]["sentence"] == in_python(raw)[0]
        assert f"log {answer['found']['process']}\n" in raw.decode() and answer["found"]["chamber"] == ""


@pytest.mark.parametrize("name", ["alike", "lost", "longer", "view"])
def test_each_fault_is_named_alike(page: Page, files: dict[str, bytes], name: str) -> None:
    raw = files[name]
    lines = raw.split(b"\n")
    first, second = (at for at, line in enumerate(lines) if line.startswith(b"checkpoint "))
    size = re.search(rb"about (?:first|act) (\d+)", raw)
    assert size is not None
    said = b" ".join(lines[3].split(b" ")[:2])
    faulty = [
        raw[:-1],
        raw + b"\n",
        raw.replace(b" v1\n", b" v2\n", 1),
        raw.replace(b"\nlog ", b"\nlogs ", 1),
        raw.replace(b"fixed by {", b"fixed by  {", 1),
        raw.replace(b'"label"', b'"lable"', 1),
        raw.replace(b'"nonce":"', b'"nonce":"A', 1),
        raw.replace(b"fixed by {", b'fixed by ["', 1),
        raw.replace(said, b"about all", 1),
        *(raw.replace(lines[3], said + b" " + number, 1) for number in (b"0", b"01", b"7", b"99", b"x")),
        raw.replace(b"\nroot 1\n", b"\nroot 1 1\n").replace(b"\nroot 2\n", b"\nroot 65\n"),
        raw.replace(b"\nleaf ", b"\nroot "),
        b"\n".join([*lines[:4], *lines[4 : first + 7], *lines[4 : first + 7]]),
        b"\n".join([*lines[:first], b"checkpoint 201", *lines[first + 1 :]]),
        b"\n".join([*lines[: second - 1], b"no hash", *lines[second:]]),
        b"\n".join([*lines[: second - 1], *lines[second:]]),
        raw.replace(lines[second + 3], lines[first + 3], 1),
        *(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :] for at in range(0, len(raw), 29)),
    ]
    for bent, answer in zip(faulty, judged(page, faulty), strict=True):
        sentence, refusals = in_python(bent)
        found = answer["found"] and answer["found"]["sentence"]
        codes = [refusal["code"] for refusal in answer["refusals"]]
        assert (found, codes) == (sentence, [refusal["code"] for refusal in refusals]), bent
        if codes and codes[0].startswith("evidence."):
            assert answer["refusals"] == refusals


def block(page: str, name: str) -> bytes:
    spec = (SPECS / f"{page}.md").read_text("utf-8")
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", spec, re.DOTALL | re.MULTILINE)
    return str(found).encode()


def test_a_policy_is_weighed_over_a_checkpoint_member_by_member(page: Page) -> None:
    raw, note = block("policy", "policy"), block("policy", "cosigned")
    log = next(line.split()[1] for line in raw.decode().splitlines() if line.startswith("log "))
    latin = raw.decode("latin-1"), note.decode("latin-1"), log

    def met(part: dict[str, Any]) -> Any:
        return {part["name"]: [part["met"], *map(met, part.get("members", []))]}

    answer = call(page, "judging", "policy", *latin)["found"]
    parties = {"parties": [False, {"harbour": [True]}, {"upland": [False]}]}
    neutrals = {"neutrals": [False, {"archive": [False]}, {"notary": [False]}]}
    assert met(answer["quorum"]) == {"enough": [False, parties, neutrals]}
    assert (answer["met"], answer["size"], answer["strangers"]) == (False, 5, [])
    less = raw.replace(b"quorum enough", b"quorum harbour").replace(
        b"group parties all", b"group parties any"
    )
    assert call(page, "judging", "policy", less.decode("latin-1"), *latin[1:])["found"]["met"] is True
    assert check_policy(parse_policy(less), note).checkpoint.size == 5
    nobody = (
        b"".join(line for line in raw.splitlines(True) if line[:3] not in (b"wit", b"gro", b"quo"))
        + b"quorum none\n"
    )
    answer = call(page, "judging", "policy", nobody.decode("latin-1"), *latin[1:])["found"]
    assert (answer["quorum"], answer["met"], answer["strangers"]) == (None, True, ["witness-a.example"])


def test_a_policy_that_names_another_log_believes_no_other(page: Page) -> None:
    raw, note = block("policy", "policy").decode(), block("policy", "cosigned")
    log = next(line.split()[1] for line in raw.splitlines() if line.startswith("log "))
    elsewhere = format_vkey(NoteSigner.from_seed("elsewhere.example", bytes(32)).key)
    stranger = raw.replace(log, elsewhere)
    answer = call(page, "judging", "policy", stranger, note.decode("latin-1"), log)
    with pytest.raises(Refused) as caught:
        check_policy(parse_policy(stranger.encode()), note, NoteVerifier(parse_vkey(log)))
    assert answer["refusals"] == [msgspec.to_builtins(one) for one in caught.value.refusals]
