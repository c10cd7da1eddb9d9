"""Every file of vectors/: refused by the stage that it names, with the code that it names, or read as it says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.vector_readers import READERS, outcome

VECTORS = Path(__file__).parents[2] / "vectors"
FILES = [path for folder in READERS for path in sorted((VECTORS / folder).glob("*.json"))]

STAGES = {
    "act": {"envelope", "verifier", "disclosure"},
    "note": {"vkey", "note"},
    "checkpoint": {"vkey", "note", "checkpoint"},
    "policy": {"policy"},
    "proof": {"proof", "note", "checkpoint"},
    "consistency": {"consistency"},
    "tile": {"tile"},
    "token": {"envelope", "verifier", "token"},
    "copy": {"copy"},
    "proved": {"parts", "proved"},
    "pouch": {"pouch", "answer"},
    "evidence": {"evidence", "unchained"},
    "facts": {"facts"},
    "bundle": {"bundle"},
    "later": {"later"},
    "stamps": {"stamps"},
    "snapshot": {"snapshot"},
    "sealing": {"recipient", "identity", "file"},
}
"""Folder -> the stages at which one of its files must be refused."""

SCRIPTS = {
    "make_act_vectors.py": ("act",),
    "make_log_vectors.py": ("note", "checkpoint", "policy", "proof", "consistency", "tile", "token"),
    "make_copy_vectors.py": ("copy",),
    "make_proved_vectors.py": ("proved",),
    "make_pouch_vectors.py": ("pouch",),
    "make_evidence_vectors.py": ("evidence",),
    "make_facts_vectors.py": ("facts",),
    "make_bundle_vectors.py": ("bundle",),
    "make_later_vectors.py": ("later",),
    "make_stamps_vectors.py": ("stamps",),
    "make_snapshot_vectors.py": ("snapshot",),
    "make_sealing_vectors.py": ("sealing",),
    "make_door_vectors.py": ("door",),
    "make_preferences_vectors.py": ("preferences",),
}
"""Script -> the folders that it writes. One that writes a single folder is given that folder."""


def read(path: Path) -> dict[str, Any]:
    vector: dict[str, Any] = json.loads(path.read_text("ascii"))
    return vector


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_stage_named_in_the_file_decides(path: Path) -> None:
    vector = read(path)
    assert outcome(READERS[path.parent.name], vector) == vector["expect"], vector["about"]


@pytest.mark.parametrize("folder", READERS)
def test_every_folder_has_sound_siblings_and_every_stage_its_faults(folder: str) -> None:
    stages = Counter(read(path)["expect"]["stage"] for path in (VECTORS / folder).glob("*.json"))
    assert stages.pop("accepted") >= 3
    assert stages.keys() == STAGES[folder]


@pytest.mark.parametrize("folder", READERS)
def test_a_sound_file_is_named_so_and_only_a_sound_file(folder: str) -> None:
    for path in (VECTORS / folder).glob("*.json"):
        assert ("sound" in path.stem) == (read(path)["expect"]["stage"] == "accepted"), path


@pytest.mark.parametrize("folder", READERS)
def test_no_two_files_have_one_fault(folder: str) -> None:
    vectors = [read(path) for path in (VECTORS / folder).glob("*.json")]
    inputs = [
        json.dumps(
            {name: value for name, value in vector.items() if name not in ("about", "expect")}, sort_keys=True
        )
        for vector in vectors
    ]
    assert len(set(inputs)) == len(vectors)


def test_every_folder_is_read_and_written_by_somebody() -> None:
    folders = {path.name for path in VECTORS.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {*READERS, "door", "records", "preferences", "schemas"}
    assert {folder for written in SCRIPTS.values() for folder in written} == folders - {"records", "schemas"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_script_writes_the_same_files_again(script: str, tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(VECTORS / script), str(tmp_path)], check=True)
    folders = SCRIPTS[script]
    for folder in folders:
        place = tmp_path if len(folders) == 1 else tmp_path / folder
        written = {path.name: path.read_bytes() for path in place.iterdir()}
        assert written == {path.name: path.read_bytes() for path in (VECTORS / folder).iterdir()}


def test_the_form_of_each_folder_is_told() -> None:
    told = (VECTORS / "README.md").read_text("utf-8")
    for folder in (*READERS, "door", "records", "preferences", "schemas"):
        assert f"`{folder}/`" in told
