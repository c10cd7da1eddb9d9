"""The fonts of the PDF for signature are those of the manifest, and copying them again gives the same."""

from __future__ import annotations

import shutil
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from tests.sealing.test_vendored import BUILDING, MANIFEST, UNREACHABLE, files_of, npm

FONTS = Path(str(files("detente.interchange.documents.signature_pdf"))) / "fonts"


def test_every_font_is_the_one_of_the_manifest_and_has_its_licence_beside_it() -> None:
    listed = dict(line.split("  ")[::-1] for line in (FONTS / MANIFEST).read_text("ascii").splitlines())
    found = files_of(FONTS)
    del found[MANIFEST]
    assert listed == {name: sha256(raw).hexdigest() for name, raw in found.items()}
    families = {name.partition("-")[0] for name in found if name.endswith(".ttf")}
    assert len(families) == 3
    for family in families:
        assert b"SIL OPEN FONT LICENSE" in found[f"{family}.LICENSE.txt"]


def test_they_fit_beside_the_program() -> None:
    assert sum(map(len, files_of(FONTS).values())) < 2_000_000


def test_copying_again_gives_the_same_bytes(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: nothing can be copied again")
    building, copied = tmp_path / "vendoring", tmp_path / "fonts"
    shutil.copytree(BUILDING, building, ignore=shutil.ignore_patterns("node_modules"))
    installed = npm("ci", "--ignore-scripts", folder=building)
    if installed.returncode and UNREACHABLE.search(installed.stderr):
        pytest.skip("no registry can be reached: nothing can be copied again")
    assert installed.returncode == 0, installed.stderr
    done = npm("run", "fonts", "--", str(copied), folder=building)
    assert done.returncode == 0, done.stderr
    assert files_of(copied) == files_of(FONTS)
