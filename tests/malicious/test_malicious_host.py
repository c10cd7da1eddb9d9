"""Every deed of a malicious host is found out by somebody who is shown it; the page tells what the runs found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.malicious.page import PAGE, found_in, rows
from tests.malicious.scenes import SCENES, Scene

WITHOUT_PROOF = {
    "takes such an act in through its own door", "marks a time that no cosigner stated", "records an act twice",
    "writes an act in somebody's name", "changes somebody's words", "swaps a participant's key for its own",
    "swaps the log's key", "runs from an old backup", "certifies a copy that leaves an act out",
}  # fmt: skip
"""What shows itself to whoever reads the record: there the record is the proof, or nothing was signed."""


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.deed.replace(" ", "-"))
def test_it_is_found_out(scene: Scene, tmp_path: Path) -> None:
    found = found_in(scene, tmp_path)
    noticed = [finding for finding in found.values() if finding.code]
    assert noticed and min(finding.checkpoints for finding in noticed) <= 2
    assert any(finding.evidence for finding in noticed) == (scene.deed not in WITHOUT_PROOF)
    told = PAGE.read_text("utf-8")
    for row in rows(scene, found):
        assert row in told, "write the page again: python -m tests.malicious.page"


def test_the_page_tells_of_every_deed_and_of_no_other() -> None:
    deeds = [
        line.split("|")[1].strip() for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")
    ][1:]
    assert [deed for deed in deeds if deed] == [scene.deed for scene in SCENES]
