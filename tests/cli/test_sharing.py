"""`detente share`: an exhibit follows the delegation it was presented to, and no file is sent again."""

from __future__ import annotations

import subprocess
from pathlib import Path

from detente.sealing.identity import make_identity
from tests.cli.acting import Terminal, convened, numbered
from tests.cli.speaking import PATIENCE, PROGRAM, refused, say
from tests.cli.test_acting import on_paper
from tests.room.serving import Server

CONTENT = b"what the camera saw " * 9_000


def joined(mediator: Terminal, server: Server, folder: Path, person: str, side: str) -> Terminal:
    """Somebody who is admitted now."""
    mediator.does("admit", f"person={person}", "role=delegate", f"side={side}", f"title=Office {person}")
    terminal = Terminal(server.address, folder / person, mediator.process)
    terminal.enters(mediator, person)
    return terminal


def opens(terminal: Terminal, number: int, folder: Path) -> bytes:
    opened = say("exhibit", terminal.process[:8], str(number), folder, "--keys", terminal.folder)
    assert opened.code == 0, opened.err
    (file,) = folder.iterdir()
    return file.read_bytes()


def shares(terminal: Terminal, number: int, *words: str) -> tuple[str, str | Path]:
    return ("share", terminal.process[:8], str(number), *words, "--yes", "--keys", terminal.folder)


def test_who_comes_later_opens_what_a_colleague_shares(server: Server, tmp_path: Path) -> None:
    mediator = convened(server.address, tmp_path / "M")
    harbour, town = (joined(mediator, server, tmp_path, person, person) for person in "AB")
    file = tmp_path / "bridge.jpg"
    file.write_bytes(CONTENT)
    said = say("present", harbour.process[:8], file, "--readers", "A,B", "--yes", "--keys", harbour.folder)
    assert said.code == 0, said.err
    number = numbered(said)
    assert opens(town, number, tmp_path / "town") == CONTENT
    refused(say(*shares(town, number)), "sealing.nobody")
    later, guest = (
        joined(mediator, server, tmp_path, "B2", "B"),
        joined(mediator, server, tmp_path, "A2", "A"),
    )
    away = tmp_path / "away"
    refused(
        say("exhibit", later.process[:8], str(number), away, "--keys", later.folder), "sealing.not_for_you"
    )
    refused(say(*shares(later, number)), "sealing.not_for_you")
    kept = {path: path.read_bytes() for path in Path(server.folder).rglob("files/*/*")}
    given = say(*shares(town, number, "--with", "B2"))
    assert given.code == 0 and "shared the exhibit" in given.out, given.err
    assert opens(later, number, tmp_path / "later") == CONTENT
    refused(
        say("exhibit", guest.process[:8], str(number), away, "--keys", guest.folder), "sealing.not_for_you"
    )
    assert say(*shares(later, number)).code == 0
    assert opens(guest, number, tmp_path / "guest") == CONTENT
    assert {path: path.read_bytes() for path in Path(server.folder).rglob("files/*/*")} == kept


def test_with_all_keys_lost_the_paper_opens_an_exhibit_for_the_new_key(
    server: Server, tmp_path: Path
) -> None:
    mediator = convened(server.address, tmp_path / "M")
    harbour, town = (joined(mediator, server, tmp_path, person, person) for person in "AB")
    paper = on_paper(town)
    file = tmp_path / "bridge.jpg"
    file.write_bytes(CONTENT)
    number = numbered(
        say("present", harbour.process[:8], file, "--readers", "A,B", "--yes", "--keys", harbour.folder)
    )
    mediator.does("revoke_key", "key=B")
    anew = Terminal(server.address, tmp_path / "anew", mediator.process)
    anew.enters(mediator, "B")
    away = tmp_path / "away"
    refused(say("exhibit", anew.process[:8], str(number), away, "--keys", anew.folder), "sealing.not_for_you")
    refused(say(*shares(anew, number)), "sealing.not_for_you")
    assert "sealing.not_for_you" in from_paper(anew, number, make_identity())[1]
    code, complaints = from_paper(anew, number, paper)
    assert code == 0, complaints
    assert opens(anew, number, tmp_path / "opened") == CONTENT


def from_paper(terminal: Terminal, number: int, typed: str) -> tuple[int, str]:
    """`share --paper`, with what is typed when it asks."""
    words = [PROGRAM, *map(str, shares(terminal, number, "--paper"))]
    ran = subprocess.run(words, input=f"{typed}\n", capture_output=True, text=True, timeout=PATIENCE)
    return ran.returncode, ran.stderr
