"""Records that a user has played: the shipped case and a scenario, in a data folder of its own for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.acting import Terminal, convened
from tests.cli.speaking import say
from tests.room.serving import Server

SCRIPTS = Path(__file__).parent.parent / "scripts"


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test remembers what another verified, or what the user did."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "own-state"))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """The folder, and the origins in the order played: as reported, asking first, no."""
    folder = tmp_path_factory.mktemp("once") / "data"
    first, then = (
        say("replay", "istanbul", "--data", folder),
        say("replay", SCRIPTS / "no.txt", "--data", folder),
    )
    assert (first.code, then.code) == (0, 0)
    return folder, tuple((first.out + then.out).split())


@pytest.fixture
def data(once: tuple[Path, tuple[str, ...]], tmp_path: Path) -> Path:
    """A data folder that a test may change."""
    return Path(shutil.copytree(once[0], tmp_path / "data"))


@pytest.fixture
def origins(once: tuple[Path, tuple[str, ...]]) -> tuple[str, ...]:
    return once[1]


@pytest.fixture
def copy(data: Path, origins: tuple[str, ...], tmp_path: Path) -> Path:
    """A certified copy of the talks that asked first, as A may see them."""
    file = tmp_path / "talks.detente"
    assert say("export", origins[1], file, "--as", "A", "--data", data).code == 0
    return file


# --- a served host, and people at terminals


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mediator(server: Server, tmp_path: Path) -> Terminal:
    """Of a process that is closed to the public."""
    return convened(server.address, tmp_path / "M")


@pytest.fixture
def delegate(mediator: Terminal, server: Server, tmp_path: Path) -> Terminal:
    mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Harbour, head")
    delegate = Terminal(server.address, tmp_path / "A", mediator.process)
    delegate.enters(mediator, "A")
    return delegate
