"""Every vector of these folders is refused in the browser at its stage with its code, or accepted and read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page

from detente.codec.refusal import Refused
from tests.conformance.vector_readers import READERS
from tests.javascript.pages import CHROMIUM, call

VECTORS = Path(__file__).parents[2] / "vectors"
FOLDERS = (
    "act",
    "note",
    "checkpoint",
    "policy",
    "proof",
    "consistency",
    "token",
    "proved",
    "pouch",
    "evidence",
    "sealing",
)
FILES = sorted(path for folder in FOLDERS for path in (VECTORS / folder).glob("*.json"))
# The same stage and code in other words: what is not JSON is said as each reader's own parser says it, and an
# index of 2^62 or a time of 2^63 is no exact number in a browser.
WORDED_APART = {
    "act/payload_cut_short", "act/payload_lone_surrogate", "act/payload_not_utf8",
    "note/cosignature_beyond_63_bits", "proof/index_above_the_size",
}  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


def refusals_in_python(folder: str, vector: dict[str, Any]) -> list[dict[str, str]]:
    try:
        READERS[folder](vector, lambda _stage: None)
    except Refused as refused:
        return [msgspec.to_builtins(refusal) for refusal in refused.refusals]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_stage_named_in_the_file_decides_in_the_same_words(page: Page, path: Path) -> None:
    folder, vector = path.parent.name, json.loads(path.read_text("ascii"))
    found = call(page, "vector_readers", "read", folder, vector)
    assert found["expect"] == vector["expect"], vector["about"]
    alike = found["refusals"] == refusals_in_python(folder, vector)
    assert alike is (f"{folder}/{path.stem}" not in WORDED_APART)


def test_every_folder_has_vectors() -> None:
    assert {path.parent.name for path in FILES} == set(FOLDERS)
