"""A host over HTTP: whatever becomes of the line, what is said is that it cannot be reached."""

from __future__ import annotations

import pytest

from detente.client.remote_host import RemoteHost
from detente.codec.refusal import Refused
from tests.client.breaking_off import breaking_off


@pytest.mark.parametrize("status", [200, 403, 500])
def test_an_answer_that_breaks_off(status: int) -> None:
    with breaking_off(status) as address, pytest.raises(Refused) as refused:
        RemoteHost(address, "detente/aaaaaaaaaaaaaaaaaaaaaaaaaa").ask("log/checkpoint")
    assert refused.value.refusals[0].code == "host.unreachable"
