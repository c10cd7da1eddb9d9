"""What browsers run and nobody here wrote: its bytes are those of the manifest, and building again gives the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

import detente.web

ROOT = Path(__file__).parents[2]
VENDOR = Path(detente.web.__file__).parent / "static" / "vendor"
BUILDING = ROOT / "vendoring"
MANIFEST = "SHA256SUMS"
UNREACHABLE = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT"
)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def npm(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["npm", *arguments], cwd=folder, capture_output=True, text=True, timeout=300)


def test_every_vendored_file_is_the_one_of_the_manifest() -> None:
    listed = dict(line.split("  ")[::-1] for line in (VENDOR / MANIFEST).read_text("ascii").splitlines())
    files = files_of(VENDOR)
    del files[MANIFEST]
    assert listed == {name: sha256(raw).hexdigest() for name, raw in files.items()}


def test_a_rebuild_gives_the_same_bytes(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: nothing can be built again")
    building, built = tmp_path / "vendoring", tmp_path / "vendor"
    shutil.copytree(BUILDING, building, ignore=shutil.ignore_patterns("node_modules"))
    installed = npm("ci", "--ignore-scripts", folder=building)
    if installed.returncode and UNREACHABLE.search(installed.stderr):
        pytest.skip("no registry can be reached: nothing can be built again")
    assert installed.returncode == 0, installed.stderr
    done = npm("run", "build", "--", str(built), folder=building)
    assert done.returncode == 0, done.stderr
    assert files_of(built) == files_of(VENDOR)


def test_the_lock_pins_what_is_installed_by_its_digest_and_names_no_address_of_it() -> None:
    lock = (BUILDING / "package-lock.json").read_text("utf-8")
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/') > 0
    assert '"resolved"' not in lock


@pytest.mark.parametrize("path", sorted(VENDOR.glob("*.js")), ids=lambda path: path.name)
def test_a_vendored_module_does_nothing_that_the_pages_forbid(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(
        r"\beval\(|new Function|WebAssembly|innerHTML|document\.|\bfetch\(|importScripts", text
    )
    assert not re.search(r"^import |\bimport\(", text, re.MULTILINE)
    assert max(map(len, text.splitlines())) < 200, "it is to be read: not minified"


def test_every_package_in_the_bundle_has_its_licence_beside_it() -> None:
    bundle = (VENDOR / "age.js").read_text("utf-8")
    packages = set(re.findall(r"^// node_modules/((?:@[^/]+/)?[^/]+)/", bundle, re.MULTILINE))
    licences = (VENDOR / "age.LICENSES.txt").read_text("utf-8")
    assert packages == set(re.findall(r"^(\S+) [\d.]+ \([A-Z\d.a-z-]+\)$", licences, re.MULTILINE))
    assert len(packages) == 4
    assert licences.count("Copyright (c)") >= 4


def test_the_kinds_of_key_that_are_not_used_are_left_out() -> None:
    bundle = (VENDOR / "age.js").read_text("utf-8")
    assert len(bundle) < 80_000
    assert not re.search(r"keccak|weierstrass|BlockMix", bundle, re.IGNORECASE)
