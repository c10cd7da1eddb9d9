"""The few marks of Markdown that the reference uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a table; of none, where there is no row."""
    lines = [f"| {' | '.join(cell(one) for one in row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *lines, ""] if lines else []


def cell(words: str) -> str:
    """What stands in one cell, on one line."""
    shown = words.strip().replace("<", "&lt;").replace("|", "\\|")
    return re.sub(r"\s*\n\s*", "<br>", shown)


def code(words: str) -> str:
    return f"`{words}`" if words else ""


def page(title: str, introduction: str, parts: Iterable[str]) -> str:
    """A whole page, which says where it comes from."""
    made = "Made from the code by `python -m documenting`. What is wrong here is wrong there."
    return (
        "\n".join([f"# {title}", "", introduction.strip(), "", f"*{made}*", "", *parts]).rstrip("\n") + "\n"
    )


def paragraphs(docstring: str | None) -> list[str]:
    """A docstring as it stands, with its own paragraphs and lists."""
    return [*(docstring or "").strip().splitlines(), ""]
