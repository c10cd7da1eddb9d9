"""Before you sign: the form of an act, what would be signed, and the four answers now and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from detente.acts.ladder_step import CAPACITY, capacity_of
from detente.acts.mandates import Authority, weigh
from detente.acts.reservations import powers_to_reserve
from detente.procedure.disclosure import VisibleDraft, VisibleRecord
from detente.procedure.finality import finality
from detente.state.instrument import Terms
from detente.state.ladder import Move
from detente.state.records import State
from detente.views.act import ActField
from detente.views.building.act_fields import sealed_file
from detente.views.building.around import drawn_around
from detente.views.building.form import form_fields
from detente.views.building.sight import Sight, digits
from detente.views.building.text_beside import rival_words
from detente.views.finality_figure import QuestionKey
from detente.views.marks import Link, Prose, prose, strong
from detente.views.signing import Effect, Problem, Row, SigningPage
from detente.wording.counting import capitalised, listed
from detente.wording.deeds import INSTITUTIONS
from detente.wording.english import KIND_WORDS
from detente.wording.standing import standing_words

QUESTIONS: Final[tuple[tuple[QuestionKey, str], ...]] = (
    ("adopted", "Adopted?"), ("authentic", "Authentic?"), ("binding", "Binding?"), ("in_force", "In force?"),
)  # fmt: skip
NOT_YET: Final = "Nothing is signed yet, and nothing leaves this browser before you sign."


def signing_page(
    record: VisibleRecord, draft: VisibleDraft, *, signable: str = "", viewers: tuple[str, ...] = ()
) -> SigningPage:
    """The page on which the viewer signs. signable: the act as JSON, for the browser; "" where it cannot be signed."""
    query = {"kind": draft.kind.name, "log": draft.chamber}
    sight = Sight(record, viewers, "sign", query)
    sentence = sight.say(draft.act) if draft.act is not None and not draft.refusals else ""
    return SigningPage(
        kind=KIND_WORDS.get(draft.kind.name, draft.kind.name),
        kind_name=draft.kind.name,
        mark=sight.person(sight.viewer) if sight.viewer else sight.mediators(),
        fields=form_fields(sight, draft),
        problems=tuple(
            Problem(sentence=r.sentence, clause=r.clause, instead=r.instead, code=r.code) for r in draft.refusals
        ),
        sentence=sentence,
        rows=_rows(sight, draft) if sentence else (),
        enclosed=tuple(_enclosed(sight, draft)) if sentence else (),
        effects=_effects(sight, draft) if sentence else (),
        ladder=_ladder(sight, draft) if sentence else "",
        draft=signable,
        process=sight.state.convened.origin,
        action=sight.place.address,
        aside=_aside(sight, draft),
        not_yours=_not_yours(sight, draft),
        deed=next((deeds[draft.kind.name] for deeds in INSTITUTIONS.values() if draft.kind.name in deeds), ""),
        shell=drawn_around(sight, "Before you sign"),
    )  # fmt: skip


def _not_yours(sight: Sight, draft: VisibleDraft) -> str:
    if sight.viewer is None:
        return "You are not signed in with a key of this process."
    role = sight.state.people[sight.viewer].role
    if role not in draft.kind.by:
        return f"An act of this kind is not for a {role}; it is for: {listed(sorted(draft.kind.by))}."
    return ""


def _rows(sight: Sight, draft: VisibleDraft) -> tuple[Row, ...]:
    assert draft.act is not None
    rows = [
        Row(head="You sign as", words=prose(strong(sight.names.person(draft.act.act.author)))),
        Row(head="Under", words=_under(sight, draft)),
    ]
    on = _on_this_text(sight, draft)
    if on:
        rows.append(Row(head="On this text", words=on))
    minuted = _minuted(sight, draft)
    if minuted:
        rows.append(Row(head="What is minuted", words=minuted))
    rival = rival_words(sight, draft)
    if rival:
        rows.append(Row(head="Readings differ", words=rival))
    rows += [
        Row(head="You have seen", words=prose(f"The record up to act {sight.record.size}; your browser checks it.")),
        Row(head="It commits you to", words=prose(draft.kind.commits)),
        Row(head="It does not", words=prose(_does_not(sight, draft))),
        Row(head="Can you take it back?", words=prose(_take_back(draft))),
        Row(head="Who can read it", words=prose(_readers(sight, draft))),
    ]  # fmt: skip
    return tuple(rows)


def _capacity(draft: VisibleDraft) -> str | None:
    moves = {move.value: move for move in Move}
    move = moves.get(draft.kind.name)
    return CAPACITY.get(move) if move else None


def _under(sight: Sight, draft: VisibleDraft) -> Prose:
    """The mandate that the act will be weighed against; a step beyond it says so before it is signed."""
    assert draft.act is not None
    capacity, clear = _capacity(draft), draft.act.act.clear
    if draft.kind.name == "make_reservation":
        return _resting_on(sight, powers_to_reserve(sight.state, draft.act.act.author, clear.instrument))
    instrument = sight.state.instruments.get(getattr(clear, "instrument", ""))
    if draft.kind.name == Move.TAKE_BACK.value and instrument is not None and sight.viewer_side is not None:
        taken = capacity_of(instrument, sight.viewer_side, Move.TAKE_BACK)
        if taken is not None:
            return _resting_on(
                sight, weigh(sight.state, draft.act.act.author, taken, instrument.id, "ad_referendum")
            )
    if capacity is None or draft.chamber:
        return prose("Needs no mandate")
    terms: Terms = getattr(
        clear, "terms", "ad_referendum" if draft.kind.name == "sign_ad_referendum" else "definitive"
    )
    return _resting_on(
        sight, weigh(sight.state, draft.act.act.author, capacity, getattr(clear, "instrument", ""), terms)
    )


def _resting_on(sight: Sight, found: Authority) -> Prose:
    if not found.authorised:
        return prose(
            strong("Beyond your mandate: "), f"{found.why}. It would stand in the record as unauthorised, without effect "
            "unless your principal confirms it (Article 8).")  # fmt: skip
    return (
        prose("The powers granted in ", sight.cite_leaf(found.mandate), "")
        if found.mandate
        else prose("Your own authority")
    )


def _on_this_text(sight: Sight, draft: VisibleDraft) -> Prose:
    assert draft.act is not None
    instrument = sight.state.instruments.get(getattr(draft.act.act.clear, "instrument", ""))
    if instrument is None or instrument.edition is None:
        return ()
    edition = instrument.edition
    return prose(
        f"Edition {edition.number} of {sight.names.instrument(instrument.id)}, ", sight.cite(edition.index),
        f". Fingerprint of the text: {digits(edition.content, 16)}")  # fmt: skip


def _minuted(sight: Sight, draft: VisibleDraft) -> Prose:
    """The minute that the act confirms, contests or asks about, in its own words."""
    assert draft.act is not None
    index = sight.record.index_of(getattr(draft.act.act.clear, "minute", ""))
    minute = None if index is None else sight.record.act(index)
    return prose(f"{sight.say(minute)}, ", sight.cite(minute.index)) if minute is not None else ()


def _does_not(sight: Sight, draft: VisibleDraft) -> str:
    assert draft.act is not None
    terms = getattr(draft.act.act.clear, "terms", "")
    if draft.kind.name == "sign_ad_referendum" or terms == "ad_referendum":
        return "It does not bind your side: your principal would have to confirm it. Silence never confirms."
    if draft.kind.name in ("assent", "initial"):
        return "It does not bind your side. Binding needs acts of its own."
    if draft.kind.name in ("grant_mandate", "instruct"):
        return "A sealed instruction does not limit the mandate towards others; only a notified restriction does."
    if draft.after is not None and _changes_binding(sight, draft):
        return "It leaves nothing for you to confirm afterwards."
    return (
        "It takes no step towards a final text by itself."
        if _capacity(draft) is None
        else "It binds no other side."
    )


def _changes_binding(sight: Sight, draft: VisibleDraft) -> bool:
    return any(effect.key == "binding" and effect.changed for effect in _effects(sight, draft))


def _take_back(draft: VisibleDraft) -> str:
    if _capacity(draft) in ("assent", "initial", "sign_ad_referendum"):
        return "Yes, by an act of your own, which stays in the record beside this one."
    if draft.kind.name == "make_reservation":
        return "Yes: your principal can withdraw it at any time (Article 22). Both acts stay in the record."
    if draft.kind.name == "propose_alternative":
        return "Yes: you can withdraw your text. Both acts stay in the record."
    return "No act leaves the record. A later act can answer it."


def _enclosed(sight: Sight, draft: VisibleDraft) -> Iterator[ActField]:
    """The answers to a bridge, for the mediator who is to say that all are yes: sealed ones open in their browser."""
    assert draft.act is not None
    if draft.kind.name != "open_bridge":
        return
    for origin, _index, leaf in draft.act.act.clear.answers:
        chamber = origin.rpartition("/")[2]
        answer = next((a for a in sight.record.chamber_acts(chamber) if a.act.leaf == leaf), None)
        if answer is not None:
            said = "yes" if answer.opened.get("yes") else "not yes"
            yield ActField(
                label=f"Answer of {sight.names.delegation(chamber.rpartition('-')[2])}",
                value=prose(strong(said)),
                content=sealed_file(sight, answer),
            )


def _readers(sight: Sight, draft: VisibleDraft) -> str:
    assert draft.act is not None
    host = "not the host" if any(field.kept for field in draft.fields) else "and the host"
    return f"{capitalised(sight.readers(draft.act.readers, draft.chamber))}; {host}."


def _effects(sight: Sight, draft: VisibleDraft) -> tuple[Effect, ...]:
    """The four answers on the act's instrument, as they stand and as they would stand."""
    assert draft.act is not None
    instrument = getattr(draft.act.act.clear, "instrument", "")
    if draft.after is None or instrument not in sight.state.instruments:
        return ()
    now, then = _answers(sight.state, instrument), _answers(draft.after.state, instrument)
    return tuple(
        Effect(
            key=key, question=question, now=_yes(now[key]), now_glyph="done" if now[key] else "empty",
            then=_yes(then[key]), then_glyph="done" if then[key] else "empty", changed=now[key] != then[key],
        )
        for key, question in QUESTIONS
    )  # fmt: skip


