"""Whose turn it is: what is owed next, by whom, by when, and what silence would mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from detente.codec.instant import unix_from_instant
from detente.procedure.finality import Finality
from detente.procedure.turn import Turn as Owing
from detente.procedure.turn import turns
from detente.state.answers import is_adopted
from detente.state.instrument import Instrument
from detente.state.phases import Phase
from detente.views.building.asked_in_chambers import answered, asked_in_chambers
from detente.views.building.form import is_live
from detente.views.building.missing import is_yours
from detente.views.building.powers import valid_mandates
from detente.views.building.sight import Sight, in_words
from detente.views.marks import Link, Mark, Prose, prose
from detente.views.overview import Deadline, Owed, Turn
from detente.wording.counting import capitalised, listed, number_word
from detente.wording.moments import time_left, utc_moment, zoned_moment
from detente.wording.standing import to_do_words

STEPS: Final = ("assent", "initial", "sign", "sign_ad_referendum", "confirm_signature", "consent")
DEMONSTRATED: Final = (
    "A demonstration is only read: an act is signed with one’s own key and sent to the process."
)
NO_LIMIT: Final = "No time limit is in the record."
AT_REST: Final[Mapping[Phase, tuple[str, str]]] = MappingProxyType({
    Phase.BROKEN_OFF: ("The talks are broken off",
                       "What was closed stays closed, and what was open stays open. A mediator can resume the talks."),
    Phase.CONCLUDED: ("The talks are concluded", "Texts already agreed live on. No further text can be agreed here."),
})  # fmt: skip
"""Phase -> heading and sentence, where no step towards a text can be taken."""


def turn(sight: Sight, instrument: Instrument | None, found: Finality | None, now: str) -> Turn:
    """The box beside the answer. now: an instant, for the time left; "" for the record's own clock."""
    owing = all_owing(sight)
    if not owing:
        return _nothing(sight, found)
    mine = [t for t in owing if is_yours(sight, t.whose)] if sight.now_shown else []
    if mine:
        return _yours(sight, instrument, mine, now)
    return _others(sight, instrument, owing, now)


def in_order(owing: Sequence[Owing]) -> list[Owing]:
    """The questions as procedure puts them; several of one kind in the order in which they were asked."""
    kinds = list(dict.fromkeys(t.act for t in owing))
    return sorted(owing, key=lambda t: (kinds.index(t.act), t.since, t.whose))


def all_owing(sight: Sight) -> list[Owing]:
    """What is owed in the record, in order; before it, what the person looking is asked in a chamber of their own."""
    return [*asked_in_chambers(sight), *in_order(turns(sight.state))]


def _nothing(sight: Sight, found: Finality | None) -> Turn:
    if found is not None and found.in_force.yes:
        how = "A correction, a withdrawal under the terms of the text, or an amendment would show here."
        return Turn(label="Nothing is owed", yours=False, heading="No act is missing", how=prose(how))
    if sight.state.phase in AT_REST:
        heading, how = AT_REST[sight.state.phase]
        return Turn(label="Nothing is owed", yours=False, heading=heading, how=prose(how))
    how = "The next act is the mediators’: a session, an instrument or an edition of its text."
    return Turn(
        label="Nothing is owed", yours=False, heading="Nobody has been asked for an act", how=prose(how)
    )


def what_is_owed(sight: Sight, instrument: Instrument | None, owing: Owing) -> str:
    """What is owed, on the text that it is owed for."""
    subject = sight.state.instruments.get(owing.subject) or _about(sight, owing) or instrument
    return to_do_words(owing.act, owing.subject, subject, sight.names)


def _about(sight: Sight, owing: Owing) -> Instrument | None:
    pending = sight.state.unauthorised.get(owing.subject)
    if pending is not None:
        return sight.state.instruments.get(pending.instrument)
    return next((i for i in sight.names.instruments if holds(i, owing.subject)), None)


def holds(instrument: Instrument, leaf: str) -> bool:
    """Whether it is a package or a reservation on this instrument."""
    return leaf in instrument.packages or leaf in instrument.reservations


def _yours(sight: Sight, instrument: Instrument | None, mine: Sequence[Owing], now: str) -> Turn:
    first, rest = mine[0], mine[1:]
    also = [what_is_owed(sight, instrument, t) for t in rest]
    return Turn(
        label="Your turn",
        yours=True,
        heading=capitalised(what_is_owed(sight, instrument, first)),
        deadline=_deadline(sight, first, now),
        no_deadline="" if first.by else NO_LIMIT,
        silence=_first_sentence(first.silence),
        silence_note=_rest(first.silence),
        how=prose(DEMONSTRATED) if sight.viewers else _recorded(sight, first),
        sign=None if sight.viewers else Link(text="Read and answer", href=sight.place.page("room").address),
        first=_powers_first(sight, first),
        note=prose(" ".join([f"Also yours: {listed(dict.fromkeys(also))}.", *_at_rest(sight)]))
        if also
        else _note(sight, instrument, first),
    )


def _recorded(sight: Sight, owing: Owing) -> Prose:
    """What the person looking is recorded as having said, where that is what they are asked about."""
    words = sight.names.opened(owing.subject).get("text") if owing.act == "confirm_minute" else None
    return prose(f"You are recorded as having said: “{words}”") if words else ()


def _at_rest(sight: Sight) -> list[str]:
    return [". ".join(AT_REST[sight.state.phase])] if sight.state.phase in AT_REST else []


