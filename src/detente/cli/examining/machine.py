"""The machine and the installation: Python, extras, languages and time zones, how many files may be open."""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from detente import __version__
from detente.cli.examining.finding import Finding, fail, ok, warn
from detente.web.languages import languages

EXTRAS: Final = {
    "documents": ("lxml", "docx", "pypdf", "typst", "xlsxwriter"),
    "incidents": ("babel", "duckdb", "shapely"),
    "packages": ("highspy", "numpy"),
    "postgresql": ("psycopg",),
    "press": ("lxml", "pypdf"),
    "telemetry": ("opentelemetry",),
    "tiles": ("obstore",),
}
"""Each extra of the program, and what must be importable for it."""
FEWEST_FILES: Final = 4096
"""A live page holds one open, and so does each reader of the database."""
_MENDED: Final = (3, 51, 3)
"""The first SQLite whose write-ahead log cannot be reset under a second connection."""


def examine() -> Iterator[Finding]:
    yield ok("program", f"detente {__version__} on Python {platform.python_version()}.")
    yield _extras()
    yield _sqlite()
    yield _languages()
    yield _files()


def _extras() -> Finding:
    here = [name for name, modules in EXTRAS.items() if all(find_spec(module) for module in modules)]
    lacking = [name for name in EXTRAS if name not in here]
    said = f"Installed: {', '.join(here) or 'none'}."
    return ok("extras", said + (f" Not installed: {', '.join(lacking)}." if lacking else ""))


def _sqlite() -> Finding:
    said = f"SQLite {sqlite3.sqlite_version}."
    if sqlite3.sqlite_version_info < _MENDED:
        said += " Before 3.51.3 only one program should write to a file: stop the host to erase or recover."
    return ok("sqlite", said)


def _languages() -> Finding:
    try:
        ZoneInfo("Asia/Karachi")
        spoken = ", ".join(language.name for language in languages().values())
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return fail(
            "languages",
            "Time zones or translations cannot be read.",
            "Install detente again, with its dependencies.",
        )
    if sys.getfilesystemencoding().lower() != "utf-8":
        return warn("languages", f"Names of files are in {sys.getfilesystemencoding()}.", "Set LANG=C.UTF-8.")
    return ok("languages", f"Pages speak {spoken}; local times are known.")


def _files() -> Finding:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    said = f"{soft} files may be open at once."
    if soft != resource.RLIM_INFINITY and soft < FEWEST_FILES:
        more = (
            "LimitNOFILE= in the unit"
            if os.environ.get("INVOCATION_ID")
            else f"“ulimit -n {min(hard, 65_536)}”"
        )
        return warn("files", said, f"A live page holds one: allow more with {more}.")
    return ok("files", said)
