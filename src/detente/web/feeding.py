"""Reading a feed of incidents: sent as a file, read line by line, and kept as one batch for the act that reports it.

The host reads what is sent, in a process of its own with limits: a batch is plenary, and lies beside the record in any
case. What nobody signs for is swept away like any other file that waits. One is read at a time, and those that wait for
it keep no thread from others. Larger feeds come from the command line, which reads them where they are.
"""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.reading import Record
from detente.interchange.incidents.dates import Order
from detente.interchange.incidents.feed_file import import_feed
from detente.interchange.incidents.importing import Imported
from detente.interchange.limits import within_limits
from detente.views import building
from detente.views.building.feeding import VisibleFeed, may_report
from detente.web.files import committed
from detente.web.page_routes import shown, viewers_of
from detente.web.viewer import host, present_record_of

LARGEST: Final = 32_000_000
"""Bytes of a feed and of a file of places together: about a hundred thousand rows."""
SECONDS: Final = 120
"""Of one processor, for all of that."""
MOST_REMARKS: Final = 200
MEMORY: Final = 2 << 30
WRITTEN: Final = 1 << 30
"""Bytes of address space, which DuckDB asks for more of than it fills; and of what waits on disk meanwhile."""
_ENVELOPE: Final = 100_000
"""Bytes that a form needs beside the files that it sends."""
_PART: Final = 1_048_576
_ORDERS: Final[dict[object, Order]] = {"day first": "day first", "month first": "month first"}


async def read(request: Request) -> Response:
    """The form, and what was made of what was sent. Raises `Refused`: `incidents.not_yours`,
    `incidents.too_large`, `http.form`, or as `present_record_of`."""
    if request.method == "GET":
        return await run_in_threadpool(_page, request, None)
    await run_in_threadpool(_reporter, request)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST + _ENVELOPE:
        raise refuse("incidents.too_large", f"Files of at most {LARGEST // 1_000_000} MB are read here.",
                     instead="Report larger ones with “detente incidents import”.")  # fmt: skip
    try:
        async with request.form(max_files=2, max_fields=2) as form:
            return await to_thread.run_sync(_page, request, form, limiter=request.app.state.feed_readers)
    except HTTPException as error:
        raise refuse("http.form", "What was sent is not the form of this page.",
                     instead="Open the page again and send the file from there.") from error  # fmt: skip


def _reporter(request: Request) -> Record:
    """The record, for somebody who can report incidents: reading costs the host time."""
    record = present_record_of(request)
    if not may_report(record.visible.state.people.get(record.viewer.person or "")):
        raise refuse("incidents.not_yours", "Feeds are read for those who can report incidents in these talks.",
                     instead="Sign in with a key of this process.")  # fmt: skip
    return record


def _page(request: Request, form: FormData | None) -> Response:
    record = _reporter(request)
    viewers = viewers_of(request, record.origin)
    if form is None:
        return shown(request, building.feed_page(record, largest=LARGEST, viewers=viewers))
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = _read(request, record, form, Path(folder))
    except Refused as refused:
        problem = " ".join(f"{r.sentence} {r.instead}" for r in refused.refusals)
        return shown(
            request, building.feed_page(record, problem=problem, largest=LARGEST, viewers=viewers), 400
        )
    return shown(request, building.feed_page(record, read=found, largest=LARGEST, viewers=viewers))


def _read(request: Request, record: Record, form: FormData, folder: Path) -> VisibleFeed:
    """Raises `Refused`: `incidents.no_file`, or as `import_feed` and `within_limits`."""
    source, name = _written(form.get("file"), folder / "feed")
    if source is None:
        raise refuse(
            "incidents.no_file", "No file was sent, or an empty one.", instead="Choose the file of the feed."
        )
    places, places_name = _written(form.get("places"), folder / "places")
    out, order = folder / "batch.parquet", _ORDERS.get(form.get("dates"), "")
    given = (str(source), str(out), order, str(places or ""), MOST_REMARKS)
    read = within_limits(import_feed, *given, seconds=SECONDS, memory=MEMORY, written=WRITTEN)
    found = read.imported
    if found.kept:
        _keep(request, record, out, found)
    digest = sha256(places.read_bytes()).hexdigest() if places is not None else ""
    return VisibleFeed(
        file=name, feed=found.feed, rows=found.rows, kept=found.kept, codes=tuple(found.codes.items()),
        remarks=tuple((r.line, f"{r.sentence} {r.done}", r.kept_out) for r in read.remarks),
        digest=encode_base64url(found.digest), size=found.size,
        places=f"{places_name} (SHA-256 {digest})" if places is not None else "",
    )  # fmt: skip


def _written(sent: object, path: Path) -> tuple[Path | None, str]:
    """A file that was sent, and what it was called; none where none was."""
    if not isinstance(sent, UploadFile) or not sent.filename:
        return None, ""
    with path.open("wb") as file:
        while part := sent.file.read(_PART):
            file.write(part)
    return (path if path.stat().st_size else None), Path(sent.filename).name


def _keep(request: Request, record: Record, batch: Path, found: Imported) -> None:
    """Beside the log, for the act that will commit to it. Raises `Refused`: `file.*`."""
    files, process = host(request).files, record.origin.partition("/")[2]
    if files is None:
        raise refuse(
            "file.none_kept", "This host keeps no files.", instead="Ask whoever runs it for a folder."
        )
    if files.find(process, found.digest) is not None:
        return
    with (
        files.arriving(process, found.digest, committed(record.visible.state)) as arriving,
        batch.open("rb") as file,
    ):
        while part := file.read(_PART):
            arriving.write(part)
        arriving.keep()


ROUTES = [Route("/processes/{process}/observance/feed", read, methods=["GET", "POST"])]
