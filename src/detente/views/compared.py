"""Two texts compared, a file with a file or with an edition: what really changed, weightiest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Link
from detente.views.remarks import RemarkLine
from detente.views.shell import Shell
from detente.views.signing import Option
from detente.views.text import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceShown:
    said: Annotated[str, "Article 3(1): What obliges or permits was changed"]
    old: Annotated[Wording | None, "the words before, what goes struck; none where no words changed"] = None
    new: Annotated[Wording | None, "the words after, what comes underlined"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRead:
    name: Annotated[str, "name of the file, or Edition 3 of the accord"]
    said: Annotated[str, "how much was read: 12 provisions"]
    remarks: Annotated[tuple[RemarkLine, ...], "what the reader says of places in it"]
    in_record: Annotated[bool, "true for an edition, which no reader of files had to understand"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPage:
    shell: Annotated[Shell, "around the page"]
    action: Annotated[str, "address that the files are sent to"]
    text: Annotated[Link, "back to the text"]
    size: Annotated[str, "of the largest file that is read: 16 MB"]
    editions: Annotated[tuple[Option, ...], "what a file can be compared with in the record"]
    problem: Annotated[str, "why a file was not read; or empty"] = ""
    sides: Annotated[tuple[SideRead, ...], "the two, once they are read"] = ()
    verdict: Annotated[
        str, "Nothing of substance differs. Or: 12 differences; numbers alone that changed: 3"
    ] = ""
    differences: Annotated[tuple[DifferenceShown, ...], "weightiest first"] = ()
