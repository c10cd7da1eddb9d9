"""Before you sign: every kind has a form that can be filled in, and the door takes exactly what a page lets one sign."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from detente.acts.act import Kind
from detente.acts.kinds import BY_NAME, KINDS
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused
from detente.interchange.minutes.demonstration import demonstration_nonce
from detente.interchange.minutes.schema import fields_of
from detente.keys.possession import prove_possession
from detente.procedure.disclosure import VisibleAct, VisibleDraft
from detente.procedure.offers import offers
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.signed_note import format_vkey
from detente.views import building
from detente.views.building.form import label_of
from detente.views.building.room import deed_address
from detente.views.building.sight import Sight
from detente.views.signing import FormField, SigningPage
from detente.web.drafting import Drafted, draft_act
from detente.web.forms import MADE_ELSEWHERE, form_of_kind
from tests.depositary.talks import key_named
from tests.views.reading import plain
from tests.web.case import LABEL, Case, draft_of, played
from tests.web.hosting import PAGE, bearer, codes_of, front

WITH_FORM = tuple(kind for kind in KINDS if kind.name not in ("convene", "mark_time"))
MOMENTS = (8, 20, 30, 40, 50, 60, 70)
UNREAD = (
    "minutes.", "act.field_unknown", "act.field_missing", "act.field_unreadable", "act.malformed", "eid.", "edition.line",
    "json.", "disclosure.",
)  # fmt: skip
"""Beginnings of the codes that say that a form could not be read, rather than that the act cannot stand."""
NEW = key_named("further")


@pytest.fixture(scope="module")
def case() -> Case:
    """The case at its end, with a public statement, a person without a key, and powers to choose from."""
    found = list(played())[-1]
    for person, kind, fields in (
        ("A", "register_statement", {"claims": "withdrew B, other", "text": "Words."}),
        ("M", "admit", {"person": "C", "role": "observer"}),
    ):
        send(found, found, person, kind, fields)
    return found


def send(case: Case, at: Case, person: str, kind: str, fields: dict[str, str], chamber: str = "") -> Drafted:
    """Draft an act at one host and send it to `at`, which may be another."""
    now = int(time.time())
    drafted = draft_act(case.record(person), BY_NAME[kind], fields, now=now, chamber=chamber)
    assert not drafted.refusals
    at.send(as_json(case, drafted), person, now)
    return drafted


def as_json(case: Case, drafted: Drafted) -> dict[str, Any]:
    log = f"{case.origin}/{drafted.chamber}" if drafted.chamber else case.origin
    return {
        "kind": drafted.kind.name, "log": log, "clear": drafted.clear, "hidden": drafted.hidden,
        "audience": drafted.audience,
    }  # fmt: skip


def linked(case: Case, person: str, kind: str, offer: Any = None) -> dict[str, str]:
    """What the address of the room's link to a kind of act gives its page."""
    address = deed_address(Sight(case.record(person), (), "room"), kind, offer)
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def somebody(case: Case, kind: Kind) -> str:
    """A person whose role may do acts of a kind, somebody with a key first."""
    holders = {key.person for key in case.state.keys.values()}
    may = [p for p in case.state.people.values() if p.role in kind.by]
    return min(may, key=lambda p: (p.id not in holders, p.id)).id


def form(case: Case, kind: Kind, person: str, given: dict[str, str]) -> tuple[FormField, ...]:
    chamber = linked(case, person, kind.name).get("log", "")
    draft = VisibleDraft(kind, chamber, form_of_kind(kind, given), ())
    return building.signing_page(case.record(person), draft).fields


