"""What the author of an act should know before they sign: as whom, under which powers, what it commits to and what it
does not, and the four answers now and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from detente.acts.ladder_step import CAPACITY, capacity_of
from detente.acts.mandates import Authority, weigh
from detente.acts.reservations import powers_to_reserve
from detente.procedure.disclosure import VisibleDraft
from detente.procedure.finality import finality
from detente.state.instrument import Terms
from detente.state.ladder import Move
from detente.state.records import State
from detente.views.building.answered_before_signing import answered_rows
from detente.views.building.commitments_before_signing import about_commitments
from detente.views.building.exhibit import presented
from detente.views.building.open_brackets import text_place
from detente.views.building.sight import Sight, digits
from detente.views.building.text_beside import rival_words
from detente.views.building.text_history import one_after_another
from detente.views.finality_figure import QuestionKey
from detente.views.marks import Prose, filled, linked, prose, strong, worded
from detente.views.signing import Effect, Row
from detente.wording.counting import capitalised, listed
from detente.wording.language import N_, translated
from detente.wording.language import gettext as _
from detente.wording.standing import standing_words

QUESTIONS: Final[tuple[tuple[QuestionKey, str], ...]] = (
    ("adopted", N_("Adopted?")), ("authentic", N_("Authentic?")), ("binding", N_("Binding?")),
    ("in_force", N_("In force?")),
)  # fmt: skip


ON_BREACH: Final = frozenset({"notify_breach", "carry_out", "record_cure", "revoke_notice", "respond"})
_ALONE: Final = {
    "assent": N_("accept a text for your side"),
    "initial": N_("fix the words of a text by initials, which bind nobody"),
    "sign_ad_referendum": N_("sign subject to your confirmation"),
    "sign": N_("sign for good: where a text says that signature binds, your side is then bound"),
    "act_on_breach": N_("notify a breach, carry out or revoke a measure, record a cure, announce a response"),
}
"""What each power lets its holder do without asking anybody, in plain words."""
_ASSENT_AD_REFERENDUM: Final = N_("accept a text for your side, subject to your confirmation")


def rows(sight: Sight, draft: VisibleDraft, aside: Iterable[Row] = ()) -> tuple[Row, ...]:
    """Of an act that can be signed: each head with its words. aside: what it says beside its sentence."""
    assert draft.act is not None
    rows = [
        Row(head=_("You sign as"), words=prose(strong(sight.names.person(draft.act.act.author)))),
        *aside,
        Row(head=_("Under"), words=_under(sight, draft)),
    ]
    on = _on_this_text(sight, draft)
    if on:
        rows.append(Row(head=_("On this text"), words=on))
    rows += answered_rows(sight, draft)
    rows += _powers_given(sight, draft)
    rows += presented(draft)
    rival = rival_words(sight, draft)
    if rival:
        rows.append(Row(head=_("Readings differ"), words=rival))
    rows += about_commitments(sight, draft)
    rows += [
        Row(head=_("You have seen"), words=_seen(sight)),
        Row(head=_("It commits you to"), words=prose(translated(draft.kind.commits))),
        Row(head=_("It does not"), words=prose(_does_not(sight, draft))),
        Row(head=_("Can you take it back?"), words=prose(_take_back(draft))),
        Row(head=_("Who can read it"), words=prose(_readers(sight, draft))),
    ]
    return tuple(rows)


def _seen(sight: Sight) -> Prose:
    return worded("The record up to act {number}; your browser checks it.", number=str(sight.record.size))


def _powers_given(sight: Sight, draft: VisibleDraft) -> Iterator[Row]:
    """What a grant of powers comes to: what its holder will be able to do alone, and what not."""
    assert draft.act is not None
    if draft.kind.name != "grant_mandate":
        return
    clear = draft.act.act.clear
    words = dict(_ALONE)
    if clear.terms == "ad_referendum":
        words["assent"] = _ASSENT_AD_REFERENDUM
        words.pop("sign")  # a signature for good is not given ad referendum
    alone = [prose(_(said)) for power, said in words.items() if power in clear.capacities]
    rest = [
        prose(_(said))
        for power, said in _ALONE.items()
        if power not in clear.capacities or power not in words
    ]
    on = listed(sight.names.instrument(name) for name in clear.instruments)
    holder = sight.names.briefly(clear.holder)
    alone_words = (
        _("{holder} can, on {texts}: {powers}.") if on else _("{holder} can, on every text: {powers}.")
    )
    yield Row(
        head=_("Alone, without asking"),
        words=filled(alone_words, holder=holder, texts=on, powers=one_after_another(alone)),
    )
    if rest:
        yield Row(
            head=_("Only with you"),
            words=worded("Not without your own act: {powers}.", powers=one_after_another(rest)),
        )


def capacity_needed(draft: VisibleDraft) -> str | None:
    """What a mandate must hold for a step of this kind; None for what is no step."""
    moves = {move.value: move for move in Move}
    move = moves.get(draft.kind.name)
    return CAPACITY.get(move) if move else None


def authority(sight: Sight, draft: VisibleDraft) -> Authority | None:
    """What the act will be weighed against; None where it needs no mandate."""
    assert draft.act is not None
    capacity, clear, author = capacity_needed(draft), draft.act.act.clear, draft.act.act.author
    if draft.kind.name in ON_BREACH:
        notice = sight.state.notices.get(getattr(clear, "breach", ""))
        text = notice.instrument if notice else getattr(clear, "instrument", None) or ""
        return weigh(sight.state, author, "act_on_breach", text, "definitive")
    if draft.kind.name == "make_reservation":
        return powers_to_reserve(sight.state, author, clear.instrument)
    instrument = sight.state.instruments.get(getattr(clear, "instrument", ""))
    if draft.kind.name == Move.TAKE_BACK.value and instrument is not None and sight.viewer_side is not None:
        taken = capacity_of(instrument, sight.viewer_side, Move.TAKE_BACK)
        if taken is not None:
            return weigh(sight.state, author, taken, instrument.id, "ad_referendum")
    if capacity is None or draft.chamber:
        return None
    terms: Terms = getattr(
        clear, "terms", "ad_referendum" if draft.kind.name == "sign_ad_referendum" else "definitive"
    )
    return weigh(sight.state, author, capacity, getattr(clear, "instrument", ""), terms)


def _under(sight: Sight, draft: VisibleDraft) -> Prose:
    """On what the act rests; a step beyond the mandate says so before it is signed."""
    found = authority(sight, draft)
    if found is None:
        return worded("Needs no mandate")
    if not found.authorised:
        return prose(strong(f"{_('Beyond your mandate:')} "), _(
            "{why}. It would stand in the record as unauthorised, without effect unless your principal confirms it "
            "(Article 8).", why=translated(found.why)))  # fmt: skip
    if found.mandate:
        return worded("The powers granted in {act}", act=sight.cite_leaf(found.mandate))
    return worded("Your own authority")


def _on_this_text(sight: Sight, draft: VisibleDraft) -> Prose:
    assert draft.act is not None
    instrument = sight.state.instruments.get(getattr(draft.act.act.clear, "instrument", ""))
    if instrument is None or instrument.edition is None:
        return ()
    edition = instrument.edition
    return worded(
        "Edition {number} of {instrument}, {act}. Fingerprint of the text: {digits}", number=str(edition.number),
        instrument=linked(sight.names.instrument(instrument.id), text_place(sight, instrument).address),
        act=sight.cite(edition.index), digits=digits(edition.content, 16))  # fmt: skip


def _does_not(sight: Sight, draft: VisibleDraft) -> str:
    assert draft.act is not None
    terms = getattr(draft.act.act.clear, "terms", "")
    if draft.kind.name in ("grant_mandate", "instruct"):
        return _(
            "A sealed instruction does not limit the mandate towards others; only a notified restriction does."
        )
    if draft.kind.name == "sign_ad_referendum" or terms == "ad_referendum":
        return _(
            "It does not bind your side: your principal would have to confirm it. Silence never confirms."
        )
    if draft.kind.name in ("assent", "initial"):
        return _("It does not bind your side. Binding needs acts of its own.")
    if draft.after is not None and _changes_binding(sight, draft):
        return _("It leaves nothing for you to confirm afterwards.")
    if capacity_needed(draft) is None:
        return _("It takes no step towards a final text by itself.")
    return _("It binds no other side.")


def _changes_binding(sight: Sight, draft: VisibleDraft) -> bool:
    return any(effect.key == "binding" and effect.changed for effect in effects(sight, draft))


def _take_back(draft: VisibleDraft) -> str:
    if capacity_needed(draft) in ("assent", "initial", "sign_ad_referendum"):
        return _("Yes, by an act of your own, which stays in the record beside this one.")
    if draft.kind.name == "make_reservation":
        return _(
            "Yes: your principal can withdraw it at any time (Article 22). Both acts stay in the record."
        )
    if draft.kind.name == "propose_alternative":
        return _("Yes: you can withdraw your text. Both acts stay in the record.")
    return _("No act leaves the record. A later act can answer it.")


def _readers(sight: Sight, draft: VisibleDraft) -> str:
    assert draft.act is not None
    readers = capitalised(sight.readers(draft.act.readers, draft.chamber))
    if any(field.kept for field in draft.fields):
        return _("{readers}; not the host.", readers=readers)
    return _("{readers}; and the host.", readers=readers)


def effects(sight: Sight, draft: VisibleDraft) -> tuple[Effect, ...]:
    """The four answers on the act's instrument, as they stand and as they would stand."""
    assert draft.act is not None
    instrument = getattr(draft.act.act.clear, "instrument", "")
    if draft.after is None or instrument not in sight.state.instruments:
        return ()
    now, then = _answers(sight.state, instrument), _answers(draft.after.state, instrument)
    return tuple(
        Effect(
            key=key, question=_(question), now=_yes(now[key]), now_glyph="done" if now[key] else "empty",
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
    return _("Yes") if answer else _("No")


def ladder(sight: Sight, draft: VisibleDraft) -> str:
    """Where the author's side stands, and would stand after it; empty where it moves nowhere."""
    assert draft.act is not None
    side, clear = sight.viewer_side, draft.act.act.clear
    name = getattr(clear, "instrument", "")
    if side is None or draft.after is None or name not in sight.state.instruments:
        return ""
    before: Any = sight.state.instruments[name].standing(side).step
    after: Any = draft.after.state.instruments[name].standing(side).step
    if before is after:
        return ""
    return _(
        "{side}: {before}, then {after}.",
        side=sight.names.side(side),
        before=standing_words(before),
        after=standing_words(after),
    )
