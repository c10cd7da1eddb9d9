"""One act: what was said and signed, by whom, having seen what, on whose authority, and how it is held."""

from __future__ import annotations

from typing import Any, Final

from detente.acts.ladder_step import capacity_of
from detente.acts.mandates import Authority, weigh
from detente.acts.reservations import powers_to_reserve
from detente.procedure.disclosure import VisibleAct, VisibleRecord
from detente.state.instrument import Instrument, Terms
from detente.state.ladder import Move
from detente.state.records import State
from detente.views.act import ActPage
from detente.views.building.act_fields import disclosed, fields, sealed_file
from detente.views.building.around import drawn_around
from detente.views.building.committed import to_commit_to
from detente.views.building.exhibit_key import exhibit_key
from detente.views.building.lines import Lines, sealed_words, standing_of
from detente.views.building.sight import Sight, digits, full_moment
from detente.views.marks import Link, Prose, prose, worded
from detente.wording.counting import capitalised, in_a_row, listed
from detente.wording.english import kind_words
from detente.wording.language import gettext as _
from detente.wording.language import translated

_FULL_STOPS: Final = (".", ".”", "?”", "!”", "۔", "۔”", "؟”")


def act_page(
    record: VisibleRecord, index: int, *, chamber: str = "", wire: str = "", viewers: tuple[str, ...] = ()
) -> ActPage | None:
    """The page of one act, or None where there is none that this reader may read. index: from 0; chamber: the name
    of the chamber log it stands in; wire: the entry's bytes as text."""
    sight = Sight(record, viewers, f"acts/{index + 1}", {"log": chamber})
    found = record.chamber_acts(chamber)[index : index + 1] if chamber else (record.act(index),)
    act = found[0] if found else None
    return _page(sight, act, wire) if act is not None else None


def _page(sight: Sight, act: VisibleAct, wire: str) -> ActPage:
    lines, clear, number = Lines(sight), act.act.clear, act.index + 1
    standing = standing_of(sight, act)
    own = sight.place.page().as_of(number) if not act.chamber else sight.place.page()
    return ActPage(
        number=number,
        kind=kind_words(act.kind.name),
        mark=sight.person(act.act.author),
        author=sight.names.author(act),
        sentence=_ended(sight.say(act)),
        recorded=sight.act_time(act, full_moment),
        standing=standing,
        standing_glyph="done" if standing == "effective" else "gap",
        standing_words=_standing(sight, lines, act),
        fields=fields(sight, act),
        readers=_readers(sight, act),
        seen=_seen(*clear.seen),
        under=_under(sight, act),
        basis=_basis(sight, act),
        key=_key(sight, act),
        leaf=digits(act.act.leaf, 64),
        previous_leaf=digits(clear.prev, 64) if clear.prev else _("first of this key in this log"),
        log=clear.proc,
        prove=_prove(sight, act),
        receipt=_receipt(sight, act),
        wire=wire,
        wire_size=len(wire),
        as_of=own.address,
        before=_neighbour(sight, act, -1),
        after=_neighbour(sight, act, 1),
        related=_related(sight, act),
        words=to_commit_to(sight, act),
        exhibit=exhibit_key(sight, act),
        shell=drawn_around(sight, _("Act {number}", number=number)),
    )  # fmt: skip


def _ended(sentence: str) -> str:
    """With a full stop, unless the words quoted last bring their own."""
    return sentence if sentence.endswith(_FULL_STOPS) else _("{sentence}.", sentence=sentence)


def _seen(size: int, root: str) -> Prose:
    if not size:
        return worded("An empty record")
    return worded("The record up to act {number}, root {root}", number=str(size), root=digits(root, 8))


def _prove(sight: Sight, act: VisibleAct) -> Link:
    page = sight.place.now.page(f"acts/{act.index + 1}/prove", log=act.chamber)
    return Link(text=_("Prove this act to somebody"), href=page.address)


def _receipt(sight: Sight, act: VisibleAct) -> Link | None:
    if act.chamber:
        return None
    href = sight.place.now.page(f"acts/{act.index + 1}/receipt").address
    return Link(text=_("Download the receipt of act {number}", number=act.index + 1), href=href)


def _readers(sight: Sight, act: VisibleAct) -> str:
    """Main log: clear fields are every participant's; hidden ones the audience's."""
    who, hidden = capitalised(sight.readers(act.readers, act.chamber)), disclosed(act)
    if sealed_file(sight, act):
        said = _("{readers}; not the host.", readers=who)
    else:
        said = _("{readers}; and the host.", readers=who)
    if not hidden:
        return said
    disclosure = _("Hidden in the log, disclosed to them: {fields}.", fields=listed(hidden))
    return f"{said} {disclosure}"


def _standing(sight: Sight, lines: Lines, act: VisibleAct) -> str:
    if act.chamber:
        return _("{sentence}.", sentence=capitalised(sealed_words(sight, act)))
    leaf = act.act.leaf
    irregular = next((i for i in sight.state.irregular if i.leaf == leaf), None)
    if irregular is not None:
        return _("The rules refuse it ({codes}): it changes nothing, and stands as a finding against the host.",
                 codes=in_a_row(irregular.codes))  # fmt: skip
    pending = sight.state.unauthorised.get(leaf)
    if pending is not None and pending.confirmed is None:
        return _("{why}. Without effect unless the principal confirms it (Article 8).",
                 why=capitalised(translated(pending.why)))  # fmt: skip
    effect = lines.effect(act.index)
    if effect:
        return _("{sentence}.", sentence=effect)
    return _("What an act of this kind commits its author to: “{words}”", words=translated(act.kind.commits))


