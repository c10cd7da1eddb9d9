"""Preferences: answers of each method with the points that follow, and the digest of the document as it is sealed.

Write vectors/preferences/ again: `python vectors/make_preferences_vectors.py [folder]`. Each entry: `given`, a document
whose points and filling are left to be worked out; `points`, and of `ranges` `low` and `high`, that follow; `bytes` and
`digest` (SHA-256, base64url) of the text that is sealed.

Read by Python and by JavaScript, which have to come to the same bytes (docs/specs/preferences.md).
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec

from detente.analysis.packages.elicited import Document, StatedIssue, document_text, read_document
from detente.analysis.packages.scaling import Answer, Method, scaled
from detente.codec.base64url import encode_base64url
from detente.state.packages import STANDS

FILE = Path(__file__).parent / "preferences" / "documents.json"
METHODS: tuple[Method, ...] = ("points", "ranges", "swing", "rank")
SEED = 6


def leaf(number: int) -> str:
    return f"{number:043d}"


def documents() -> list[Document]:
    """Of each method one that is small and one that is large; and what is awkward to round."""
    drawn = Random(SEED)
    found = [_document(drawn, method, issues) for method in METHODS for issues in (2, 5, 12)]
    thirds = tuple(
        StatedIssue(provision=f"art_{n}", options=(leaf(n), STANDS), given=(1, 0), points=(0, 0))
        for n in range(3)
    )
    tied = tuple(
        StatedIssue(
            provision=f"art_{n}", options=(leaf(n), STANDS), given=(1, 1 + (n > 0)), points=(0, 0), weight=1
        )
        for n in range(3)
    )
    return [*found, Document(v=1, method="points", issues=thirds), Document(v=1, method="rank", issues=tied)]


def _document(drawn: Random, method: Method, issues: int) -> Document:
    stated = tuple(_issue(drawn, method, n, issues) for n in range(issues))
    packaged = issues == 5
    return Document(
        v=1,
        method=method,
        issues=stated,
        red_lines=((0, 1),) if issues > 2 else (),
        only_if=(((1, 0), (0, 0)), ((2, 1), (1, 0))) if issues > 2 else (),
        reservation=0 if packaged else drawn.randrange(400),
        fallback=tuple(drawn.randrange(len(issue.options)) for issue in stated) if packaged else (),
    )


def _issue(drawn: Random, method: Method, place: int, issues: int) -> StatedIssue:
    count = drawn.randrange(2, 5)
    given = tuple(drawn.randrange(1, 5 if method == "rank" else 90) for _ in range(count))
    high = tuple(one + drawn.randrange(40) for one in given) if method == "ranges" else ()
    weight = {"swing": drawn.randrange(101), "rank": 1 + drawn.randrange(issues)}.get(method, 0)
    options = (*(leaf(100 * place + n) for n in range(count - 1)), STANDS)
    nothing = (0,) * count
    return StatedIssue(
        provision=f"art_{place + 1}__para_{count}",
        options=options,
        given=given,
        high=high,
        weight=weight,
        points=nothing,
    )


def vectors() -> list[dict[str, object]]:
    found = []
    for document in documents():
        text = document_text(document)
        whole = read_document(text)
        answers = [Answer(issue.given, issue.high, issue.weight) for issue in whole.issues]
        ranges = scaled(whole.method, answers).ranges
        issues = [{**msgspec.to_builtins(issue), "points": []} for issue in whole.issues]
        given = {**msgspec.to_builtins(whole), "issues": issues, "pad": ""}
        found.append(
            {
                "given": given,
                "points": [issue.points for issue in whole.issues],
                "low": ranges.low if ranges else [],
                "high": ranges.high if ranges else [],
                "bytes": len(text),
                "digest": encode_base64url(sha256(text.encode()).digest()),
            }
        )
    return found


def encoded() -> bytes:
    return b"[\n" + b",\n".join(map(msgspec.json.encode, vectors())) + b"\n]\n"


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE.parent
    folder.mkdir(exist_ok=True)
    (folder / FILE.name).write_bytes(encoded())
