"""docs/malicious-host.md, written from the runs: `python -m tests.malicious.page`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.malicious.people import Finding
from tests.malicious.scenes import SCENES, Scene, table

PAGE = Path(__file__).parents[2] / "docs" / "malicious-host.md"

_HEAD = """# A malicious host, and who finds it out

Written by `python -m tests.malicious.page` from runs of the real programs: a host that does each of these things, and
people who look at what it shows them. *Checkpoints*: how many of them whoever found it out had been shown from the deed
on. *Proof*: whether they then hold a file that proves it to anybody
([evidence against a log](specs/evidence-against-a-log.md)). Where it says *noticed nothing*, it is so.

| the host … | who looks | finds | checkpoints | proof |
|---|---|---|---|---|
"""
_TAIL = """
What each code says stands in [act](specs/act.md), [checkpoint](specs/checkpoint.md), [receipt](specs/receipt.md) and
[certified copy](specs/certified-copy.md). `act.*` without a refusal of the copy means that the act stands there as
*irregular*: it has no effect, and everybody is shown so.

A party that is served a history of its own, and whose own acts stand in it, notices nothing by itself: that is what
cosigners are for. An honest one signs only the first of the two histories, so that whoever asks for its line finds it
lacking on the other; and each sees the fork who compares any checkpoint with somebody else's. What no record can show is
that a host refused, delayed or chose the order of arrival before it gave a receipt.
"""


def found_in(scene: Scene, folder: Path) -> dict[str, Finding]:
    return scene.play(table(folder))


def rows(scene: Scene, found: dict[str, Finding]) -> Iterator[str]:
    for at, (who, finding) in enumerate(found.items()):
        deed = scene.deed if at == 0 else ""
        code = f"`{finding.code}`" if finding.code else "noticed nothing"
        shown = str(finding.checkpoints) if finding.code else ""
        yield f"| {deed} | {who} | {code} | {shown} | {'yes' if finding.evidence else ''} |"


def page(found: dict[str, dict[str, Finding]]) -> str:
    lines = [row for scene in SCENES for row in rows(scene, found[scene.deed])]
    return _HEAD + "\n".join(lines) + "\n" + _TAIL


def main() -> None:
    found = {}
    for scene in SCENES:
        with tempfile.TemporaryDirectory() as folder:
            found[scene.deed] = found_in(scene, Path(folder))
    PAGE.write_text(page(found), "utf-8")


if __name__ == "__main__":
    main()