def filled(case: Case, kind: Kind, person: str) -> dict[str, str]:
    """Every required field: the first choice where there are some, else by hand."""
    by_hand = {
        "items": "territory, other", "item": "territory", "claims": "withdrew B, other", "languages": "en authentic",
        "expires": "2030-01-01 10:00", "original": "#1", "minute": "#1", "statement": "#1", "mandate": "#1",
        "bridge": "#1", "alternative": "#1", "alternatives": "#1, #2", "package": "#1",
        "reservation": "#1", "language": "en", "text": "Words.",
        "person": "D", "instrument": "annex-1", "correction": "#1", "objections_by": "2030-01-01 10:00",
        "until": "A 2030-01-01 10:00, B 2030-01-02 10:00",
        "public": encode_base64url(NEW.public), "possession": prove_possession(NEW, case.origin, "PA"),
        "keys": person, "epochs": "#1", "originals": "#1", "files": "[]", "digest": "A" * 43, "position": "#1",
        "cosigner": "#1", "vkey": format_vkey(Cosigner.from_seed("late.example", ED25519_COSIGNATURE, bytes(32)).key),
        "title": "A title", "challenge": "#1", "exhibit": "#1", "demand": "#1", "assurance": "#1",
        "quote": "Words.", "first": "#1", "second": "#1", "ordering": "#1",
        "about": "#1", "finding": "#1", "register": "#1", "breach": "#1", "stipulations": "art_1, fund",
        "month": "2026-04", "scores": "art_1 3, fund 0", "reason": "Reasons.",
        "erasure": "#1", "given_to": "The keeper", "question": "May we?",
        "date_from": "2026-03-02", "file": "A" * 43, "size": "9", "rows": "3", "incident": "#1",
        "actor": "A", "commitment": "#1", "one": "#1", "another": "#2", "document": "{}", "side": "B",
    }  # fmt: skip
    found: dict[str, str] = {}
    for field in form(case, kind, person, {}):
        if field.required:
            found[field.name] = field.options[0].value if field.options else by_hand[field.name]
    return found


def unread(case: Case, kind: Kind, person: str, given: dict[str, str]) -> list[str]:
    """The codes with which a form could not be read; none where the act is only refused."""
    chamber = linked(case, person, kind.name).get("log", "")
    try:
        drafted = draft_act(case.record(person), kind, given, now=int(time.time()), chamber=chamber)
    except Refused as refused:
        return [r.code for r in refused.refusals if r.code.startswith(UNREAD)]
    return [r.code for r in drafted.refusals if r.code.startswith(UNREAD)]


# --- forms


@pytest.mark.parametrize("kind", WITH_FORM, ids=lambda kind: kind.name)
def test_every_kind_has_a_form_that_holds_what_has_to_be_given(case: Case, kind: Kind) -> None:
    person = somebody(case, kind)
    names = {field.name for field in form(case, kind, person, {})}
    assert names <= set(fields_of(kind.name)) - {"nonce"}
    assert not unread(case, kind, person, filled(case, kind, person))


@pytest.mark.parametrize("kind", WITH_FORM, ids=lambda kind: kind.name)
def test_outside_the_fold_stands_what_has_to_be_given_and_one_thing_to_say(case: Case, kind: Kind) -> None:
    asked = [f for f in form(case, kind, somebody(case, kind), {}) if not f.brought]
    optional = [f for f in asked if not f.required and not f.folded]
    assert not any(f.folded for f in asked if f.required)
    assert len(optional) <= 1 and all(f.name in kind.hidden_fields for f in optional)
    assert not asked or any(not f.folded for f in asked)
    assert all(f.folded for f in asked if f.name == "remark") or len(asked) == 1


@pytest.mark.parametrize(
    ("kind", "point"),
    [("propose_alternative", "text"), ("break_silence", "reason"), ("refer", ""), ("issue", "text"),
     ("admit", "title"), ("propose_correction", "text"), ("adopt_rules", "remark"), ("assent", "")],
)  # fmt: skip
def test_the_one_thing_to_say_is_its_words_or_else_what_it_says_first(kind: str, point: str) -> None:
    fields = form_of_kind(BY_NAME[kind], {})
    assert [f.name for f in fields if not f.required and not f.aside] == ([point] if point else [])


@pytest.mark.parametrize("kind", WITH_FORM, ids=lambda kind: kind.name)
def test_whatever_a_form_offers_can_be_read(case: Case, kind: Kind) -> None:
    person = somebody(case, kind)
    given = filled(case, kind, person)
    for field in form(case, kind, person, given):
        for option in field.options:
            assert not unread(case, kind, person, {**given, field.name: option.value}), (
                field.name,
                option.value,
            )
        if field.several and len(field.options) > 1:
            assert not unread(
                case, kind, person, {**given, field.name: ", ".join(o.value for o in field.options)}
            )


