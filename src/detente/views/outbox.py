"""What a browser keeps of what was signed in it: acts without a receipt, and receipts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Link
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxPage:
    """A page for the browser to fill from its own storage. It says nothing of the process."""

    shell: Annotated[Shell, "around the page"]
    process: Annotated[str, "origin of the record, as the address has it"]
    overview: Annotated[Link, "the process's first page"]
