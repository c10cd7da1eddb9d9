"""Sealing in the browser: what it seals Python opens and the other way round, with keys that cannot be read."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from detente.codec.refusal import Refused
from detente.sealing.identity import Identity, make_identity, public_of, read_identity
from detente.sealing.seal import seal, unseal
from detente.sealing.streaming import line_of, seal_stream, unseal_stream
from tests.javascript.pages import CHROMIUM, call
from tests.javascript.test_keys import in_a_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
MEMBERS = [make_identity() for _ in range(3)]
TO_ALL = [public_of(member) for member in MEMBERS]
HEX = [public.hex() for public in TO_ALL]
ORIGIN = "detente/" + "c" * 26


def code_of(outcome: dict[str, Any]) -> str:
    return str(outcome["refusals"][0]["code"])


@in_a_browser
@given(plaintext=st.binary(max_size=200), readers=st.sets(st.integers(0, 2), min_size=1))
def test_each_side_opens_what_the_other_sealed(page: Page, plaintext: bytes, readers: set[int]) -> None:
    here = seal(plaintext, [TO_ALL[reader] for reader in readers]).hex()
    there = call(page, "sealing", "sealed", plaintext.hex(), [HEX[reader] for reader in readers])["found"]
    for reader, member in enumerate(MEMBERS):
        if reader in readers:
            assert call(page, "sealing", "opened", here, member) == {"found": plaintext.hex()}
            assert unseal(bytes.fromhex(there), member) == plaintext
        else:
            assert code_of(call(page, "sealing", "opened", here, member)) == "sealing.not_for_you"
            with pytest.raises(Refused, match=r"sealing\.not_for_you"):
                unseal(bytes.fromhex(there), member)


@pytest.mark.parametrize("size", [0, 65_535, 65_536, 65_537, 131_072])
def test_content_of_any_size_goes_both_ways(page: Page, size: int) -> None:
    plaintext = bytes(at % 251 for at in range(size))
    found = call(page, "sealing", "sealed", plaintext.hex(), HEX)["found"]
    assert unseal(bytes.fromhex(found), MEMBERS[1]) == plaintext
    here = seal(plaintext, TO_ALL).hex()
    assert call(page, "sealing", "opened", here, MEMBERS[1])["found"] == plaintext.hex()


@pytest.mark.parametrize("size", [0, 1, 65_400, 200_000])
def test_a_file_beside_the_log_goes_both_ways_and_opens_under_its_own_line_only(
    page: Page, size: int
) -> None:
    plaintext, line = bytes(at % 251 for at in range(size)), line_of(ORIGIN, "key", "bridge.jpg").decode()
    there, digest, content = call(page, "sealing", "fileSealed", plaintext.hex(), HEX, line)["found"]
    out = BytesIO()
    assert unseal_stream(BytesIO(bytes.fromhex(there)), out, [MEMBERS[1]], line.encode()).hex() == content
    assert (out.getvalue(), digest) == (plaintext, sha256(bytes.fromhex(there)).hexdigest())
    sealed = BytesIO()
    here = seal_stream(BytesIO(plaintext), sealed, TO_ALL, line.encode())
    file = sealed.getvalue().hex()
    found = call(page, "sealing", "fileOpened", file, MEMBERS[1], line)["found"]
    assert found == [plaintext.hex(), here.content.hex()]
    other = line_of(ORIGIN, "key", "bridge.exe").decode()
    assert code_of(call(page, "sealing", "fileOpened", file, MEMBERS[1], other)) == "sealing.foreign"
    cut = call(page, "sealing", "fileOpened", file[:-2], MEMBERS[1], line)
    assert code_of(cut) == "sealing.damaged"
    stranger = call(page, "sealing", "fileOpened", file, make_identity(), line)
    assert code_of(stranger) == "sealing.not_for_you"


@pytest.mark.parametrize("readers", [1, 2, 3])
def test_a_file_is_as_long_as_the_specification_says(page: Page, readers: int) -> None:
    for size, chunks in ((0, 1), (1, 1), (65_536, 1), (65_537, 2)):
        expected = 22 + 98 * readers + 48 + 16 + 16 * chunks
        assert call(page, "sealing", "overhead", size, HEX[:readers]) == expected


def test_a_key_that_cannot_be_read_opens(page: Page) -> None:
    key = call(page, "sealing", "kept", ORIGIN)
    assert key["derived"] == key["publicKey"]
    assert key["extractable"] is False
    file = seal(b"the instruction", [TO_ALL[0], bytes.fromhex(key["publicKey"])]).hex()
    assert call(page, "sealing", "openedByKept", file, key["keyId"]) == {"found": b"the instruction".hex()}
    other = seal(b"the instruction", TO_ALL).hex()
    assert code_of(call(page, "sealing", "openedByKept", other, key["keyId"])) == "sealing.not_for_you"


def test_an_identity_made_there_is_one_here(page: Page) -> None:
    made, again = (call(page, "sealing", "made") for _ in range(2))
    assert made != again
    assert read_identity(made["identity"]) == made["identity"]
    assert public_of(Identity(made["identity"])).hex() == made["publicKey"]
    boxed = call(page, "sealing", "sealed", made["identity"].encode().hex(), HEX)["found"]
    assert unseal(bytes.fromhex(boxed), MEMBERS[2]).decode() == made["identity"]


@in_a_browser
@given(typed=st.one_of(
    st.text(max_size=90),
    st.sampled_from([MEMBERS[0], MEMBERS[0].lower(), " ".join(MEMBERS[0]), MEMBERS[0].replace("0", "o"),
                     MEMBERS[0][:-1], MEMBERS[0] + "Q", MEMBERS[0][:-1] + "\u200bB", MEMBERS[0].replace("S", "ſ")]),
))  # fmt: skip
def test_what_is_typed_is_read_alike_in_the_same_words(page: Page, typed: str) -> None:
    found = call(page, "sealing", "read", typed)
    try:
        assert found == {"found": read_identity(typed)}
    except Refused as refused:
        assert found["refusals"] == [msgspec.to_builtins(refusal) for refusal in refused.refusals]


def test_no_bit_can_be_changed_unnoticed_and_each_is_said_alike(page: Page) -> None:
    file = seal(b"the instruction", TO_ALL[:1])
    for mask in (1, 32):
        found = call(page, "sealing", "changed", file.hex(), MEMBERS[0], mask)
        assert found == [
            _code(file[:at] + bytes([file[at] ^ mask]) + file[at + 1 :]) for at in range(len(file))
        ]
        assert set(found) == {"sealing.malformed", "sealing.not_for_you", "sealing.damaged"}


def _code(file: bytes) -> str:
    try:
        unseal(file, MEMBERS[0])
    except Refused as refused:
        return refused.refusals[0].code
    return "opened"


@pytest.mark.parametrize(("readers", "code"), [([], "sealing.recipients"), (HEX[:1] * 257, "sealing.recipients"),
                                               ([*HEX, "00" * 32], "sealing.recipient"),
                                               (["00"], "sealing.recipient")])  # fmt: skip
def test_the_same_readers_are_refused_in_the_same_words(page: Page, readers: list[str], code: str) -> None:
    found = call(page, "sealing", "sealed", "00", readers)
    with pytest.raises(Refused) as caught:
        seal(b"\0", [bytes.fromhex(reader) for reader in readers])
    assert found["refusals"] == [msgspec.to_builtins(refusal) for refusal in caught.value.refusals]
    assert code_of(found) == code


def test_a_browser_without_the_curve_says_so(page: Page) -> None:
    file = seal(b"x", TO_ALL).hex()
    found = call(page, "sealing", "withoutX25519", file, MEMBERS[0], HEX[0])
    assert found == ["browser.algorithm", "browser.algorithm"]


def test_a_page_that_seals_nothing_does_not_fetch_the_library(browser: Any, port: int) -> None:
    page = browser.new_page()
    page.goto(f"http://localhost:{port}/")
    page.wait_for_selector("html[data-loaded]", state="attached")
    modules = "performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)"
    fetched = page.evaluate(modules)
    page.close()
    assert "/static/js/acts/authoring.js" in fetched
    assert not [path for path in fetched if "/vendor/" in path or "/sealing/" in path]
