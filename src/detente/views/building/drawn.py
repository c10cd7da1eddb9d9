"""A commitment that somebody drew: what it gives, and what has happened since to it and to the words it is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.acts.commitment_withdrawal import offers
from detente.acts.commitments import ELEMENTS, GIVEN_BY, awaited_to_withdraw, missing_elements
from detente.state.instrument import Edition, Instrument
from detente.state.undertakings import Commitment, Element
from detente.views.building.sight import Sight
from detente.views.building.substance import main_language, provisions_of
from detente.views.marks import Link, Prose, worded
from detente.views.verifiable import Drawn
from detente.wording.counting import listed
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.verifiability import duty_words, element_words


def drawn(sight: Sight, commitment: Commitment) -> Drawn:
    lacking = missing_elements(commitment)
    by, edition = sight.person_or_side(commitment.by), sight.names.edition(commitment.edition)
    return Drawn(
        mark=sight.person(commitment.by),
        head=worded("Drawn by {by}, {act}, from {edition}: {given} of {of} elements.", by=by,
                    act=sight.cite(commitment.index), edition=edition, given=str(len(commitment.elements)),
                    of=str(len(ELEMENTS))),
        pairs=tuple((element_words(element), _given(sight, commitment, element)) for element in commitment.elements),
        lacking=listed(element_words(element).lower() for element in lacking),
        since=tuple(_since(sight, commitment)),
        withdraw=_withdraw(sight, commitment),
    )  # fmt: skip


def _given(sight: Sight, commitment: Commitment, element: Element) -> str:
    """What a drawing says of one element, as far as the reader may read it."""
    opened = sight.names.opened(commitment.leaf)
    if element == "duty":
        return duty_words(commitment.duty)
    said = [str(opened[name]) for name in GIVEN_BY[element] if opened.get(name)]
    if element == "area":
        said = [_("an area drawn on the map") if words.startswith("{") else words for words in said]
    return listed([*_clear(sight, commitment, element), *said]) or _("not disclosed to you")


def _clear(sight: Sight, commitment: Commitment, element: Element) -> Iterable[str]:
    if element == "actor":
        yield from (sight.names.delegation(side) for side in commitment.actors)
        if not commitment.actors:
            yield _("no side of this text (Articles 34 and 35 of the Vienna Convention)")
    elif element == "verifier" and commitment.verifier:
        yield sight.names.speaker(commitment.verifier)
    elif element == "period":
        for instant, words in ((commitment.begins, N_("from {time}")), (commitment.ends, N_("until {time}"))):
            if instant is not None:
                yield _(words, time=sight.instant(instant).shown)


# --- since then


def _since(sight: Sight, commitment: Commitment) -> Iterator[Prose]:
    changed = words_changed(sight, commitment)
    if changed:
        yield changed
    if commitment.withdrawal:
        said = listed(sight.names.whose(group) for group, _at in commitment.withdrawal)
        awaited = listed(sight.names.whose(group) for group in awaited_to_withdraw(sight.state, commitment))
        yield worded("{said} wants it withdrawn, {act}. It stands until {awaited} has said so too.", said=said,
                     act=sight.cite(commitment.withdrawal[-1][1]), awaited=awaited)  # fmt: skip


def words_changed(sight: Sight, commitment: Commitment) -> Prose:
    """Whether a later edition changed the words it is drawn from, as far as the reader may read both; or nothing."""
    instrument = sight.state.instruments[commitment.instrument]
    last, read = (
        instrument.edition,
        next((e for e in instrument.editions if e.leaf == commitment.edition), None),
    )
    if last is None or read is None or last is read:
        return ()
    provision, number = sight.names.provision(commitment.provision), str(last.number)
    if commitment.provision not in last.provisions:
        return worded("Edition {number} no longer holds {provision}.", number=number, provision=provision)
    before, after = (_words(sight, instrument, edition, commitment.provision) for edition in (read, last))
    if not before or not after or before == after:
        return ()
    return worded(
        "The words of {provision} have changed since, in edition {number}.",
        provision=provision,
        number=number,
    )


def _words(sight: Sight, instrument: Instrument, edition: Edition, eid: str) -> str:
    found = next((p for p in provisions_of(sight, edition) if p.id == eid), None)
    return found.texts.get(main_language(instrument), "") if found else ""


def _withdraw(sight: Sight, commitment: Commitment) -> Link | None:
    """For whoever can, and is looking with a key of their own."""
    person = sight.state.people.get(sight.viewer or "")
    if sight.viewers or person is None or not sight.now_shown:
        return None
    if all(offer.subject != commitment.leaf for offer in offers(sight.state, person)):
        return None
    place = sight.place.page("sign", kind="withdraw_commitment", commitment=f"#{commitment.index + 1}")
    return Link(text=_("Withdraw it"), href=place.address)
