"""A text of the record as files: Word, Akoma Ntoso and plain text, as it stands, with brackets, or with changes tracked.

What is asked stands in the address: `instrument`, `edition`; and one of `since` (an edition: the changes since it),
`brackets` (open brackets shown) and `side` (what that side has proposed, as changes). Whose tracked changes are is what
the record says: whoever issued the edition, or the side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.codec.instant import instant_from_unix
from detente.codec.refusal import refuse
from detente.depositary.reading import Record
from detente.interchange.documents.bracketing import with_brackets, with_words_of
from detente.interchange.documents.document import Document
from detente.interchange.documents.from_text import Author, document_of, redline
from detente.provisions.plain_text import format_text
from detente.web.checking import attached
from detente.web.texts import Stood, edition_of, held_in
from detente.web.viewer import number_asked, record_of

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AKN: Final = "application/akn+xml"


class _Asked(Struct, frozen=True):
    """A document, and what its name says beside the edition."""

    document: Document
    said: str


def _asked(request: Request, record: Record) -> tuple[Stood, _Asked]:
    asked = request.query_params
    stood = edition_of(record, asked.get("instrument", ""), number_asked(request, "edition") or 0)
    since, side, title = number_asked(request, "since"), asked.get("side", ""), _title(stood)
    if since:
        old = edition_of(record, stood.instrument.id, since)
        author = Author(stood.sight.names.speaker(stood.edition.by), _at(record, stood.edition.index))
        document = redline(old.provisions, stood.provisions, author, stood.language, title)
        return stood, _Asked(document, f"-since-{since}")
    if side in stood.sight.state.convened.sides:
        new = with_words_of(stood.provisions, held_in(stood), side)
        latest = max((a.index for b in stood.instrument.brackets.values() for a in b.live() if a.side == side),
                     default=stood.edition.index)  # fmt: skip
        author = Author(stood.sight.names.delegation(side), _at(record, latest))
        return stood, _Asked(
            redline(stood.provisions, new, author, stood.language, title), f"-proposals-{side}"
        )
    if asked.get("brackets"):
        new = with_brackets(stood.provisions, held_in(stood))
        return stood, _Asked(document_of(new, stood.language, title), "-brackets")
    return stood, _Asked(document_of(stood.provisions, stood.language, title), "")


def _title(stood: Stood) -> str:
    return stood.sight.names.instrument_title(stood.instrument.id)


def _at(record: Record, index: int) -> str:
    """The time that an act's author states, as its file says it."""
    act = record.act(index)
    return instant_from_unix(act.act.clear.iat) if act is not None else ""


def file_name(process: str, stood: Stood, said: str) -> str:
    """Process, instrument and edition, without its ending: `k5w2vq3n-road-edition-3-since-2`."""
    return f"{process[:8]}-{stood.instrument.id}-edition-{stood.edition.number}{said}"


def _word(_stood: Stood, document: Document) -> bytes:
    from detente.interchange.documents.word.writing import write_word  # the extra may be missing

    return write_word(document)


def _akn(stood: Stood, document: Document) -> bytes:
    from detente.interchange.documents.akn.writing import Identity, write_akn  # the extra may be missing

    day = _at_of(stood)[:10] or "1970-01-01"
    name = f"{stood.instrument.id}-{stood.edition.number}"
    return write_akn(document, Identity(name, day, stood.sight.names.speaker(stood.edition.by)))


def _at_of(stood: Stood) -> str:
    act = stood.sight.names.act_at(stood.edition.index)
    return instant_from_unix(act.act.clear.iat) if act is not None else ""


def _plain(stood: Stood, _document: Document) -> bytes:
    return format_text(stood.provisions, stood.language).encode()


Writer = Callable[[Stood, Document], bytes]
_KINDS: Final[Mapping[str, tuple[Writer, str]]] = {
    "docx": (_word, WORD),
    "xml": (_akn, AKN),
    "txt": (_plain, "text/plain; charset=utf-8"),
}


def _download(ending: str) -> Callable[[Request], object]:
    writer, media_type = _KINDS[ending]

    def made(request: Request) -> Response:
        stood, asked = _asked(request, record_of(request))
        try:
            body = writer(stood, asked.document)
        except ImportError as error:
            raise refuse("document.extra", "Files of this kind cannot be written here.",
                         instead="Whoever runs it installs detente with the extra “documents”.") from error  # fmt: skip
        name = file_name(request.path_params["process"], stood, asked.said if ending != "txt" else "")
        return attached(body, f"{name}.{ending}", media_type)

    return made


ROUTES = [Route(f"/processes/{{process}}/text.{ending}", _download(ending)) for ending in _KINDS]
"""Each raises `Refused`: `text.*`, `document.extra`, `http.parameter`, or as `record_of`."""
