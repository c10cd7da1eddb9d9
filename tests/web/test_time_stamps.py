"""The file of time stamps over HTTP: who may take it, and what the record page says of it."""

from __future__ import annotations

import io
import time
from pathlib import Path

from detente.depositary.stamping import Authority, stamp_latest
from detente.proofs.time_stamp import read_roots, verify_stamps
from tests.authority import OFFICE, OpensslAuthority
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import PAGE, address, as_person, codes_of, front


def stamped(talks: Talks, folder: Path) -> OpensslAuthority:
    office = OpensslAuthority(folder / "office")
    stamp_latest(talks.depositary, talks.origin, Authority(office.ask, read_roots(office.pem)))
    return office


def test_members_take_the_stamps_of_a_process_that_is_closed_to_the_public(tmp_path: Path) -> None:
    talks = Talks(open_host(), open_to="members").convene().seat()
    office = stamped(talks, tmp_path)
    with front(talks.depositary) as client:
        outside = client.get(address(talks, "log/stamps"))
        assert (outside.status_code, codes_of(outside)) == (404, ["log.unknown"])
        given = client.get(address(talks, "log/stamps"), headers=as_person(talks, "A"))
    assert given.status_code == 200 and given.headers["cache-control"] == "private, no-store"
    log = verify_stamps(io.BytesIO(given.content), read_roots(office.pem), int(time.time()))
    assert [checkpoint.size for checkpoint in log.checkpoints] == [talks.size]


def test_a_record_that_nobody_has_stamped_says_nothing_of_stamps() -> None:
    talks = Talks(open_host()).convene()
    with front(talks.depositary) as client:
        answer = client.get(address(talks, "log/stamps"))
        assert (answer.status_code, codes_of(answer)) == (404, ["stamp.none"])
        assert "Stamped" not in client.get(address(talks, "record"), headers=PAGE).text


def test_the_record_page_says_up_to_which_act_it_is_stamped(tmp_path: Path) -> None:
    talks = Talks(open_host()).convene()
    stamped(talks, tmp_path)
    talks.say("M")
    with front(talks.depositary) as client:
        page = client.get(address(talks, "record"), headers=PAGE).text
    assert f"Stamped by <bdi>{OFFICE}</bdi> up to act 1, on " in page
    assert f'href="/processes/{talks.id}/log/stamps"' in page
