"""The text of an edition as files to take along, and the ways back in."""

from __future__ import annotations

from collections.abc import Iterator

from detente.acts.act import TABLE
from detente.state.answers import open_brackets
from detente.views.building.sight import Sight
from detente.views.building.text_choices import Asked
from detente.views.marks import Link
from detente.views.text import FilesOffered
from detente.wording.language import gettext as _

CHANGED = "text/changed"
COMPARE = "text/compare"


def files_offered(sight: Sight, asked: Asked) -> Iterator[FilesOffered]:
    """Those of the edition shown; of the last one also what stands in brackets, and each side’s own proposals."""
    instrument, edition = asked.instrument, asked.edition
    about = {"instrument": instrument.id, "edition": str(edition.number)}

    def file(ending: str, text: str, **more: str) -> Link:
        return Link(text=text, href=sight.place.page(f"text.{ending}", **about, **more).address)

    word, akn, plain = _("Word"), _("Akoma Ntoso"), _("Plain text")
    yield FilesOffered(
        lead=_("As it stands"), links=(file("docx", word), file("xml", akn), file("txt", plain))
    )
    if asked.since is not None and asked.against is None:
        since = str(asked.since.number)
        yield FilesOffered(
            lead=_("With the changes since edition {number} tracked", number=since),
            links=(file("docx", word, since=since), file("xml", akn, since=since)),
        )
    if instrument.edition is None or edition.leaf != instrument.edition.leaf:
        return
    held = [bracket for bracket in open_brackets(instrument) if bracket.live()]
    if held:
        yield FilesOffered(
            lead=_("With the open brackets shown, as negotiators write them"),
            links=(file("docx", word, brackets="yes"), file("xml", akn, brackets="yes")),
        )
    for side in instrument.sides:
        if any(alternative.side == side for bracket in held for alternative in bracket.live()):
            yield FilesOffered(
                lead=_("With the proposals of {side} as tracked changes", side=sight.names.delegation(side)),
                links=(file("docx", word, side=side), file("xml", akn, side=side)),
            )


def ways_back(sight: Sight, asked: Asked) -> Iterator[Link]:
    """For those at the table alone: reading files costs the host time."""
    person = sight.state.people.get(sight.viewer or "")
    if person is None or person.role not in TABLE or not sight.now_shown:
        return
    instrument, edition = asked.instrument, asked.edition
    about = {"instrument": instrument.id, "edition": str(edition.number)}
    if person.side in instrument.sides and instrument.edition is not None:
        href = sight.place.page(CHANGED, instrument=instrument.id).address
        yield Link(text=_("Bring back a Word file with your changes"), href=href)
    yield Link(text=_("Compare with a file"), href=sight.place.page(COMPARE, **about).address)
