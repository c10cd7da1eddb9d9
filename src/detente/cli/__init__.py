"""Floor 10: the command line, one file a verb. What the pages can do, a terminal can do."""

from __future__ import annotations

from detente.cli.command import main

__all__ = ["main"]
