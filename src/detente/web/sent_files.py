"""Files that a form sends: read in memory, one at a time, by people at the table; nothing of them is kept.

Reading a file costs the host time and memory, so it is done within limits and for nobody else: whoever is not at the
table compares and reads files with the command line, on a machine of their own. It is done on threads of their own, so
that however many wait for each other's files, every other page is answered; what waits lies on a disk, not in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Final

from anyio import to_thread
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from detente.acts.act import TABLE
from detente.codec.refusal import refuse
from detente.depositary.reading import Record
from detente.interchange.documents.document import Document, Remark
from detente.interchange.documents.reading import read_document
from detente.interchange.limits import Given, within_limits
from detente.views.building.file_read import VisibleRemark
from detente.web.viewer import present_record_of

LARGEST: Final = 16_000_000
"""Bytes of one file."""
MOST_FILES: Final = 2
MOST_REMARKS: Final = 500
_ENVELOPE: Final = 4_000_000
"""Bytes that the fields of a form need beside its files."""
READERS: Final = 4
"""Forms whose files are in memory: one is read, the others are next."""
_PATIENCE: Final = 30
"""Seconds for the file before to be read."""
_one: Final = threading.Semaphore()


class SentFile(Struct, frozen=True):
    name: str
    data: bytes


class SentForm(Struct, frozen=True):
    """files: those that hold something; fields: the others; both by their names."""

    files: Mapping[str, SentFile]
    fields: Mapping[str, str]


async def answered(request: Request, page: Callable[[Request, SentForm], Response]) -> Response:
    """What `page` answers to what a form sent. Raises `Refused`: `document.not_yours`, `document.size`, `http.form`, or
    as `present_record_of` and `page`."""
    await run_in_threadpool(record_at_table, request)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST_FILES * LARGEST + _ENVELOPE:
        raise _too_large()
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=100, max_part_size=_ENVELOPE)
    except HTTPException as error:
        raise refuse("http.form", "What was sent is not the form of this page.",
                     instead="Open the page again and send the file from there.") from error  # fmt: skip
    try:
        return await to_thread.run_sync(
            lambda: page(request, _in_memory(form)), limiter=request.app.state.readers
        )
    finally:
        await form.close()


def _in_memory(form: FormData) -> SentForm:
    files: dict[str, SentFile] = {}
    fields: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            data = value.file.read(LARGEST + 1)
            if len(data) > LARGEST:
                raise _too_large()
            if data or value.filename:
                files[name] = SentFile((value.filename or "")[-100:], data)
        else:
            fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return SentForm(files, fields)


def record_at_table(request: Request) -> Record:
    """The record, for somebody at the table. Raises `Refused` with code `document.not_yours`, or as
    `present_record_of`."""
    record = present_record_of(request)
    person = record.visible.state.people.get(record.viewer.person or "")
    if person is None or person.role not in TABLE:
        raise refuse("document.not_yours", "Files are read for those at the table of these talks.",
                     instead="Sign in with a key of this process, or use the command line: detente compare.")  # fmt: skip
    return record


def document_in(file: SentFile) -> Document:
    """Raises `Refused` as `read_document` and `one_at_a_time`."""
    return one_at_a_time(read_document, file.data, file.name)


def one_at_a_time(task: Callable[..., Given], *arguments: object) -> Given:
    """What `task` gives, while no other file is worked on. Raises `Refused` as `within_limits`, or `host.busy`."""
    if not _one.acquire(timeout=_PATIENCE):
        raise refuse("host.busy", "Another file is being read.", instead="Send it again in a minute.")
    try:
        return within_limits(task, *arguments)
    finally:
        _one.release()


def visible_remarks(remarks: tuple[Remark, ...]) -> tuple[VisibleRemark, ...]:
    return tuple(VisibleRemark(r.place, r.sentence, r.kept) for r in remarks[:MOST_REMARKS])


def _too_large() -> Exception:
    return refuse("document.size", f"A file of at most {LARGEST // 1_000_000} MB is read here.",
                  instead="Leave pictures out, send it in parts, or use the command line.")  # fmt: skip
