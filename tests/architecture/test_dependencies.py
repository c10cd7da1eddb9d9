"""What detente is built on: each package has its reason in ADR 2, is locked by its hash, is needed, and of a licence that
is known. Whether an advisory speaks of one is asked elsewhere (SECURITY.md): that needs a line to who publishes them."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[2]
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LICENCES: Final = {
    "permissive": re.compile(
        r"MIT(-0|-CMU)?|BSD|0BSD|[23]-Clause BSD|BSD-[23]-Clause|Apache.*|PSF-2\.0|ISC|Zlib|CC0-1\.0|HPND",
        re.IGNORECASE,
    ),
    "copyleft of the library alone": re.compile(r"LGPL(-3\.0-only)?"),
}
"""What Apache-2.0 may stand beside. Nothing of the second kind is copied or changed; each is installed as it comes."""
LIBRARIES_APART: Final = {"psycopg", "psycopg-binary", "jalali-core"}
UNSAID: Final = {"pyrage": "MIT"}
"""Packages whose metadata says no licence; as their sources do."""


def declared() -> dict[str, Requirement]:
    lists = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    return {canonicalize_name(r.name): r for listed in lists for r in map(Requirement, listed)}


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of each package of a lock."""
    text = (ROOT / name).read_text("utf-8")
    found = {}
    for entry in re.split(r"\n(?=[a-z0-9])", text):
        if (named := re.match(r"([A-Za-z0-9._-]+)==([^ ;\\]+)", entry)) is not None:
            found[canonicalize_name(named[1])] = (
                named[2],
                len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)),
            )
    return found


RUNS, TESTS = locked("requirements.lock"), locked("requirements-test.lock")


def needed(names: Iterator[str]) -> set[str]:
    """These packages and all that they ask for, as far as they are installed."""
    waiting, found = list(names), set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        try:
            asked = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        extras = declared()[name].extras if name in declared() else set()
        for one in map(Requirement, asked):
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append(canonicalize_name(one.name))
    return found


def test_each_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs/adr/0002-dependencies.md").read_text("utf-8").lower()
    assert [name for name in declared() if not re.search(rf"(?<![a-z-]){name}(?![a-z-])", reasons)] == []


def test_each_is_locked_by_its_hash_and_the_two_locks_agree() -> None:
    assert len(RUNS) > 30 and all(hashes for _version, hashes in (*RUNS.values(), *TESTS.values()))
    assert {
        name: (of, TESTS.get(name)) for name, of in RUNS.items() if TESTS.get(name, ("",))[0] != of[0]
    } == {}
    for name, asked in declared().items():
        assert asked.specifier.contains(RUNS[name][0]), name


def test_nothing_is_locked_that_nothing_needs() -> None:
    assert sorted(set(RUNS) - needed(iter(declared()))) == []


def test_the_licence_of_each_is_known() -> None:
    for name in RUNS:
        about = metadata.metadata(name)
        listed = [one for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
        said = [about.get("License-Expression") or "", *(one.rpartition(" :: ")[2] for one in listed)]
        said += [(about.get("License") or "").partition("\n")[0], UNSAID.get(name, "")]
        words = next(one for one in said if one)
        words = words.removesuffix(" License").removesuffix(" Software")
        parts = re.split(r" AND | OR |[()]", words)
        kinds = {
            kind
            for part in parts
            for kind, found in LICENCES.items()
            if part and found.fullmatch(part.strip())
        }
        assert kinds, (name, words)
        assert ("permissive" not in kinds) is (name in LIBRARIES_APART), (name, words)


@pytest.mark.parametrize(
    "folder", sorted(p.name for p in (ROOT / "src/detente").iterdir() if (p / "__init__.py").exists())
)
def test_nothing_is_imported_that_is_not_declared(folder: str) -> None:
    """What a dependency happens to bring is not ours to use."""
    whose = metadata.packages_distributions()
    for path in (ROOT / "src/detente" / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            else:
                continue
            for top in {name.partition(".")[0] for name in names} - {"detente"} - sys.stdlib_module_names:
                owners = {canonicalize_name(owner) for owner in whose.get(top, ())}
                assert owners & set(declared()), (path.name, top)
