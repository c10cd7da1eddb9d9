"""What a public claim is answered agrees with the acts that stand, in every shipped case and scenario; and acts in
chambers change none of it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from detente.acts.sealing import group_of
from detente.procedure.claims import answer_claims
from detente.procedure.fold import fold
from detente.state.public_record import Statement
from detente.state.records import State
from detente.state.undertakings import GRADES
from tests.interchange.player import MemoryStage, played
from tests.interchange.test_scripts import TEXTS, each

Claim = tuple[str, str]
HELD, OTHERWISE = "consistent with the record", "contradicted by the record"
STEPS = {"initial": "initialled", "sign_ad_referendum": "signed", "sign": "signed"}
"""Kind of an act that is a step -> the claim that it bears out."""


def verdicts(state: State, claims: list[Claim]) -> dict[Claim, str]:
    statement = Statement("x" * 43, state.size, "M", tuple(claims))
    return {(a.predicate, a.argument): a.verdict for a in answer_claims(state, statement)}


def asked(state: State) -> list[Claim]:
    """Everything that can be claimed of the sides and texts of a record."""
    sides, texts = state.convened.sides, [text.id for text in state.texts()]
    found: list[Claim] = [
        (predicate, f"{side} {text}")
        for predicate in ("assented", "initialled", "signed", "bound", "withdrew")
        for side in sides
        for text in texts
    ]
    found += [
        (question, text) for question in ("adopted", "authentic", "binding", "in_force") for text in texts
    ]
    found += [
        (predicate, side)
        for predicate in ("presented", "demanded", "assured", "kept", "breached")
        for side in sides
    ]
    found += [("acknowledged", f"{side} {grade}") for side in sides for grade in GRADES]
    return [*found, ("broke_off", ""), ("sessions", str(len(state.sessions))), ("duration", "50")]


def shown_by_acts(stage: MemoryStage) -> Iterator[Claim]:
    """Claims that the acts bear out, read off the acts alone: by kind and author, not from what the fold kept of them."""
    state = stage.state
    for stood in stage.stood:
        clear, author = stood.act.clear, stood.act.author
        group, name = group_of(state, author), stood.kind.name
        if stood.chamber or stood.act.leaf in state.unauthorised or group not in state.convened.sides:
            continue
        if name in STEPS:
            yield STEPS[name], f"{group} {clear.instrument}"
        elif name == "take_back":
            yield "withdrew", f"{group} {clear.instrument}"
        elif name in ("present", "describe_exhibit"):
            yield "presented", group
        elif name == "demand":
            yield "demanded", group
        elif name == "receive_exhibit":
            yield "acknowledged", f"{group} received"
        elif name == "acknowledge_exhibit":
            for grade in GRADES[: GRADES.index(clear.grade) + 1]:
                yield "acknowledged", f"{group} {grade}"
        elif name in ("assure", "confirm_assurance"):
            yield "assured", group


@each
def test_a_claim_is_in_the_record_exactly_where_an_act_bears_it_out(name: str) -> None:
    stage, _lines = played(TEXTS[name])
    found, shown = verdicts(stage.state, asked(stage.state)), set(shown_by_acts(stage))
    read_off = {*STEPS.values(), "withdrew", "presented", "demanded", "acknowledged", "assured"}
    # An act confirmed later (VCLT 8) counts from then on, and one on a text whose initials sign is a signature too.
    counted = {c for c in found if c[0] in read_off and found[c] == HELD}
    assert shown <= counted
    assert {c for c in counted - shown if c[0] not in ("initialled", "signed", "withdrew")} == set()
    for claim in counted - shown:
        side, text = claim[1].split()
        assert stage.state.instruments[text].standing(side).path, claim


@each
def test_a_denial_is_answered_with_the_contrary_and_never_with_the_same(name: str) -> None:
    state = played(TEXTS[name])[0].state
    claims = [c for c in asked(state) if c[0] not in ("duration", "sessions")]
    plain, denied = verdicts(state, claims), verdicts(state, [(p, f"not {w}") for p, w in claims])
    turned = {HELD: OTHERWISE, OTHERWISE: HELD}
    for predicate, words in claims:
        verdict = plain[predicate, words]
        assert denied[predicate, f"not {words}"] == turned.get(verdict, verdict)


@each
def test_a_record_without_its_chambers_answers_every_claim_the_same(name: str) -> None:
    """Played whole, and folded from the acts of the main log alone."""
    stage, _lines = played(TEXTS[name])
    main = State()
    for stood in stage.stood:
        if not stood.chamber:
            main = fold(main, stood.act)
    assert main.size == stage.state.size
    claims = asked(stage.state) + [(p, "B") for p in ("instructed", "confided")]
    assert verdicts(main, claims) == verdicts(stage.state, claims)


def test_an_answer_that_the_fold_got_wrong_would_be_noticed() -> None:
    stage, _lines = played(TEXTS["colombia-2016"])
    instrument = next(text for text in stage.state.texts() if text.standing("A").path)
    forgotten = replace(
        instrument, ladder=instrument.ladder.set("A", replace(instrument.standing("A"), path=()))
    )
    state = replace(stage.state, instruments=stage.state.instruments.set(instrument.id, forgotten))
    shown = set(shown_by_acts(stage))
    assert any(verdicts(state, [c])[c] != HELD for c in shown)
