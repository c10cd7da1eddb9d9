"""`detente erase`: the host's operator erases as the keeper, and the record says so."""

from __future__ import annotations

from pathlib import Path

from tests.cli.speaking import refused, say


def test_the_keeper_erases_what_acts_hide_and_the_database_is_sound(
    data: Path, origins: tuple[str, ...]
) -> None:
    process = origins[0].partition("/")[2]
    erase = ("erase", process[:8], "--data", data, "--ground", "court-order", "--yes")
    assert "no such act" in refused(say(*erase, "99999"), "forgetting.unknown")
    said = say(*erase, "1", "--part", "notice")
    assert said.code == 0 and "proofs stand" in said.out, said.err
    refused(say(*erase, "1", "--part", "notice"), "forgetting.gone")
    refused(say(*erase, "1", "--part", "nonsense"), "forgetting.part")
    assert say("fsck", "--data", data).code == 0
