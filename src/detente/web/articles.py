"""Reading an article: pasted or sent as a file, read in memory and not kept. What is confirmed is signed elsewhere."""

from __future__ import annotations

from typing import Final

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.acts.act import TABLE
from detente.codec.refusal import Refused, refuse
from detente.depositary.reading import Record
from detente.interchange.press.article import LARGEST, MEGABYTES, read_article
from detente.interchange.press.attribution import first_proposals
from detente.views import building
from detente.views.building.article import Said, VisibleArticle, names_in
from detente.web.page_routes import shown, viewers_of
from detente.web.sent_files import one_at_a_time
from detente.web.viewer import present_record_of

Called = tuple[tuple[str, str], ...]
"""(side, what its reader says that the article calls it)."""
MOST_STATEMENTS: Final = 200
MOST_FIELDS: Final = 28
"""The text, the file, and the names of every side."""
LONGEST_NAMES: Final = 500
_ENVELOPE: Final = 100_000
"""Bytes that a form needs beside the file that it sends."""


async def read(request: Request) -> Response:
    """The form, and what was found in what was sent. Raises `Refused`: `article.not_yours`,
    `article.size`, or as `present_record_of`."""
    if request.method == "GET":
        return await run_in_threadpool(_page, request, None)
    await run_in_threadpool(_reader, request)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST + _ENVELOPE:
        raise refuse("article.size", f"A file of at most {MEGABYTES} MB is read.",
                     instead="Paste the text of the article alone.")  # fmt: skip
    raw, called = await _sent(request)
    return await to_thread.run_sync(_page, request, raw, called, limiter=request.app.state.readers)


async def _sent(request: Request) -> tuple[bytes, Called]:
    """The file that was sent, or what was pasted, and what it is said to call each side. Raises `Refused` with code
    `http.form`."""
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LARGEST) as form:
            file, text = form.get("file"), form.get("text")
            raw = await file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
            called = tuple(
                (name.removeprefix("names_"), value[:LONGEST_NAMES])
                for name, value in form.items()
                if name.startswith("names_") and isinstance(value, str)
            )
            return raw or (text.encode("utf-8", "replace") if isinstance(text, str) else b""), called
    except HTTPException as error:
        raise refuse("http.form", "What was sent is not the form of this page.",
                     instead="Open the page again and send the article from there.") from error  # fmt: skip


def _reader(request: Request) -> Record:
    """The record, for somebody who can register statements: reading costs the host time."""
    record = present_record_of(request)
    person = record.visible.state.people.get(record.viewer.person or "")
    if person is None or person.role not in TABLE:
        raise refuse("article.not_yours", "Articles are read for those at the table of these talks.",
                     instead="Sign in with a key of this process.")  # fmt: skip
    return record


def _page(request: Request, raw: bytes | None, called: Called = ()) -> Response:
    record = _reader(request)
    viewers = viewers_of(request, record.origin)
    if raw is None:
        return shown(request, building.article_page(record, largest=LARGEST, viewers=viewers))
    try:
        found = _found(record, raw, called)
    except Refused as refused:
        problem = " ".join(f"{r.sentence} {r.instead}" for r in refused.refusals)
        page = building.article_page(record, problem=problem, called=called, largest=LARGEST, viewers=viewers)
        return shown(request, page, 400)
    page = building.article_page(record, read=found, called=called, largest=LARGEST, viewers=viewers)
    return shown(request, page)


def _found(record: Record, raw: bytes, called: Called) -> VisibleArticle:
    article = one_at_a_time(read_article, raw)
    found = one_at_a_time(first_proposals, article, names_in(record, called), MOST_STATEMENTS)
    statements = tuple(
        Said(
            paragraph=p.paragraph, sentence=p.sentence, speaker=p.speaker, inferred=p.inferred, to=p.to, text=p.text,
            quoted=p.manner == "quote", claims=p.claims,
        )
        for p in found
    )  # fmt: skip
    return VisibleArticle(
        title=article.title,
        source=article.source,
        published=article.published,
        language=article.language,
        paragraphs=len(article.paragraphs),
        digest=article.digest,
        statements=statements,
    )


ROUTES = [Route("/processes/{process}/statements/read", read, methods=["GET", "POST"])]
