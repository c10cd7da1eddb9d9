"""Notices of breach: the measure that each proposes, its period, what the others said, and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.acts.breach import awaited, period_ends, running_notices
from detente.acts.joint_decisions import agreeing, in_play
from detente.acts.protection import protected
from detente.procedure.disclosure import VisibleAct
from detente.state.breach import Notice
from detente.state.records import in_order
from detente.views.building.sight import Sight, full_moment
from detente.views.building.text_reservations import SEALED
from detente.views.marks import Glyph, Prose, linked, prose, strong, worded
from detente.views.text import Beside, BesideItem, NoteLine
from detente.wording.counting import listed
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.saying import MEASURES

_ANALOGY: Final = N_(
    "Articles of the Vienna Convention on the Law of Treaties apply by analogy: the text is no treaty."
)


def notices_running(sight: Sight) -> tuple[Prose, ...]:
    """One line for each notice on which others can still object: for the overview."""
    return tuple(_running(sight, notice) for notice in running_notices(sight.state))


def _running(sight: Sight, notice: Notice) -> Prose:
    return worded(
        "{who} claims a breach of {instrument} by {of}, {act}. Objections are possible until {time}: {answers}",
        who=strong(sight.names.delegation(notice.by_side)),
        instrument=sight.names.instrument(notice.instrument),
        of=sight.names.delegation(notice.of),
        act=sight.cite(notice.index),
        time=_until(sight, notice),
        answers=linked(
            _("what was answered, and what is open"), f"{sight.place.page('keeping').address}#notices"
        ),
    )


def _until(sight: Sight, notice: Notice) -> str:
    return sight.instant(period_ends(notice), full_moment).shown


def notices(sight: Sight) -> Beside:
    given = in_order(sight.state.notices.values())[::-1]
    analogy = any(sight.state.instruments[n.instrument].basis != "treaty" for n in given)
    lead = _("Nothing follows before the period for objection is over (Articles 65 and 67).")
    return Beside(
        anchor="notices",
        head=_("Notices of breach"),
        lead=f"{lead} {_(_ANALOGY)}" if analogy else lead,
        items=tuple(_notice(sight, notice) for notice in given),
    )


def _notice(sight: Sight, notice: Notice) -> BesideItem:
    names, act = sight.names, sight.names.act_at(notice.index)
    head = worded(
        "{who} claims a breach of {instrument} by {of}, {act}",
        who=strong(names.delegation(notice.by_side)),
        instrument=names.instrument(notice.instrument),
        of=names.delegation(notice.of),
        act=sight.cited(notice.index),
    )
    return BesideItem(
        mark=sight.side(notice.by_side),
        head=head,
        words=words_of(act, "reason"),
        lines=tuple(_lines(sight, notice, act)),
        state=_state(sight, notice),
    )


def _lines(sight: Sight, notice: Notice, act: VisibleAct | None) -> Iterator[NoteLine]:
    yield NoteLine(text=_breached(sight, notice))
    yield NoteLine(text=_proposed(sight, notice))
    text = act.opened.get("text") if act else None
    if text:
        yield NoteLine(text=prose(str(text)), mark=sight.side(notice.by_side), quoted=True)
    yield from _what_protects(sight, notice)
    yield NoteLine(text=_period(sight, notice))
    acts = [
        *(
            (index, side, _("{side} objected", side=sight.names.delegation(side)))
            for _l, index, side in notice.objections
        ),
        *((index, side, _("{side} replied", side=sight.names.delegation(side))) for _l, index, side in notice.replies),
        *((index, side, _cure(sight, notice, side)) for _l, index, side in notice.cures),
        *((index, side, _("{side} agreed to the measure", side=sight.names.delegation(side)))
          for d in sight.state.decisions.values() if d.notice == notice.leaf for _l, index, side in d.agreed),
    ]  # fmt: skip
    for index, side, said in sorted(acts):
        yield from _done(sight, notice, index, side, said)


def _done(sight: Sight, notice: Notice, index: int, side: str, said: str) -> Iterator[NoteLine]:
    late = (
        notice.expired is not None
        and index >= notice.expired
        and any(index == at for _l, at, _s in notice.objections)
    )
    glyph: Glyph = "spoken" if late else "done"
    text = (
        worded("{said}, {act}; after the period", said=said, act=sight.cited(index))
        if late
        else worded("{said}, {act}", said=said, act=sight.cited(index))
    )
    yield NoteLine(text=text, mark=sight.side(side), glyph=glyph)
    words = words_of(sight.names.act_at(index), "reason", "text")
    if words:
        yield NoteLine(text=prose(words), mark=sight.side(side), quoted=True)


def _cure(sight: Sight, notice: Notice, side: str) -> str:
    who = sight.names.delegation(side)
    if side == notice.by_side:
        return _("{side} accepted that the breach is cured", side=who)
    return _("{side} recorded a cure", side=who)


def _breached(sight: Sight, notice: Notice) -> Prose:
    provisions = map(sight.names.provision, notice.provisions)
    what = listed(
        (*provisions, *(_("the commitment {act}", act=sight.names.act(leaf)) for leaf in notice.commitments))
    )
    return worded("Said to be breached: {what}.", what=what)


def _proposed(sight: Sight, notice: Notice) -> Prose:
    measure = _(MEASURES[notice.measure])
    if not notice.affects:
        return worded("Proposed: {measure}.", measure=strong(measure))
    reached = listed(map(sight.names.provision, notice.affects))
    return worded("Proposed: {measure}, as to {provisions}.", measure=strong(measure), provisions=reached)


def _what_protects(sight: Sight, notice: Notice) -> Iterator[NoteLine]:
    kept = protected(sight.state, sight.state.instruments[notice.instrument])
    if kept and notice.measure != "other":
        provisions = listed(sight.names.provision(p) for p in sorted(kept))
        yield NoteLine(
            text=worded(
                "{provisions}: marked as protecting persons. No measure reaches it (Article 60(5)).",
                provisions=provisions,
            )
        )


def _period(sight: Sight, notice: Notice) -> Prose:
    if notice.urgent:
        return worded(
            "Objections until {time}. Special urgency is claimed, so that the period may be under three "
            "months (Article 65(2)).",
            time=_until(sight, notice),
        )
    if notice.notified is None:
        return worded(
            "Objections until {time} at least: three months count from the first time marked after the notice "
            "(Article 65(2)).",
            time=_until(sight, notice),
        )
    return worded(
        "Objections until {time}, three months at least from its receipt (Article 65(2)).",
        time=_until(sight, notice),
    )


def _state(sight: Sight, notice: Notice) -> Prose:
    """Where the notice stands, and what is open."""
    if notice.revoked is not None:
        ended = notice.carried_out is not None
        said = N_("The suspension was ended, {act}.") if ended else N_("Revoked, {act}: nothing follows.")
        return worded(said, act=sight.cited(notice.revoked))
    if notice.cured is not None:
        return worded("Cured, as the side that gave notice accepts, {act}.", act=sight.cited(notice.cured))
    if notice.carried_out is not None:
        return worded(
            "{done}, {act}.",
            done=strong(_("The measure is carried out")),
            act=sight.cited(notice.carried_out),
        )
    if notice.opposed and not _agreed(sight, notice):
        return _opposed(sight, notice)
    if notice.expired is None and not _agreed(sight, notice):
        waiting = listed(map(sight.names.delegation, awaited(sight.state, notice)))
        return worded("The period runs; {sides} may object. Silence admits nothing.", sides=waiting)
    return worded(
        "The measure may be carried out by {who}, by an act of its own (Article 67). Nobody has to.",
        who=sight.names.delegation(notice.by_side),
    )


def _agreed(sight: Sight, notice: Notice) -> bool:
    return agreeing(sight.state, notice).issuperset(in_play(sight.state.instruments[notice.instrument]))


def _opposed(sight: Sight, notice: Notice) -> Prose:
    sides = listed(map(sight.names.delegation, notice.opposed))
    return worded(
        "{sides} objected in time, so that no measure follows by one side alone. Open are negotiation, enquiry, "
        "mediation, conciliation, arbitration and judicial settlement (UN Charter, Article 33; Article 65(3)), and a "
        "joint decision.",
        sides=strong(sides),
    )


def words_of(act: VisibleAct | None, *names: str) -> str:
    """The act's words as far as the reader may read them."""
    if act is None:
        return ""
    found = " ".join(str(act.opened[name]) for name in names if act.opened.get(name))
    return found or (_(SEALED) if act.sealed else "")
