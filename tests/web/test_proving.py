"""Proving an act from its page: what a reader may read they may show, and nothing else; the three files say one thing."""

from __future__ import annotations

import io
import re
from hashlib import sha256
from html import unescape
from typing import Any

import pytest

from detente.proofs.one_act import ProvedAct, verify_proof
from detente.web.checker import checker_page, checker_script, checker_style
from tests.depositary.talks import Talks
from tests.web.hosting import PAGE, address, as_person, codes_of, front

SECRET = "Only for the mediators."


@pytest.fixture
def spoken(talks: Talks) -> Talks:
    talks.do("A", "register_statement", {"text": SECRET}, aud=("M",), claims=(("other", ""),))
    return talks


def page(client: Any, talks: Talks, person: str | None, path: str) -> Any:
    return client.get(address(talks, path), headers={**as_person(talks, person), **PAGE})


def proved(answer: Any) -> ProvedAct:
    assert answer.status_code == 200 and answer.headers["content-disposition"].startswith("attachment; ")
    return verify_proof(io.BytesIO(answer.content))


def test_who_may_read_a_field_chooses_it_by_its_words(client: Any, spoken: Talks) -> None:
    number = spoken.size
    shown = page(client, spoken, "A", f"acts/{number}/prove")
    assert SECRET in shown.text and 'name="show" value="text"' in shown.text
    assert (
        f'href="/processes/{spoken.id}/acts/{number}/prove"'
        in page(client, spoken, "A", f"acts/{number}").text
    )
    found = proved(page(client, spoken, "A", f"acts/{number}/proof?show=text&names=yes"))
    assert (found.act.opened, found.office, found.person) == ({"text": SECRET}, "Office of A", "A")
    assert proved(page(client, spoken, "A", f"acts/{number}/proof")).act.opened == {}


@pytest.mark.parametrize("person", ["B", None])
def test_who_may_not_read_it_can_prove_the_act_without_it(
    client: Any, spoken: Talks, person: str | None
) -> None:
    number = spoken.size
    shown = page(client, spoken, person, f"acts/{number}/prove")
    assert SECRET not in shown.text and 'value="text"' not in shown.text and "not for you" in shown.text
    assert proved(page(client, spoken, person, f"acts/{number}/proof")).act.opened == {}
    for ending in ("proof", "proof.html", "sheet.html"):
        asked = client.get(
            address(spoken, f"acts/{number}/{ending}?show=text"), headers=as_person(spoken, person)
        )
        assert codes_of(asked) == ["proved.field"] and SECRET not in asked.text


def test_the_three_files_hold_one_proof(client: Any, spoken: Talks) -> None:
    number = spoken.size
    proof = page(client, spoken, "A", f"acts/{number}/proof?show=text").text
    whole = page(client, spoken, "A", f"acts/{number}/proof.html?show=text").text
    inside = re.search(r'<textarea id="pasted"[^>]*>(.*?)</textarea>', whole, re.DOTALL)
    assert inside is not None and unescape(inside[1]) == proof
    sheet = page(client, spoken, "A", f"acts/{number}/sheet.html?show=text").text
    assert SECRET in sheet and spoken.origin in sheet and sheet.count("<svg") == sheet.count("<figure") > 2
    assert "script" not in re.sub(r"<style>.*?</style>", "", sheet, flags=re.DOTALL)


def test_a_closed_process_proves_nothing_to_outsiders(client: Any, closed: Talks) -> None:
    for ending in ("prove", "proof", "proof.html", "sheet.html"):
        asked = client.get(address(closed, f"acts/1/{ending}"))
        assert (asked.status_code, codes_of(asked)) == (404, ["log.unknown"])
    assert proved(page(client, closed, "A", "acts/1/proof")).act.number == 1


def test_there_is_no_proof_of_an_act_that_is_not_there(client: Any, talks: Talks) -> None:
    for number in ("0", str(talks.size + 1), "x"):
        for ending in ("prove", "proof"):
            assert codes_of(client.get(address(talks, f"acts/{number}/{ending}"))) == ["log.at"]


def test_the_cosigned_checkpoint_is_taken_where_it_covers_the_act(client: Any, talks: Talks) -> None:
    found = proved(page(client, talks, "A", f"acts/{talks.size}/proof"))
    assert found.log.size == talks.size and found.log.cosigners == ()


