"""A Word file that was edited by hand comes back, and becomes exactly the alternatives that its tracked changes say."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from detente.acts.authoring import Place, author_act
from detente.acts.kinds import BY_NAME
from detente.codec.refusal import Refused
from detente.depositary.reading import Record
from detente.interchange.documents.reading import read_document
from detente.procedure.disclosure import Viewer
from detente.web import made_from
from detente.web.changed import changes_in
from detente.web.texts import edition_of
from tests.depositary.talks import Talks
from tests.interchange.documents.word_files import replaced
from tests.web.hosting import PAGE, address, as_person, codes_of

WHERE = {"instrument": "road", "provision": "art_1"}
INS = '<w:ins w:id="901" w:author="Capital of A" w:date="2025-10-19T02:10:00Z">'
DEL = '<w:del w:id="902" w:author="Capital of A" w:date="2025-10-19T02:10:00Z">'
CHANGED = "text/changed?instrument=road"


def word(client: Any, talks: Talks, query: str = "") -> bytes:
    answer = client.get(address(talks, f"text.docx?instrument=road{query}"), headers=as_person(talks, "A"))
    assert answer.status_code == 200
    return bytes(answer.content)


def tracked(data: bytes, before: str, gone: str, come: str, after: str) -> bytes:
    """The file as Word writes it after somebody has put `come` in place of `gone`: the run is cut in pieces."""
    preserved = '<w:t xml:space="preserve">'
    (properties,) = set(
        re.findall(
            rf"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>){re.escape(preserved + before + gone + after)}",
            xml(data),
        )
    )
    into = (
        f"{preserved}{before}</w:t></w:r>{DEL}<w:r>{properties}<w:delText>{gone}</w:delText></w:r></w:del>"
        f"{INS}<w:r>{properties}<w:t>{come}</w:t></w:r></w:ins><w:r>{properties}{preserved}{after}"
    )
    return replaced(data, f"{preserved}{before}{gone}{after}", into)


def xml(data: bytes) -> str:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


def bring(client: Any, talks: Talks, data: bytes, person: str | None = "A", status: int = 200) -> str:
    answer = client.post(
        address(talks, CHANGED),
        files={"file": ("changed.docx", data)},
        headers={**PAGE, **as_person(talks, person)},
    )
    assert answer.status_code == status, answer.text
    return str(answer.text)


def drafts(page: str) -> list[dict[str, Any]]:
    return [json.loads(html.unescape(draft)) for draft in re.findall(r'data-draft="([^"]*)"', page)]


def sign(talks: Talks, person: str, draft: Mapping[str, Any]) -> None:
    """As the browser does."""
    key, kind = talks.keys[person], BY_NAME[draft["kind"]]
    place = Place(draft["log"], talks.chain(key), talks.seen())
    raw = author_act(
        key, kind, place, 1_900_000_000, draft["clear"], draft["hidden"], tuple(draft["audience"])
    )
    talks.depositary.receive_act(raw)


def alternatives(talks: Talks) -> list[tuple[str, str, dict[str, Any]]]:
    """(side, provision, what its author says) of each in the record."""
    record = Record(talks.depositary, talks.origin, Viewer("B"))
    brackets = talks.state.instruments["road"].brackets.values()
    return sorted((a.side, b.provision, dict(record.opened(a.leaf))) for b in brackets for a in b.live())


def test_what_was_tracked_by_hand_ends_as_alternatives_of_the_importing_delegate(
    talks: Talks, client: Any
) -> None:
    data = tracked(word(client, talks), "Each Side ", "shall", "may", " keep the road open.")
    data = tracked(data, "A commission of both Sides shall meet each ", "month", "week", ".")
    page = bring(client, talks, data)
    found = drafts(page)
    assert [(d["kind"], d["clear"]["provision"], d["person"]) for d in found] == [
        ("propose_alternative", "art_1", "A"),
        ("propose_alternative", "art_2", "A"),
    ]
    assert "Changed by Capital of A, as the file says." in page
    for draft in found:
        sign(talks, "A", draft)
    assert alternatives(talks) == [
        ("A", "art_1", {"text": "Each Side may keep the road open."}),
        ("A", "art_2", {"text": "A commission of both Sides shall meet each week."}),
    ]


def test_what_was_changed_without_tracking_is_proposed_and_said(talks: Talks, client: Any) -> None:
    page = bring(client, talks, replaced(word(client, talks), "each month", "each year"))
    (draft,) = drafts(page)
    assert draft["hidden"]["text"] == "A commission of both Sides shall meet each year."
    assert "Changed without being tracked: look at it with care." in page
    assert "Article 2 was changed without being tracked." in page


def test_words_in_brackets_come_back_as_those_of_the_side(talks: Talks, client: Any) -> None:
    talks.do("A", "propose_alternative", {"text": "Each Side shall keep the road shut."}, **WHERE)
    talks.do("B", "propose_alternative", {"text": "Each Side shall keep the road free."}, **WHERE)
    sent = word(client, talks, "&brackets=yes")
    data = tracked(sent, "Each Side shall keep the road [", "shut", "shut at night", "]A [free]B.")
    (draft,) = drafts(bring(client, talks, data))
    assert draft["hidden"]["text"] == "Each Side shall keep the road shut at night."
    changed = tracked(sent, "Each Side shall keep the road [shut]A [", "free", "open", "]B.")
    page = bring(client, talks, changed)
    assert not drafts(page) and "Your side’s words at Article 1 stand in brackets already." in page


def test_a_provision_that_is_left_out_is_proposed_to_be_left_out(talks: Talks, client: Any) -> None:
    data = word(client, talks)
    words = "A commission of both Sides shall meet each month."
    run = f'<w:r><w:rPr><w:lang w:val="en"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'
    gone = run.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    page = bring(client, talks, replaced(data, run, f"{DEL}{gone}</w:del>"))
    (draft,) = drafts(page)
    assert (draft["clear"]["provision"], draft["clear"]["omit"], draft["hidden"]) == ("art_2", True, {})
    assert "proposed to leave Article 2 out" in page
    sign(talks, "A", draft)
    (alternative,) = talks.state.instruments["road"].brackets["art_2"].live()
    assert (alternative.side, alternative.omits) == ("A", True)
    again = bring(client, talks, replaced(data, run, f"{DEL}{gone}</w:del>"))
    assert not drafts(again) and "Your side’s words at Article 2 stand in brackets already." in again
    shown = client.get(address(talks, "text?instrument=road"), headers=as_person(talks, "B")).text
    assert "left out: no text" in shown
    assert "<del>A commission of both Sides shall meet each month.</del>" in shown


def test_what_was_bracketed_since_the_download_is_nobody_s_change_in_the_file(
    talks: Talks, client: Any
) -> None:
    talks.do("A", "propose_alternative", {"text": "Each Side shall keep the road shut."}, **WHERE)
    sent = word(client, talks, "&brackets=yes")
    (first,) = talks.state.instruments["road"].brackets["art_1"].live()
    talks.do("A", "withdraw_alternative", **WHERE, alternative=first.leaf)
    talks.do("B", "propose_alternative", {"text": "Each Side shall keep the road free."}, **WHERE)
    data = tracked(sent, "A commission of both Sides shall meet each ", "month", "week", ".")
    page = bring(client, talks, data)
    (draft,) = drafts(page)
    assert draft["hidden"]["text"] == "A commission of both Sides shall meet each week."
    assert "Read as made from edition 1, with the open brackets shown." in page
    assert "without being tracked" not in page
    since = page[page.index("On the table since the file was made") : page.index("What the file proposes")]
    assert "withdrew its text of Article 1" in since and "bracketed Article 1" in since
    assert since.count("<li>") == 2


def test_of_what_came_on_the_table_since_the_download_none_is_left_out(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few acts are looked back on, and whatever their kinds."""
    talks.do("A", "propose_alternative", {"text": "Each Side shall keep the road shut."}, **WHERE)
    sent = word(client, talks, "&brackets=yes")
    (first,) = talks.state.instruments["road"].brackets["art_1"].live()
    talks.do("A", "withdraw_alternative", **WHERE, alternative=first.leaf)
    for hours in ("day", "night", "noon"):
        talks.do("B", "propose_alternative", {"text": f"Each Side shall keep the road by {hours}."}, **WHERE)
    record, document = Record(talks.depositary, talks.origin, Viewer("A")), read_document(sent, "sent.docx")
    lengths = set()
    for most in range(1, 7):
        monkeypatch.setattr(made_from, "_MOST_TURNS", most)
        found = changes_in(document, record, edition_of(record, "road"), "A")
        since = [act.index for act in found.base.since]
        assert since == list(range(talks.size - len(since), talks.size)), most
        lengths.add(len(since))
    assert 4 in lengths


