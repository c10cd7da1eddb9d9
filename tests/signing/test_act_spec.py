"""docs/specs/act.md: its example is parsed, verified and opened, and every part it shows is true."""

import json
import re
from pathlib import Path

import msgspec

from detente.acts.act import Clear
from detente.acts.kinds import kind_of, read_act
from detente.codec.base64url import decode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.keys.public import read_public_key
from detente.keys.thumbprint import thumbprint
from detente.signing.disclosure import decoy_of, digest_of, open_disclosures
from detente.signing.envelope import parse_envelope
from detente.signing.verifier import verify

ROOT = Path(__file__).parents[2]
SPEC = (ROOT / "docs/specs/act.md").read_text("utf-8")


def block(name: str) -> str:
    """The fenced text that follows the line `<!-- name -->`."""
    found = re.search(rf"<!-- {name} -->\n```[a-z]*\n(.*?)\n```", SPEC, re.DOTALL)
    assert found, name
    return found[1]


RAW = re.sub(r"\s", "", block("act")).encode()
PUBLIC = read_public_key(block("public key"))


def test_the_example_is_verified_and_opens_as_shown() -> None:
    verified = verify(parse_envelope(RAW), PUBLIC)
    payload = json.loads(verified.payload)
    opened = open_disclosures(payload["_sd"], verified.disclosures, payload.keys())
    assert opened == json.loads(block("opened"))


def test_the_parts_are_those_of_the_example() -> None:
    envelope = parse_envelope(RAW)
    header = decode_base64url(envelope.entry.split(b".")[0])
    assert header.decode() == block("header")
    assert envelope.payload == encode_canonical(json.loads(block("payload")))
    assert [decode_base64url(d).decode() for d in envelope.disclosures] == block("disclosures").split("\n")
    assert envelope.submission == block("submission")
    assert thumbprint(PUBLIC) == json.loads(header)["kid"]


def test_the_decoy_is_the_one_said_to_be_a_decoy() -> None:
    envelope = parse_envelope(RAW)
    rest = set(json.loads(envelope.payload)["_sd"]) - set(map(digest_of, envelope.disclosures))
    assert rest == {decoy_of(block("decoy salt"))}


def test_the_example_is_an_act_of_its_kind() -> None:
    envelope = parse_envelope(RAW)
    clear = read_act(envelope.payload)
    assert isinstance(clear, Clear)
    kind = kind_of(clear)
    assert len(clear.sd) in kind.digests
    msgspec.convert(json.loads(block("opened")), kind.hidden)


def test_every_code_in_the_table_has_a_vector_and_every_vector_a_row() -> None:
    rows = set(re.findall(r"^\| `([a-z0-9]+\.[a-z0-9_]+)` \| (\w+) \|", SPEC, re.MULTILINE))
    vectors = [
        json.loads(path.read_text("ascii"))["expect"]
        for folder in ("act", "door")
        for path in (ROOT / "vectors" / folder).glob("*.json")
    ]
    shown = {(v["code"], v["stage"]) for v in vectors if v["stage"] != "accepted"}
    named = {code for code, _stage in rows}
    assert {(code, stage) for code, stage in shown if stage != "door"} <= rows
    assert {code for code, stage in shown if stage == "door"} <= named
    assert {code for code, _ in rows - shown} == {"envelope.size"}
