"""A file that comes back with changes: what it proposes, each to be signed, and what it cannot propose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Link, Prose
from detente.views.remarks import RemarkLine
from detente.views.shell import Shell
from detente.views.signing import Problem
from detente.views.text import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    number: Annotated[str, "Article 3(1)"]
    headings: Annotated[tuple[Wording, ...], "one for each language in which the heading changes"]
    wordings: Annotated[tuple[Wording, ...], "one for each language: the words that stand, and what changes"]
    whose: Annotated[str, "whose the changes are, as the file says, and whether they were tracked"]
    sentence: Annotated[str, "what is signed, in words; empty where it cannot be"]
    draft: Annotated[str, "the act for the browser to sign, as JSON; empty where it cannot be signed"]
    fields: Annotated[tuple[tuple[str, str], ...], "the form of the act, as it is sent: name and value"]
    problems: Annotated[tuple[Problem, ...], "why it cannot be proposed as it is"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPage:
    shell: Annotated[Shell, "around the page"]
    title: Annotated[str, "title of the instrument"]
    process: Annotated[str, "origin of the record"]
    action: Annotated[str, "address that the file is sent to"]
    sign: Annotated[str, "address of the page before signing"]
    text: Annotated[Link, "back to the text"]
    download: Annotated[Link, "the Word file to write in"]
    size: Annotated[str, "of the largest file that is read: 16 MB"]
    problem: Annotated[str, "why the file was not read; or empty"] = ""
    file: Annotated[str, "name of the file that was read; empty before"] = ""
    base: Annotated[str, "from which state of the text it was made"] = ""
    since: Annotated[
        tuple[Prose, ...], "what was done about its brackets since the file was made, in order"
    ] = ()
    found: Annotated[tuple[Proposed, ...], "what it proposes, in the order of the text"] = ()
    signable: Annotated[int, "how many of them can be signed"] = 0
    remarks: Annotated[tuple[RemarkLine, ...], "what the reader says, and what no act can propose"] = ()
