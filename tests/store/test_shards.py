"""Shards: each a schema with hosts of its own, in one PostgreSQL database or in several. Nothing crosses between them."""

from __future__ import annotations

from pathlib import Path

import pytest

psycopg = pytest.importorskip("psycopg")

from detente.depositary.opening import open_database  # noqa: E402
from tests.depositary.talks import Talks  # noqa: E402
from tests.store.postgresql_server import is_installed, running  # noqa: E402

pytestmark = pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")


def test_each_schema_of_one_database_is_a_record_of_its_own(tmp_path: Path) -> None:
    with running() as address:
        with psycopg.connect(address, autocommit=True) as connection:
            for shard in ("shard_a", "shard_b"):
                connection.execute(f"CREATE SCHEMA {shard}")
        found = {}
        for shard in ("shard_a", "shard_b", "shard_a", "shard_b"):
            host = open_database(f"{address}?options=-csearch_path%3D{shard}", tmp_path / f"{shard}.key")
            if shard not in found:
                talks = Talks(host, label=shard.replace("_", "-")).convene().seat("A", "B")
                found[shard] = (talks.origin, talks.size)
            origin, size = found[shard]
            assert host.processes() == (origin,)
            assert host.main(origin).state().size == size
            host.close()
