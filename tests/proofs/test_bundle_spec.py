"""docs/specs/replay-bundle.md: its example folds to what the page says, and the page names the code's lines and codes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

from detente.procedure.facts import facts_of
from detente.proofs import lines, log_reading, replay_bundle
from detente.proofs.replay_bundle import FIRST_LINE, verify_bundle

SPEC = (Path(__file__).parents[2] / "docs/specs/replay-bundle.md").read_text("utf-8")


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", SPEC, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_example_folds_to_what_the_page_says() -> None:
    assert facts_of(verify_bundle(io.BytesIO(block("bundle").encode())).state) == json.loads(block("json"))


def test_the_lines_stand_in_the_order_of_the_table() -> None:
    words = re.findall(r"^\| `([a-z][a-z0-9 ]*)` \|", SPEC, re.MULTILINE)
    assert words == [FIRST_LINE, "process", "acts", "act", "checkpoint"]
    seen = [line.partition(" ")[0] for line in block("bundle").splitlines()[1:]]
    assert list(dict.fromkeys(word for word in seen if word in words)) == words[1:]


def test_codes_that_the_page_names_are_those_of_the_code() -> None:
    sources = "".join(
        Path(module.__file__ or "").read_text("utf-8") for module in (replay_bundle, log_reading, lines)
    )
    made = set(re.findall(r'fault\(\s*"(\w+)"', sources)) | set(re.findall(r'kind}\.(\w+)"', sources))
    assert set(re.findall(r"`(?:bundle)?\.([a-z]+)`", SPEC)) == made
