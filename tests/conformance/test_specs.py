"""Every page of docs/specs has an example that a test reads, and is named by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs" / "specs").glob("*.md")}

READ_BY = {
    "act": "tests/signing/test_act_spec.py",
    "certified-copy": "tests/proofs/test_copy_spec.py",
    "checkpoint": "tests/tlog/test_specs.py",
    "cosignature": "tests/tlog/test_specs.py",
    "evidence-against-a-log": "tests/proofs/test_misconduct.py",
    "documents": "tests/interchange/documents/test_spec.py",
    "erasure": "tests/depositary/test_forgetting.py",
    "gazetteer": "tests/interchange/test_gazetteer.py",
    "incidents": "tests/interchange/incidents/test_spec.py",
    "invitation": "tests/signing/test_invitation.py",
    "kinds": "tests/acts/test_kinds.py",
    "packages": "tests/analysis/packages/test_problem_file.py",
    "policy": "tests/tlog/test_specs.py",
    "pouch": "tests/proofs/test_pouch_spec.py",
    "preferences": "tests/analysis/packages/test_elicited.py",
    "proof-of-an-act": "tests/proofs/test_one_act_spec.py",
    "reader-token": "tests/signing/test_reader_token.py",
    "receipt": "tests/tlog/test_specs.py",
    "replay-bundle": "tests/proofs/test_bundle_spec.py",
    "sealed-content": "tests/sealing/test_content_spec.py",
    "sealed-file": "tests/sealing/test_spec.py",
    "state-statement": "tests/proofs/test_statement_spec.py",
    "tables": "tests/interchange/tables/test_spec.py",
    "tiles": "tests/tlog/test_specs.py",
    "time-stamp": "tests/proofs/test_time_stamp_spec.py",
    "wrapped-identity": "tests/sealing/test_wrapped_identity_spec.py",
}


def test_every_page_is_read_by_a_test() -> None:
    assert PAGES.keys() == READ_BY.keys()


@pytest.mark.parametrize("page", READ_BY)
def test_the_page_has_an_example_and_the_test_names_it(page: str) -> None:
    assert "```" in PAGES[page]
    test = (ROOT / READ_BY[page]).read_text("utf-8")
    assert f'"{page}"' in test or f"docs/specs/{page}.md" in test


@pytest.mark.parametrize("page", READ_BY)
def test_what_a_page_points_to_is_there(page: str) -> None:
    for target in re.findall(r"\]\(([a-z-]+\.md)\)", PAGES[page]):
        assert target.removesuffix(".md") in PAGES
    for folder in re.findall(r"`(vectors/[a-z]+)/`", PAGES[page]):
        assert (ROOT / folder).is_dir()
    for module in re.findall(r"`detente\.([a-z_.]+)`", PAGES[page]):
        assert (ROOT / "src" / "detente" / module.replace(".", "/")).with_suffix(".py").is_file()
