"""Reports that may be of one incident, over HTTP: side by side, decided by an act, and then counted once."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from detente.codec.base64url import encode_base64url
from detente.store.files import SealedFiles
from detente.web import comparing
from tests.analysis.incident_files import batch_of, incident
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import address, as_person, front


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    talks = Talks(open_host()).convene().seat().open_text()
    talks.depositary.files = SealedFiles(tmp_path)
    return talks


@pytest.fixture
def client(talks: Talks) -> Iterator[Any]:
    with front(talks.depositary) as opened:
        yield opened


def batch(talks: Talks, *rows: dict[str, Any], **given: Any) -> tuple[str, int]:
    """The leaf and the number of the act."""
    content = batch_of(rows)
    digest = sha256(content).digest()
    assert talks.depositary.files is not None
    with talks.depositary.files.arriving(talks.id, digest, ()) as file:
        file.write(content)
        file.keep()
    fields = {"file": encode_base64url(digest), "size": len(content), "rows": len(rows), **given}
    return talks.do("A", "report_incidents", {"title": "Log"}, **fields).leaf, talks.size


def page(talks: Talks, client: Any, path: str, person: str = "M") -> str:
    asked = client.get(address(talks, path), headers={**as_person(talks, person), "accept": "text/html"})
    assert asked.status_code == 200
    return str(asked.text)


def test_a_pair_across_a_batch_and_a_single_report_is_decided_and_counted_once(
    talks: Talks, client: Any
) -> None:
    hidden = {"title": "Shots at the ford", "date_from": "2026-05-10", "lat": "10.0", "lon": "20.01", "place": "Ford",
              "category": "attack", "actors": "Group A", "deaths": 1}  # fmt: skip
    one = talks.do("B", "report_incident", hidden).leaf
    number = talks.size
    many, of_batch = batch(talks, incident(0), incident(1, "2026-07-01"))
    shown = page(talks, client, "observance/pairs")
    assert "1 pair of reports may be of one incident" in shown and "Shots at the ford" in shown
    asked = f"kind=same_incident&amp;one=%23{number}&amp;another=%23{of_batch}&amp;another_row=0"
    assert asked in shown and f"{asked}&amp;apart=yes" in shown
    assert "3 reports of incidents" in page(talks, client, "observance")
    talks.do("M", "same_incident", {}, one=one, another=many, another_row=0)
    assert "3 reports, 2 incidents, alleged until found" in page(talks, client, "observance")
    after = page(talks, client, "observance/pairs")
    assert "No pair of reports waits" in after and "several reports are of it" in after
    talks.do("B", "same_incident", {}, one=one, another=many, another_row=0, apart=True)
    assert "people disagree whether it is one" in page(talks, client, "observance")
    assert "3 reports of incidents" in page(talks, client, "observance")


def test_across_two_batches(talks: Talks, client: Any) -> None:
    _one, first = batch(talks, incident(0))
    _another, second = batch(talks, incident(7, "2026-05-11"), incident(8, "2026-09-11"))
    assert f"one=%23{first}&amp;one_row=0&amp;another=%23{second}&amp;another_row=0" in page(
        talks, client, "observance/pairs"
    )


def test_nobody_is_shown_what_they_may_not_read_or_offered_what_they_cannot_sign(
    talks: Talks, client: Any
) -> None:
    batch(talks, incident(0), aud=("A",))
    batch(talks, incident(7))
    assert "1 pair" in page(talks, client, "observance/pairs", "A")
    assert "No pair" in page(talks, client, "observance/pairs", "B")
    public = client.get(address(talks, "observance/pairs"), headers={"accept": "text/html"})
    assert "kind=same_incident" not in public.text


def test_too_many_are_not_compared_and_that_is_said(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.analysis import comparing as analysis

    monkeypatch.setattr(analysis, "LIMIT", 1)
    batch(talks, incident(0))
    batch(talks, incident(7))
    assert "detente incidents duplicates" in page(talks, client, "observance/pairs")


def test_without_what_it_takes_the_page_says_so(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(talks, incident(0))
    monkeypatch.setattr(comparing, "find_spec", lambda _name: None)
    assert "extra" in page(talks, client, "observance/pairs")
