"""docs/specs/proof-of-an-act.md: its example is verified, and what it says of it is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

from detente.proofs import lines, one_act, parts, path_lines, proving, registry_acts, signed_log, stated
from detente.proofs.one_act import FIRST_LINE
from tests.conformance.vector_readers import proved

SPEC = (Path(__file__).parents[2] / "docs/specs/proof-of-an-act.md").read_text("utf-8")


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", SPEC, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_example_proves_what_the_page_says() -> None:
    vector = {"raw": block("proof").encode().decode("latin-1")}
    assert proved(vector, lambda _stage: None) == json.loads(block("json"))


def test_the_lines_stand_in_the_order_of_the_table() -> None:
    words = [line.strip("`") for line in re.findall(r"^\| (`[a-z].*?`) \|", SPEC, re.MULTILINE)]
    assert words == [FIRST_LINE, "process", "proves", "act", "path", "checkpoint"]
    seen = [line.partition(" ")[0] for line in block("proof").splitlines()[1:]]
    assert list(dict.fromkeys(word for word in seen if word in words)) == words[1:]


def test_codes_that_the_page_names_are_those_of_the_code() -> None:
    sources = "".join(
        Path(module.__file__ or "").read_text("utf-8")
        for module in (one_act, registry_acts, signed_log, lines, path_lines, parts, proving, stated)
    )
    made = set(re.findall(r'fault\(\s*"(\w+)"', sources)) | set(
        re.findall(r'"(?:proved|parts)\.(\w+)"', sources)
    )
    named = set(re.findall(r"`(?:proved|parts)?\.([a-z_]+)`", SPEC))
    assert named == made - {"field"}  # that one is of making a proof