def test_brackets_of_an_earlier_edition_are_found_again(talks: Talks, client: Any) -> None:
    from tests.web.test_text_files import second_edition

    talks.do("B", "propose_alternative", {"text": "Each Side shall keep the road free."}, **WHERE)
    sent = word(client, talks, "&brackets=yes")
    (one,) = talks.state.instruments["road"].brackets["art_1"].live()
    talks.do("B", "withdraw_alternative", **WHERE, alternative=one.leaf)
    second_edition(talks)
    page = bring(client, talks, sent)
    assert "Read as made from edition 1, with the open brackets shown." in page
    assert "The file changes no words of the text." in page and not drafts(page)


def test_a_file_without_changes_proposes_nothing(talks: Talks, client: Any) -> None:
    assert "The file changes no words of the text." in bring(client, talks, word(client, talks))


def test_a_file_that_another_program_saved_says_the_same_in_the_languages_of_the_text(
    talks: Talks, client: Any
) -> None:
    """LibreOffice names a country with every language."""
    saved = word(client, talks)
    for words in ("Each Side", "A commission"):
        inside = f'w:val="en"/></w:rPr><w:t xml:space="preserve">{words}'
        saved = replaced(saved, inside, inside.replace("en", "en-US", 1))
    assert "The file changes no words of the text." in bring(client, talks, saved)
    changed = tracked(saved, "Each Side ", "shall", "may", " keep the road open.")
    assert [draft["clear"]["provision"] for draft in drafts(bring(client, talks, changed))] == ["art_1"]


