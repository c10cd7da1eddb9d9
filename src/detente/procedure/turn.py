"""Who must act next: what is owed now, by whom, by when, and what silence would mean.

A turn is the first thing missing of a side. Where its people lack a key or powers for it, it is asked all the same, and
the page says beside it what an act without them would be worth. Where the talks are broken off or concluded, nobody owes
what cannot be done there.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from detente.acts import confirmation
from detente.acts.breach import awaited, period_ends, running_notices
from detente.acts.commitment_withdrawal import half_withdrawn
from detente.acts.correction import open_corrections
from detente.acts.evidence.acknowledgment import unreceived
from detente.acts.silence import lapse_adopts
from detente.acts.subjects import side_of
from detente.procedure.chains import chains
from detente.procedure.finality import Missing, finality
from detente.state.answers import (
    ASSENTED,
    is_adopted,
    is_authentic,
    is_replaced,
    open_brackets,
    running_silence,
    standing_at,
)
from detente.state.instrument import Instrument
from detente.state.ladder import Step
from detente.state.packages import standing_packages, unanswered
from detente.state.phases import PHASES
from detente.state.records import State, in_order


class Turn(Struct, frozen=True):
    """whose: a person, a side's letter or "M"; act: the kind; subject: instrument, provision or leaf;
    by: instant or None; silence: what it would mean, as a sentence; since: index of the act that asked."""

    whose: str
    act: str
    subject: str
    by: str | None
    silence: str
    since: int


NO_EFFECT = "Silence means nothing; nothing else changes."


def turns(state: State) -> tuple[Turn, ...]:
    """Everything that is owed now, the most specific question first."""
    found = [
        *_minutes(state),
        *_bridges(state),
        *_packages(state),
        *_silences(state),
        *_corrections(state),
        *_notices(state),
        *_rules(state),
    ]
    for instrument in state.texts():
        found += [
            *_receipts(state, instrument),
            *_confirmations(state, instrument),
            *_steps(state, instrument),
        ]
    found += [*_withdrawals(state), *_exhibits(state), *dict.fromkeys(_assurances(state))]
    return tuple(turn for turn in found if state.phase in PHASES[turn.act])


def _minutes(state: State) -> Iterator[Turn]:
    for minute in in_order([state.minutes[leaf] for leaf in state.asked]):
        assert minute.asked is not None
        silence = "Silence confirms nothing: the words stay unconfirmed and take no step."
        yield Turn(minute.speaker, "confirm_minute", minute.leaf, None, silence, minute.asked)


def _bridges(state: State) -> Iterator[Turn]:
    for bridge in in_order(state.bridges.values()):
        bracket = state.instruments[bridge.instrument].brackets.get(bridge.provision)
        sides = state.instruments[bridge.instrument].sides
        # Whether a side has answered is sealed: both stay asked until the proposal is opened or lapses.
        if bridge.opened is None and bridge.lapsed is None and bracket is not None and bracket.is_open(sides):
            silence = "Silence counts as no. Nothing else changes."
            for side in sides:
                yield Turn(side, "answer_bridge", bridge.provision, bridge.expires, silence, bridge.index)


def _silences(state: State) -> Iterator[Turn]:
    """Each side whose period runs and which has not said yes by an act of its own."""
    for instrument in state.texts():
        silence = running_silence(instrument)
        said_yes = standing_at(instrument, ASSENTED)
        for side, at in silence.awaited() if silence else ():
            if side not in said_yes:
                meaning = meaning_of_silence(state, instrument)
                yield Turn(side, "break_silence", instrument.id, at, meaning, silence.since if silence else 0)


def meaning_of_silence(state: State, instrument: Instrument) -> str:
    """What the lapse of every period would do, in two sentences: what it gives, and what it does not."""
    if lapse_adopts(state, instrument):
        return (
            "Silence adopts the text unless a side breaks it, as the rules of procedure say. "
            "It is no assent, binds nobody and confirms nothing."
        )
    return "Silence is noted and gives nothing. Only an act of the side’s own takes a step."


def _corrections(state: State) -> Iterator[Turn]:
    for instrument in state.texts():
        for correction in open_corrections(state, instrument):
            if correction.expired is not None:
                yield Turn("M", "correct", correction.leaf, None, NO_EFFECT, correction.expired)
                continue
            silence = "Without an objection the correction is made. It changes no step (VCLT art. 79)."
            for side in instrument.sides:
                by = correction.objections_by
                yield Turn(side, "object_to_correction", correction.leaf, by, silence, correction.index)


def _notices(state: State) -> Iterator[Turn]:
    """Whoever can object is asked; whoever gave the notice is not asked to carry the measure out."""
    for notice in running_notices(state):
        silence = (
            "Without an objection the measure can be carried out. Silence admits no breach (VCLT art. 65)."
        )
        for side in awaited(state, notice):
            yield Turn(side, "object_to_notice", notice.leaf, period_ends(notice), silence, notice.index)


def _packages(state: State) -> Iterator[Turn]:
    for instrument in state.texts():
        for package in standing_packages(instrument):
            for side in unanswered(instrument, package):
                yield Turn(side, "accept_package", package.leaf, None, NO_EFFECT, package.index)


def _rules(state: State) -> Iterator[Turn]:
    tabled = state.tabled_rules
    if tabled is not None:
        for side in state.convened.sides:
            if side not in tabled.adopted_by:
                silence = "Silence adopts nothing: no rules are in effect before every side has adopted them."
                yield Turn(side, "adopt_rules", "rules", None, silence, tabled.index)


def _receipts(state: State, instrument: Instrument) -> Iterator[Turn]:
    edition = instrument.edition
    if edition is None:
        return
    received = {person for person, _leaf in edition.received}
    for person in dict.fromkeys(p for _leaf, to in edition.circulated for p in to):
        if person not in received and state.people[person].left is None:
            yield Turn(person, "receive", instrument.id, None, NO_EFFECT, edition.index)


def _confirmations(state: State, instrument: Instrument) -> Iterator[Turn]:
    silence = "Without confirmation the act stays without effect."
    for person in in_order(state.people.values()):
        if person.left is None:
            for offer in confirmation.offers(state, person):
                pending = state.unauthorised[offer.clear["original"]]
                if pending.instrument == instrument.id:
                    yield Turn(person.id, "confirm_act", pending.leaf, None, silence, pending.index)


def _withdrawals(state: State) -> Iterator[Turn]:
    """Of an adopted text, whoever has not said yet that a drawing is to be withdrawn as others want."""
    for commitment, awaited_groups in half_withdrawn(state):
        for group in awaited_groups:
            silence = "Silence withdraws nothing: the commitment stands as it was drawn."
            since = commitment.withdrawal[-1][1]
            yield Turn(group, "withdraw_commitment", commitment.leaf, None, silence, since)


def _exhibits(state: State) -> Iterator[Turn]:
    silence = "Silence acknowledges nothing: no receipt stands in the record."
    for exhibit in in_order(state.exhibits.values()):
        for group in unreceived(exhibit):
            yield Turn(group, "receive_exhibit", exhibit.leaf, None, silence, exhibit.index)


def _assurances(state: State) -> Iterator[Turn]:
    """Words read back wait for their speaker, other demands for the side asked: once, whatever exhibits they rest on."""
    for chain in chains(state):
        gap, demand, assurance = chain.gap("assurance"), chain.demand, chain.assurance
        if gap is None:
            continue
        if gap.missing == "confirmation" and assurance is not None:
            silence = "Silence confirms nothing: the words stay unconfirmed, and no assurance is given."
            yield Turn(gap.whose[0], "confirm_assurance", assurance.leaf, None, silence, gap.since)
        elif demand is not None:
            silence = "Silence gives no assurance."
            yield Turn(gap.whose[0], "assure", demand.leaf, None, silence, gap.since)


def _steps(state: State, instrument: Instrument) -> Iterator[Turn]:
    """The missing acts of the first question that is answered no. What an annex lacks is asked for with the annex."""
    if is_replaced(state, instrument):
        return
    answers = finality(state, instrument.id)
    if is_authentic(state, instrument):
        missing = answers.binding.missing or answers.in_force.missing
    elif is_adopted(state, instrument):
        missing = answers.authentic.missing
    else:
        missing = answers.adopted.missing
        if open_brackets(instrument):
            missing = tuple(m for m in missing if m.subject)
    # A confirmation of an act beyond a mandate is asked of whoever can give it (`_confirmations`).
    missing = tuple(
        m for m in missing if m.act != "confirm_act" and not _declined(state, instrument, m.whose)
    )
    if running_silence(instrument):  # asked there whether it lets the edition pass
        missing = tuple(m for m in missing if m.act != "assent")
    if missing and _is_asked_with_its_annex(state, missing[0]):
        return
    asked = {missing[0].act if missing else "", "support_alternative", "reserve_provision"}
    for m in missing:
        if m.act in asked and not _is_asked_with_its_annex(state, m):
            since = instrument.edition.index if instrument.edition else instrument.index
            yield Turn(m.whose, m.act, m.subject or instrument.id, None, _meaning(m.act), since)


def _is_asked_with_its_annex(state: State, missing: Missing) -> bool:
    return missing.subject in state.instruments and missing.act != "link_instrument"


def _declined(state: State, instrument: Instrument, whose: str) -> bool:
    """Whether its side does not intend to become a party (VCLT 18(a)), and the text admits nobody later."""
    side = side_of(state, whose) or whose
    return instrument.standing(side).step is Step.NO_INTENTION and not instrument.open_to_accession


def _meaning(act: str) -> str:
    if act in ("assent", "initial", "sign", "sign_ad_referendum", "confirm_signature", "consent"):
        return "Silence is never consent."
    return NO_EFFECT
