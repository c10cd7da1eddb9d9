"""Tables and a workbook over HTTP: for participants, of what each may read, one set at a time."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import duckdb
import pytest

from detente.web import tables
from tests.depositary.talks import Talks
from tests.web.hosting import address, as_person


def test_a_participant_gets_every_table_in_one_archive(talks: Talks, client: Any, tmp_path: Any) -> None:
    tables_zip, record = address(talks, "tables.zip"), address(talks, "record")
    answer = client.get(tables_zip, headers=as_person(talks, "A"))
    assert answer.status_code == 200 and answer.headers["cache-control"] == "private, no-store"
    assert f"-{talks.size}-tables.zip" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    acts = duckdb.sql(f"SELECT count(*), max(act) FROM '{tmp_path}/acts.parquet'").fetchall()
    assert acts == [(talks.size, talks.size)]
    assert "tables.zip" in client.get(record, headers=as_person(talks, "A")).text


def test_the_public_gets_none_and_one_set_is_made_at_a_time(talks: Talks, client: Any) -> None:
    tables_zip, record = address(talks, "tables.zip"), address(talks, "record")
    assert client.get(tables_zip).status_code == 403
    assert "tables.zip" not in client.get(record).text
    with tables._WRITING:
        busy = client.get(tables_zip, headers=as_person(talks, "A"))
    assert (busy.status_code, busy.json()["errors"][0]["code"]) == (503, "host.busy")
    assert client.get(tables_zip, headers=as_person(talks, "A")).status_code == 200


@pytest.mark.parametrize("person", ["A", "B"])
def test_nothing_is_given_of_a_closed_process_to_a_stranger(closed: Talks, client: Any, person: str) -> None:
    for file in ("tables.zip", "matrix.xlsx"):
        assert client.get(address(closed, file)).status_code == 404
    assert client.get(address(closed, "tables.zip"), headers=as_person(closed, person)).status_code == 200
    assert client.get(address(closed, "matrix.xlsx"), headers=as_person(closed, person)).status_code == 422
