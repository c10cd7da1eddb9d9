"""From a feed that was read to the page on which a person looks at every remark, and goes on to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from detente.acts.incidents import REPORTERS
from detente.procedure.disclosure import VisibleRecord
from detente.state.records import Person
from detente.views.building.around import drawn_around
from detente.views.building.sight import Sight
from detente.views.feeding import Counted, FeedPage, FeedRead, Remarked
from detente.views.marks import Link
from detente.wording.counting import thousands
from detente.wording.language import gettext as _
from detente.wording.language import ngettext

PATH: Final = "observance/feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleFeed:
    """What a reader of feeds made of a file."""

    file: Annotated[str, "its name"]
    feed: Annotated[str, "as which it was recognised; empty for columns of ours"]
    rows: Annotated[int, "of the source"]
    kept: Annotated[int, "of them to be reported"]
    codes: Annotated[tuple[tuple[str, int], ...], "how many remarks of each kind"]
    remarks: Annotated[
        tuple[tuple[int, str, bool], ...], "(line, words, whether the row is kept out), the first"
    ]
    digest: Annotated[str, "SHA-256 of the batch, base64url"]
    size: Annotated[int, "bytes of the batch"]
    places: Annotated[str, "the file of places that names were looked up in, with its SHA-256; or empty"]


def may_report(person: Person | None) -> bool:
    return person is not None and person.left is None and person.role in REPORTERS


def feed_page(
    record: VisibleRecord, *, read: VisibleFeed | None = None, problem: str = "", largest: int,
    viewers: tuple[str, ...] = (),
) -> FeedPage:  # fmt: skip
    """largest: bytes of a file that is read."""
    sight = Sight(record, viewers, PATH)
    return FeedPage(
        shell=drawn_around(sight, _("Report a feed of incidents")),
        action=sight.place.page(PATH).address,
        largest=f"{largest // 1_000_000} MB",
        problem=problem,
        read=_read(sight, read) if read is not None else None,
    )


def _read(sight: Sight, read: VisibleFeed) -> FeedRead:
    more = sum(count for _code, count in read.codes) - len(read.remarks)
    feed = read.feed or _("a table with the record’s own columns")
    return FeedRead(
        file=read.file,
        headline=_headline(read),
        about=_("Read as {feed}. The SHA-256 of the batch begins with {digest}.", feed=feed, digest=read.digest[:12]),
        counts=tuple(Counted(code=code, count=thousands(count)) for code, count in read.codes),
        remarks=tuple(Remarked(line=line, words=words, kept_out=out) for line, words, out in read.remarks),
        more=ngettext("{count} more remark; “detente incidents check” says them all.",
                      "{count} more remarks; “detente incidents check” says them all.", more, count=thousands(more))
        if more > 0
        else "",
        sign=_sign(sight, read) if read.kept else None,
    )  # fmt: skip


def _headline(read: VisibleFeed) -> str:
    return _(
        "{rows}: {kept} can be reported, {out} kept out",
        rows=ngettext("{count} row was read", "{count} rows were read", read.rows, count=thousands(read.rows)),
        kept=thousands(read.kept), out=thousands(read.rows - read.kept),
    )  # fmt: skip


def _sign(sight: Sight, read: VisibleFeed) -> Link:
    said = f"{read.kept} of {read.rows} rows of {read.file}; {read.rows - read.kept} kept out."
    fields = {
        "file": read.digest, "size": str(read.size), "rows": str(read.kept), "title": read.file, "source": read.feed,
        "text": f"{said} Names of places were looked up in {read.places}." if read.places else said,
    }  # fmt: skip
    text = ngettext("Report this incident by one act", "Report these {count} incidents by one act", read.kept,
                    count=thousands(read.kept))  # fmt: skip
    return Link(text=text, href=sight.place.page("sign", kind="report_incidents", **fields).address)
