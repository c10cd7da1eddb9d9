"""Sealed files over HTTP: members put them, those who may read the act get them, and nothing half arrives."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.self_check import check_process
from detente.store.files import SealedFiles
from tests.analysis.incident_files import batch_of, incident
from tests.depositary.talks import NOW
from tests.web.hosting import address, as_person, codes_of, front
from tests.web.test_chambers import Sealers

CONTENT = batch_of(incident(number) for number in range(7))
"""Sealed, as far as the host knows; or a batch, where an act says that."""
DIGEST = encode_base64url(sha256(CONTENT).digest())


@pytest.fixture
def sealers(tmp_path: Path) -> Sealers:
    sealers = Sealers()
    sealers.talks.depositary.files = SealedFiles(tmp_path, largest=10_000)
    return sealers


@pytest.fixture
def client(sealers: Sealers) -> Iterator[Any]:
    with front(sealers.talks.depositary) as opened:
        yield opened


def at(sealers: Sealers, digest: str = DIGEST) -> str:
    return address(sealers.talks, f"files/{digest}")


def present(sealers: Sealers, *audience: str, size: int = len(CONTENT)) -> str:
    keys = (sealers.talks.keys["A"].key_id, sealers.talks.keys["B"].key_id)
    hidden = {"title": "A photograph", "names": {DIGEST: "bridge.jpg"}}
    given = {"files": ((DIGEST, size),), "keys": keys, "aud": audience or ("all",)}
    return sealers.talks.do("A", "present", hidden, **given).leaf


def test_a_member_puts_a_file_and_those_who_may_read_its_act_get_it(sealers: Sealers, client: Any) -> None:
    mine, other = as_person(sealers.talks, "A"), as_person(sealers.talks, "B")
    assert client.put(at(sealers), content=CONTENT, headers=mine).status_code == 201
    assert client.put(at(sealers), content=CONTENT, headers=mine).status_code == 204
    assert codes_of(client.get(at(sealers), headers=mine)) == ["file.unknown"]  # no act commits to it yet
    present(sealers, "A")
    assert client.get(at(sealers), headers=mine).content == CONTENT
    assert codes_of(client.get(at(sealers), headers=other)) == ["file.unknown"]
    assert codes_of(client.get(at(sealers))) == ["file.unknown"]


def test_an_act_does_not_commit_to_a_file_that_is_not_here_whole(sealers: Sealers, client: Any) -> None:
    for size in (len(CONTENT), len(CONTENT) + 1):
        with pytest.raises(Refused) as refused:
            present(sealers, size=size)
        assert refused.value.refusals[0].code == "evidence.file_missing"
        client.put(at(sealers), content=CONTENT, headers=as_person(sealers.talks, "A"))


def test_what_is_another_file_or_too_large_or_a_stranger_s_is_not_kept(
    sealers: Sealers, client: Any, tmp_path: Path
) -> None:
    mine = as_person(sealers.talks, "A")
    assert codes_of(client.put(at(sealers), content=CONTENT[1:], headers=mine)) == ["file.digest"]
    assert codes_of(client.put(at(sealers), content=b"x" * 10_001, headers=mine)) == ["file.size"]
    parts = (b"x" * 4_000 for _ in range(3))
    assert codes_of(client.put(at(sealers), content=parts, headers=mine)) == ["file.size"]
    assert codes_of(client.put(at(sealers, "AAAA"), content=CONTENT, headers=mine)) == ["file.name"]
    assert codes_of(client.put(at(sealers), content=CONTENT)) == ["token.absent"]
    across = {**mine, "sec-fetch-site": "cross-site"}
    assert codes_of(client.put(at(sealers), content=CONTENT, headers=across)) == ["http.cross_site"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def report(sealers: Sealers, *audience: str, size: int = len(CONTENT), rows: int = 7) -> str:
    given = {"file": DIGEST, "size": size, "rows": rows, "aud": audience or ("all",)}
    return sealers.talks.do("A", "report_incidents", {"title": "The log of the river guard"}, **given).leaf


def test_a_file_of_incidents_is_taken_with_its_bytes_and_read_by_those_who_may(
    sealers: Sealers, client: Any
) -> None:
    mine, other = as_person(sealers.talks, "A"), as_person(sealers.talks, "B")
    with pytest.raises(Refused) as refused:
        report(sealers)
    assert refused.value.refusals[0].code == "evidence.file_missing"
    client.put(at(sealers), content=CONTENT, headers=mine)
    with pytest.raises(Refused):
        report(sealers, size=len(CONTENT) + 1)
    with pytest.raises(Refused) as refused:
        report(sealers, rows=8)
    assert refused.value.refusals[0].code == "incidents.rows_differ"
    leaf = report(sealers, "A", "M")
    answer = client.get(at(sealers), headers=mine)
    assert answer.content == CONTENT
    assert answer.headers["content-disposition"].endswith('.parquet"')
    assert codes_of(client.get(at(sealers), headers=other)) == ["file.unknown"]
    assert codes_of(client.get(at(sealers))) == ["file.unknown"]
    page = client.get(address(sealers.talks, f"acts/{sealers.talks.size}"), headers=mine)
    assert f"files/{DIGEST}" in page.text
    sealers.talks.do("A", "erase", {}, originals=(leaf,), writer="A", ground="consent")
    assert codes_of(client.get(at(sealers), headers=mine)) == ["file.unknown"]


def test_the_host_checks_that_its_batches_are_what_their_acts_say(
    sealers: Sealers, client: Any, tmp_path: Path
) -> None:
    client.put(at(sealers), content=CONTENT, headers=as_person(sealers.talks, "A"))
    report(sealers)
    host, origin = sealers.talks.depositary, sealers.talks.origin
    assert list(check_process(host, origin, NOW)) == []
    (held,) = (path for path in tmp_path.rglob("*") if path.is_file())
    held.write_bytes(batch_of([incident(0)]))
    (finding,) = check_process(host, origin, NOW)
    assert finding.code == "file.digest" and finding.sentence.startswith(f"Act {sealers.talks.size}: ")


def test_a_file_that_two_acts_commit_to_stays_while_one_stands(
    sealers: Sealers, client: Any, tmp_path: Path
) -> None:
    mine, other = as_person(sealers.talks, "A"), as_person(sealers.talks, "B")
    client.put(at(sealers), content=CONTENT, headers=mine)
    exhibit = present(sealers)
    report(sealers, "A")
    assert client.get(at(sealers), headers=other).content == CONTENT  # by the exhibit
    sealers.talks.do("A", "erase", {}, originals=(exhibit,), writer="A", ground="consent")
    assert client.get(at(sealers), headers=mine).content == CONTENT
    assert codes_of(client.get(at(sealers), headers=other)) == ["file.unknown"]


def test_an_exhibit_that_is_erased_loses_its_files(sealers: Sealers, client: Any, tmp_path: Path) -> None:
    client.put(at(sealers), content=CONTENT, headers=as_person(sealers.talks, "A"))
    leaf = present(sealers)
    sealers.talks.do("A", "erase", {}, originals=(leaf,), writer="A", ground="consent")
    assert codes_of(client.get(at(sealers), headers=as_person(sealers.talks, "A"))) == ["file.unknown"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    # Somebody who has the bytes puts them here once more: they are served to nobody, and swept away like any other file.
    mine = as_person(sealers.talks, "A")
    assert client.put(at(sealers), content=CONTENT, headers=mine).status_code == 201
    assert codes_of(client.get(at(sealers), headers=mine)) == ["file.unknown"]


def section(client: Any, sealers: Sealers, leaf: str) -> str:
    """What the page of the act that presents it says to A of who can open its files."""
    index = sealers.talks.state.exhibits[leaf].index
    page = client.get(address(sealers.talks, f"acts/{index + 1}"), headers=as_person(sealers.talks, "A")).text
    return str(page.partition('id="exhibit"')[2].partition("</section>")[0])


def test_the_page_says_who_lacks_the_key_and_who_left_with_it(sealers: Sealers, client: Any) -> None:
    client.put(at(sealers), content=CONTENT, headers=as_person(sealers.talks, "A"))
    leaf, talks = present(sealers), sealers.talks
    assert "were not given its key: Principal of A and Principal of B." in section(client, sealers, leaf)
    keys = (talks.keys["PA"].key_id, talks.keys["PB"].key_id)
    talks.do("A", "share_exhibit", {"box": "AAAA"}, exhibit=leaf, keys=keys)
    shown = section(client, sealers, leaf)
    assert "Everybody of the delegations" in shown and "AAAA" in shown and "have left" not in shown
    talks.do("M", "leave", person="PB")
    assert "have left: Principal of B." in section(client, sealers, leaf)


def test_the_page_of_an_erased_act_lists_who_confirmed_it(sealers: Sealers, client: Any) -> None:
    talks = sealers.talks
    said = talks.say("A")
    erasure = talks.do("A", "erase", {}, originals=(said.leaf,), writer="A", ground="consent").leaf

    def page() -> str:
        return str(client.get(address(talks, f"acts/{said.index + 1}")).text)

    assert "Nobody who keeps a copy has confirmed it yet." in page()
    for person in "BM":
        talks.do(person, "confirm_erasure", {}, erasure=erasure)
    assert "Delegate of B and Mediators confirmed it; nobody can check that." in page()


def test_sharing_is_begun_on_the_page_of_the_exhibit_alone(sealers: Sealers, client: Any) -> None:
    room = client.get(address(sealers.talks, "room"), headers=as_person(sealers.talks, "A")).text
    assert "kind=share_exhibit" not in room and "kind=confirm_erasure" in room
