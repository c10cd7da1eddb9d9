"""A browser cosigns what extends the last checkpoint that it signed, as Python would, in one history for all its tabs."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from detente.tlog.checkpoint import open_checkpoint
from detente.tlog.cosignature import ED25519_COSIGNATURE, CosignatureVerifier, Cosigner
from detente.tlog.merkle import root_of
from detente.tlog.signed_note import NoteVerifier, format_signature, format_vkey, parse_note, parse_vkey
from tests.javascript.pages import CHROMIUM, call
from tests.javascript.test_last_seen import FORKED, HONEST, Log, proof

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
TIME = 1761618600


class Witnessed(Log):
    """A log whose witness one browser is. It has seen the first four acts of it."""

    def __init__(self, page: Page, name: str, *, named: bool = True) -> None:
        super().__init__(name)
        self.page = page
        self.take(page, self.note(4))
        self.cosigner = str(call(page, "witness", "begin", self.origin, named))

    def next(self, note: str, given: list[str], *rest: Any, page: Page | None = None) -> dict[str, Any]:
        arguments = (self.origin, self.vkey, note, given, TIME, *rest)
        found: dict[str, Any] = call(page or self.page, "witness", "next", *arguments)
        return found

    def kept(self, page: Page | None = None) -> dict[str, Any]:
        found: dict[str, Any] = call(page or self.page, "witness", "kept", self.origin)
        return found

    def code(self, note: str, given: list[str], *rest: Any) -> str:
        return str(self.next(note, given, *rest)["refusals"][0]["code"])

    def signed(self, notes: list[str]) -> list[int]:
        """The sizes of the checkpoints that it handed in, each with its line and the log's, and no other."""
        verifier = CosignatureVerifier(parse_vkey(self.cosigner))
        sizes = []
        for note in notes:
            raw = note.encode("latin-1")
            opened = open_checkpoint(raw, NoteVerifier(self.signer.key), [verifier])
            assert [(c.name, c.time) for c in opened.witnesses] == [(verifier.key.name, TIME)]
            assert len(parse_note(raw).signatures) == 2
            sizes.append(opened.checkpoint.size)
        return sizes


@pytest.mark.parametrize("time", [0, TIME, 2**53 - 1])
def test_a_line_has_the_bytes_that_python_gives_it(page: Page, time: int) -> None:
    seed = bytes(range(32))
    cosigner = Cosigner.from_seed("A.browser-1f", ED25519_COSIGNATURE, seed)
    text = parse_note(Log("bytes").note(5).encode("latin-1")).text
    found = call(page, "witness", "line", format_vkey(cosigner.key), seed.hex(), text, time)
    assert found == format_signature(cosigner.sign(text, time))


def test_its_key_is_its_own_and_cannot_be_read(page: Page) -> None:
    log = Witnessed(page, "own-key")
    key, kept = parse_vkey(log.cosigner), log.kept()
    assert key.algorithm == ED25519_COSIGNATURE and key.name == f"A.browser-{key.public_key[:4].hex()}"
    assert kept["extractable"] is False and kept["size"] == 0
    assert call(page, "witness", "begin", log.origin) == log.cosigner  # made once


def test_it_signs_whatever_extends_the_last_one_once(page: Page) -> None:
    log = Witnessed(page, "extends")
    assert log.signed(log.next(log.note(5), [])["found"]) == [5]
    assert log.next(log.note(5), [])["found"] == []
    assert log.signed(log.next(log.note(8), proof(5, 8))["found"]) == [8]
    assert log.next(log.note(5), proof(5, 8))["found"] == []  # an older one chains, and is not signed again
    kept = log.kept()
    assert (kept["size"], kept["root"], kept["taken"]) == (8, root_of(HONEST[:8]).hex(), 8)


def test_a_line_that_did_not_get_through_is_made_again(page: Page) -> None:
    log = Witnessed(page, "line-down")
    assert log.next(log.note(5), [], None, False)["found"] == []
    assert (log.kept()["size"], log.kept()["taken"]) == (5, 0)  # kept before it was signed, and not taken
    assert log.signed(log.next(log.note(5), [])["found"]) == [5]


def test_before_the_record_names_it_it_signs_nothing(page: Page) -> None:
    log = Witnessed(page, "not-named", named=False)
    assert log.next(log.note(5), [])["found"] == [] and log.kept()["size"] == 0


@pytest.mark.parametrize("size", [4, 5, 8])
def test_of_a_fork_it_signs_nothing_and_both_are_kept(page: Page, size: int) -> None:
    log = Witnessed(page, f"fork-{size}")
    log.next(log.note(5), [])
    other = [*FORKED[:3], *FORKED[4:]]
    given = proof(*sorted((5, size)), other) if size != 5 else []
    assert log.code(log.note(size, other), given) == "seen.foreign"
    assert (log.kept()["size"], log.kept()["taken"]) == (5, 5)
    (pair,) = call(page, "seen", "pairs", log.origin)
    assert (pair["kept"], pair["shown"]) == (log.note(5), log.note(size, other))
    assert log.code(log.note(8), proof(5, 8)) == "seen.contradicted"  # nor of anything else from here on
    assert log.kept()["size"] == 5


def test_what_this_browser_saw_binds_its_witness_too(page: Page) -> None:
    """Also of the first checkpoint that it is to sign."""
    log = Witnessed(page, "seen-first")
    other = [*FORKED[:3], *FORKED[4:]]
    assert log.code(log.note(5, other), [], proof(4, 5, other)) == "seen.foreign"
    assert log.kept()["size"] == 0


def test_what_another_key_signed_is_not_signed(page: Page) -> None:
    log, stranger = Witnessed(page, "strangers"), Log("strangers-other")
    assert log.code(stranger.note(5), []) == "note.unverified"
    assert log.code(log.note(5).replace("\n5\n", "\n6\n"), []) == "note.signature"
    assert log.kept()["size"] == 0


def test_of_two_histories_shown_to_two_tabs_at_once_one_is_signed(page: Page) -> None:
    log = Witnessed(page, "two-tabs")
    other = [*HONEST[:5], *FORKED[5:]]  # it extends what was signed too
    second = page.context.new_page()
    second.goto(page.url)
    shown = [[log.note(8), proof(5, 8)], [log.note(8, other), proof(5, 8, other)]]
    log.next(log.note(5), [])
    for tab in (page, second):
        tab.evaluate("import('/tests/witness.js')")
    started = [
        tab.evaluate_handle(
            "([module, ...given]) => { globalThis.racing = import(module).then((m) => m.race(...given)); }",
            ["/tests/witness.js", log.origin, log.vkey, shown[at:] + shown[:at], TIME],
        )
        for at, tab in enumerate((page, second))
    ]
    assert len(started) == 2
    outcomes = [one for tab in (page, second) for one in tab.evaluate("() => globalThis.racing")]
    handed = [note for one in outcomes for note in one.get("found", [])]
    assert len(handed) == 1 and log.signed(handed) == [8]
    assert log.kept()["root"] in (root_of(leaves[:8]).hex() for leaves in (HONEST, other))
    assert {one["refusals"][0]["code"] for one in outcomes if "refusals" in one} <= {
        "seen.foreign",
        "seen.contradicted",
    }
    second.close()


def test_once_it_has_ended_its_key_is_gone(page: Page) -> None:
    log = Witnessed(page, "ended")
    log.next(log.note(5), [])
    call(page, "witness", "end", log.origin)
    assert log.kept() is None and log.next(log.note(8), proof(5, 8))["found"] == []
    assert call(page, "witness", "begin", log.origin) != log.cosigner
