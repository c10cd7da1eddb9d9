"""Lines about a text as a whole: how it is bound to other texts, what was corrected in it, who signed it where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Final

from detente.acts.correction import open_corrections
from detente.acts.instruments import ANNEXING
from detente.state.answers import SIGNED
from detente.state.instrument import Edition, Instrument
from detente.state.records import Correction
from detente.views.building.sight import Sight, in_words
from detente.views.building.under_silence import silence_line
from detente.views.marks import Prose, Run, linked, worded
from detente.wording.counting import in_a_row
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.saying import status_words

_LINKS: Final = {
    "integral_part_of": (N_("An integral part of {text}."), N_("{text} is an integral part of it.")),
    "conditional_on": (N_("Conditional on {text}."), N_("{text} is conditional on it.")),
    "amends": (N_("Amending {text}."), N_("{text} is amending it.")),
    "extends": (N_("Extending {text}."), N_("{text} is extending it.")),
    "replaces": (N_("Replacing {text}."), N_("{text} is replacing it.")),
    "accompanies": (N_("A side letter to {text}."), N_("{text} is a side letter to it.")),
}
"""What a text says of another that it is linked to, and what it says of one that is linked to it."""
_ANNEXED: Final = {
    "integral_part_of": (
        N_("An integral part of {text}, {status}."), N_("{text} is an integral part of it, {status}."),
    ),
    "accompanies": (N_("A side letter to {text}, {status}."), N_("{text} is a side letter to it, {status}.")),
}  # fmt: skip
"""The same where it is recorded in what sense the one belongs to the other."""
_CORRECTED: Final = N_(
    "Corrected at {provisions} ({act}, proposed in {proposal}): the words below stand from the beginning, and every "
    "step stays (Vienna Convention, Article 79(4))."
)
_CORRECTED_BY_ANALOGY: Final = N_(
    "Corrected at {provisions} ({act}, proposed in {proposal}): the words below stand from the beginning, and every "
    "step stays (Vienna Convention, Article 79(4), by analogy)."
)


def about_text(sight: Sight, instrument: Instrument, edition: Edition) -> tuple[Prose, ...]:
    """The lines under the title of an edition, those that have something to say."""
    last = instrument.edition is not None and instrument.edition.leaf == edition.leaf
    found = [
        links(sight, instrument),
        *_corrections(sight, instrument, edition),
        signatures(sight, instrument) if last else (),
        approvals(sight, instrument) if last else (),
        silence_line(sight, instrument) if last else (),
    ]
    return tuple(line for line in found if line)


def links(sight: Sight, instrument: Instrument) -> Prose:
    """“An integral part of the Agreement, agreed; replacing the Understanding.” Both ends of each link say so."""
    annexed = dict(instrument.annexed)
    own = [
        _linked(sight, relation, other, annexed.get(other, ""), pointing=False)
        for relation, other in instrument.links
    ]
    pointing = [
        _linked(sight, relation, there.id, dict(there.annexed).get(this, ""), pointing=True)
        for there in sight.names.instruments
        for relation, this in there.links
        if this == instrument.id
    ]
    return tuple(run for line in (*own, *pointing) for run in (*line, Run(text=" ")))


def _linked(sight: Sight, relation: str, other: str, status: str, *, pointing: bool) -> Prose:
    """pointing: whether it is the other text that has the relation."""
    if status and relation in ANNEXING:
        return worded(_ANNEXED[relation][pointing], text=_to(sight, other), status=status_words(status))
    return worded(_LINKS[relation][pointing], text=_to(sight, other))


def _to(sight: Sight, instrument: str) -> Run:
    return linked(sight.names.instrument(instrument), sight.place.page("text", instrument=instrument).address)


def _corrections(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[Prose]:
    corrected = _CORRECTED if instrument.basis == "treaty" else _CORRECTED_BY_ANALOGY
    for leaf in edition.corrections:
        made = sight.state.corrections[leaf]
        assert made.made is not None
        yield worded(
            corrected,
            provisions=_where(sight, made),
            act=sight.cite(made.made),
            proposal=sight.cite(made.index),
        )
    for proposed in open_corrections(sight.state, instrument):
        if proposed.edition == edition.leaf:
            yield _proposed(sight, proposed)


def _proposed(sight: Sight, correction: Correction) -> Prose:
    where, act = _where(sight, correction), sight.cite(correction.index)
    if correction.expired is not None:
        return worded("A correction of {provisions} is proposed ({act}); no objection came in time.",
                      provisions=where, act=act)  # fmt: skip
    return worded("A correction of {provisions} is proposed ({act}); objections by {time}.",
                  provisions=where, act=act, time=in_words(sight.instant(correction.objections_by)))  # fmt: skip


def _where(sight: Sight, correction: Correction) -> str:
    return in_a_row(map(sight.names.provision, correction.provisions))


def signatures(sight: Sight, instrument: Instrument) -> Prose:
    """Who signed where, and who as a witness: counterparts join on one edition."""
    edition = instrument.edition
    taken = [
        instrument.standing(side).taken(edition.leaf, SIGNED) if edition else None
        for side in instrument.sides
    ]
    signed = [
        (sight.names.delegation(side), step.leaf)
        for side, step in zip(instrument.sides, taken, strict=True)
        if step is not None
    ]
    attested = [
        (_("{who} as a witness", who=sight.names.speaker(person)), leaf)
        for person, leaf in instrument.witnesses
    ]
    found = [_signature(sight, who, leaf) for who, leaf in (*signed, *attested)]
    return worded("Signed by {signatures}.", signatures=one_after_another(found)) if found else ()


def _signature(sight: Sight, who: str, leaf: str) -> Prose:
    place, act = sight.names.opened(leaf).get("place"), sight.cite_leaf(leaf)
    if not place:
        return worded("{who} ({act})", who=who, act=act)
    return worded("{who}, in {place} ({act})", who=who, place=place, act=act)


def approvals(sight: Sight, instrument: Instrument) -> Prose:
    """What parliaments, plebiscites and members said at home. It moves nobody, and consent is an act of its own."""
    found = [_approval(sight, side, leaf, approved=approved) for side, leaf, approved in instrument.approvals]
    return worded("Approval at home: {outcomes}.", outcomes=one_after_another(found)) if found else ()


def _approval(sight: Sight, side: str, leaf: str, *, approved: bool) -> Prose:
    opened = sight.names.opened(leaf)
    body = opened.get("body") or _("a body that is not disclosed to you")
    message = N_("{side}, {body}: approved ({act})") if approved else N_("{side}, {body}: refused ({act})")
    said = worded(message, side=sight.names.side(side), body=body, act=sight.cite_leaf(leaf))
    outcome = opened.get("outcome")
    return worded("{approval}, {outcome}", approval=said, outcome=outcome) if outcome else said


def one_after_another(lines: Iterable[Prose]) -> Prose:
    """Lines as one, with semicolons.

    >>> "".join(run.text for run in one_after_another([worded("A, #3"), worded("B, #4")]))
    'A, #3; B, #4'
    """
    return reduce(lambda before, after: worded("{before}; {after}", before=before, after=after), lines)
