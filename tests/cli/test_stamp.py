"""`detente stamp`, `serve` with an authority, and `verify` of what they give: a real authority, a real line."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from detente.depositary.opening import open_data
from tests.authority import OFFICE, OpensslAuthority, served
from tests.cli.speaking import PATIENCE, refused, running, say, told_to_stop
from tests.depositary.talks import Talks


@pytest.fixture
def office(tmp_path: Path) -> OpensslAuthority:
    return OpensslAuthority(tmp_path / "office")


@pytest.fixture
def url(office: OpensslAuthority) -> Iterator[str]:
    with served(office) as address:
        yield address


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A host's folder with one process of nine acts, open to the public, whose log signs with ML-DSA-44 too."""
    folder = tmp_path / "data"
    depositary = open_data(folder, create=True)
    Talks(depositary, mldsa=True).convene().seat()
    depositary.close()
    return folder


def named(url: str, office: OpensslAuthority) -> tuple[str | Path, ...]:
    return "--time-stamp-authority", url, "--time-stamp-certificate", office.certificate


def process(data: Path) -> str:
    depositary = open_data(data)
    (origin,) = depositary.processes()
    depositary.close()
    return origin.removeprefix("detente/")


def test_a_record_is_stamped_now_and_the_file_is_checked_anywhere(
    data: Path, url: str, office: OpensslAuthority, tmp_path: Path
) -> None:
    file = tmp_path / "talks.stamps"
    made = say("stamp", process(data), file, "--data", data, *named(url, office))
    assert (
        made.code == 0 and made.out.startswith("These 9 acts existed by 20") and f"says {OFFICE}." in made.out
    )
    checked = say("verify", file, "--time-stamp-certificate", office.certificate)
    assert checked.code == 0, checked.err
    assert f"Everything checks: {file}" in checked.out and process(data) in checked.out
    assert "This record of 9 acts existed by 20" in checked.out and f"says {OFFICE}" in checked.out
    refused(say("verify", file), "stamp.certificate")


def test_what_stands_against_stamping_is_said_and_nothing_is_written(
    data: Path, url: str, office: OpensslAuthority, tmp_path: Path
) -> None:
    file = tmp_path / "talks.stamps"
    words = ("stamp", process(data), file, "--data", data)
    refused(say(*words), "stamp.certificate")
    refused(say(*words, "--time-stamp-authority", url), "stamp.certificate")
    refused(say(*words, *named("file:///etc/hostname", office)), "stamp.address")
    other = OpensslAuthority(tmp_path / "other")
    refused(say(*words, *named(url, other)), "stamp.authority")
    refused(say(*words, *named("http://127.0.0.1:1/", office)), "stamp.unreachable")
    assert not file.exists()


def test_a_copy_says_that_the_log_signed_against_quantum_computers_too(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.detente"
    assert say("export", process(data), file, "--data", data).code == 0
    assert (
        "Signed     by the log with ML-DSA-44 too: against quantum computers as well"
        in say("verify", file).out
    )


def test_a_host_has_its_records_stamped_while_it_serves(
    data: Path, url: str, office: OpensslAuthority
) -> None:
    with running("serve", "--data", data, "--port", "0", *named(url, office)) as (served_process, address):
        stamps, patience = f"{address}processes/{process(data)}/log/stamps", time.monotonic() + PATIENCE
        while (answer := httpx.get(stamps)).status_code == 404 and time.monotonic() < patience:
            time.sleep(0.2)
        assert answer.status_code == 200 and answer.text.startswith("detente time stamps v1\n")
        page = httpx.get(f"{address}processes/{process(data)}/record", headers={"accept": "text/html"}).text
        assert f"Stamped by <bdi>{OFFICE}</bdi> up to act 9, on " in page and "/log/stamps" in page
        assert told_to_stop(served_process, signal.SIGTERM).code == 0


def test_a_host_whose_authority_is_away_serves_all_the_same(data: Path, office: OpensslAuthority) -> None:
    away = named("http://127.0.0.1:1/", office)
    with running("serve", "--data", data, "--port", "0", *away) as (served_process, address):
        page = httpx.get(f"{address}processes/{process(data)}/record", headers={"accept": "text/html"})
        assert page.status_code == 200 and "Stamped by" not in page.text
        assert told_to_stop(served_process, signal.SIGTERM).code == 0
