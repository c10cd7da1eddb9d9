"""The record as such: size, root, cosigners, copies, and how to check it without this host."""

from __future__ import annotations

from typing import Final

from detente.procedure.chambers import chamber_names
from detente.procedure.disclosure import VisibleLog, VisibleRecord
from detente.state.records import Chamber
from detente.tlog.tile import tile_path, tiles_of
from detente.views.addresses import process_id
from detente.views.building.around import drawn_around
from detente.views.building.late_cosigners import late_cosigners, late_names, witnessing
from detente.views.building.sight import Sight, full_moment
from detente.views.marks import Glyph, Link, Mark, Moment, Prose, filled, strong, worded
from detente.views.record import ChamberLog, CheckpointRow, Copy, Cosigner, RecordPage, Stamped, Trusted
from detente.wording.counting import capitalised, grouped, listed, number_word
from detente.wording.host import host_said
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _

NO_COSIGNERS: Final = N_(
    "The convening act names no cosigner: nobody but the host attests that the record only grows, and no time can be "
    "proved. Keep your receipts; two that do not fit together prove a fork."
)
NOT_YET: Final = N_(
    "None of the cosigners has signed yet. Until one does, nobody but the host attests that the record only grows, and "
    "no time can be proved: ask those who run them to start them."
)
ONLY_LATE: Final = N_(
    "The convening act names no cosigner, and no time can be proved. Whoever runs one of those below attests that the "
    "record only grows."
)
SECOND_KEY: Final = N_(
    "A second line under it is by the log’s own key too (ML-DSA-44): what stood in the record can still be proved when a "
    "quantum computer can forge the first."
)
TILES: Final = 8


def record_page(record: VisibleRecord, log: VisibleLog, *, viewers: tuple[str, ...] = ()) -> RecordPage:
    """log: the main log's own head, which is always that of now, also where an earlier moment is shown."""
    sight = Sight(record, viewers, "record")
    # A checkpoint holds no time of its own: only those who cosigned exactly this one attest one.
    attested = max((time for _name, size, time in log.cosigners if size == log.size), default=0)
    signed = sight.moment(attested, full_moment) if attested else None
    late = late_names(sight, log)
    last = sight.last_act()
    time = last.act.clear.iat if last else 0
    return RecordPage(
        headline=_headline(log, len(late)),
        lead=_lead(log),
        size=log.size,
        last=sight.act_time(last, full_moment) if last else sight.moment(time, full_moment),
        root=grouped(log.root.hex()),
        origin=log.origin,
        signed=signed,
        signer=_("by the host’s log key, {origin}", origin=log.origin),
        second_key=_(SECOND_KEY) if sight.state.convened.log_mldsa_key else "",
        irregular=_irregular(sight),
        checkpoint=log.checkpoint.decode("utf-8", "replace"),
        checkpoint_href=sight.place.now.page("log/checkpoint").address,
        cosigners=tuple(_cosigner(sight, log, *c) for c in log.cosigners),
        cosigners_empty=_(ONLY_LATE if late else NO_COSIGNERS),
        late=late_cosigners(sight, log),
        witnessing=witnessing(sight),
        stamped=_stamped(sight, log),
        copies=_copies(sight),
        tiles=_tiles(sight, log),
        command=f"detente verify {process_id(log.origin)[:8]}.detente",
        checkpoints=(_newest(log, signed, late),),
        chambers=_chambers(sight, log),
        trust=_trusted(),
        host=host_said(),
        shell=drawn_around(sight, _("Record")),
    )


def _trusted() -> tuple[Trusted, ...]:
    """Each name begins the sentence that the words after it go on with."""
    return (
        Trusted(whom=_("The host"), text=_(", to keep this running.")),
        Trusted(whom=_("Your device"), text=_(", to show you what you sign.")),
        Trusted(whom=_("Nobody"), text=_(", for whether an act is in the record: your receipts prove it.")),
    )


# --- cosigners


def _current(log: VisibleLog) -> int:
    return sum(size == log.size for _name, size, _time in log.cosigners)


def _headline(log: VisibleLog, late: int) -> str:
    """late: how many of those named after convening have signed the last act."""
    count, cosigners, seen = log.size, len(log.cosigners), _current(log)
    if not cosigners and late:
        whom = ngettext("one cosigner named after convening", "{count} cosigners named after convening", late,
                        count=number_word(late))  # fmt: skip
        return _last_seen_by(count, whom)
    if not cosigners:
        return ngettext("{count} act, cosigned by nobody", "{count} acts, cosigned by nobody", count)
    if not seen:
        return ngettext(
            "{count} act, the last not yet cosigned", "{count} acts, the last not yet cosigned", count
        )
    whom = ngettext("{seen} of one cosigner", "{seen} of {count} cosigners", cosigners, count=number_word(cosigners),
                    seen=number_word(seen))  # fmt: skip
    return _last_seen_by(count, whom)


