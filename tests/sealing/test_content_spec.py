"""The example of docs/specs/sealed-content.md is what the page says it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.sealing.identity import Identity, read_identity
from detente.sealing.key_box import open_content, open_key_box
from detente.signing.disclosure import digest_of, read_disclosure

PAGE = (Path(__file__).parents[2] / "docs" / "specs" / "sealed-content.md").read_text("utf-8")


def block(name: str) -> list[str]:
    found = re.search(rf"^```{name}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1].splitlines()


def identities() -> dict[str, Identity]:
    pairs = (line.split(": ") for line in block("identities"))
    return {name: read_identity(text) for name, text in pairs}


def test_the_member_and_the_paper_open_the_box_and_find_the_key_of_the_epoch() -> None:
    keys, box = identities(), "".join(block("box"))
    for name in ("member A", "recovery of A"):
        assert open_key_box(box, keys[name]) == (keys["side-A, epoch 1"],)
    with pytest.raises(Refused):
        open_key_box(box, keys["side-A, epoch 1"])


def test_the_key_of_the_epoch_opens_what_was_written_and_it_opens_the_digests() -> None:
    keys, file = identities(), "".join(block("sealed"))
    found = open_content(file, keys["side-A, epoch 1"])
    assert list(found) == block("disclosures")
    assert [digest_of(text) for text in found] == block("digests")
    assert [read_disclosure(text).name for text in found] == ["text", "remark"]
    with pytest.raises(Refused):
        open_content(file, keys["member A"])
