"""`detente mirror` and erasures: what is erased goes from the copy, and its holder says so to the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.acting import Terminal, convened
from tests.cli.speaking import Said, say
from tests.room.serving import Server

WORDS = "An indiscretion."


@pytest.fixture
def mediator(tmp_path: Path) -> Iterator[Terminal]:
    """Somebody has said what is to be erased, in act 2."""
    server = Server(tmp_path)
    server.start()
    try:
        mediator = convened(server.address, tmp_path / "M")
        assert mediator.does("register_statement", f"text={WORDS}", "claims=other alone") == 2
        yield mediator
    finally:
        server.stop()


def mirrors(mediator: Terminal, file: Path, *words: str) -> Said:
    said = say("mirror", mediator.process[:8], file, "--once", *words, "--keys", mediator.folder)
    assert said.code == 0, said.err
    return said


def test_a_mirror_lets_go_of_what_is_erased_and_its_holder_confirms_it(
    mediator: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "mirror.detente"
    assert "erased" not in mirrors(mediator, file).out
    before = file.stat().st_size
    mediator.does("erase", "originals=#2", "writer=M", "ground=consent")
    said = mirrors(mediator, file).out
    assert f"Act 3 erased words; {file} does not hold them any more." in said
    assert "confirm_erasure erasure=#3" in said and file.stat().st_size > before  # by the acts that came
    assert WORDS not in say("read", mediator.process[:8], "--keys", mediator.folder).out
    confirmed = mirrors(mediator, file, "--confirm").out
    assert "confirmed having erased" in confirmed and "In the record: act 4" in confirmed
    assert "Act 3" not in mirrors(mediator, file).out
