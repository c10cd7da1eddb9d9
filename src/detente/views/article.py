"""Reading an article: what it attributes to whom, for a person to confirm before anything is registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Link
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """One statement that was found. Nothing of it is in the record."""

    paragraph: Annotated[int, "of the article, from 1"]
    sentence: Annotated[str, "what it was read in"]
    speaker: Annotated[str, "as the article calls them"]
    said: Annotated[str, "in whose words and to whom: Quoted, to reporters"]
    words: Annotated[str, "the statement, as it would be registered"]
    claims: Annotated[tuple[str, ...], "what it seems to claim, in words"]
    caution: Annotated[str, "what was guessed: the article says only “he”; or empty"]
    confirm: Annotated[Link, "to the form, filled in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledField:
    """What an article may call a side, besides its name in the record. It is not kept."""

    name: Annotated[str, "of the field: names_A"]
    label: Annotated[str, "What it calls Delegation A"]
    value: Annotated[str, "as it was last given; or empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    shell: Annotated[Shell, "around the page"]
    action: Annotated[str, "address that the form is sent to"]
    largest: Annotated[str, "how large a file may be: 8 MB"]
    called: Annotated[tuple[CalledField, ...], "one for each side"] = ()
    problem: Annotated[str, "why nothing was read, with what is possible instead; or empty"] = ""
    title: Annotated[str, "of the article that was read; empty before"] = ""
    about: Annotated[str, "its source, date and length in paragraphs; empty before"] = ""
    digest: Annotated[str, "first digits of its SHA-256; empty before"] = ""
    register: Annotated[Link | None, "to the form that registers the article itself; none before"] = None
    found: Annotated[tuple[Attributed, ...], "in the order of the article"] = ()
    empty: Annotated[str, "where none was found: why, and what to do; or empty"] = ""
