"""`docs/reference/vectors.md`: what every reader must refuse with which code, from the vectors themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from documenting.markdown import code, page, table

INTRODUCTION: Final = """
For whoever writes a verifier: the codes that the vectors of each folder expect, at which stage, and what they are
about. What a folder gives, and the order of its stages: [vectors](../../vectors/README.md). How to begin: [for the
verifier](../guide/verifier.md). What is said with each code: [refusals](refusals.md).
"""
FOLDER: Final = Path(__file__).parents[1] / "vectors"
_OTHERWISE: Final = ("records", "preferences", "schemas")
"""Folders whose files have another form, which the page of the vectors says."""


def vectors_page() -> str:
    """The whole page."""
    folders = sorted(path for path in FOLDER.iterdir() if path.is_dir() and path.name not in _OTHERWISE)
    return page("Vectors", INTRODUCTION, [line for folder in folders for line in _section(folder)])


def _section(folder: Path) -> Iterator[str]:
    vectors = {path.stem: json.loads(path.read_text("ascii")) for path in sorted(folder.glob("*.json"))}
    if not vectors:
        return
    accepted = [name for name, vector in vectors.items() if vector["expect"]["stage"] == "accepted"]
    yield from (f"## {folder.name}", "", f"{len(vectors)} files, {len(accepted)} of them accepted.", "")
    yield from table(("code", "stage", "what it is about", "file"), _refused(vectors))


def _refused(vectors: dict[str, dict[str, object]]) -> Iterator[tuple[str, str, str, str]]:
    rows = []
    for name, vector in vectors.items():
        expected = vector["expect"]
        assert isinstance(expected, dict)
        codes = [expected["code"]] if isinstance(expected["code"], str) else expected["code"]
        if expected["stage"] != "accepted":
            rows.append(
                (" ".join(code(one) for one in codes), expected["stage"], str(vector["about"]), code(name))
            )
    yield from sorted(rows)
