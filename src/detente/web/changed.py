"""A file that comes back from a capital: read in memory, compared with the text that it was made from, and shown as
proposals. Each is the ordinary act that brackets a provision, drafted as on the page before signing; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.acts.kinds import BY_NAME
from detente.codec.refusal import Refused, refuse
from detente.depositary.reading import Record
from detente.interchange.documents.document import Document, Remark
from detente.interchange.documents.proposals import Proposal, Proposals, proposals
from detente.interchange.minutes.fields import NONE
from detente.provisions.numbering import number_of
from detente.views import building
from detente.views.building.changed import VisibleChanges, VisibleProposal
from detente.views.building.substance import headings_of, texts_of
from detente.views.building.text_as_files import CHANGED
from detente.web.made_from import Base, made_from
from detente.web.page_routes import shown, viewers_of
from detente.web.room import drafted
from detente.web.sent_files import (
    LARGEST,
    SentForm,
    answered,
    document_in,
    one_at_a_time,
    record_at_table,
    visible_remarks,
)
from detente.web.texts import Stood, edition_of

KIND = BY_NAME["propose_alternative"]
MOST_PROPOSALS = 300


class Found(Struct, frozen=True):
    """What a file proposes that is new, and what is to be said of the rest."""

    base: Base
    proposals: tuple[Proposal, ...]
    remarks: tuple[Remark, ...]


async def changed(request: Request) -> Response:
    """The form, and what was found in the file that was sent. Raises `Refused`: `text.*`, or as `answered`."""
    if request.method == "POST":
        return await answered(request, _page)
    return await run_in_threadpool(_page, request, None)


def _page(request: Request, sent: SentForm | None) -> Response:
    record = record_at_table(request)
    stood = edition_of(record, request.query_params.get("instrument", ""))
    side = record.visible.state.people[record.viewer.person or ""].side
    if side is None or side not in stood.instrument.sides:
        raise refuse("document.not_yours", "The sides of a text bring back what their capitals changed in it.",
                     instead="Compare the file with the text instead.")  # fmt: skip
    name, viewers = stood.instrument.id, viewers_of(request, record.origin)
    if sent is None:
        page = building.changed_page(record, instrument=name, largest=LARGEST, viewers=viewers)
        return shown(request, page)
    try:
        read = _read(record, stood, side, sent)
    except Refused as refused:
        problem = " ".join(f"{r.sentence} {r.instead}".strip() for r in refused.refusals)
        page = building.changed_page(
            record, instrument=name, problem=problem, largest=LARGEST, viewers=viewers
        )
        return shown(request, page, 400)
    page = building.changed_page(record, instrument=name, read=read, largest=LARGEST, viewers=viewers)
    return shown(request, page)


def _read(record: Record, stood: Stood, side: str, sent: SentForm) -> VisibleChanges:
    file = sent.files.get("file")
    if file is None:
        raise refuse("document.none", "No file was sent.", instead="Choose the file that came back.")
    found = changes_in(document_in(file), record, stood, side)
    drafts = tuple(_drafted(record, stood, one) for one in found.proposals)
    base, remarks = found.base, visible_remarks(found.remarks)
    return VisibleChanges(file.name, base.edition, base.brackets, drafts, remarks, base.since)


def changes_in(document: Document, record: Record, stood: Stood, side: str) -> Found:
    """What a file proposes for a side, and what no proposal says."""
    document = document.spoken_in({tag for tag, _status in stood.instrument.languages})
    base = made_from(document, record, stood)
    found = one_at_a_time(proposals, document, base.text, stood.language, side, base.issued)
    standing = _own_words(stood, side)
    worth = [one for one in found.proposals if (one.texts, one.headings) != standing.get(one.provision)]
    return Found(base, tuple(worth[:MOST_PROPOSALS]), (*found.remarks, *_left(found, worth)))


def _own_words(stood: Stood, side: str) -> Mapping[str, tuple[Mapping[str, str], Mapping[str, str] | None]]:
    """The words and headings that the side has proposed already, by provision: to propose them again would say nothing
    new."""
    return {
        bracket.provision: (
            texts_of(stood.sight, stood.instrument, alternative.leaf),
            headings_of(stood.sight, alternative.leaf),
        )
        for bracket in stood.instrument.brackets.values()
        for alternative in bracket.live()
        if alternative.side == side
    }


def _left(found: Proposals, worth: Sequence[Proposal]) -> Iterator[Remark]:
    for one in found.proposals:
        if one not in worth:
            number = number_of(one.provision, full=True)
            yield Remark(
                number, "proposals.same", f"Your side’s words at {number} stand in brackets already."
            )
    if len(worth) > MOST_PROPOSALS:
        said = f"Only the first {MOST_PROPOSALS} proposals are shown."
        yield Remark("the file", "proposals.many", said)


def fields_of_act(stood: Stood, one: Proposal) -> dict[str, str]:
    """The form of the act that proposes it, as text by field."""
    language = stood.language
    others = {tag: words for tag, words in one.texts.items() if tag != language}
    fields = {
        "instrument": stood.instrument.id, "provision": number_of(one.provision, full=True),
        "text": one.texts.get(language, ""), "texts": _by_language(others),
        "headings": NONE if one.headings == {} else _by_language(one.headings or {}), "omit": "yes" if one.omits else "",
    }  # fmt: skip
    return {name: words for name, words in fields.items() if words}


def _by_language(words: Mapping[str, str]) -> str:
    return "\n".join(f"{tag}: {said}" for tag, said in words.items())


def _drafted(record: Record, stood: Stood, one: Proposal) -> VisibleProposal:
    """The act as the page before signing would draft it."""
    given = {"kind": KIND.name, **fields_of_act(stood, one)}
    draft, signable = drafted(record, KIND, given, posted=True)
    return VisibleProposal(
        one.provision, one.before, one.texts, one.authors, one.tracked, tuple(given.items()), draft, signable,
        one.headed, one.headings, one.omits,
    )  # fmt: skip


ROUTES = [Route(f"/processes/{{process}}/{CHANGED}", changed, methods=["GET", "POST"])]
