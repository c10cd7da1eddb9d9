"""Every shipped case and every scenario plays to its end, all its expectations holding on the way."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from detente.codec.refusal import Refused
from detente.interchange.cases import SHIPPED, read_case
from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.minutes.printing import print_minutes
from detente.interchange.minutes.statements import Expect, Scripted
from detente.procedure.finality import finality
from detente.provisions.provision import Provision
from detente.state.records import State
from tests.interchange.player import MemoryStage, ledger_of, played

SCENARIOS = sorted((Path(__file__).parent.parent / "scripts").glob("*.txt"))
CASES = [file.removesuffix(".txt") for scripts in SHIPPED.values() for _title, file in scripts]
TEXTS = {**{name: read_case(name)[0][1] for name in CASES}, **{p.stem: p.read_text() for p in SCENARIOS}}
each = pytest.mark.parametrize("name", TEXTS)


@each
def test_it_plays_to_its_end(name: str) -> None:
    stage, lines = played(TEXTS[name])
    expected = [s for s in parse_minutes(TEXTS[name]).statements if isinstance(s, Expect)]
    assert len(expected) >= 4
    assert [bool(line.refusals) for line in lines].count(True) == sum(e.what == "refusal" for e in expected)
    assert not stage.state.irregular


@each
def test_a_wrong_expectation_stops_the_play(name: str) -> None:
    text = TEXTS[name]
    first = next(line for line in text.splitlines() if line.startswith("expect "))
    wrong = (
        first.rpartition(":")[0] + ": something.else" if ":" in first else "expect refusal: something.else"
    )
    with pytest.raises(Refused) as caught:
        played(text.replace(first, wrong, 1))
    assert "expected" in caught.value.refusals[0].sentence


@each
def test_what_it_leaves_is_printed_and_read_back_line_by_line(name: str) -> None:
    stage, _lines = played(TEXTS[name])
    printed = print_minutes(stage.stood, ledger_of(stage), ZoneInfo("Europe/Istanbul"))
    again = parse_minutes(printed, ZoneInfo("Europe/Istanbul")).statements
    assert [(s.kind, s.author, s.time, s.chamber) for s in again if isinstance(s, Scripted)] == [
        (stood.kind.name, stood.act.author, stood.act.clear.iat, stood.chamber) for stood in stage.stood
    ]


def _state_after(stage: MemoryStage, kind: str, **clear: str) -> State:
    """The state right after the last act of a kind with these fields."""
    found = [
        state
        for stood, state in zip(stage.stood, stage.states, strict=True)
        if stood.kind.name == kind and all(getattr(stood.act.clear, k) == v for k, v in clear.items())
    ]
    return found[-1]


def test_only_m_and_a_act_in_the_talks_as_reported() -> None:
    stage, _lines = played(TEXTS["istanbul/as-reported"])
    assert {stood.act.author for stood in stage.stood} == {"M", "A"}
    assert all("illustrative" in stood.opened["remark"] for stood in stage.stood)
    assert not stage.state.mandates
    (session,) = stage.state.sessions
    assert (session.opened, session.closed) == ("2025-10-27T07:00:00Z", "2025-10-28T01:00:00Z")  # 18 hours


def test_when_the_question_was_put_nothing_was_final_and_the_yes_is_no_step() -> None:
    stage, _lines = played(TEXTS["istanbul/as-reported"])
    for sense in ("question", "oral_assent", "oral_withdrawal"):
        answers = finality(_state_after(stage, "minute", sense=sense), "understanding")
        assert not any(a.yes for a in (answers.adopted, answers.authentic, answers.binding, answers.in_force))
        assert answers.edition == 3
    (yes,) = [m for m in stage.state.minutes.values() if m.sense == "oral_assent"]
    assert yes.asked is not None and yes.confirmed is None


def test_asking_first_reaches_each_answer_in_its_turn() -> None:
    stage, _lines = played(TEXTS["istanbul/asking-first"])
    assert 60 <= len(stage.stood) <= 120
    assert {stood.chamber for stood in stage.stood} == {"", "side-A", "side-B", "mediators-A", "mediators-B"}
    answers = finality(stage.state, "understanding")
    assert [a.yes for a in (answers.adopted, answers.authentic, answers.binding, answers.in_force)] == [
        True
    ] * 4
    editions = stage.state.instruments["understanding"].editions
    assert [len(edition.open) for edition in editions] == [0, 1, 0]
    assert all(edition.languages == ("en", "ur", "ps") for edition in editions)


def test_the_heading_that_every_side_supports_is_taken_up_with_its_words_or_alone() -> None:
    stage, _lines = played(TEXTS["headings"])
    texts = [stood.opened["text"] for stood in stage.stood if stood.kind.name == "issue"]
    headed = [{p["id"]: (p["heading"], p["texts"].get("en", "")) for p in text} for text in texts]
    first, carried, agreed, last = headed
    assert first["art_2"] == carried["art_2"] == ({"en": "Reports", "fr": "Rapports"}, "")
    assert carried["art_2__para_2"] == ({}, "")
    assert agreed["art_2"] == ({"en": "Monitoring"}, "")  # in French it said the old words
    assert agreed["art_2__para_1"] == first["art_2__para_1"]
    assert agreed["art_2__para_2"] == ({"en": "Publication", "fr": "Publication"}, "Reports are public.")
    assert agreed["art_1"] == first["art_1"] == ({"en": "Crossing"}, "")
    assert "art_1" not in last and last["art_1__para_1"] == first["art_1__para_1"]


def test_the_bridge_and_the_supported_text_are_taken_up_by_the_next_edition() -> None:
    stage, _lines = played(TEXTS["istanbul/asking-first"])
    texts = [stood.opened["text"] for stood in stage.stood if stood.kind.name == "issue"]
    words = [{p["id"]: p["texts"] for p in text} for text in texts]
    assert words[0]["art_3__para_2"]["en"].endswith("within a reasonable time.")
    assert words[1]["art_3__para_2"]["en"].endswith(
        "within thirty days of the date in Article 8, place by place."
    )
    assert words[1]["art_5__para_1"] == words[0]["art_5__para_1"]
    assert words[2]["art_5__para_1"]["en"].endswith("within seventy-two hours.")
    assert words[2]["art_4__para_1"] == words[0]["art_4__para_1"]
    assert set(words[2]["art_4__para_1"]) == {"en", "ur", "ps"}


def test_a_text_s_numbered_lines_are_in_the_first_authentic_language_of_its_instrument() -> None:
    stage, _lines = played(TEXTS["collective-agreement"])
    issued = [stood for stood in stage.stood if stood.kind.name == "issue"]
    words = [msgspec.convert(stood.opened["text"], tuple[Provision, ...])[1].texts for stood in issued]
    assert words[0] == {
        "pt": "Os salários aumentam cinco por cento a partir de julho.",
        "en": "Wages rise by five per cent from July.",
    }
    assert words[1]["pt"].endswith("cinco e meio por cento a partir de julho.")
    assert [e.languages for e in stage.state.instruments["agreement"].editions] == [("pt", "en")] * 2


def test_an_edition_stands_in_an_authentic_language_only_where_every_provision_does() -> None:
    text = TEXTS["ratification"].replace("languages: en authentic", "languages: en authentic, fr authentic")
    text = text.replace("keep the crossing open.", "keep the crossing open.\n          fr: Ouvert.")
    with pytest.raises(Refused) as caught:
        played(text)
    assert [r.code for r in caught.value.refusals] == ["ladder.languages"]
