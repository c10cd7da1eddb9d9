"""Whose turn it is: what is owed next, by whom, by when, and what silence would mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from detente.codec.instant import unix_from_instant
from detente.procedure.finality import Finality
from detente.procedure.turn import NO_EFFECT, turns
from detente.procedure.turn import Turn as Owing
from detente.state.answers import is_adopted
from detente.state.instrument import Instrument
from detente.state.phases import PHASES, Phase
from detente.state.records import Referral
from detente.views.building.asked_in_chambers import answered, asked_in_chambers
from detente.views.building.missing import is_yours
from detente.views.building.powers import valid_mandates
from detente.views.building.sight import Sight, in_words
from detente.views.marks import Link, Mark, Prose, linked, prose, worded
from detente.views.overview import Deadline, Owed, Turn
from detente.wording.counting import capitalised, listed, number_word, one_after_another
from detente.wording.language import N_, ngettext, translated
from detente.wording.language import gettext as _
from detente.wording.moments import time_left, utc_moment, zoned_moment
from detente.wording.standing import to_do_words

STEPS: Final = ("assent", "initial", "sign", "sign_ad_referendum", "confirm_signature", "consent")
_SPOKEN: Final = ("confirm_minute", "confirm_assurance")
"""What answers words that somebody is recorded as having said."""
_RECEIPTS: Final = ("receive", "receive_exhibit")
DEMONSTRATED: Final = N_(
    "A demonstration is only read: an act is signed with one’s own key and sent to the process."
)
NO_LIMIT: Final = N_("No time limit is in the record.")
AT_REST: Final[Mapping[Phase, tuple[str, str]]] = MappingProxyType({
    Phase.BROKEN_OFF: (
        N_("The talks are broken off"),
        N_("What was closed stays closed, and what was open stays open. A mediator can resume the talks.")),
    Phase.CONCLUDED: (
        N_("The talks are concluded"), N_("Texts already agreed live on. No further text can be agreed here.")),
})  # fmt: skip
"""Phase -> heading and sentence, where no step towards a text can be taken."""
Answered = Callable[[Sight, Owing], str]
_SENTENCE_END: Final = re.compile(r"(?<=[.۔]) ")
"""A full stop, also an Urdu one, before another sentence."""


def turn(
    sight: Sight, instrument: Instrument | None, found: Finality | None, now: str, answered_at: Answered
) -> Turn:
    """The box beside the answer. now: an instant, for the time left; "" for the record's own clock; answered_at: the
    address of the page where the person looking answers what they owe."""
    owing = all_owing(sight)
    if not owing:
        return _nothing(sight, found)
    mine = [t for t in owing if is_yours(sight, t.whose)] if sight.now_shown else []
    if mine:
        return _yours(sight, instrument, mine, now, answered_at)
    return _others(sight, instrument, owing, now)


def in_order(owing: Sequence[Owing]) -> list[Owing]:
    """The questions as procedure puts them; several of one kind in the order in which they were asked."""
    kinds = list(dict.fromkeys(t.act for t in owing))
    return sorted(owing, key=lambda t: (kinds.index(t.act), t.since, t.whose))


def all_owing(sight: Sight) -> list[Owing]:
    """What is owed in the record, in order; before it, what the person looking is asked in a chamber of their own. Where
    nobody owes anything, the mediators are asked for a text."""
    return [*asked_in_chambers(sight), *in_order(turns(sight.state))] or _to_open(sight)


def _to_open(sight: Sight) -> list[Owing]:
    """Nothing can be adopted before an instrument is open: the answer tells a mediator that it is theirs to open."""
    state = sight.state
    waits = not state.instrument_order and state.phase in PHASES["open_instrument"]
    if not (waits and sight.now_shown and is_yours(sight, "M")):
        return []
    return [Owing("M", "open_instrument", "", None, NO_EFFECT, sight.record.as_of - 1)]


def _nothing(sight: Sight, found: Finality | None) -> Turn:
    if found is not None and found.in_force.yes:
        heading = N_("No act is missing")
        how = N_("A correction, a withdrawal under the terms of the text, or an amendment would show here.")
    elif sight.state.phase in AT_REST:
        heading, how = AT_REST[sight.state.phase]
    else:
        heading = N_("Nobody has been asked for an act")
        how = N_("The next act is the mediators’: a session, an instrument or an edition of its text.")
    return Turn(label=_("Nothing is owed"), yours=False, heading=_(heading), how=worded(how))


def what_is_owed(sight: Sight, instrument: Instrument | None, owing: Owing) -> str:
    """What is owed, on the text that it is owed for."""
    subject = sight.state.instruments.get(owing.subject) or _about(sight, owing) or instrument
    return to_do_words(owing.act, owing.subject, subject, sight.names)


def owed_with_text(sight: Sight, instrument: Instrument | None, owing: Owing) -> str:
    """The same, and for which text where that is another than the one that the page is about."""
    what = what_is_owed(sight, instrument, owing)
    about = text_of(sight, owing) or _about(sight, owing)
    if about is None or instrument is None or about.id == instrument.id:
        return what
    return _("{deed} ({instrument})", deed=what, instrument=sight.names.instrument(about.id))


def _about(sight: Sight, owing: Owing) -> Instrument | None:
    pending = sight.state.unauthorised.get(owing.subject)
    if pending is not None:
        return sight.state.instruments.get(pending.instrument)
    return next((i for i in sight.names.instruments if holds(i, owing.subject)), None)


def text_of(sight: Sight, owing: Owing) -> Instrument | None:
    """The text that something is owed on: named, or known by the edition or bridge that asks for it."""
    bridged = {b.instrument for b in sight.state.bridges.values() if b.index == owing.since}
    for text in sight.names.instruments:
        asking = text.edition is not None and text.edition.index == owing.since
        if text.id == owing.subject or text.id in bridged or asking or holds(text, owing.subject):
            return text
    return None


def holds(instrument: Instrument, leaf: str) -> bool:
    """Whether it is a package or a reservation on this instrument."""
    return leaf in instrument.packages or leaf in instrument.reservations


def _yours(
    sight: Sight, instrument: Instrument | None, mine: Sequence[Owing], now: str, answered_at: Answered
) -> Turn:
    first, rest = mine[0], mine[1:]
    also = [owed_with_text(sight, instrument, t) for t in rest]
    return Turn(
        label=_("Your turn"),
        yours=True,
        heading=capitalised(owed_with_text(sight, instrument, first)),
        deadline=_deadline(sight, first, now),
        no_deadline="" if first.by else _(NO_LIMIT),
        silence=_first_sentence(first.silence),
        silence_note=_rest(first.silence),
        how=worded(DEMONSTRATED) if sight.viewers else _recorded(sight, first),
        sign=None if sight.viewers else Link(text=_("Read and answer"), href=answered_at(sight, first)),
        first=_powers_first(sight, first),
        note=_also_yours(sight, also) if also else _note(sight, instrument, first),
    )


def _also_yours(sight: Sight, also: Sequence[str]) -> Prose:
    """What else is asked of the person looking, with the way to all of it: the button leads to the first alone."""
    others = [_("Also yours: {acts}.", acts=one_after_another(dict.fromkeys(also))), *_at_rest(sight)]
    if sight.viewers:
        return prose(" ".join(others))
    everything = linked(_("Everything that is asked of you"), sight.place.page("room").address)
    return prose(" ".join(others) + " ", everything)


def _recorded(sight: Sight, owing: Owing) -> Prose:
    """What the person looking is recorded as having said, where that is what they are asked about."""
    words = sight.names.opened(owing.subject).get("text") if owing.act in _SPOKEN else None
    return worded("You are recorded as having said: “{words}”", words=words) if words else ()


def _at_rest(sight: Sight) -> list[str]:
    if sight.state.phase not in AT_REST:
        return []
    heading, how = AT_REST[sight.state.phase]
    return [_("{heading}. {sentence}", heading=_(heading), sentence=_(how))]


def _powers_first(sight: Sight, owing: Owing) -> Link | None:
    if owing.act not in STEPS or sight.viewer_side is None:
        return None
    principal = sight.names.principal_of(sight.viewer_side)
    if principal is None or principal == sight.viewer:
        return None
    text = _("What your powers say, before you ask {principal}", principal=sight.names.briefly(principal))
    return Link(text=text, href=sight.place.page("powers").address)


def _others(sight: Sight, instrument: Instrument | None, owing: Sequence[Owing], now: str) -> Turn:
    lead = owing[0]
    owed = _owed(sight, instrument, owing)
    return Turn(
        label=_("Not your turn") if sight.now_shown else _("At that moment"),
        yours=False,
        heading=_heading(sight, owed),
        owed=owed,
        deadline=_deadline(sight, lead, now),
        no_deadline="" if lead.by else _(NO_LIMIT),
        silence=_first_sentence(lead.silence),
        silence_note=_rest(lead.silence),
        how=_asked(sight, lead),
        note=_note(sight, instrument, lead),
    )


def _heading(sight: Sight, owed: Sequence[Owed]) -> str:
    """Who acts next, in the order of their questions; while the talks are at rest, who can still do something."""
    count, word, who = len(owed), number_word(len(owed)), listed(o.who for o in owed)
    if sight.state.phase in AT_REST:
        if count > 3:
            return ngettext("Meanwhile: {count} may act", "Meanwhile: {count} may act", count, count=word)
        return _("Meanwhile: {who}", who=who)
    if count > 3:
        return ngettext("Next: {count} may act", "Next: {count} may act", count, count=word)
    return _("Next: {who}", who=who)


def _owed(sight: Sight, instrument: Instrument | None, owing: Sequence[Owing]) -> tuple[Owed, ...]:
    """What each may do next, those with the more specific question first: one row for one owner. Where not all have
    the same time, each row says until when."""
    several = len({t.by for t in owing if t.by}) > 1
    rows: dict[tuple[Mark, str], list[Owing]] = {}
    for t in owing:
        rows.setdefault((sight.whose(t.whose), sight.names.whose(t.whose)), []).append(t)
    return tuple(
        _row(mark, who, _weightiest(sight, instrument, asked, several)) for (mark, who), asked in rows.items()
    )


def _row(mark: Mark, who: str, asked: Sequence[str]) -> Owed:
    """Two things are told at once, and the rest is folded under its number: a debt that was gone where another arrived
    would seem paid."""
    first, *others = asked
    told = _("{first}; {second}", first=first, second=others[0]) if others else first
    more = tuple(others[1:])
    head = ngettext("and one more", "and {count} more", len(more), count=number_word(len(more)))
    return Owed(mark=mark, who=who, what=told, more=more, more_head=head if more else "")


def _weightiest(
    sight: Sight, instrument: Instrument | None, asked: Sequence[Owing], several: bool
) -> list[str]:
    """What is asked of one person, receipts last. several: whether to say until when."""
    in_turn = sorted(asked, key=lambda t: t.act in _RECEIPTS)
    said = (
        _until(sight, instrument, t) if several else owed_with_text(sight, instrument, t) for t in in_turn
    )
    return list(dict.fromkeys(said))


def _until(sight: Sight, instrument: Instrument | None, owing: Owing) -> str:
    what = owed_with_text(sight, instrument, owing)
    return _("{act}, until {time}", act=what, time=in_words(sight.instant(owing.by))) if owing.by else what


def _asked(sight: Sight, owing: Owing) -> Prose:
    """Who asked, where an act asked for it."""
    if owing.act not in (*_SPOKEN, "answer_bridge"):
        return ()
    asking = sight.names.act_at(owing.since)
    if asking is None:
        return ()
    who = sight.names.speaker(asking.act.author)
    return worded("Asked by {who}, {act}.", who=who, act=sight.cited(owing.since))


def _deadline(sight: Sight, owing: Owing, now: str) -> Deadline | None:
    if owing.by is None:
        return None
    unix = unix_from_instant(owing.by)
    left = time_left(now or sight.state.clock.now, owing.by) if sight.now_shown else ""
    return Deadline(local=sight.moment(unix, zoned_moment), utc=utc_moment(unix), left=left)


def _first_sentence(silence: str) -> str:
    """What silence would mean, which stands out; the rest is said beside it."""
    return _SENTENCE_END.split(translated(silence), maxsplit=1)[0]


def _rest(silence: str) -> str:
    return "".join(_SENTENCE_END.split(translated(silence), maxsplit=1)[1:])


# --- the quiet last line


def _note(sight: Sight, instrument: Instrument | None, lead: Owing) -> Prose:
    if lead.act == "answer_bridge":
        return prose(bridge_note(sight, lead.subject))
    if sight.state.phase in AT_REST:
        return prose(*_at_rest(sight))
    parts = [_no_rules(sight), _no_powers(sight, instrument), _referred(sight, instrument)]
    return prose(" ".join(part for part in parts if part)) if any(parts) else ()


def bridge_note(sight: Sight, provision: str) -> str:
    rule = _("Answers stay sealed until every side’s is in, and open only if all are yes.")
    live = [b for b in sight.state.bridges.values() if b.provision == provision and b.is_live]
    sides = [sight.names.delegation(side) for bridge in live for side in answered(sight, bridge)]
    if not sides:
        return rule
    have = ngettext("{sides} has answered.", "{sides} have answered.", len(sides), sides=listed(sides))
    return f"{have} {rule}"


def _no_rules(sight: Sight) -> str:
    if sight.state.rules is not None:
        return ""
    return _(
        "No rules of procedure are in the record: until the sides adopt some, adoption needs the assent of every side."
    )


def _no_powers(sight: Sight, instrument: Instrument | None) -> str:
    if instrument is None or instrument.edition is None:
        return ""
    without = [side for side in instrument.sides if not valid_mandates(sight.state, side)]
    if not without:
        return ""
    of = listed(sight.names.delegation(side) for side in without)
    if instrument.basis == "treaty":
        return _("No powers of {sides} are in the record: a step has no effect unless the principal confirms it "
                 "(Vienna Convention, Article 8).", sides=of)  # fmt: skip
    return _("No powers of {sides} are in the record: a step has no effect unless the principal confirms it "
             "(Vienna Convention, Article 8, by analogy).", sides=of)  # fmt: skip


def _referred(sight: Sight, instrument: Instrument | None) -> str:
    edition = instrument.edition if instrument and not is_adopted(sight.state, instrument) else None
    asked = [r for r in sight.state.referrals.values() if edition is not None and r.edition == edition.leaf]
    if not asked:
        return ""
    newest = {r.side: r for r in sorted(asked, key=lambda r: r.index)}
    return " ".join(_asks_first(sight, referral) for referral in newest.values())


def _asks_first(sight: Sight, referral: Referral) -> str:
    side = sight.names.delegation(referral.side)
    if not referral.reply_by:
        return _("{side} asks its principal first.", side=side)
    time = in_words(sight.instant(referral.reply_by))
    return _("{side} asks its principal first, reply by {time}.", side=side, time=time)
