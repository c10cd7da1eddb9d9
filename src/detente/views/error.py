"""A page for what could not be shown: the one shape that every error has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Link
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    shell: Annotated[Shell, "around the page"]
    status: Annotated[int, "HTTP status"]
    heading: Annotated[str, "There is no act 90 in this record"]
    sentence: Annotated[str, "what is the matter, in plain words"]
    clause: Annotated[str, "the rule it rests on, or empty"]
    instead: Annotated[str, "what is possible instead"]
    code: Annotated[str, "record.no_such_act"]
    links: Annotated[tuple[Link, ...], "where to go from here"]
