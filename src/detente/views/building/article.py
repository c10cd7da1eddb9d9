"""From an article that was read to the page on which a person confirms what it attributes to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from detente.procedure.disclosure import VisibleRecord
from detente.views.article import ArticlePage, Attributed, CalledField
from detente.views.building.around import drawn_around
from detente.views.building.sight import Sight
from detente.views.marks import Link
from detente.wording.claims import claim_words
from detente.wording.counting import capitalised, in_a_row
from detente.wording.language import gettext as _
from detente.wording.language import ngettext

PATH = "statements/read"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleArticle:
    """What a reader of files found in one."""

    title: Annotated[str, "or empty"]
    source: Annotated[str, "or empty"]
    published: Annotated[str, "or empty"]
    language: Annotated[str, "or empty"]
    paragraphs: Annotated[int, "how many"]
    digest: Annotated[str, "SHA-256, base64url"]
    statements: Annotated[tuple[Said, ...], "those that it attributes to somebody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    paragraph: Annotated[int, "from 1"]
    sentence: Annotated[str, "what it was read in"]
    speaker: Annotated[str, "as the article calls them"]
    inferred: Annotated[bool, "the article says only “he” or “they”"]
    to: Annotated[str, "to whom it was said, or empty"]
    text: Annotated[str, "the words"]
    quoted: Annotated[bool, "the speaker's own words, by the article"]
    claims: Annotated[tuple[tuple[str, str], ...], "(predicate, its words)"]


def names_in(record: VisibleRecord, called: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """What an article may call those at the table, in small letters -> the letter of the side, or “M”. called: what its
    reader says that it calls a side, in any language, with commas between."""
    sight = Sight(record, ())
    found = {}
    for side in sight.state.convened.sides:
        given = (name.strip() for name in re.split("[,،、]", dict(called).get(side, "")))
        for name in (sight.names.side(side), sight.names.delegation(side), *given):
            if name:
                found[name.lower()] = side
    return {**found, _("the mediators").lower(): "M", _("the mediators").lower().removeprefix("the "): "M"}


def article_page(
    record: VisibleRecord,
    *,
    read: VisibleArticle | None = None,
    problem: str = "",
    called: tuple[tuple[str, str], ...] = (),
    largest: int,
    viewers: tuple[str, ...] = (),
) -> ArticlePage:
    """largest: bytes of a file that is read; called: (side, what its reader says that the article calls it)."""
    sight = Sight(record, viewers, PATH)
    around = drawn_around(sight, _("Read an article"))
    action, size = sight.place.page(PATH).address, f"{largest // 1_000_000} MB"
    fields = tuple(
        CalledField(
            name=f"names_{side}",
            label=_("What it calls {side}", side=sight.names.delegation(side)),
            value=dict(called).get(side, ""),
        )
        for side in sight.state.convened.sides
    )
    if read is None:
        return ArticlePage(shell=around, action=action, largest=size, called=fields, problem=problem)
    return ArticlePage(
        shell=around,
        action=action,
        largest=size,
        called=fields,
        title=read.title or _("An article without a title"),
        about=_about(read),
        digest=read.digest[:12],
        register=_register(sight, read),
        found=tuple(_attributed(sight, read, statement) for statement in read.statements),
        empty=_("No statement was found that the article attributes to anybody. English articles are read; read this one "
                "yourself, and register what it says."),
    )  # fmt: skip


def _about(read: VisibleArticle) -> str:
    length = ngettext("{count} paragraph", "{count} paragraphs", read.paragraphs)
    return in_a_row([part for part in (read.source, read.published, length) if part])


def _register(sight: Sight, read: VisibleArticle) -> Link:
    fields = {
        "title": read.title, "source": read.source, "published": read.published, "language": read.language,
        "digest": read.digest,
    }  # fmt: skip
    address = sight.place.page("sign", kind="register_article", **fields).address
    return Link(text=_("Register the article itself"), href=address)


def _attributed(sight: Sight, read: VisibleArticle, found: Said) -> Attributed:
    words = f"“{found.text}”" if found.quoted else capitalised(found.text)
    fields = {
        "claims": ", ".join(f"{p} {w}".strip().replace("_", " ") for p, w in found.claims),
        "text": words, "speaker": found.speaker, "published": read.published,
        "source": ", ".join(filter(None, (read.source, read.title))),
    }  # fmt: skip
    return Attributed(
        paragraph=found.paragraph,
        sentence=found.sentence,
        speaker=found.speaker or _("nobody named"),
        said=_said(found),
        words=words,
        claims=tuple(capitalised(claim_words(p, w, sight.names)) for p, w in found.claims),
        caution=" ".join(_cautions(found)),
        confirm=Link(
            text=_("Confirm, and read what you would sign"),
            href=sight.place.page("sign", kind="register_statement", **fields).address,
        ),
    )


def _said(found: Said) -> str:
    if found.to:
        if found.quoted:
            return _("Quoted, to {whom}", whom=found.to)
        return _("Paraphrased, to {whom}", whom=found.to)
    return _("Quoted") if found.quoted else _("Paraphrased")


def _cautions(found: Said) -> Iterator[str]:
    if found.inferred:
        yield _("The article names the speaker only before this sentence.")
    if found.claims == (("other", ""),):
        yield _("No claim of a known kind was recognised.")
