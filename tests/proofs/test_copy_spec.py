"""docs/specs/certified-copy.md: its example is verified, and what it says of it is true."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

from detente.codec.base64url import decode_base64url
from detente.keys.ed25519 import signature_holds
from detente.procedure.chambers import chamber_names
from detente.proofs.lines import LONGEST_LINE, LONGEST_NUMBER
from detente.proofs.verification import verify_copy
from detente.signing.disclosure import read_disclosure

ROOT = Path(__file__).parents[2]
SPEC = (ROOT / "docs/specs/certified-copy.md").read_text("utf-8")


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", SPEC, re.DOTALL | re.MULTILINE)
    return str(found)


RAW = block("copy").encode()


def test_the_example_proves_what_the_page_says() -> None:
    copy, said = verify_copy(io.BytesIO(RAW)), json.loads(block("json"))
    assert (copy.heading.process, copy.size) == (said["process"], said["size"])
    assert {chamber.name: chamber.size for chamber in copy.chambers} == said["chambers"]
    assert [list(line) for line in copy.cosigners] == said["cosigned"]
    act = next(line for line in RAW.split(b"\n") if line.startswith(b"act "))
    disclosures = [read_disclosure(text.decode()) for text in act.split(b"~")[1:-1]]
    assert {"title": said["title"]} == {opened.name: opened.value for opened in disclosures}


def test_the_keeper_signed_the_statement_on_the_page() -> None:
    copy = verify_copy(io.BytesIO(RAW))
    _word, key_id, signature = RAW.decode().splitlines()[-1].split(" ")
    public = decode_base64url(copy.state.keys[key_id].public)
    assert copy.state.keys[key_id].person == copy.state.convened.keeper
    assert signature_holds(public, block("statement").encode(), decode_base64url(signature))


def test_the_example_is_the_sound_vector() -> None:
    assert json.loads((ROOT / "vectors/copy/sound.json").read_text("ascii"))["raw"].encode("latin-1") == RAW


def test_the_lines_stand_in_the_order_of_the_table() -> None:
    words = [line.split()[0].strip("`") for line in re.findall(r"^\| (`[a-z].*?`) \|", SPEC, re.MULTILINE)]
    assert words == ["detente", "process", "for", "made", "log", "act", "checkpoint", "digest", "certified"]
    seen = [line.split(b" ")[0].decode() for line in RAW.split(b"\n")]
    assert [word for word in seen if word in words][:7] == words[:7]
    assert [word for word in seen if word in words][-2:] == words[-2:]


def test_the_numbers_and_the_chambers_on_the_page_are_those_of_the_code() -> None:
    assert f"at most {LONGEST_LINE:,} bytes" in SPEC and f"at most {LONGEST_NUMBER} digits" in SPEC
    order = re.findall(r"`/([a-z]+(?:-X)?)`", SPEC)
    assert order == [name.replace("-A", "-X") for name in chamber_names(("A",))]


def test_codes_that_the_page_names_are_those_of_the_vectors() -> None:
    named = set(re.findall(r"`(copy\.[a-z]+)`", SPEC))
    vectors = [
        json.loads(path.read_text("ascii"))["expect"] for path in (ROOT / "vectors/copy").glob("*.json")
    ]
    assert named == {v["code"] for v in vectors if v["code"].startswith("copy.")}
