"""The files of an exhibit: what each is called, how large it is sealed, and how its readers open it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.acts.evidence import Present
from detente.procedure.disclosure import VisibleAct, VisibleDraft
from detente.views.act import ActField, ExhibitFile
from detente.views.building.sight import Sight, digits
from detente.views.marks import prose, worded
from detente.views.signing import Row
from detente.wording.language import gettext as _
from detente.wording.saying import quoted

_UNITS = ("kB", "MB", "GB", "TB")


def files_of(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    clear = act.act.clear
    if not isinstance(clear, Present) or act.act.leaf in sight.state.erasures or act.sealed:
        return
    names, contents = act.opened.get("names") or {}, act.opened.get("contents") or {}
    for digest, size in clear.files:
        name = names.get(digest, "")
        file = ExhibitFile(
            href=sight.place.now.page(f"files/{digest}").address, digest=digest, size=size, name=name,
            content=contents.get(digest, ""), author=act.act.key, process=clear.proc,
        )  # fmt: skip
        value = worded("{name}, {size} sealed", size=sized(size), name=name or _("without a name"))
        yield ActField(label=_("File"), value=value, file=file)
        yield from _at_source(act.opened.get("at_source") or {}, contents, digest)
    said = worded(
        "Each file is sealed, its key was given to those named, and the host cannot read it. Here the browser that holds "
        "such a key checks it against this act and opens it; “detente exhibit PROCESS {number} FOLDER” does so on the "
        "command line.",
        number=str(act.index + 1),
    )
    yield ActField(label=_("How to open them"), value=said)


def _at_source(taken: Mapping[str, str], contents: Mapping[str, str], digest: str) -> Iterator[ActField]:
    """The SHA-256 taken where a file came from, beside that of the file inside: the reader compares nothing by hand."""
    source = taken.get(digest)
    if source is None:
        return
    said = (
        worded("{digest}, the same as that of the file inside", digest=source)
        if source == contents.get(digest)
        else worded("{digest}, not that of the file inside", digest=quoted(source))
    )
    yield ActField(label=_("SHA-256 at the source"), value=said)


def presented(draft: VisibleDraft) -> Iterator[Row]:
    """What an exhibit holds, for whoever is to sign for it: its words, and its files with their digests."""
    assert draft.act is not None
    clear, opened = draft.act.act.clear, draft.act.opened
    if not isinstance(clear, Present):
        return
    names, contents = opened.get("names") or {}, opened.get("contents") or {}
    if opened.get("text"):
        yield Row(head=_("What it is"), words=prose(opened["text"]))
    for digest, size in clear.files:
        said = worded(
            "{name}, {size} sealed. SHA-256 of the sealed file: {sealed}; of the file itself: {inside}",
            name=names.get(digest) or _("without a name"),
            size=sized(size),
            sealed=digits(digest, 16),
            inside=digits(contents.get(digest, ""), 16),
        )
        yield Row(head=_("File"), words=said)


def sized(size: int) -> str:
    """
    >>> sized(900), sized(2_000_000_000)
    ('0.9 kB', '2.0 GB')
    """
    found = size / 1000
    for unit in _UNITS[:-1]:
        if found < 1000:
            return f"{found:.1f} {unit}"
        found /= 1000
    return f"{found:.1f} {_UNITS[-1]}"