@pytest.mark.parametrize("kind", WITH_FORM, ids=lambda kind: kind.name)
def test_a_required_field_left_out_is_asked_for_by_its_label(case: Case, kind: Kind) -> None:
    person = somebody(case, kind)
    given = filled(case, kind, person)
    for name in given:
        with pytest.raises(Refused) as refused:
            draft_act(case.record(person), kind, {**given, name: " "}, now=int(time.time()))
        assert [r.code for r in refused.value.refusals] == ["act.field_missing"]
        assert refused.value.refusals[0].sentence.startswith(label_of(name))


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("register_statement", {"claims": "withdrew B\nother"}), ("issue", {"languages": "en, ur"}),
        ("open_instrument", {"languages": "en authentic, fr official", "instrument": "x", "basis": "treaty"}),
        ("set_agenda", {"items": "one, two", "titles": "one: The first\ntwo: The second"}),
        ("grant_mandate", {"valid_until": "14:30"}), ("grant_mandate", {"valid_until": "2027-10-28 14:30"}),
        ("table_rules", {"decision": "groups", "groups": "A; B"}),
    ],
)  # fmt: skip
def test_fields_read_as_their_help_says(case: Case, kind: str, given: dict[str, str]) -> None:
    person = somebody(case, BY_NAME[kind])
    whole = {**filled(case, BY_NAME[kind], person), **given}
    assert not unread(case, BY_NAME[kind], person, whole)


@pytest.mark.parametrize(
    ("kind", "field"),
    [("void", "reason"), ("rectify", "text"), ("table_text", "text"), ("answer_statement", "text"),
     ("register_article", "title"), ("announce", "text"), ("record_custody", "given_to"), ("assure", "text")],
)  # fmt: skip
def test_an_act_that_would_say_nothing_without_its_words_asks_for_them(
    case: Case, kind: str, field: str
) -> None:
    """Signed from its link in one tap, it would stand in the record for ever and say nothing."""
    person = next(p for p in ("A", "M") if case.state.people[p].role in BY_NAME[kind].by)
    given = {name: value for name, value in filled(case, BY_NAME[kind], person).items() if name != field}
    with front(case.depositary) as client:
        answer = client.get(
            f"/processes/{case.id}/sign?{urlencode({'kind': kind, **given})}",
            headers=bearer(case.key(person), case.origin),
        )
    assert draft_of(answer.text) is None and 'id="problems"' not in answer.text
    assert re.search(rf'<(input|textarea) id="field-{field}"[^>]* required', answer.text)


def test_an_assurance_is_read_beside_the_demand_that_it_answers(case: Case) -> None:
    copied, words = case.copied(), "Keep the crossing open at night, " + "on every day of the week, " * 9
    drafted = send(copied, copied, "A", "demand", {"of": "B", "text": f"{words}without exception."})
    assert drafted.hidden["text"] == f"{words}without exception."
    (offer,) = [o for o in offers(copied.state, "B") if o.kind == "assure"]
    asked_for = linked(copied, "B", "assure", offer)
    assert asked_for["demand"] == f"#{copied.record('B').size}"
    with front(copied.depositary) as client:
        for demand in (asked_for["demand"], offer.clear["demand"]):
            page = asked(copied, client, "B", kind="assure", demand=demand, text="It stays open.")
            assert draft_of(page) is not None
            assert f"{words}without exception." in rows_of(page)
            assert asked_for["demand"] in rows_of(page) and offer.clear["demand"] not in rows_of(page)


IN_ANOTHER_FORM = ("language", "date_from", "date_to", "area", "lat", "lon", "digest", "deaths", "nonce")
"""Fields of words that are no sentences."""


@pytest.mark.parametrize(
    "kind",
    [k for k in WITH_FORM if k.name not in (*MADE_ELSEWHERE, "open_bridge")],
    ids=lambda kind: kind.name,
)
def test_every_word_that_is_signed_is_read_before_it_is(case: Case, kind: Kind) -> None:
    """Whatever its sentence says, and however long it is; what is said twice over is at least said."""
    person = somebody(case, kind)
    chamber = linked(case, person, kind.name).get("log", "")
    written = {
        name: f"The {name} as it was given, {'word for word, ' * 20}to its last word: {name.upper()}."
        for name, field in fields_of(kind.name).items()
        if field.hidden and field.hint is str and name not in ("sealed", "epoch", *IN_ANOTHER_FORM)
    }
    given = {**filled(case, kind, person), **written}
    drafted = draft_act(case.record(person), kind, given, now=int(time.time()), chamber=chamber)
    page = before_signing(case, drafted, given, person)
    read = " ".join((page.sentence, *(plain(row.words) for row in page.rows)))
    assert not [name for name, words in written.items() if words not in read]


