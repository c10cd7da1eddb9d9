"""Checking a proof that somebody was given; for anybody, with or without a process at this host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Link
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    shell: Annotated[Shell, "around the page"]
    checker: Annotated[Link, "download: this page in one file"]
    digest: Annotated[str, "SHA-256 of that file, 64 hexadecimal digits, ungrouped, as sha256sum prints it"]
