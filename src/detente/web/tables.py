"""Downloads for people who reckon: the matrix as a workbook, and everything that a member may read as tables."""

from __future__ import annotations

import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from detente.codec.refusal import refuse
from detente.depositary.reading import Record
from detente.interchange.matrix_workbook import MEDIA_TYPE, matrix_workbook
from detente.interchange.tables.writing import write_tables
from detente.web.viewer import number_asked, record_of

_WRITING: Final = threading.Lock()
"""One set of tables at a time: a long record takes a processor for a while."""
_PART: Final = 65_536


def workbook(request: Request) -> Response:
    """The matrix of one register. Raises `Refused` as `matrix_workbook` and `record_of`."""
    record = record_of(request)
    book = matrix_workbook(record, register=number_asked(request, "register") or 0)
    return Response(book, media_type=MEDIA_TYPE, headers=_headers(record, "matrix.xlsx"))


def tables(request: Request) -> Response:
    """Every table as Parquet, in one archive. Raises `Refused`: `log.members_only`, `host.busy`, or as `record_of`."""
    record = record_of(request)
    if record.viewer.person is None:
        raise refuse("log.members_only", "Tables are made for participants.",
                     instead="Sign in with an enrolled key, or take a certified copy.")  # fmt: skip
    if not _WRITING.acquire(blocking=False):
        raise refuse(
            "host.busy", "Tables are being made for somebody else.", instead="Try again in a minute."
        )
    try:
        archive = _archive(record)
    finally:
        _WRITING.release()
    headers = {**_headers(record, "tables.zip"), "content-length": str(archive.seek(0, 2))}
    archive.seek(0)
    return StreamingResponse(_parts(archive), media_type="application/zip", headers=headers)


def _archive(record: Record) -> BinaryIO:
    """Stored and not packed again: Parquet is packed already."""
    out: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  closed when it has been sent
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(out, "w") as archive:
        for name in write_tables(record, Path(folder), record.batch_files()):
            file = f"{name}.parquet"
            with (
                (Path(folder) / file).open("rb") as table,
                archive.open(zipfile.ZipInfo(file), "w", force_zip64=True) as to,
            ):
                while part := table.read(_PART):
                    to.write(part)
    return out


def _headers(record: Record, name: str) -> dict[str, str]:
    process = record.origin.partition("/")[2][:8]
    return {
        "content-disposition": f'attachment; filename="{process}-{record.as_of}-{name}"',
        "cache-control": "private, no-store",
    }


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while part := file.read(_PART):
            yield part


ROUTES = [
    Route("/processes/{process}/matrix.xlsx", workbook),
    Route("/processes/{process}/tables.zip", tables),
]
