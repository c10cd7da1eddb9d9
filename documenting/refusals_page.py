"""`docs/reference/refusals.md`: every code with what is said, on what source, and what is possible instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from documenting.markdown import code, page, table
from documenting.refusal_sites import sites
from documenting.source import SOURCE

INTRODUCTION: Final = """
A refusal says what was refused, under which rule, and what is possible instead; nothing has changed. All refusals
come at once. A program asks for the code, which is stable; people read the sentence. In a terminal it is `code:
sentence (source)` with `Instead:` below; over HTTP see [http](http.md#errors). Which of them can meet which act:
[acts](acts.md).

The codes are collected from the source without running it: every call that makes a refusal is read, and one that
cannot be read stops this page from being made. “…” stands for what is known only when it happens. Where a code has
several ways to be said, each has a row. What `detente fsck` finds in a database and what an import remarks on a row
of a file are findings, not refusals, and do not stand here.
"""
_TEXT: Final = r"(?:_\(\s*)?(?:\"([^\"]+)\"|`([^`]+)`)"
_IN_A_BROWSER: Final = re.compile(rf"\brefuse\(\s*\"([a-z0-9_]+\.[a-z_]+)\",\s*(?:{_TEXT})?")
_SAID_BEFORE: Final = re.compile(rf"sentence =\s*{_TEXT}")


def refusals_page() -> str:
    """The whole page."""
    return page("Refusals", INTRODUCTION, [*_contents(), *_sections(), *_browser()])


def _contents() -> Iterator[str]:
    begins = dict.fromkeys(_begins(site.code) for site in sites())
    yield f"{len({site.code for site in sites()})} codes, by what they begin with: " + ", ".join(
        f"[{one}](#{one})" for one in begins
    )
    yield ""


def _begins(one: str) -> str:
    return one.partition(".")[0]


def _sections() -> Iterator[str]:
    for begins, group in groupby(sites(), key=lambda site: _begins(site.code)):
        yield from (f"## {begins}", "")
        said = {(site.code, site.sentence, site.clause, site.instead): None for site in group}
        yield from table(("code", "what is said", "source", "what is possible instead"), _rows([*said]))


def _rows(said: list[tuple[str, str, str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """One way to say it in a row; the code stands in the first of its rows."""
    before = ""
    for one, sentence, clause, instead in said:
        yield code(one) if one != before else "", sentence, clause, instead
        before = one


def _lines(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(one for one in words if one))


def _browser() -> Iterator[str]:
    """What only the scripts of the pages say: read by pattern, so that a sentence put together elsewhere is “…”."""
    known = {site.code for site in sites()}
    found: dict[str, tuple[list[str], str]] = {}
    scripts = SOURCE / "web" / "static" / "js"
    for path in sorted(scripts.rglob("*.js")):
        script = re.sub(r"^ \* .*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        for match in _IN_A_BROWSER.finditer(script):
            if match[1] not in known:
                before = list(_SAID_BEFORE.finditer(script[max(0, match.start() - 400) : match.start()]))
                words = match[2] or match[3] or (before[-1][1] or before[-1][2] if before else "…")
                shown = re.sub(r"\$?\{[^}]*\}", "…", words)
                found.setdefault(match[1], ([], path.relative_to(scripts).as_posix()))[0].append(shown)
    yield from (
        "## Said by a browser alone", "",
        "The scripts of the pages check what they are given as the host does, and answer with the same codes.",
        "These are only theirs:",
        "",
    )  # fmt: skip
    rows = [(code(one), _lines(words), code(where)) for one, (words, where) in sorted(found.items())]
    yield from table(("code", "what is said", "script"), rows)
