"""The keeper's own acts: signed by the host's clock, and never before the time that the record has marked."""

from __future__ import annotations

import pytest

from detente.codec.instant import unix_from_instant
from detente.depositary.keeper import mark_time
from tests.depositary.talks import NOW, WITNESSES, Talks, open_host

YEAR = 365 * 86_400


@pytest.mark.parametrize("moved", [-YEAR, 0, YEAR])
def test_a_clock_that_was_moved_never_takes_the_record_back(moved: int) -> None:
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=1).convene().seat("A")
    mark_time(talks.depositary, talks.origin, talks.cosign(NOW), NOW)
    marked = talks.state.clock.now
    assert marked
    receipt = mark_time(talks.depositary, talks.origin, talks.cosign(NOW + 60), NOW + moved)
    (mark,) = talks.depositary.store.entries(talks.origin, receipt.index, receipt.index + 1)
    assert mark.at == max(NOW + moved, unix_from_instant(marked))
