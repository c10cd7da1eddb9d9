"""The room and the page before signing, for the public, a signed-in person and at a closed process; and the place."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from detente.codec.base64url import decode_base64url
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.merkle import check_consistency
from detente.tlog.signed_note import parse_note
from tests.depositary.talks import Talks, key_named
from tests.web.case import draft_of
from tests.web.hosting import PAGE, address, as_person, codes_of, front

NOWHERE = "a" * 26
SIGN = "sign?kind=assent&instrument=road&terms=definitive"


def page(client: Any, talks: Talks, path: str, person: str | None = None) -> str:
    answer = client.get(address(talks, path), headers={**PAGE, **as_person(talks, person)})
    assert answer.status_code == 200
    return html.unescape(str(answer.text))


def deeds(room: str) -> set[str]:
    return set(re.findall(r"sign\?kind=(\w+)", room))


# --- the room


def test_the_public_is_offered_nothing(talks: Talks, client: Any) -> None:
    room = page(client, talks, "room")
    assert "looking as the public" in room and 'data-signed-in=""' in room
    assert not deeds(room) and 'id="invitations"' not in room


@pytest.mark.parametrize(
    ("person", "offered", "withheld"),
    [
        ("A", {"assent", "propose_alternative", "refer", "note", "void"}, {"issue", "grant_mandate", "instruct"}),
        ("PA", {"grant_mandate", "instruct", "revoke_key"}, {"issue", "admit", "refer"}),
        ("M", {"issue", "admit", "minute", "note", "adjourn"}, {"assent", "refer", "grant_mandate", "resume"}),
    ],
)  # fmt: skip
def test_everybody_is_offered_what_their_role_may_do_now(
    talks: Talks, client: Any, person: str, offered: set[str], withheld: set[str]
) -> None:
    room = page(client, talks, "room", person)
    assert offered <= deeds(room)
    assert not withheld & deeds(room)


def test_what_the_phase_shuts_out_is_not_offered(talks: Talks, client: Any) -> None:
    talks.do("M", "adjourn")
    found = deeds(page(client, talks, "room", "M"))
    assert "resume" in found and "adjourn" not in found


def test_what_is_owed_stands_first_and_filled_in(talks: Talks, client: Any) -> None:
    talks.do("A", "assent", instrument="road", terms="definitive")
    room = page(client, talks, "room", "B")
    asked = room[room.index('id="asked"') :].partition("</section>")[0]
    (link,) = re.findall(r'href="[^"]*/(sign\?kind=assent[^"]*)"', asked)
    assert "instrument=road" in link
    draft = draft_of(
        client.get(address(talks, f"{link}&terms=definitive"), headers=as_person(talks, "B")).text
    )
    assert draft is not None and draft["clear"]["instrument"] == "road"


def test_a_bridge_to_be_answered_is_asked_of_both_sides_in_their_chambers(talks: Talks, client: Any) -> None:
    where = {"instrument": "road", "provision": "art_1"}
    for side in ("A", "B"):
        talks.do(side, "propose_alternative", {"text": f"Words of {side}."}, **where)
    talks.do("M", "propose_bridge", {"text": "A bridge."}, **where, expires="2099-01-01T00:00:00Z")
    for person, side in (("A", "A"), ("B", "B")):
        room = page(client, talks, "room", person)
        asked = room[room.index('id="asked"') :].partition("</section>")[0]
        (link,) = re.findall(r'href="[^"]*/(sign\?kind=answer_bridge[^"]*)"', asked)
        page_of_it = client.get(address(talks, f"{link}&yes=no"), headers=as_person(talks, person)).text
        # The chamber has no key: nobody is asked to answer where the host could read it.
        assert draft_of(page_of_it) is None and "the host could read what you write" in page_of_it
        assert f"log=mediators-{side}" in link


def test_every_link_of_every_room_opens(talks: Talks, client: Any) -> None:
    for person in ("M", "A", "PB"):
        for link in set(
            re.findall(r'href="(/processes/[^"]*/sign\?[^"]*)"', page(client, talks, "room", person))
        ):
            answer = client.get(link, headers={**PAGE, **as_person(talks, person)})
            assert answer.status_code == 200, link
            assert "not for a" not in answer.text, link


def test_an_earlier_moment_offers_nothing(talks: Talks, client: Any) -> None:
    assert not deeds(page(client, talks, "room?at=3", "A"))


# --- before signing


def test_what_stands_in_no_main_log_is_written_in_the_chamber_of_its_author(
    talks: Talks, client: Any
) -> None:
    shown = page(client, talks, "sign?kind=instruct", "PA")
    assert "the host could read what you write" in shown and "everyone in this process" not in shown


def test_words_are_proposed_for_what_is_new_and_beside_what_another_side_proposed(
    talks: Talks, client: Any
) -> None:
    asked = "sign?kind=propose_alternative&instrument=road"
    choices = re.findall(r'<option value="(\d+)"[^>]*>', page(client, talks, asked, "B"))
    assert choices == ["1", "2", "3"]
    form = {"provision": "3", "text": "It shall have an office."}
    draft = draft_of(client.post(address(talks, asked), data=form, headers=as_person(talks, "B")).text)
    assert draft is not None and draft["clear"]["provision"] == "art_3"
    where = {"instrument": "road", "provision": "art_3"}
    talks.do("A", "propose_alternative", {"text": "It shall have two offices."}, **where)
    choices = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', page(client, talks, asked, "B"))
    assert [text for value, text in choices if value in ("3", "4")] == [
        "Article 3", "Article 4, which would be new",
    ]  # fmt: skip


def test_the_public_may_read_a_form_and_sign_nothing(talks: Talks, client: Any) -> None:
    for answer in (client.get(address(talks, SIGN)), client.post(address(talks, SIGN), data={"remark": "x"})):
        assert answer.status_code == 200 and draft_of(answer.text) is None
        assert "You are not signed in with a key of this process." in answer.text


def test_a_signed_in_person_reads_exactly_what_they_would_sign(talks: Talks, client: Any) -> None:
    read = page(client, talks, SIGN, "A")
    draft = draft_of(client.get(address(talks, SIGN), headers=as_person(talks, "A")).text)
    assert draft is not None
    assert draft["kind"] == "assent" and draft["log"] == talks.origin and draft["person"] == "A"
    assert draft["clear"] == {
        "instrument": "road", "terms": "definitive", "on": ["road", talks.state.instruments["road"].version],
    }  # fmt: skip
    assert draft["hidden"] == {} and draft["audience"] == ["all"] and draft["hiddenFields"] == ["remark"]
    assert "You sign as" in read and "Office of A" in read and "Edition 1 of" in read
    assert f"The record up to act {talks.size}" in read and "Beyond your mandate" in read


def test_a_form_sent_is_read_with_what_its_address_says(talks: Talks, client: Any) -> None:
    answer = client.post(
        address(talks, "sign?kind=assent"), data={"instrument": "road", "terms": "ad referendum", "remark": ""},
        headers=as_person(talks, "A"),
    )  # fmt: skip
    draft = draft_of(answer.text)
    assert draft is not None and draft["clear"]["terms"] == "ad_referendum"


def test_reading_changes_nothing(talks: Talks, client: Any) -> None:
    size = talks.size
    for _ in range(3):
        client.post(address(talks, SIGN), headers=as_person(talks, "A"))
    assert talks.size == size


def test_a_kind_that_is_not_ones_own_is_said_to_be_anothers(talks: Talks, client: Any) -> None:
    read = page(client, talks, SIGN, "M")
    assert "An act of this kind is not for a mediator" in read


def test_the_four_answers_are_shown_as_they_would_be(talks: Talks, client: Any) -> None:
    for side in ("A", "B"):
        talks.do("M", "confirm_fingerprint", key=talks.keys[f"P{side}"].key_id)
        talks.do(f"P{side}", "grant_mandate", {}, holder=side, capacities=("assent",), terms="definitive")
    talks.do("A", "assent", instrument="road", terms="definitive")
    read = page(client, talks, SIGN, "B")
    (row,) = re.findall(r'<tr class="changed"><th scope="row">([^<]*)</th>(.*?)</tr>', read)
    assert row[0] == "Adopted?" and "<strong>Yes</strong>" in row[1]


# --- a closed process


@pytest.mark.parametrize(
    "path", ["room", SIGN, "sign", "sign?kind=convene", "place", "place?log=side-A&from=x", "events"]
)
def test_a_closed_process_is_answered_like_a_missing_one(closed: Talks, client: Any, path: str) -> None:
    for headers in ({}, PAGE):
        answers = [
            client.get(f"/processes/{process}/{path}", headers=headers) for process in (closed.id, NOWHERE)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert "Talks on a road" not in answers[0].text
        if not headers:
            assert answers[0].text.replace(closed.id, NOWHERE) == answers[1].text


def test_a_form_sent_to_a_closed_process_is_answered_like_one_to_nowhere(closed: Talks, client: Any) -> None:
    answers = [
        client.post(f"/processes/{process}/{SIGN}", data={"instrument": "road"})
        for process in (closed.id, NOWHERE)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text.replace(closed.id, NOWHERE) == answers[1].text


def test_a_member_finds_a_closed_process_open(closed: Talks, client: Any) -> None:
    assert deeds(page(client, closed, "room", "A"))
    assert draft_of(client.get(address(closed, SIGN), headers=as_person(closed, "A")).text) is not None


def test_in_a_demonstration_one_reads_as_anybody_what_they_would_sign(talks: Talks) -> None:
    with front(talks.depositary, demonstration=True) as client:
        draft = draft_of(client.get(address(talks, f"{SIGN}&as=B")).text)
        assert draft is not None and draft["person"] == "B"
        for person in ("B", "M", "public"):
            assert client.get(address(talks, f"room?as={person}"), headers=PAGE).status_code == 200


# --- where an act is to stand


def place(client: Any, talks: Talks, person: str | None, query: str = "") -> Any:
    return client.get(address(talks, f"place?{query}"), headers=as_person(talks, person))


def test_only_members_are_told_where_to_stand(talks: Talks, client: Any) -> None:
    answer = place(client, talks, None)
    assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])
    assert place(client, talks, "A").status_code == 200


def test_the_place_is_the_one_at_which_the_door_takes_an_act(talks: Talks, client: Any) -> None:
    talks.say("A")
    key = talks.keys["A"].key_id
    found = place(client, talks, "A", f"key={key}").json()
    chain = talks.chain(talks.keys["A"])
    assert chain is not None
    assert found["chain"] == {"seq": chain.seq, "leaf": chain.leaf}
    assert found["log"] == talks.origin and found["keys"] == [key]
    assert found["logKey"] == talks.log_key
    assert place(client, talks, "A", "key=nobody").json()["chain"] is None
    assert place(client, talks, "PA").json()["keys"] == [talks.keys["PA"].key_id]


def test_a_revoked_key_is_not_offered_to_sign_with(talks: Talks, client: Any) -> None:
    second = key_named("second")
    talks.enrol("A", second)
    assert set(place(client, talks, "A").json()["keys"]) == {talks.keys["A"].key_id, second.key_id}
    talks.do("A", "revoke_key", key=second.key_id)
    assert place(client, talks, "A").json()["keys"] == [talks.keys["A"].key_id]


def test_the_checkpoint_extends_every_earlier_one(talks: Talks, client: Any) -> None:
    for size in range(1, talks.size + 1):
        found = place(client, talks, "A", f"from={size}").json()
        checkpoint = parse_checkpoint(parse_note(found["checkpoint"].encode()).text)
        assert checkpoint.size == talks.size and found["from"] == size
        proof = [decode_base64url(node) for node in found["consistency"]]
        old = decode_base64url(talks.seen(size)[1])
        check_consistency(size, checkpoint.size, proof, old, checkpoint.root)


def test_a_size_beyond_the_record_is_answered_up_to_its_end(talks: Talks, client: Any) -> None:
    """The browser that has seen more than the host now keeps finds out from the checkpoint."""
    end = talks.size
    for query, known in (("", 0), ("from=0", 0), (f"from={end + 5}", end), ("from=999999999999", end)):
        found = place(client, talks, "A", query).json()
        assert found["from"] == known and found["consistency"] == []
    for query in ("from=-1", "from=x", "from=1.5", "from=" + "9" * 30):
        answer = place(client, talks, "A", query)
        assert (answer.status_code, codes_of(answer)) == (400, ["http.parameter"])


def test_a_chamber_has_chains_of_its_own(talks: Talks, client: Any) -> None:
    key = talks.keys["A"].key_id
    assert place(client, talks, "A", f"log=side-A&key={key}").json()["chain"] is None
    talks.do("A", "note", {"text": "x"}, chamber="side-A")
    talks.say("A")
    found = place(client, talks, "A", f"log=side-A&key={key}").json()
    chain = talks.chain(talks.keys["A"], "side-A")
    assert chain is not None and found["chain"] == {"seq": 0, "leaf": chain.leaf}
    assert found["log"] == f"{talks.origin}/side-A"
    for person, log in (("B", "side-A"), ("A", "mediators"), ("M", "side-A"), ("A", "side-Z"), ("A", "../x")):
        answer = place(client, talks, person, f"log={log}&key={key}")
        assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])


def test_an_earlier_moment_is_no_place(talks: Talks, client: Any) -> None:
    key = talks.keys["M"].key_id
    assert (
        place(client, talks, "M", f"key={key}&at=1").json() == place(client, talks, "M", f"key={key}").json()
    )


def test_the_form_asks_who_may_read_the_words(talks: Talks, client: Any) -> None:
    asked = address(talks, "sign?kind=register_statement")
    form = client.get(asked, headers=PAGE | as_person(talks, "A")).text
    assert 'name="readers" value="B"' in form and 'name="readers" value="M"' in form
    sent = {"claims": "other alone", "text": "We go on.", "readers": ["A", "M"]}
    page = client.post(asked, data=sent, headers=PAGE | as_person(talks, "A")).text
    draft = draft_of(page)
    assert draft is not None and draft["audience"] == ["A", "M"]
    assert re.search(r'value="M" checked', page) and not re.search(r'value="B" checked', page)
    unnamed = client.post(asked, data={**sent, "readers": []}, headers=PAGE | as_person(talks, "A")).text
    assert (draft_of(unnamed) or {})["audience"] == ["all"]
    chamber = client.get(
        f"{address(talks, 'sign')}?kind=note&log=side-A", headers=PAGE | as_person(talks, "A")
    )
    assert 'name="readers"' not in chamber.text


PASTED = """Article 1
Purpose
The road stays open.

