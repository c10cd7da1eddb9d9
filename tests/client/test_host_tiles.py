"""A host's log as files: a bundle of the largest entries is read too."""

from __future__ import annotations

import io

import pytest

from detente.client.host_tiles import entries_of_host
from detente.client.remote_host import RemoteHost
from detente.tlog.tile import LARGEST_ENTRY, TILE_WIDTH, format_entry_bundle


def test_entries_as_large_as_an_act_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [bytes([number]) * LARGEST_ENTRY for number in range(TILE_WIDTH)]
    monkeypatch.setattr(RemoteHost, "_open", lambda *_about: io.BytesIO(format_entry_bundle(entries)))
    host = RemoteHost("http://unused", "detente/aaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert list(entries_of_host(host, 3, TILE_WIDTH, "")) == entries[3:]
