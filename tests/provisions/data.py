"""Real texts for trials, read where the variable DETENTE_DATA names the folder that holds them."""

from __future__ import annotations

import json
import os
import re
from html import unescape
from pathlib import Path

import pytest


def real_file(*path: str) -> Path:
    root = os.environ.get("DETENTE_DATA")
    if not root:
        pytest.skip("DETENTE_DATA names no folder of real texts")
    file = Path(root, *path)
    if not file.is_file():
        pytest.skip(f"the folder of real texts has no {'/'.join(path)}")
    return file


def _text(*path: str) -> str:
    return real_file(*path).read_text(encoding="utf-8")


def cop21_paragraphs(name: str) -> list[str]:
    """The paragraphs of one stage of the Paris Agreement's negotiating text."""
    return [p for p in _text("texts", "cop21", name).split("\n") if p.strip()]


def vclt_articles() -> list[dict[str, str]]:
    """The articles of the Vienna Convention on the Law of Treaties: title_en, content_en, and the same in Chinese."""
    articles: list[dict[str, str]] = json.loads(_text("texts", "vclt.json"))["articles"]
    return articles


def udhr_paragraphs(name: str) -> list[str]:
    """The paragraphs of the Universal Declaration in one language, in logical order."""
    return [unescape(p).strip() for p in re.findall(r"<p>(.*?)</p>", _text("texts", "udhr", name), re.DOTALL)]
