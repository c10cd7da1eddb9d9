"""A mirror is never replaced by a copy that takes something back, in the main log or in a chamber."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from detente.client.keyring import HeldKey
from detente.client.mirror import Mirror
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from tests.depositary.forking import branch
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import on_a_socket


def mirror(talks: Talks, address: str, folder: Path) -> Mirror:
    key = talks.keys["A"]
    held = HeldKey(address, talks.origin, "A", encode_base64url(key.seed), encode_base64url(bytes(32)), 0)
    return Mirror(held, folder, folder / "mirror.detente")


@pytest.mark.parametrize("where", ["main", "side-A"])
def test_a_host_that_lost_acts_does_not_take_them_from_the_mirror(tmp_path: Path, where: str) -> None:
    talks = Talks(open_host(tmp_path / "record.sqlite"), open_to="members").convene().seat("A")
    before = branch(talks)
    with closing(talks.depositary), closing(before.depositary):
        if where == "main":
            talks.say("A", "Words that are lost.")
        else:
            talks.do("A", "note", {"text": "Ask the capital."}, chamber=where)
        with on_a_socket(talks.depositary) as address:
            assert mirror(talks, address, tmp_path).look(int(time.time())) is not None
        kept = (tmp_path / "mirror.detente").read_bytes()
        (tmp_path / "last-seen.note").unlink()  # what the keys' folder knew may be lost, and the copy is not
        with on_a_socket(before.depositary) as address, pytest.raises(Refused, match=r"seen\.behind"):
            mirror(talks, address, tmp_path).look(int(time.time()))
    assert (tmp_path / "mirror.detente").read_bytes() == kept


def test_a_file_of_something_else_gives_way(tmp_path: Path) -> None:
    talks = Talks(open_host(), open_to="members").convene().seat("A")
    (tmp_path / "mirror.detente").write_bytes(b"checkpoint of nothing\n")
    with on_a_socket(talks.depositary) as address:
        assert mirror(talks, address, tmp_path).look(int(time.time())) is not None
