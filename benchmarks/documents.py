"""A made instrument of 300 pages as Word and Akoma Ntoso: read, compared and written, time and memory, beside pandoc.

pandoc is no dependency: it is named with `--pandoc PATH`, and its lines are left out where it is not. It reads and writes
Word in the same run, each time in a process of its own, as each of ours is. It finds no provisions and keeps no ids.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.figure import Figure

ARTICLES: Final = 300
PARAGRAPHS: Final = 10
"""Of an article, 45 words each: 135,000 words, at 450 a page."""
_WORDS: Final = (
    "Each Side shall within thirty days of the entry into force of this Agreement withdraw its forces from the area set "
    "out in Annex {annex} and inform the Commission in writing of the measures taken under paragraph {number} and of "
    "what remains to be done by the other Side"
)
_AIMS: Final = {"import": 10.0, "compare": 10.0, "export": 10.0}
"""Seconds."""


def text(changed: bool) -> tuple[Any, ...]:
    from detente.provisions.provision import Provision

    found = []
    for article in range(1, ARTICLES + 1):
        found.append(Provision(f"art_{article}", {"en": f"Withdrawal from area {article}"}, {}))
        for number in range(1, PARAGRAPHS + 1):
            words = _WORDS.format(annex=article % 9 + 1, number=number)
            if changed and (article * PARAGRAPHS + number) % 10 == 0:
                words = words.replace("thirty", "sixty")
            found.append(Provision(f"art_{article}__para_{number}", {}, {"en": f"{words}."}))
    return tuple(found)


def measure(runs: int, pandoc: str) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        ours = {name: [_apart("ours", name, folder) for _ in range(runs)] for name in WORK}
        peer = {
            name: [_apart(pandoc, name, folder) for _ in range(runs)] if pandoc and name in _PANDOC else []
            for name in WORK
        }
    against = "pandoc" if pandoc else "pandoc: not installed"
    for name in WORK:
        for kind, unit in (("seconds", "s"), ("megabytes", "MB")):
            value = statistics.median(one[kind] for one in ours[name])
            limit = statistics.median(one[kind] for one in peer[name]) if peer[name] else None
            aim = next((a for start, a in _AIMS.items() if name.startswith(start)), None)
            timed = kind == "seconds" and aim is not None
            yield Figure(
                f"{name}, 300 pages" if kind == "seconds" else "  memory, most at once", value, unit, runs,
                against if name in _PANDOC else "", limit, f"under {aim:.0f} s" if timed else "",
                value < aim if timed and aim is not None else None,
            )  # fmt: skip


# --- each in a process of its own


def _export(folder: Path) -> None:
    from detente.interchange.documents.from_text import document_of
    from detente.interchange.documents.word.writing import write_word

    (folder / "text.docx").write_bytes(write_word(document_of(text(False))))


def _export_tracked(folder: Path) -> None:
    from detente.interchange.documents.from_text import Author, redline
    from detente.interchange.documents.word.writing import write_word

    author = Author("Secretariat", "2026-01-01T00:00:00Z")
    (folder / "tracked.docx").write_bytes(write_word(redline(text(False), text(True), author)))


def _export_akn(folder: Path) -> None:
    from detente.interchange.documents.akn.writing import write_akn
    from detente.interchange.documents.from_text import document_of

    (folder / "text.xml").write_bytes(write_akn(document_of(text(True))))


def _export_pdf(folder: Path) -> None:
    from detente.interchange.documents.signature_pdf.sheet import Sheet
    from detente.interchange.documents.signature_pdf.typesetting import write_pdf

    (folder / "text.pdf").write_bytes(write_pdf(Sheet("Agreement", text(False), (("en", "authentic"),))))


def _import(name: str) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        from detente.interchange.documents.reading import read_document
        from detente.interchange.documents.structure import structured

        read = structured(read_document((folder / name).read_bytes()).accepted())
        assert len(read.provisions) == ARTICLES * (PARAGRAPHS + 1)

    return work


def _compare(folder: Path) -> None:
    from detente.interchange.documents.comparing import compare_documents
    from detente.interchange.documents.reading import read_document

    old, new = (read_document((folder / name).read_bytes()) for name in ("text.docx", "text.xml"))
    assert len(compare_documents(old, new).differences) == ARTICLES * PARAGRAPHS // 10


WORK: Final[dict[str, Callable[[Path], None]]] = {
    "export to Word": _export, "export to Word, changes tracked": _export_tracked, "export to Akoma Ntoso": _export_akn,
    "export to PDF for signature": _export_pdf,
    "import from Word": _import("text.docx"), "import from Word, changes tracked": _import("tracked.docx"),
    "import from Akoma Ntoso": _import("text.xml"), "import from PDF, made again": _import("text.pdf"),
    "compare Word with Akoma Ntoso": _compare,
}  # fmt: skip
_PANDOC: Final = {
    "export to Word": ("text.md", "-f", "markdown", "-o", "peer.docx"),
    "import from Word": ("text.docx", "-t", "json", "-o", "peer.json"),
    "import from Word, changes tracked": (
        "tracked.docx",
        "--track-changes=all",
        "-t",
        "json",
        "-o",
        "peer.json",
    ),
}


def _apart(who: str, name: str, folder: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.documents", who, name, folder]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def main() -> None:
    who, name, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if who == "ours":
        start = time.perf_counter()
        WORK[name](folder)
        seconds, megabytes = time.perf_counter() - start, most_held()
    else:
        from detente.provisions.plain_text import format_text

        (folder / "text.md").write_text(format_text(text(False)).replace("\n", "\n\n"), "utf-8")
        start = time.perf_counter()
        subprocess.run([who, *_PANDOC[name]], cwd=folder, check=True)
        seconds = time.perf_counter() - start
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))


def most_held() -> float:
    """Megabytes of this process since it began; `getrusage` would count what the process before it held."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