def _last_seen_by(count: int, whom: str) -> str:
    return ngettext(
        "{count} act, the last seen by {cosigners}",
        "{count} acts, the last seen by {cosigners}",
        count,
        cosigners=whom,
    )


def _lead(log: VisibleLog) -> Prose:
    if not log.cosigners or not log.quorum:
        return worded("This process asks for no cosignature.")
    sizes = sorted((size for _name, size, _time in log.cosigners), reverse=True)
    met = sizes[log.quorum - 1] if log.quorum <= len(sizes) else 0
    rule = ngettext(
        "The rule of this process asks for one cosigner: {reached}.",
        "The rule of this process asks for {count} cosigners: {reached}.",
        log.quorum, count=number_word(log.quorum), reached="{reached}",
    )  # fmt: skip
    stated = filled(rule, reached=strong(_reached(log, met)))
    return stated if any(sizes) else (*filled(f"{_(NOT_YET)} "), *stated)


def _reached(log: VisibleLog, met: int) -> str:
    if met == log.size:
        return _("met up to the last act")
    return _("met up to act {number}", number=met) if met else _("not met yet")


def _mark(name: str) -> Mark:
    return Mark(letter=name[:1].upper() or "?", tone="neutral", name=name)


def _cosigner(sight: Sight, log: VisibleLog, name: str, size: int, time: int) -> Cosigner:
    behind = log.size - size
    glyph: Glyph = "done" if not behind else "awaited" if size else "gap"
    state = _("No cosignature in the record")
    if not behind:
        state = _("Up to date")
    elif size:
        state = ngettext("{count} act behind", "{count} acts behind", behind)
    return Cosigner(
        mark=_mark(name),
        name=name,
        run_by=_("this demonstration") if sight.viewers else _("whom the convening act names"),
        seen=size,
        signed=sight.moment(time, full_moment) if time else None,
        glyph=glyph,
        state=state,
    )


def _newest(log: VisibleLog, signed: Moment | None, late: tuple[str, ...]) -> CheckpointRow:
    convened = (name for name, size, _time in log.cosigners if size == log.size)
    marks = tuple(_mark(name) for name in (*convened, *late))
    return CheckpointRow(size=log.size, time=signed, root=grouped(log.root.hex()[:8]), cosigned=marks)


def _stamped(sight: Sight, log: VisibleLog) -> Stamped | None:
    if log.stamp is None:
        return None
    authority, size, time = log.stamp
    return Stamped(
        authority=authority, number=size, time=sight.moment(time, full_moment),
        href=sight.place.now.page("log/stamps").address,
    )  # fmt: skip


# --- what can be taken away


def _irregular(sight: Sight) -> str:
    found = sight.state.irregular
    if not found:
        return _("None")
    numbers = listed(f"#{i.index + 1}" for i in found[:10])
    if len(found) > 10:
        numbers = _("{numbers} and {count} more", numbers=numbers, count=len(found) - 10)
    return ngettext(
        "{count} act that the rules refuse, kept without effect: {numbers}",
        "{count} acts that the rules refuse, kept without effect: {numbers}",
        len(found),
        numbers=numbers,
    )


def _copies(sight: Sight) -> tuple[Copy, ...]:
    whom = sight.names.speaker(sight.viewer) if sight.viewer else _("the public")
    now = sight.place.now
    tables = Copy(
        link=Link(text=_("Tables for analysts (Parquet)"), href=sight.place.page("tables.zip").address),
        text=_("What you may read, a table each for acts, texts, steps, commitments, incidents and more."),
    )
    return (
        *((tables,) if sight.viewer else ()),
        Copy(
            link=Link(text=_("Certified copy, as {whom} may see it", whom=whom), href=now.page("copy").address),
            text=_("Acts, what is disclosed to you, keys, checkpoints, cosignatures. One file, checked with no line to "
                   "this host."),
        ),
        Copy(
            link=Link(text=_("The checkpoint"), href=now.page("log/checkpoint").address),
            text=_("Size and root, signed. Keep it: a later one must extend it."),
        ),
        Copy(
            link=Link(text=_("The policy of this process"), href=now.page("log/policy").address),
            text=_("Who its cosigners are, and how many of them must have signed. Check a copy against it, or write one "
                   "that asks for more."),
        ),
    )  # fmt: skip


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
            size=ngettext("{count} act", "{count} acts", own[name].size)
            if name in own
            else _("not shown to you"),
            readers=_chamber_readers(sight, name, own.get(name)),
        )
        for name in chamber_names(sight.state.convened.sides)
    )


def _chamber_readers(sight: Sight, name: str, chamber: Chamber | None) -> str:
    """Who can read it; for those who belong to it, whether the host can."""
    readers = _("{sentence}.", sentence=capitalised(sight.chamber_readers(name)))
    if chamber is None:
        return readers
    sealed = (
        _("Sealed: the host cannot open it.") if chamber.epochs else _("Not sealed: readable by the host.")
    )
    return f"{readers} {sealed}"