def _powers_first(sight: Sight, owing: Owing) -> Link | None:
    if owing.act not in STEPS or sight.viewer_side is None:
        return None
    principal = sight.names.principal_of(sight.viewer_side)
    if principal is None or principal == sight.viewer:
        return None
    asked = sight.names.briefly(principal)
    return Link(text=f"What your powers say, before you ask {asked}", href=sight.place.page("powers").address)


def _others(sight: Sight, instrument: Instrument | None, owing: Sequence[Owing], now: str) -> Turn:
    lead = owing[0]
    owed = _owed(sight, instrument, owing)
    return Turn(
        label="Not your turn" if sight.now_shown else "At that moment",
        yours=False,
        heading=_heading(owed),
        owed=owed,
        deadline=_deadline(sight, lead, now),
        no_deadline="" if lead.by else NO_LIMIT,
        silence=_first_sentence(lead.silence),
        silence_note=_rest(lead.silence),
        how=_asked(sight, lead),
        note=_note(sight, instrument, lead),
    )


def _heading(owed: Sequence[Owed]) -> str:
    """Who acts next, in the order of their questions."""
    if len(owed) > 3:
        return f"Next: {number_word(len(owed))} may act"
    return f"Next: {listed(o.who for o in owed)}"


def _owed(sight: Sight, instrument: Instrument | None, owing: Sequence[Owing]) -> tuple[Owed, ...]:
    """What each may do next, those with the more specific question first: one row for one owner. Where not all have
    the same time, each row says until when."""
    several = len({t.by for t in owing if t.by}) > 1
    rows: dict[tuple[Mark, str], list[Owing]] = {}
    for t in owing:
        rows.setdefault((sight.whose(t.whose), sight.names.whose(t.whose)), []).append(t)
    return tuple(
        Owed(mark=mark, who=who, what="; ".join(_weightiest(sight, instrument, asked, several)))
        for (mark, who), asked in rows.items()
    )


def _weightiest(
    sight: Sight, instrument: Instrument | None, asked: Sequence[Owing], several: bool
) -> list[str]:
    """At most two things; a receipt only where nothing else is asked. several: whether to say until when."""
    others = [t for t in asked if t.act != "receive"] or list(asked)
    said = (
        what_is_owed(sight, instrument, t)
        + (f", until {in_words(sight.instant(t.by))}" if several and t.by else "")
        for t in others
    )
    return list(dict.fromkeys(said))[:2]


def _asked(sight: Sight, owing: Owing) -> Prose:
    """Who asked, where an act asked for it."""
    if owing.act not in ("confirm_minute", "answer_bridge"):
        return ()
    asking = sight.names.act_at(owing.since)
    return (
        prose(f"Asked by {sight.names.speaker(asking.act.author)}, ", *sight.cited(owing.since), ".")
        if asking
        else ()
    )


def _deadline(sight: Sight, owing: Owing, now: str) -> Deadline | None:
    if owing.by is None:
        return None
    unix = unix_from_instant(owing.by)
    left = time_left(now or sight.state.clock.now, owing.by) if sight.now_shown else ""
    return Deadline(local=sight.moment(unix, zoned_moment), utc=utc_moment(unix), left=left)


def _first_sentence(sentence: str) -> str:
    head, stop, _rest = sentence.partition(". ")
    return head + "." if stop else sentence


def _rest(sentence: str) -> str:
    return sentence.partition(". ")[2]


# --- the quiet last line


def _note(sight: Sight, instrument: Instrument | None, lead: Owing) -> Prose:
    if lead.act == "answer_bridge":
        return prose(bridge_note(sight, lead.subject))
    if sight.state.phase in AT_REST:
        return prose(*_at_rest(sight))
    parts = [_no_rules(sight), _no_powers(sight, instrument), _referred(sight, instrument)]
    return prose(" ".join(part for part in parts if part)) if any(parts) else ()


def bridge_note(sight: Sight, provision: str) -> str:
    rule = "Answers stay sealed until every side’s is in, and open only if all are yes."
    live = [b for b in sight.state.bridges.values() if b.provision == provision and is_live(b)]
    sides = [sight.names.delegation(side) for bridge in live for side in answered(sight, bridge)]
    if not sides:
        return rule
    return f"{listed(sides)} {'has' if len(sides) == 1 else 'have'} answered. {rule}"


def _no_rules(sight: Sight) -> str:
    if sight.state.rules is not None:
        return ""
    return "No rules of procedure are in the record: until the sides adopt some, adoption needs the assent of every side."


def _no_powers(sight: Sight, instrument: Instrument | None) -> str:
    if instrument is None or instrument.edition is None:
        return ""
    without = [side for side in instrument.sides if not valid_mandates(sight.state, side)]
    if not without:
        return ""
    of = listed(sight.names.delegation(side) for side in without)
    article = "Vienna Convention, Article 8" + ("" if instrument.basis == "treaty" else ", by analogy")
    return f"No powers of {of} are in the record: a step has no effect unless the principal confirms it ({article})."


def _referred(sight: Sight, instrument: Instrument | None) -> str:
    edition = instrument.edition if instrument and not is_adopted(sight.state, instrument) else None
    asked = [r for r in sight.state.referrals.values() if edition is not None and r.edition == edition.leaf]
    if not asked:
        return ""
    return " ".join(
        f"{sight.names.delegation(r.side)} asks its principal first"
        + (f", reply by {in_words(sight.instant(r.reply_by))}" if r.reply_by else "") + "."
        for r in {r.side: r for r in sorted(asked, key=lambda r: r.index)}.values()
    )  # fmt: skip
