"""Two texts compared on a page: what really changed stands first, and files are read for those at the table alone."""

from __future__ import annotations

import html
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from anyio import to_thread
from msgspec.structs import replace

from detente.codec.refusal import refuse
from detente.interchange.documents.from_text import document_of
from detente.interchange.documents.word.writing import write_word
from detente.provisions.provision import Provision
from tests.depositary.talks import TEXT, Talks
from tests.web.hosting import PAGE, address, as_person, codes_of

COMPARE = "text/compare?instrument=road&edition=1"
OLD = "Article 1\n1. Each Side shall report “promptly”.\n2. Reports are public.\n3. Tolls, if any, are due.\n".encode()
NEW = b'Article 1\n1. Each Side should report "promptly".\n2. Reports are free.\n3. Tolls if any, are due.\n'


def compare(client: Any, talks: Talks, person: str | None = "A", **sent: Any) -> Any:
    files = {name: (f"{name}.txt", data) for name, data in sent.items() if isinstance(data, bytes)}
    fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    headers = {**PAGE, **as_person(talks, person)}
    return client.post(address(talks, COMPARE), files=files, data=fields, headers=headers)


def said(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    (found,) = re.findall('<ol class="differences".*?</ol>', answer.text, re.S)
    return [html.unescape(one) for one in re.findall("<h3>(.*?)</h3>", found)]


def test_two_files_are_compared_weightiest_first(talks: Talks, client: Any) -> None:
    answer = compare(client, talks, old=OLD, new=NEW)
    assert said(answer) == [
        "Article 1(1): What obliges or permits was changed",
        "Article 1(2): Words were changed",
        "Article 1(3): A sign was changed",
    ]
    assert "<del>shall</del>" in answer.text and "<ins>should</ins>" in answer.text
    assert "3 differences, the weightiest first." in answer.text


def test_a_file_is_compared_with_an_edition(talks: Talks, client: Any) -> None:
    same = write_word(document_of(TEXT))
    answer = compare(client, talks, new=same, against="road/1")
    assert said(answer) == [] and "Nothing of substance differs." in answer.text
    assert "Understanding on a road, edition 1" in answer.text
    changed = write_word(
        document_of((TEXT[0], Provision("art_2", {}, {"en": "A commission shall not meet."})))
    )
    assert said(compare(client, talks, new=changed, against="road/1"))[0].startswith("Article 2: ")

    again = write_word(document_of(tuple(replace(p, texts={"en-US": p.texts["en"]}) for p in TEXT)))
    assert said(compare(client, talks, new=again, against="road/1")) == []


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"new": NEW}, "Nothing was chosen to compare the file with."),
        ({"new": NEW, "against": "road/x"}, "Nothing was chosen to compare the file with."),
        ({"new": NEW, "against": "road/9"}, "There is no such edition in this record."),
        ({"old": OLD}, "No file was sent."),
        ({"old": OLD, "new": b"%PDF-1.7"}, "The file is not a PDF that can be read."),
    ],
)
def test_what_is_missing_is_said(talks: Talks, client: Any, sent: dict[str, Any], problem: str) -> None:
    answer = compare(client, talks, **sent)
    assert answer.status_code == 400 and problem in html.unescape(answer.text)


def test_a_stranger_is_told_of_the_command_line(talks: Talks, client: Any) -> None:
    answer = client.post(address(talks, COMPARE), files={"new": ("x.txt", NEW)})
    assert codes_of(answer) == ["document.not_yours"] and "detente compare" in answer.text
    assert codes_of(client.get(address(talks, COMPARE))) == ["document.not_yours"]


def test_one_file_is_read_at_a_time(talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.web import sent_files

    monkeypatch.setattr(sent_files, "_PATIENCE", 0.01)
    assert sent_files._one.acquire(blocking=False)
    try:
        answer = compare(client, talks, old=OLD, new=NEW)
    finally:
        sent_files._one.release()
    assert "Another file is being read." in answer.text
    assert said(compare(client, talks, old=OLD, new=NEW))


def test_however_many_wait_for_each_others_files_other_pages_are_answered(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many threads answer here as forms are held in memory, and more forms are sent."""
    from detente.web import sent_files

    held, waits, ends = sent_files.READERS, threading.Semaphore(0), threading.Event()

    def wait(*_: object) -> Any:
        waits.release()
        assert ends.wait(60)
        raise refuse("document.pdf", "It was waited for.")

    monkeypatch.setattr(sent_files, "one_at_a_time", wait)
    client.portal.call(lambda: setattr(to_thread.current_default_thread_limiter(), "total_tokens", held))
    with ThreadPoolExecutor(held + 3) as members:
        sent = [members.submit(compare, client, talks, old=OLD, new=NEW) for _ in range(held + 2)]
        try:
            assert all(waits.acquire(timeout=30) for _ in range(held))
            page = members.submit(client.get, address(talks), headers=PAGE)
            assert page.result(10).status_code == 200
            assert not waits.acquire(timeout=0.1), "more files are in memory than are held there"
        finally:
            ends.set()
        assert {one.result(30).status_code for one in sent} == {400}


def test_what_takes_too_long_is_ended_and_the_page_says_so(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two texts with nothing in common, small enough to be sent."""
    from detente.web import sent_files

    monkeypatch.setattr(sent_files, "within_limits", partial(sent_files.within_limits, seconds=1))
    old, new = (
        "\n\n".join(f"{n}. {sign} {n * 7919} {sign} {n * 104729}" for n in range(20_000)) for sign in "ab"
    )
    answer = compare(client, talks, old=old.encode(), new=new.encode())
    assert answer.status_code == 400 and "To read this takes more than 1 seconds" in answer.text
    assert said(compare(client, talks, old=OLD, new=NEW))
