"""A browser goes from one verified checkpoint to the next, and a log that forks is found out and held to it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from detente.codec.base64url import encode_base64url
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.cosignature import MLDSA44_COSIGNATURE, Cosigner
from detente.tlog.merkle import leaf_hash, prove_consistency, root_of
from detente.tlog.signed_note import Note, NoteSigner, add_signatures, format_note, format_vkey, parse_note
from tests.javascript.pages import CHROMIUM, call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
HONEST = [leaf_hash(f"entry {number}".encode()) for number in range(9)]
FORKED = [*HONEST[:4], *(leaf_hash(f"other {number}".encode()) for number in range(5))]


class Log:
    """A log of its own name, so that one test does not find what another has kept."""

    def __init__(self, name: str) -> None:
        self.origin = "detente/" + name
        self.signer = NoteSigner.from_seed(self.origin, sha256(name.encode()).digest())
        self.vkey = format_vkey(self.signer.key)

    def note(self, size: int, leaves: Sequence[bytes] = HONEST) -> str:
        text = format_checkpoint(Checkpoint(self.origin, size, root_of(leaves[:size])))
        return format_note(Note(text, (self.signer.sign(text),))).decode("latin-1")

    def take(self, page: Page, note: str, proof: Sequence[str] = ()) -> dict[str, Any]:
        found: dict[str, Any] = call(page, "seen", "take", self.vkey, note, list(proof))
        return found

    def code(self, page: Page, note: str, proof: Sequence[str] = ()) -> str:
        return str(self.take(page, note, proof)["refusals"][0]["code"])


def proof(old: int, new: int, leaves: Sequence[bytes] = HONEST) -> list[str]:
    def read(level: int, index: int) -> bytes:
        return root_of(leaves[index << level : (index + 1) << level])

    return [node.hex() for node in prove_consistency(old, new, read)]


def state(size: int, leaves: Sequence[bytes] = HONEST) -> tuple[list[Any], list[Any]]:
    """As taking answers, and as the next act cites."""
    root = root_of(leaves[:size])
    return [size, root.hex()], [size, encode_base64url(root)]


def test_a_checkpoint_is_kept_and_the_next_act_cites_it(page: Page) -> None:
    log = Log("kept")
    assert call(page, "seen", "next", log.origin)["refusals"][0]["code"] == "seen.nothing"
    assert log.take(page, log.note(5)) == {"found": state(5)[0]}
    assert call(page, "seen", "next", log.origin) == {"found": state(5)[1]}
    assert log.take(page, log.note(8), proof(5, 8)) == {"found": state(8)[0]}
    assert call(page, "seen", "next", log.origin) == {"found": state(8)[1]}
    assert call(page, "seen", "kept", log.origin) == {"size": 8, "note": log.note(8)}
    assert call(page, "seen", "pairs", log.origin) == []


def test_the_logs_second_signature_is_kept_and_asked_of_nobody(page: Page) -> None:
    log = Log("signed-again")
    signed = log.note(5).encode("latin-1")
    line = Cosigner.from_seed(log.origin, MLDSA44_COSIGNATURE, bytes(32)).sign(parse_note(signed).text, 0)
    note = add_signatures(signed, [line]).decode("latin-1")
    assert log.take(page, note) == {"found": state(5)[0]}
    assert call(page, "seen", "kept", log.origin) == {"size": 5, "note": note}


def test_an_older_checkpoint_is_checked_and_not_kept(page: Page) -> None:
    log = Log("older")
    log.take(page, log.note(8))
    assert log.take(page, log.note(3), proof(3, 8)) == {"found": state(3)[0]}
    assert call(page, "seen", "kept", log.origin)["size"] == 8


def test_an_empty_log_grows(page: Page) -> None:
    log = Log("empty")
    assert log.take(page, log.note(0)) == {"found": state(0)[0]}
    assert log.take(page, log.note(3)) == {"found": state(3)[0]}


@pytest.mark.parametrize("size", [5, 8])
def test_a_fork_is_refused_and_both_are_kept(page: Page, size: int) -> None:
    log = Log(f"fork-{size}")
    log.take(page, log.note(5))
    given = [] if size == 5 else proof(5, 8, FORKED)
    refused = log.take(page, log.note(size, FORKED), given)["refusals"][0]
    assert refused["code"] == "seen.foreign"
    assert "Both checkpoints are kept." in refused["instead"] and str(size) in refused["sentence"]
    (pair,) = call(page, "seen", "pairs", log.origin)
    assert (pair["kept"], pair["shown"]) == (log.note(5), log.note(size, FORKED))
    assert pair["code"] in ("proof.root", "proof.old_root")
    # Nothing more is signed for this log, though what was verified stands.
    assert call(page, "seen", "next", log.origin)["refusals"][0]["code"] == "seen.contradicted"
    assert call(page, "seen", "kept", log.origin)["note"] == log.note(5)
    # Shown again it is one pair still; and an honest extension does not make it good.
    assert log.code(page, log.note(size, FORKED), given) == "seen.foreign"
    log.take(page, log.note(8), proof(5, 8))
    assert call(page, "seen", "pairs", log.origin) == [pair]
    assert call(page, "seen", "next", log.origin)["refusals"][0]["code"] == "seen.contradicted"


def test_an_older_fork_is_refused_too(page: Page) -> None:
    log = Log("older-fork")
    log.take(page, log.note(8))
    assert log.code(page, log.note(5, FORKED), proof(5, 8)) == "seen.foreign"
    (pair,) = call(page, "seen", "pairs", log.origin)
    assert (pair["kept"], pair["shown"]) == (log.note(8), log.note(5, FORKED))


@pytest.mark.parametrize("given", [[], proof(5, 8)[1:], ["00" * 32] * len(proof(5, 8))])
def test_a_bad_proof_holds_signing_up_until_a_good_one_comes(page: Page, given: list[str]) -> None:
    log = Log(f"bad-proof-{len(given)}-{'00' * 32 in given}")
    log.take(page, log.note(5))
    assert log.code(page, log.note(8), given) == "seen.foreign"
    assert call(page, "seen", "next", log.origin)["refusals"][0]["code"] == "seen.contradicted"
    log.take(page, log.note(8), proof(5, 8))
    assert call(page, "seen", "pairs", log.origin) == []
    assert call(page, "seen", "next", log.origin) == {"found": state(8)[1]}


def test_what_the_log_has_not_signed_is_neither_taken_nor_kept(page: Page) -> None:
    log, other = Log("signed"), Log("another")
    log.take(page, log.note(5))
    assert log.code(page, log.note(8).replace("\n8\n", "\n7\n"), proof(5, 8)) == "note.signature"
    assert log.code(page, other.note(8), proof(5, 8)) == "note.unverified"
    assert call(page, "seen", "kept", log.origin)["size"] == 5
    assert call(page, "seen", "pairs", log.origin) == []


def test_another_key_under_the_same_name_is_refused(page: Page) -> None:
    log, other = Log("rekeyed"), Log("rekeyed")
    log.take(page, log.note(5))
    other.signer = NoteSigner.from_seed(log.origin, bytes(32))
    other.vkey = format_vkey(other.signer.key)
    assert other.code(page, other.note(8), proof(5, 8)) == "seen.other_key"
    assert call(page, "seen", "kept", log.origin)["size"] == 5


def test_pages_that_take_at_once_never_go_back(page: Page) -> None:
    log = Log("at-once")
    log.take(page, log.note(1))
    takings = [[log.note(size), proof(1, size)] for size in (9, 3, 7)]
    found = call(page, "seen", "takeAll", log.vkey, takings)
    kept = call(page, "seen", "kept", log.origin)["size"]
    assert kept == 9 and found[0] == {"found": state(9)[0]}


def test_what_was_seen_is_kept_by_site_and_not_by_page(browser: Browser, page: Page) -> None:
    log = Log("pages")
    log.take(page, log.note(5))
    again = page.context.new_page()
    again.goto(page.url)
    assert call(again, "seen", "kept", log.origin)["size"] == 5
    again.close()
    elsewhere = browser.new_context()
    other = elsewhere.new_page()
    other.goto(page.url)
    assert call(other, "seen", "kept", log.origin) is None
    elsewhere.close()
