"""What was signed here is kept, whatever a host says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.client.outbox import keep_signed, send, unsent
from detente.client.remote_host import RemoteHost
from detente.codec.refusal import Refused, refuse
from tests.depositary.talks import Talks, open_host


def test_of_two_acts_with_one_number_that_were_refused_both_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(_host: RemoteHost, _path: str, **_how: object) -> bytes:
        raise refuse("act.stale", "It was overtaken.")

    monkeypatch.setattr(RemoteHost, "ask", refusing)
    talks = Talks(open_host()).convene().seat("A")
    host, acts = RemoteHost("http://unused", talks.origin), set()
    for words in ("The first words.", "Other words."):
        act = talks.raw_statement("A", words)
        acts.add(act)
        with pytest.raises(Refused, match=r"act\.stale"):
            send(host, tmp_path, keep_signed(tmp_path, act), talks.state.convened)
    assert unsent(tmp_path) == ()
    assert {file.read_bytes() for file in (tmp_path / "outbox").glob("*.refused")} == acts