def _capacity(before: State, act: VisibleAct) -> str | None:
    """What a mandate has to extend to for this step, in the state before it; None for what is no step."""
    moves = {move.value: move for move in Move}
    move = moves.get(act.kind.name)
    instrument = before.instruments.get(getattr(act.act.clear, "instrument", ""))
    person = before.people.get(act.act.author)
    if move is None or instrument is None or person is None or person.side is None:
        return None
    return capacity_of(instrument, person.side, move)


def _under(sight: Sight, act: VisibleAct) -> Prose:
    """The mandate that it was weighed against, in the state before it."""
    reserves = act.kind.name == "make_reservation"
    steps = reserves or act.kind.name in {move.value for move in Move}
    if act.chamber or act.act.leaf in sight.irregular or not steps:
        return worded("Needs no mandate")
    before: State = sight.record.state_at(act.index).state
    if reserves:
        return _rested_on(sight, powers_to_reserve(before, act.act.author, act.act.clear.instrument))
    capacity = _capacity(before, act)
    if capacity is None:
        return worded("Needs no mandate")
    clear: Any = act.act.clear
    # Whoever could take a step, on whatever terms, can take it back.
    as_taken = capacity == "sign_ad_referendum" or act.kind.name == Move.TAKE_BACK.value
    terms: Terms = getattr(clear, "terms", "ad_referendum" if as_taken else "definitive")
    return _rested_on(sight, weigh(before, act.act.author, capacity, clear.instrument, terms))


def _rested_on(sight: Sight, found: Authority) -> Prose:
    if not found.authorised:
        return prose(capitalised(translated(found.why)))
    if not found.mandate:
        return worded("Needs none: a principal, or powers by office (Article 7(2))")
    granted = sight.state.mandates[found.mandate]
    return worded("Powers given by {principal}, {act}", principal=sight.names.briefly(granted.principal),
                  act=sight.cited(granted.index))  # fmt: skip


def _basis(sight: Sight, act: VisibleAct) -> Prose:
    on = act.act.clear.on
    if not on:
        return ()
    version = capitalised(sight.names.edition(on[1]))
    return worded("{version}, {act}", version=version, act=sight.cite_leaf(on[1]))


def _key(sight: Sight, act: VisibleAct) -> str:
    known, key = sight.state.keys.get(act.act.key), digits(act.act.key, 16)
    if known is None:
        return _("{key}, not enrolled in this record", key=key)
    person = sight.names.person(known.person)
    if known.confirmed is not None:
        return _("{key}, of {person}; fingerprint confirmed", key=key, person=person)
    return _("{key}, of {person}; fingerprint not yet confirmed", key=key, person=person)


def _neighbour(sight: Sight, act: VisibleAct, step: int) -> Link | None:
    if act.chamber or act.index + step < 0:
        return None
    found = sight.names.act_at(act.index + step)
    return _link(sight, found) if found else None


def _link(sight: Sight, act: VisibleAct) -> Link:
    text = _("Act {number}: {sentence}", number=act.index + 1, sentence=sight.say(act))
    return Link(text=text, href=sight.ref(act).href)


def _answers_beside(sight: Sight, instrument: Instrument, leaf: str) -> list[int | None]:
    """The acts that answer a reservation to a text or a package on it."""
    reservation, package = instrument.reservations.get(leaf), instrument.packages.get(leaf)
    if package is not None:
        return [package.closed, package.reopened]
    if reservation is None:
        return []
    answers = (*reservation.accepted, *((s, x) for s, x, _o in reservation.objections), *reservation.comments)
    return [reservation.confirmed, *(sight.record.index_of(x) for _who, x in answers), reservation.withdrawn]


def _related(sight: Sight, act: VisibleAct) -> tuple[Link, ...]:
    """Acts that answer, confirm or correct this one, as the state keeps them."""
    state, leaf = sight.state, act.act.leaf
    found: list[int | None] = []
    if leaf in state.minutes:
        minute = state.minutes[leaf]
        found += [
            minute.asked,
            minute.confirmed,
            minute.contested,
            *map(sight.record.index_of, minute.rectified),
        ]
    if leaf in state.statements:
        found += [sight.record.index_of(answer) for _who, answer in state.statements[leaf].answers]
    if leaf in state.positions:
        found.append(state.positions[leaf].revealed)
    if leaf in state.cosigners:
        found.append(state.cosigners[leaf].ended)
    if leaf in state.unauthorised:
        found.append(state.unauthorised[leaf].confirmed)
    if leaf in state.mandates:
        found += [state.mandates[leaf].revoked, *(r.index for r in state.mandates[leaf].restrictions)]
    if leaf in state.bridges:
        found.append(state.bridges[leaf].opened)
    for instrument in state.texts():
        found += _answers_beside(sight, instrument, leaf)
    edition = sight.names.edition_with(leaf)
    if edition is not None:
        found += [sight.record.index_of(receipt) for _who, receipt in edition.received]
    acts = (sight.names.act_at(i) for i in found if i is not None)
    return tuple(_link(sight, a) for a in acts if a)