def before_signing(case: Case, drafted: Drafted, given: dict[str, str], person: str) -> SigningPage:
    """The page before signing, whatever stands against the act."""
    kind, record = drafted.kind, case.record(person)
    act = VisibleAct(record.size, drafted.act, kind, drafted.opened, False, drafted.audience, drafted.chamber)
    draft = VisibleDraft(kind, drafted.chamber, form_of_kind(kind, given), (), act)
    return building.signing_page(record, draft)


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("open_instrument", {"languages": "en authentic, ur official", "entry": "delay", "entry_delay": "30"},
         {"Languages": "English, authentic\nUrdu, official", "Enters into force": "Delay", "Delay in days": "30"}),
        ("draw_commitment", {"duty": "use influence"}, {"What it obliges to": "Use influence: try to"}),
        ("report_incident", {"category": "shelling"}, {"Kind of incident": "Shelling"}),
        ("register_statement", {"claims": "other"}, {"Claims": "a claim of another kind"}),
        ("score", {}, {"Scores": "art_1 3, fund 0"}),
        ("name_cosigner", {}, {"The cosigner’s verifier key": "late.example+"}),
    ],
)  # fmt: skip
def test_what_a_sentence_leaves_out_or_only_counts_stands_in_a_row(
    case: Case, kind: str, given: dict[str, str], said: dict[str, str]
) -> None:
    person = somebody(case, BY_NAME[kind])
    whole = {**filled(case, BY_NAME[kind], person), **given}
    drafted = draft_act(case.record(person), BY_NAME[kind], whole, now=int(time.time()))
    rows = {row.head: plain(row.words) for row in before_signing(case, drafted, whole, person).rows}
    for head, words in said.items():
        assert words in rows[head].replace("\u2068", "").replace("\u2069", ""), rows


def test_nothing_is_said_twice_that_the_sentence_says(case: Case) -> None:
    given = {"of": "B", "text": "Keep the crossing open."}
    drafted = draft_act(case.record("A"), BY_NAME["demand"], given, now=int(time.time()))
    heads = [row.head for row in before_signing(case, drafted, given, "A").rows]
    assert heads[:2] == ["You sign as", "Under"]


def test_the_words_that_are_supported_are_read_before_they_are() -> None:
    copied, words = at_moment(50).copied(), "The commission meets, " + "on each day of the week, " * 40
    at = {"instrument": "understanding", "provision": "3(2)"}
    texts = {"text": f"{words}and then adjourns.", "texts": "ur: دریا"}
    send(copied, copied, "A", "propose_alternative", {**at, **texts})
    number = f"#{copied.record('B').size}"
    with front(copied.depositary) as client:
        page = asked(copied, client, "B", kind="support_alternative", **at, alternative=number)
    assert draft_of(page) is not None
    assert f"{words}and then adjourns." in rows_of(page) and "Urdu: دریا" in rows_of(page)


def test_whoever_asks_first_is_asked_for_no_text_again_and_led_to_where_the_chamber_is_sealed() -> None:
    copied = at_moment(70)
    with front(copied.depositary) as client:
        page = asked(copied, client, "A", kind="assent", instrument="understanding", terms="definitive")
        found = re.search(r'href="([^"]*kind=refer[^"]*)"', page)
        assert found is not None
        ask = html.unescape(found[1])
        given = dict(parse_qsl(urlsplit(ask).query))
        assert given == {"kind": "refer", "log": "side-A", "instrument": "understanding"}
        refer = client.get(ask, headers=bearer(copied.key("A"), copied.origin)).text
        assert draft_of(refer) is None and re.search(r'<textarea id="field-question"[^>]* required', refer)
        refer = asked(copied, client, "A", **given, question="May we?")
    assert draft_of(refer) is None and "the host could read what you write" in refer
    assert f'href="/processes/{copied.id}/chambers">Open the page of the sealed chambers</a>' in refer


def at_moment(number: int) -> Case:
    """The case after so many acts."""
    return next(found for n, found in enumerate(played(), 1) if n == number)


