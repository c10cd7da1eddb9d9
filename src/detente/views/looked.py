"""What a browser needs to say what came since it last looked. What was looked at is kept in the browser alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from detente.views.marks import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentEdition:
    """The edition of an instrument that now stands."""

    instrument: Annotated[str, "id of the instrument"]
    title: Annotated[str, "its title"]
    edition: Annotated[int, "number of the edition"]
    redline: Annotated[str, "its text, marked; the number of the edition seen last is added as since"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    process: Annotated[str, "origin of the record"]
    size: Annotated[int, "acts in the record"]
    zone: Annotated[str, "IANA name of the zone in which times are told"]
    timeline: Annotated[Link, "the timeline"]
    editions: Annotated[tuple[CurrentEdition, ...], "of each instrument that has one"]
    page: Annotated[Literal["overview", "timeline", "selection", "text"], "timeline: who sees it has looked"]
    text_read: Annotated[str, "instrument whose present edition the page shows; or empty"] = ""