def _answers(state: State, instrument: str) -> dict[QuestionKey, bool]:
    found = finality(state, instrument)
    return {
        "adopted": found.adopted.yes, "authentic": found.authentic.yes, "binding": found.binding.yes,
        "in_force": found.in_force.yes,
    }  # fmt: skip


def _yes(answer: bool) -> str:
    return "Yes" if answer else "No"


def _ladder(sight: Sight, draft: VisibleDraft) -> str:
    assert draft.act is not None
    side, clear = sight.viewer_side, draft.act.act.clear
    name = getattr(clear, "instrument", "")
    if side is None or draft.after is None or name not in sight.state.instruments:
        return ""
    before: Any = sight.state.instruments[name].standing(side).step
    after: Any = draft.after.state.instruments[name].standing(side).step
    if before is after:
        return ""
    return f"{sight.names.side(side)}: {standing_words(before)}, then {standing_words(after)}"


def _aside(sight: Sight, draft: VisibleDraft) -> tuple[Link, ...]:
    """Ways not to sign, the honourable one first."""
    found = []
    principal = sight.names.principal_of(sight.viewer_side) if sight.viewer_side else None
    if _capacity(draft) and principal and principal != sight.viewer and not draft.chamber:
        ask = sight.place.page("sign", kind="refer", log=f"side-{sight.viewer_side}").address
        found.append(Link(text=f"Ask {sight.names.briefly(principal)} first", href=ask))
    if draft.kind.name == "confirm_minute":
        given = {field.name: field.value for field in draft.fields}
        contest = sight.place.page("sign", kind="contest_minute", minute=given.get("minute", "")).address
        found.append(Link(text="Contest the words instead", href=contest))
    found.append(Link(text="Do not sign", href=sight.place.page().address))
    return tuple(found)
