"""Hidden text stands in no answer to somebody who may not read it, whatever is asked for and however."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.depositary.talks import Talks
from tests.web.hosting import PAGE, address, as_person, front, post

CANARIES: dict[str, set[str | None]] = {
    "CANARY-FOR-SIDE-A": {"A", "PA"},
    "CANARY-FOR-MEDIATORS": {"M", "A"},
    "CANARY-FOR-PA": {"A", "PA"},
    "CANARY-OF-AN-ALTERNATIVE": {"A", "PA"},
    "CANARY-IN-SIDE-A": {"A", "PA"},
    "CANARY-WITH-MEDIATORS-A": {"M", "A", "PA"},
    "CANARY-AMONG-MEDIATORS": {"M"},
    "CANARY-OF-A-MINUTE": {"M"},
}
"""Each text, and who may read it: its author and its audience."""
VIEWERS = ("M", "A", "PA", "B", "PB", None)


@pytest.fixture(scope="module")
def sown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talks]:
    from tests.depositary.talks import open_host

    folder = tmp_path_factory.mktemp("sown")
    talks = Talks(open_host(folder / "record.sqlite")).convene().seat().open_text()
    talks.issue()
    hidden = ("text", "speaker", "published", "source", "remark")
    for canary, aud in (("CANARY-FOR-SIDE-A", "A"), ("CANARY-FOR-MEDIATORS", "M"), ("CANARY-FOR-PA", "PA")):
        talks.do(
            "A", "register_statement", dict.fromkeys(hidden, canary), claims=(("other", ""),), aud=(aud,)
        )
    talks.do("A", "propose_alternative", {"text": "CANARY-OF-AN-ALTERNATIVE"}, instrument="road",
             provision="art_1", aud=("A",))  # fmt: skip
    talks.do("M", "minute", {"text": "CANARY-OF-A-MINUTE"}, speaker="A", sense="statement",
             said_at="2025-10-28T02:30:00Z", aud=("M",))  # fmt: skip
    talks.do("A", "note", {"text": "CANARY-IN-SIDE-A"}, chamber="side-A")
    talks.do("A", "note", {"text": "CANARY-WITH-MEDIATORS-A"}, chamber="mediators-A")
    talks.do("M", "note", {"text": "CANARY-AMONG-MEDIATORS"}, chamber="mediators")
    yield talks
    talks.depositary.close()


def paths(talks: Talks) -> Iterator[str]:
    """Everything that can be asked of the record."""
    yield from ("", "text", "sessions", "powers", "timeline", "record", "status", "copy", "log/checkpoint")
    yield from (
        "text?show=marked",
        "text?show=side",
        "text?edition=1",
        "timeline?words=CANARY",
        "timeline?by=A",
    )
    yield from (
        "timeline?kind=register_statement",
        "timeline?before=5",
        "sessions?at=20",
        "acts/999",
        "text?at=25",
    )
    for number in range(1, talks.size + 1):
        yield from (f"acts/{number}", f"acts/{number}/receipt", f"acts/{number}?at={number}", f"?at={number}")
    yield from (f"log/tile/0/000.p/{talks.size}", f"log/tile/entries/000.p/{talks.size}")
    for chamber in ("side-A", "side-B", "mediators", "mediators-A", "mediators-B"):
        yield from (f"acts/1?log={chamber}", f"acts/2?log={chamber}", f"log/{chamber}/checkpoint")
        yield from (f"log/{chamber}/tile/0/000.p/1", f"log/{chamber}/tile/entries/000.p/1")


def found_by(client: Any, talks: Talks, headers: dict[str, str], query: str = "") -> dict[str, set[str]]:
    """Each canary that some answer holds, and where. A disclosure in a copy is opened first."""
    found: dict[str, set[str]] = {}
    for path in ("", *paths(talks)):
        joined = path + (query.replace("?", "&") if "?" in path else query)
        for accept in ({}, PAGE):
            answer = client.get(address(talks, joined), headers={**headers, **accept})
            assert answer.status_code < 500
            said = (
                repr(dict(answer.headers))
                + answer.content.decode("utf-8", "replace")
                + opened(answer.content)
            )
            for canary in re.findall(r"CANARY-[A-Z-]+[A-Z]", said):
                found.setdefault(canary, set()).add(path)
    for answer in (client.get(f"/{query}", headers={**headers, **PAGE}), client.get("/openapi.json")):
        assert "CANARY" not in answer.text
    return found


def opened(copy: bytes) -> str:
    """The disclosures of a certified copy, decoded."""
    from detente.codec.base64url import decode_base64url

    texts = [
        part for line in copy.splitlines() if line.startswith(b"act ") for part in line.split(b"~")[1:-1]
    ]
    return "\n".join(decode_base64url(text.decode()).decode() for text in texts)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_answer_holds_what_its_reader_may_not_read(sown: Talks, viewer: str | None) -> None:
    with front(sown.depositary) as client:
        found = found_by(client, sown, as_person(sown, viewer))
    assert set(found) == {canary for canary, readers in CANARIES.items() if viewer in readers}
    for canary, where in found.items():
        assert any(path.startswith("acts/") for path in where), canary
    if viewer in ("A", "PA", "M"):
        assert any("copy" in where for where in found.values())


@pytest.mark.parametrize("viewer", [*VIEWERS, "public"])
def test_nor_does_a_page_looked_at_as_somebody(sown: Talks, viewer: str | None) -> None:
    with front(sown.depositary, demonstration=True) as client:
        found = found_by(client, sown, {}, f"?as={viewer}" if viewer else "")
    assert set(found) == {canary for canary, readers in CANARIES.items() if viewer in readers}


def test_a_receipt_and_a_refusal_repeat_nothing_hidden(sown: Talks) -> None:
    with front(sown.depositary) as client:
        receipt = post(client, sown, sown.raw_statement("A", "CANARY-FOR-SIDE-A", aud=("A",)))
        assert receipt.status_code == 201 and "CANARY" not in receipt.text
        refused = post(client, sown, sown.raw_statement("A", "CANARY-FOR-SIDE-A", aud=("A",), seq=99))
        assert refused.status_code == 409 and "CANARY" not in refused.text
