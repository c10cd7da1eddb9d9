"""The pages of the reference, each made from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from documenting.acts_page import acts_page
from documenting.command_line_page import command_line_page
from documenting.http_page import http_page
from documenting.pages_page import pages_page
from documenting.refusals_page import refusals_page
from documenting.vectors_page import vectors_page

FOLDER: Final = Path(__file__).parents[1] / "docs" / "reference"


def reference() -> dict[str, str]:
    """File name -> what it holds."""
    return {
        "acts.md": acts_page(),
        "refusals.md": refusals_page(),
        "pages.md": pages_page(),
        "command-line.md": command_line_page(),
        "http.md": http_page(),
        "vectors.md": vectors_page(),
    }