def test_a_long_text_stands_whole_behind_a_fold(case: Case) -> None:
    words = "The road stays open. " * 200 + "This is its end."
    with front(case.depositary) as client:
        fields = {"instrument": case.state.instrument_order[0], "title": "A draft", "text": words}
        page = asked(case, client, "A", kind="table_text", **fields)
    folded = re.search(r"<details[^>]*><summary>(.*?)</summary><p>(.*?)</p>", rows_of(page), re.DOTALL)
    assert folded is not None and len(folded[1]) <= 80 and words in folded[2]


# --- a draft and the door


def drafts(case: Case) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(person, kind, fields with `log`) of every offer to everybody and of every link, where no field is left to fill."""
    for person in case.people:
        for offer in offers(case.state, person):
            given = linked(case, person, offer.kind, offer)
            if all(f.value for f in form_of_kind(BY_NAME[offer.kind], given) if f.required):
                yield person, offer.kind, given
        for kind in WITH_FORM:
            if case.state.people[person].role in kind.by and not any(
                f.required for f in form_of_kind(kind, {})
            ):
                yield person, kind.name, linked(case, person, kind.name)


def test_the_door_takes_exactly_what_a_page_lets_one_sign() -> None:
    taken = refused = 0
    for number, case in enumerate(played(), 1):
        if number not in MOMENTS:
            continue
        holders = {key.person for key in case.state.keys.values()}
        with front(case.depositary) as client:
            for person, kind, asked in drafts(case):
                if person not in holders:
                    continue
                headers = {**PAGE, **bearer(case.key(person), case.origin)}
                answer = client.get(f"/processes/{case.id}/sign?{urlencode(asked)}", headers=headers)
                assert answer.status_code == 200
                draft, problems = draft_of(answer.text), 'id="problems"' in answer.text
                assert (draft is None) == problems, (number, person, asked)
                if draft is not None:
                    case.copied().send(draft, person, int(time.time()))
                    taken += 1
                else:
                    refused += refused_at_the_door(case, person, kind, asked)
    assert taken > 100 and refused > 20


def refused_at_the_door(case: Case, person: str, kind: str, asked: dict[str, str]) -> bool:
    """The same act sent all the same is refused, with the codes that its page gave; False if it cannot be written."""
    fields = {name: value for name, value in asked.items() if name not in ("kind", "log")}
    chamber, now = asked.get("log", ""), int(time.time())
    try:
        drafted = draft_act(case.record(person), BY_NAME[kind], fields, now=now, chamber=chamber)
    except Refused:
        return False
    with pytest.raises(Refused) as refused:
        case.copied().send(as_json(case, drafted), person, now)
    assert [r.code for r in refused.value.refusals] == [r.code for r in drafted.refusals]
    return True


@pytest.mark.parametrize("person", ["A", "M", "PA"])
def test_every_refusal_has_a_sentence_and_says_what_is_possible_instead(case: Case, person: str) -> None:
    wrong = ("", "#999", "ß", "32:00", "A", "#1", "1(1)")
    seen = 0
    for kind in WITH_FORM:
        if case.state.people[person].role not in kind.by:
            continue
        given = filled(case, kind, person)
        for field in form(case, kind, person, given):
            for value in wrong:
                try:
                    found = draft_act(
                        case.record(person), kind, {**given, field.name: value}, now=int(time.time()),
                        chamber=linked(case, person, kind.name).get("log", ""),
                    ).refusals  # fmt: skip
                except Refused as refused:
                    found = refused.refusals
                for refusal in found:
                    seen += 1
                    assert refusal.sentence and refusal.instead, (kind.name, field.name, refusal)
                    assert not re.match(r"(?i)line \d", refusal.sentence)
                    assert "minutes" not in refusal.instead and "call it" not in refusal.instead
    assert seen > 100


def test_somebody_without_a_key_is_told_so(case: Case) -> None:
    drafted = draft_act(
        case.record("C"), BY_NAME["register_statement"], {"claims": "other"}, now=1_800_000_000
    )
    assert "key.unknown" in [r.code for r in drafted.refusals]


def test_nobody_has_a_key_made_up_for_them(case: Case) -> None:
    """What minutes fill in for a demonstration, anybody can derive."""
    with pytest.raises(Refused) as refused:
        draft_act(case.record("M"), BY_NAME["enrol"], {"person": "C"}, now=1_800_000_000)
    assert {r.code for r in refused.value.refusals} == {"act.field_missing"}
    assert len(refused.value.refusals) == 2


# --- long texts, and what is no form

TEXT = """Article 1. Use of the road
  ur: سڑک کا استعمال