Article 2
1. A commission is set up.
1. It meets:
(a) by day;
(b) by night."""


def test_a_text_as_it_is_laid_out_is_shown_as_it_was_read_and_can_be_corrected(
    talks: Talks, client: Any
) -> None:
    asked, head = address(talks, "sign?kind=issue"), PAGE | as_person(talks, "M")
    page = client.post(asked, data={"instrument": "road", "text": PASTED}, headers=head).text
    shown = re.search(r'<ol class="structure".*?</ol>', page, re.DOTALL)
    assert shown and re.findall(r'class="number">([^<]+)<', shown[0]) == [
        "Article 1",
        "1",
        "2(1)",
        "2(2)",
        "2(2)(a)",
        "2(2)(b)",
    ]
    assert "Its structure was found" in page and "2(2)(a) by day;" in html.unescape(page)
    draft = draft_of(page)
    assert draft is not None and [p["id"] for p in draft["hidden"]["text"]][-1] == "art_2__para_2__point_b"
    corrected = "Article 1. Purpose\n1 The road stays open.\n2 A commission is set up."
    again = client.post(asked, data={"instrument": "road", "text": corrected}, headers=head).text
    assert "Its structure was found" not in again
    assert re.findall(r'class="number">([^<]+)<', again) == ["Article 1", "1", "2"]


def test_a_text_in_which_nothing_can_be_numbered_is_refused_by_its_lines(talks: Talks, client: Any) -> None:
    sent = {"instrument": "road", "text": "Article 1\nOne.\n\nArticle 2\n3.1 x\n3.1 y"}
    page = client.post(
        address(talks, "sign?kind=issue"), data=sent, headers=PAGE | as_person(talks, "M")
    ).text
    assert 'id="problems"' in page and "was already given" in page and "3(1) x" in page


def test_a_principal_reads_what_the_delegate_will_be_able_to_do_alone(talks: Talks, client: Any) -> None:
    asked, head = address(talks, "sign?kind=grant_mandate"), PAGE | as_person(talks, "PA")
    sent = {
        "holder": "A",
        "capacities": ["assent", "sign_ad_referendum"],
        "terms": "ad referendum",
        "instruments": "road",
    }
    page = html.unescape(client.post(asked, data=sent, headers=head).text)
    assert (
        "on Understanding on a road: accept a text for your side, subject to your confirmation; sign subject"
        in page
    )
    alone, _, rest = page.partition("Only with you")
    assert (
        "Alone, without asking" in alone
        and "sign for good" not in alone.partition("Alone, without asking")[2]
    )
    assert "fix the words of a text by initials" in rest and "sign for good" in rest.partition("</dd>")[0]
    assert "A sealed instruction does not limit the mandate towards others" in page
    definitive = {
        "holder": "A",
        "capacities": ["assent", "initial", "sign", "sign_ad_referendum", "act_on_breach"],
        "terms": "definitive",
    }
    page = html.unescape(client.post(asked, data=definitive, headers=head).text)
    assert "can, on every text: accept a text for your side;" in page and "Only with you" not in page