def test_a_file_made_from_an_earlier_edition_is_read_as_that(talks: Talks, client: Any) -> None:
    from tests.web.test_text_files import second_edition

    data = tracked(word(client, talks), "Each Side ", "shall", "may", " keep the road open.")
    second_edition(talks)
    page = bring(client, talks, data)
    assert "Read as made from edition 1" in page and "Edition 2 stands now" in page
    assert [draft["clear"]["provision"] for draft in drafts(page)] == ["art_1"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"%PDF-1.7 no pdf", b"\xff\xfe\x00"])
def test_what_cannot_be_read_is_said_on_the_page(talks: Talks, client: Any, data: bytes) -> None:
    page = bring(client, talks, data, status=400)
    assert "There is a problem" in page and not drafts(page)


def test_files_are_read_for_the_sides_of_the_text_alone(talks: Talks, client: Any) -> None:
    data = word(client, talks)
    for person in (None, "M"):
        answer = client.post(
            address(talks, CHANGED), files={"file": ("x.docx", data)}, headers=as_person(talks, person)
        )
        assert (answer.status_code, codes_of(answer)) == (403, ["document.not_yours"])


def test_a_form_of_another_site_is_refused(talks: Talks, client: Any) -> None:
    headers = {**as_person(talks, "A"), "sec-fetch-site": "cross-site"}
    answer = client.post(address(talks, CHANGED), files={"file": ("x.txt", b"1. x")}, headers=headers)
    assert codes_of(answer) == ["http.cross_site"]


def test_a_file_that_is_too_large_is_refused(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.web import sent_files

    monkeypatch.setattr(sent_files, "LARGEST", 1000)
    headers = as_person(talks, "A")
    answer = client.post(address(talks, CHANGED), files={"file": ("x.txt", b"x" * 1001)}, headers=headers)
    assert codes_of(answer) == ["document.size"]


def test_nothing_is_changed_by_reading_a_file(talks: Talks, client: Any) -> None:
    size = talks.size
    bring(client, talks, tracked(word(client, talks), "Each Side ", "shall", "may", " keep the road open."))
    assert talks.size == size


def test_the_door_refuses_words_for_what_is_left_out(talks: Talks, client: Any) -> None:
    with pytest.raises(Refused) as caught:
        talks.do("A", "propose_alternative", {"text": "Words."}, **WHERE, omit=True)
    assert [r.code for r in caught.value.refusals] == ["bracket.omitted_words"]
