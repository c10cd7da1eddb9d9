"""The record as such: size, root, cosigners, copies, and how to check it without this host."""

from __future__ import annotations

from typing import Final

from detente.procedure.chambers import chamber_names
from detente.procedure.disclosure import VisibleLog, VisibleRecord
from detente.state.records import Chamber
from detente.tlog.tile import tile_path, tiles_of
from detente.views.addresses import process_id
from detente.views.building.around import drawn_around
from detente.views.building.sight import Sight, full_moment
from detente.views.marks import Glyph, Link, Mark, Moment, Prose, prose, strong
from detente.views.record import ChamberLog, CheckpointRow, Copy, Cosigner, RecordPage, Trusted
from detente.wording.counting import capitalised, counted, counted_in_words, grouped, listed, number_word

HOST: Final = (
    "The host cannot alter what was signed, nor drop, reorder or fork what it has receipted, without leaving proof, as "
    "long as someone keeps receipts and one cosigner is honest."
)
TRUSTED: Final = (
    Trusted(
        whom="The host",
        text=", to keep this running. It can refuse, delay and choose the order of arrival; it sees who acts when; it "
        "reads what is not sealed.",
    ),
    Trusted(
        whom="Your device",
        text=", to show you what you sign. Whoever signs in a browser trusts the script it serves.",
    ),
    Trusted(whom="Nobody", text=", for whether an act is in the record: your receipts prove it."),
)
NO_COSIGNERS: Final = (
    "The convening act names no cosigner: nobody but the host attests that the record only grows, and no time can be "
    "proved. Keep your receipts; two that do not fit together prove a fork."
)
TILES: Final = 8


def record_page(record: VisibleRecord, log: VisibleLog, *, viewers: tuple[str, ...] = ()) -> RecordPage:
    """log: the main log's own head, which is always that of now, also where an earlier moment is shown."""
    sight = Sight(record, viewers, "record")
    # A checkpoint holds no time of its own: only those who cosigned exactly this one attest one.
    attested = max((time for _name, size, time in log.cosigners if size == log.size), default=0)
    signed = sight.moment(attested, full_moment) if attested else None
    last = sight.last_act()
    time = last.act.clear.iat if last else 0
    return RecordPage(
        headline=_headline(log),
        lead=_lead(log),
        size=log.size,
        last=sight.act_time(last, full_moment) if last else sight.moment(time, full_moment),
        root=grouped(log.root.hex()),
        origin=log.origin,
        signed=signed,
        signer=f"by the host’s log key, {log.origin}",
        irregular=_irregular(sight),
        checkpoint=log.checkpoint.decode("utf-8", "replace"),
        checkpoint_href=sight.place.now.page("log/checkpoint").address,
        cosigners=tuple(_cosigner(sight, log, *c) for c in log.cosigners),
        cosigners_empty=NO_COSIGNERS,
        copies=_copies(sight),
        tiles=_tiles(sight, log),
        command=f"detente verify {process_id(log.origin)[:8]}.detente",
        checkpoints=(_newest(sight, log, signed),),
        chambers=_chambers(sight, log),
        trust=TRUSTED,
        others=HOST,
        shell=drawn_around(sight, "Record"),
    )


# --- cosigners


def _current(log: VisibleLog) -> int:
    return sum(size == log.size for _name, size, _time in log.cosigners)


def _headline(log: VisibleLog) -> str:
    acts = counted(log.size, "act")
    if not log.cosigners:
        return f"{acts}, cosigned by nobody"
    if not _current(log):
        return f"{acts}, the last not yet cosigned"
    return f"{acts}, the last seen by {number_word(_current(log))} of {counted_in_words(len(log.cosigners), 'cosigner')}"


def _lead(log: VisibleLog) -> Prose:
    if not log.cosigners or not log.quorum:
        return prose("This process asks for no cosignature.")
    sizes = sorted((size for _name, size, _time in log.cosigners), reverse=True)
    met = sizes[log.quorum - 1] if log.quorum <= len(sizes) else 0
    rule = f"The rule of this process asks for {counted_in_words(log.quorum, 'cosigner')}: "
    reached = (
        "met up to the last act" if met == log.size else f"met up to act {met}" if met else "not met yet"
    )
    return prose(rule, strong(reached), ".")


def _mark(name: str) -> Mark:
    return Mark(letter=name[:1].upper() or "?", tone="neutral", name=name)


def _cosigner(sight: Sight, log: VisibleLog, name: str, size: int, time: int) -> Cosigner:
    behind = log.size - size
    glyph: Glyph = "done" if not behind else "awaited" if size else "gap"
    state = (
        "Up to date"
        if not behind
        else f"{counted(behind, 'act')} behind"
        if size
        else "No cosignature in the record"
    )
    return Cosigner(
        mark=_mark(name),
        name=name,
        run_by="this demonstration" if sight.viewers else "whom the convening act names",
        seen=size,
        signed=sight.moment(time, full_moment) if time else None,
        glyph=glyph,
        state=state,
    )


def _newest(sight: Sight, log: VisibleLog, signed: Moment | None) -> CheckpointRow:
    marks = tuple(_mark(name) for name, size, _time in log.cosigners if size == log.size)
    return CheckpointRow(size=log.size, time=signed, root=grouped(log.root.hex()[:8]), cosigned=marks)


# --- what can be taken away


def _irregular(sight: Sight) -> str:
    found = sight.state.irregular
    if not found:
        return "None"
    numbers = listed(f"#{i.index + 1}" for i in found[:10])
    more = f" and {len(found) - 10} more" if len(found) > 10 else ""
    return f"{counted(len(found), 'act')} that the rules refuse, kept without effect: {numbers}{more}"


def _copies(sight: Sight) -> tuple[Copy, ...]:
    whom = sight.names.speaker(sight.viewer) if sight.viewer else "the public"
    now = sight.place.now
    return (
        Copy(
            link=Link(text=f"Certified copy, as {whom} may see it", href=now.page("copy").address),
            size="",
            text="Acts, what is disclosed to you, keys, checkpoints, cosignatures. One file, checked with no line to "
            "this host.",
        ),
        Copy(
            link=Link(text="The checkpoint", href=now.page("log/checkpoint").address),
            size="",
            text="Size and root, signed. Keep it: a later one must extend it.",
        ),
    )


def _tiles(sight: Sight, log: VisibleLog) -> tuple[Link, ...]:
    """The newest hash tiles; the others follow from the size (C2SP tlog-tiles)."""
    names = [t for t in tiles_of(log.size) if t.level is not None]
    paths = [tile_path(t.level, t.index, t.width) for t in names[-TILES:] if t.level is not None]
    return tuple(Link(text=path, href=sight.place.now.page(f"log/{path}").address) for path in paths)


def _chambers(sight: Sight, log: VisibleLog) -> tuple[ChamberLog, ...]:
    own = {c.chamber.name: c.chamber for c in sight.record.chambers()}
    return tuple(
        ChamberLog(
            name=sight.chamber(name),
            origin=f"{log.origin}/{name}",
            size=counted(own[name].size, "act") if name in own else "not shown to you",
            readers=f"{capitalised(sight.chamber_readers(name))}.{_sealing(own.get(name))}",
        )
        for name in chamber_names(sight.state.convened.sides)
    )


def _sealing(chamber: Chamber | None) -> str:
    """Whether the host can read it, for those who belong to it."""
    if chamber is None:
        return ""
    return " Sealed: the host cannot open it." if chamber.epochs else " Not sealed: readable by the host."