# --- an act of a chamber


CAUCUS = "Ask the capital first."


@pytest.fixture
def written(talks: Talks) -> Talks:
    talks.do("A", "note", {"text": CAUCUS}, chamber="side-A")
    return talks


def test_who_belongs_to_a_chamber_proves_its_acts_from_their_page(client: Any, written: Talks) -> None:
    act = page(client, written, "A", "acts/1?log=side-A").text
    assert f'href="/processes/{written.id}/acts/1/prove?log=side-A"' in act
    shown = page(client, written, "A", "acts/1/prove?log=side-A").text
    assert CAUCUS in shown and '<input type="hidden" name="log" value="side-A">' in shown
    found = proved(page(client, written, "A", "acts/1/proof?log=side-A&show=text"))
    assert (found.chamber, found.act.opened) == ("side-A", {"text": CAUCUS})
    assert proved(page(client, written, "A", "acts/1/proof?log=side-A")).act.opened == {}
    for ending in ("proof.html", "sheet.html"):
        file = page(client, written, "A", f"acts/1/{ending}?log=side-A&show=text")
        assert CAUCUS in file.text if ending == "sheet.html" else "proves 1 side-A" in file.text
        assert f'"act-1-of-side-A-of-{written.id[:8]}' in file.headers["content-disposition"]


@pytest.mark.parametrize("person", ["B", "M", None])
def test_who_does_not_belong_to_it_is_told_nothing(client: Any, written: Talks, person: str | None) -> None:
    for number in (1, 2):
        absent = client.get(
            address(written, f"acts/{number}/prove?log=side-A"), headers=as_person(written, person)
        )
        assert codes_of(absent) == ["log.at"]
        for ending in ("proof", "proof.html", "sheet.html"):
            asked = client.get(
                address(written, f"acts/{number}/{ending}?log=side-A"), headers=as_person(written, person)
            )
            assert codes_of(asked) == ["log.audience"] and CAUCUS not in asked.text


def test_a_chamber_has_no_proof_of_an_act_that_is_not_in_it(client: Any, written: Talks) -> None:
    mine = as_person(written, "A")
    for path in ("acts/2/prove?log=side-A", "acts/2/proof?log=side-A"):
        assert codes_of(client.get(address(written, path), headers=mine)) == ["log.at"]
    elsewhere = address(written, "acts/1/proof?log=side-Z")
    assert codes_of(client.get(elsewhere, headers=mine)) == ["log.audience"]


# --- the checking page, for anybody


def test_a_stranger_is_given_the_page_and_the_file_whose_digest_it_prints(client: Any, closed: Talks) -> None:
    shown = client.get("/check", headers=PAGE)
    file = client.get("/check/detente-check.html")
    assert shown.status_code == file.status_code == 200
    assert sha256(file.content).hexdigest() in shown.text and file.content == checker_page()
    assert "attachment" in file.headers["content-disposition"] and closed.id not in shown.text


def test_every_page_leads_to_it(client: Any, talks: Talks) -> None:
    for path in ("/", address(talks), address(talks, "acts/1"), "/nowhere"):
        assert 'href="/check"' in client.get(path, headers=PAGE).text


def test_the_file_fetches_nothing_and_is_one_script_and_one_sheet() -> None:
    page = checker_page().decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    rules = unescape(policy[1])
    assert (
        rules.startswith("default-src 'none'; script-src 'sha256-")
        and "http" not in rules
        and "self" not in rules
    )
    assert (
        page.count("<script") == page.count("</script") == page.count("<style") == page.count("</style") == 1
    )
    assert checker_script() in page and checker_style() in page
    assert not re.search(r"^(import|export) ", checker_script(), re.MULTILINE)
    assert not re.search(r"(src|href)=", page.replace(checker_script(), "").replace(checker_style(), ""))


def test_in_a_demonstration_the_reader_stays_the_same(talks: Talks) -> None:
    with front(talks.depositary, demonstration=True) as client:
        shown = client.get(address(talks, "acts/1/prove?as=A"), headers=PAGE).text
        assert '<input type="hidden" name="as" value="A">' in shown and 'href="/check?as=A"' in shown
        assert 'href="/check/detente-check.html?as=A"' in client.get("/check?as=A", headers=PAGE).text
