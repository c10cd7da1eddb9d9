"""What was said of the rows of a feed, as it comes: in words, a line each, or as one JSON object."""

from __future__ import annotations

import json
from typing import Any, Final, Protocol

import click
import msgspec

from detente.cli.terminal import say
from detente.codec.base64url import encode_base64url
from detente.interchange.incidents.importing import Imported
from detente.interchange.incidents.remarks import Remark

OWN: Final = "a table with our own columns"


class Report(Protocol):
    """Takes each remark, then the counts; act: number of the one that reported the batch."""

    def remark(self, remark: Remark) -> None: ...

    def end(self, found: Imported, act: int | None = None) -> None: ...


class InWords:
    """err: whether to keep standard output free."""

    def __init__(self, *, err: bool = False) -> None:
        self._err = err

    def remark(self, remark: Remark) -> None:
        say(f"line {remark.line}: {remark.code}: {remark.sentence} {remark.done}", err=self._err)

    def end(self, found: Imported, act: int | None = None) -> None:
        say(f"Read as {found.feed or OWN}. Rows: {found.rows}; kept: {found.kept}; kept out: {found.kept_out}.",
            err=self._err)  # fmt: skip
        for code, number in found.codes.items():
            say(f"  {number:>9}  {code}", err=self._err)


class AsJson:
    """On standard output, remarks first, so that a file of a million faults needs no memory."""

    _before = '{"remarks":[\n'

    def remark(self, remark: Remark) -> None:
        click.echo(f"{self._before}{json.dumps(msgspec.to_builtins(remark))}", nl=False)
        self._before = ",\n"

    def end(self, found: Imported, act: int | None = None) -> None:
        counts: dict[str, Any] = {
            **msgspec.structs.asdict(found),
            "digest": encode_base64url(found.digest),
            "act": act,
        }
        opened = "" if self._before == ",\n" else self._before
        click.echo(f"{opened}\n],{json.dumps(counts)[1:]}")