1(1) Each Side shall keep the road open,
    in every season.
  ur: ہر فریق سڑک کھلی رکھے گا۔
1(2) The Sides shall
1(2)(a) repair it, and
1(2)(b) mark it.

Article 2. Commission
2(1) A commission meets “each month”, [or more often].
"""


def test_a_pasted_text_of_several_articles_comes_through_and_stands(case: Case) -> None:
    copied = case.copied()
    languages = {"languages": "en authentic, ur official", "sides": "A, B", "title": "Road"}
    opening = {"instrument": "road", "basis": "analogy", **languages}
    send(copied, copied, "M", "open_instrument", opening)
    for text in (TEXT, TEXT.replace("\n", "\r\n")):
        drafted = send(copied, copied, "M", "issue", {"instrument": "road", "text": text})
        provisions = drafted.hidden["text"]
        assert [p["id"] for p in provisions] == [
            "art_1", "art_1__para_1", "art_1__para_2", "art_1__para_2__point_a", "art_1__para_2__point_b", "art_2",
            "art_2__para_1",
        ]  # fmt: skip
        assert provisions[1]["texts"] == {
            "en": "Each Side shall keep the road open, in every season.", "ur": "ہر فریق سڑک کھلی رکھے گا۔",
        }  # fmt: skip
        assert list(drafted.clear["languages"]) == ["en", "ur"]


def test_a_fault_in_a_text_is_told_by_its_own_line(case: Case) -> None:
    text = "Article 1. Road\n1(1) Words.\n\nnothing that begins with a number"
    with pytest.raises(Refused) as refused:
        draft_act(
            case.record("M"),
            BY_NAME["issue"],
            {"instrument": "understanding", "text": text},
            now=1_800_000_000,
        )
    (found,) = refused.value.refusals
    assert (
        found.sentence
        == f"{label_of('text')}: In line 4 of the text, it begins with no number of a provision."
    )


@pytest.mark.parametrize(
    "words",
    ["“We agree.”", '"We agree."', "[1, 2]", '{"a": 1}', "two\n\n  lines", "علاقے", "#14", "yes", "none"],
)
def test_words_are_signed_as_they_were_typed(case: Case, words: str) -> None:
    drafted = send(case, case.copied(), "A", "register_statement", {"claims": "other", "text": words})
    assert drafted.hidden["text"] == words and drafted.opened["text"] == words


def asked(case: Case, client: Any, person: str, **fields: str) -> str:
    headers = {**PAGE, **bearer(case.key(person), case.origin)}
    answer = client.post(f"/processes/{case.id}/sign", data=fields, headers=headers)
    assert answer.status_code == 200
    return str(answer.text)


def rows_of(page: str) -> str:
    """What is to be read below the words that would be signed."""
    found = re.search(r'what-is-signed">(.*?)</dl>', page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"claims": "other", "colour": "red"}, "no field “colour”"),
        ({"claims": "other", "nonce": "AAECAwQFBgcICQoLDA0ODw"}, "no field “nonce”"),
        ({"claims": "other", "text": "one\x00two"}, "holds a sign that cannot be seen"),
        ({"claims": "other", "text": "one\x1btwo"}, "holds a sign that cannot be seen"),
        ({"claims": "other", "text": "one \u202etwo"}, "holds a sign that cannot be seen"),
        ({"claims": "stole"}, "Claims: “stole” is none of the possible values"),
        ({"claims": "other", "text": "x" * 1_048_576}, "at most 1048576 are admitted"),
        ({"claims": "other", "text": "ß" * 400_000}, "at most 1048576 are admitted"),
        ({"claims": "other", "log": "side-A"}, "does not belong in this log"),
        ({"claims": "other", "log": "side-B"}, "do not belong to a chamber"),
        ({"claims": "other", "log": "nowhere"}, "do not belong to a chamber"),
        ({"claims": "other", "readers": "Z"}, "audience is empty or unknown"),
    ],
)
def test_what_is_no_form_is_refused_in_words(case: Case, fields: dict[str, str], said: str) -> None:
    with front(case.depositary) as client:
        page = asked(case, client, "A", kind="register_statement", **fields)
    assert 'id="problems"' in page and said in page
    assert draft_of(page) is None


def test_a_reference_that_leads_nowhere_is_refused_in_words(case: Case) -> None:
    with front(case.depositary) as client:
        for field, value in (
            ("statement", "#9999"),
            ("statement", "#0"),
            ("statement", "#1"),
            ("statement", "x" * 43),
        ):
            page = asked(case, client, "B", kind="answer_statement", **{field: value})
            assert 'id="problems"' in page and draft_of(page) is None


def test_a_form_has_its_bounds(case: Case) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", **bearer(case.key("A"), case.origin)}
    with front(case.depositary) as client:
        address = f"/processes/{case.id}/sign?kind=register_statement"
        for body, status, code in (
            (b"a=b&" * 2000, 400, "http.form"), (b"x" * 3_200_000, 413, "envelope.size"),
        ):  # fmt: skip
            answer = client.post(address, content=body, headers=headers)
            assert (answer.status_code, codes_of(answer)) == (status, [code])
        assert client.post(address, content=b"\xff\xfe=%ff&&&=", headers=headers).status_code == 200


def test_boxes_ticked_of_one_name_are_a_list(case: Case) -> None:
    with front(case.depositary) as client:
        fields = {"kind": "circulate_non_paper", "to": ["A", "B"], "text": "Words."}
        draft = draft_of(asked(case, client, "M", **fields))  # type: ignore[arg-type]
    assert draft is not None and draft["clear"]["to"] == ["A", "B"]


def test_kinds_without_a_form_are_refused(case: Case) -> None:
    with front(case.depositary) as client:
        for kind in ("convene", "mark_time", "assent!", ""):
            headers = bearer(case.key("M"), case.origin)
            answer = client.get(f"/processes/{case.id}/sign?kind={kind}", headers=headers)
            assert codes_of(answer) == ["act.unknown_kind"] and answer.status_code == 422


def test_nobody_signs_in_the_past(case: Case) -> None:
    with front(case.depositary) as client:
        headers = {**PAGE, **bearer(case.key("A"), case.origin)}
        page = client.get(
            f"/processes/{case.id}/sign?kind=take_back&instrument=understanding&at=3", headers=headers
        )
    assert page.status_code == 200 and f"The record up to act {case.record('A').size}" in page.text


# --- chambers


@pytest.mark.parametrize(
    ("person", "kind", "chamber"),
    [
        ("A", "refer", "side-A"), ("B", "refer", "side-B"), ("PA", "instruct", "side-A"), ("A", "note", "side-A"),
        ("M", "note", "mediators"), ("A", "answer_bridge", "mediators-A"), ("PB", "answer_bridge", "mediators-B"),
    ],
)  # fmt: skip
def test_a_chamber_act_is_drafted_in_the_chamber_of_its_author(
    case: Case, person: str, kind: str, chamber: str
) -> None:
    given = filled(case, BY_NAME[kind], person)
    assert linked(case, person, kind)["log"] == chamber
    others = {"side-A", "side-B", "mediators", "mediators-A", "mediators-B"}
    for other in sorted(others - {c.chamber.name for c in case.record(person).chambers()}):
        with pytest.raises(Refused, match=r"log\.audience"):
            draft_act(case.record(person), BY_NAME[kind], given, now=1_800_000_000, chamber=other)
    drafted = draft_act(case.record(person), BY_NAME[kind], given, now=1_800_000_000, chamber=chamber)
    assert drafted.chamber == chamber and drafted.after is None
    if not drafted.refusals:
        case.copied().send(as_json(case, drafted), person, 1_800_000_000)
    else:
        assert kind == "answer_bridge"  # the one proposed in the case is settled
    main = draft_act(case.record(person), BY_NAME[kind], given, now=1_800_000_000)
    assert [r.code for r in main.refusals] == ["log.kind"]


def test_a_bridge_is_answered_while_it_is_open() -> None:
    for case in played():
        if any(b.opened is None and b.lapsed is None for b in case.state.bridges.values()):
            break
    given = {**filled(case, BY_NAME["answer_bridge"], "A"), "yes": "yes"}
    drafted = send(case, case.copied(), "A", "answer_bridge", given, "mediators-A")
    assert drafted.hidden["yes"] is True and drafted.audience == ("A", "M")


# --- what is drawn, and what is not shown


def test_the_nonce_of_an_edition_is_drawn_anew_each_time(case: Case) -> None:
    text = {"instrument": "understanding", "text": "Article 1. Road\n1(1) Words."}
    now = int(time.time())
    drawn = [draft_act(case.record("M"), BY_NAME["issue"], text, now=now).hidden["nonce"] for _ in range(20)]
    known = {
        demonstration_nonce(label, f"understanding {number}")
        for label in ("room", LABEL, "") for number in ("", *range(9))
    }  # fmt: skip
    assert len(set(drawn)) == 20 and not set(drawn) & known
    assert all(len(decode_base64url(nonce)) == 16 for nonce in drawn)


CANARY = "canary words for one side alone"


def test_a_draft_shows_nothing_that_its_author_may_not_read(case: Case) -> None:
    copied, now = case.copied(), int(time.time())

    def sealed(person: str, kind: str, fields: dict[str, str], readers: str = "", chamber: str = "") -> None:
        drafted = draft_act(
            copied.record(person),
            BY_NAME[kind],
            fields,
            now=now,
            chamber=chamber,
            readers=(readers,) * bool(readers),
        )
        copied.send(as_json(copied, drafted), person, now)

    words = {"text": CANARY, "speaker": CANARY, "remark": CANARY}
    sealed("A", "register_statement", {"claims": "other", **words}, "A")
    sealed("A", "note", {"text": CANARY}, chamber="side-A")
    opening = {"instrument": "road", "basis": "analogy", "languages": "en authentic", "title": CANARY}
    sealed("M", "open_instrument", opening, "M")
    sealed("M", "issue", {"instrument": "road", "text": f"Article 1. {CANARY}\n1(1) {CANARY}"}, "M")
    assert CANARY in pages(copied, "A") and CANARY in pages(copied, "M")
    assert CANARY not in pages(copied, "B") and CANARY not in pages(copied, "PB")
    statement = f"#{copied.record('A').size - 2}"
    drafted = draft_act(
        copied.record("B"), BY_NAME["answer_statement"], {"statement": statement, "text": "No."}, now=now
    )
    assert not drafted.refusals  # of what is sealed one may speak


def pages(case: Case, person: str) -> str:
    """Everything that the room and the forms show to somebody, on the text that is sealed to most."""
    headers = {**PAGE, **bearer(case.key(person), case.origin)}
    found: list[str] = []
    with front(case.depositary) as client:
        for kind in WITH_FORM:
            names = set(fields_of(kind.name))
            own = {"instrument": "road"} if "instrument" in names and kind.name != "open_instrument" else {}
            for log in ("", "side-A", "mediators"):
                asked = urlencode({"kind": kind.name, "log": log, **own, **texts_of(kind)})
                answer = client.get(f"/processes/{case.id}/sign?{asked}", headers=headers)
                assert answer.status_code == 200
                found.append(answer.text)
        found.append(client.get(f"/processes/{case.id}/room", headers=headers).text)
        if person in ("A", "M"):  # the canary can be seen at all
            found.append(client.get(f"/processes/{case.id}/timeline", headers=headers).text)
    return "".join(found)


def texts_of(kind: Kind) -> dict[str, str]:
    return {"changes_only": "1(1) More words."} if kind.name == "issue" else {}


def test_that_an_author_was_warned_is_said_by_what_warned_them_and_by_nobody_else(case: Case) -> None:
    """Every draft of a package says so, wherever the package comes from; else the field would tell where it does."""
    kind = BY_NAME["propose_package"]
    assert "warned" not in {field.name for field in form_of_kind(kind, {})}
    given = {"instrument": case.state.instrument_order[0], "alternatives": "#1, #2"}
    now = int(time.time())
    assert draft_act(case.record("A"), kind, given, now=now).hidden["warned"] is True
    with pytest.raises(Refused) as refused:
        draft_act(case.record("A"), kind, {**given, "warned": "no"}, now=now)
    assert [r.code for r in refused.value.refusals] == ["act.field_unknown"]
