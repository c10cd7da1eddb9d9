"""`detente verify` remembers what it verified: in a file that is the user's alone, or it is not believed."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.speaking import Said, run, say
from tests.depositary.forking import branch
from tests.depositary.talks import Talks, open_host
from tests.proofs.copies import copy_for


@pytest.fixture
def memory(copy: Path, origins: tuple[str, ...], tmp_path: Path) -> Path:
    """The file in which a copy that was verified once is remembered."""
    folder = tmp_path / "state"
    first = verified(copy, folder)
    assert "Before" not in first.out and first.err == ""
    return folder / "verified" / f"{origins[1].removeprefix('detente/')}.json"


def verified(copy: Path, folder: Path, *words: str) -> Said:
    said = say("verify", copy, "--remember", folder, *words)
    assert said.code == 0, said.err
    return said


def test_the_second_time_it_is_said_what_was_not_checked_again(
    copy: Path, memory: Path, tmp_path: Path
) -> None:
    assert (
        stat.S_IMODE(memory.stat().st_mode) == 0o600 and stat.S_IMODE(memory.parent.stat().st_mode) == 0o700
    )
    said = verified(copy, tmp_path / "state")
    assert "were verified here on 20" in said.out and "and not again" in said.out
    assert "signatures were checked again" in verified(copy, tmp_path / "state", "--again").out
    assert [file.name for file in memory.parent.iterdir()] == [memory.name]


def test_without_a_folder_named_it_is_among_the_users_own_state(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "mine"))
    assert say("verify", copy).code == 0 and "and not again" in run("verify", copy).out
    assert len(list((tmp_path / "mine" / "detente" / "verified").iterdir())) == 1


@pytest.mark.parametrize("mode", [0o640, 0o602])
def test_a_memory_that_others_can_reach_is_not_believed(
    copy: Path, memory: Path, tmp_path: Path, mode: int
) -> None:
    memory.chmod(mode)
    said = verified(copy, tmp_path / "state")
    assert said.err.startswith("memory.not_private: ") and "Everything is checked" in said.err
    assert "Before" not in said.out
    assert stat.S_IMODE(memory.stat().st_mode) == 0o600  # what was checked now is remembered


def test_nor_one_that_leads_elsewhere(copy: Path, memory: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.move(memory, elsewhere)
    memory.symlink_to(elsewhere)
    assert verified(copy, tmp_path / "state").err.startswith("memory.not_private: ")
    assert not memory.is_symlink()


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", b'{"program":"0.1.0","at":1,"checkpoint":"none"}'])
def test_one_that_is_damaged_is_passed_over_with_a_word(
    copy: Path, memory: Path, tmp_path: Path, content: bytes
) -> None:
    memory.write_bytes(content)
    said = verified(copy, tmp_path / "state")
    assert said.err.startswith("memory.unreadable: ") and "Before" not in said.out


def test_another_version_checks_again(copy: Path, memory: Path, tmp_path: Path) -> None:
    said = json.loads(memory.read_text())
    memory.write_text(json.dumps({**said, "program": "0.0.9"}))
    assert "signatures were checked again" in verified(copy, tmp_path / "state").out
    assert "and not again" in verified(copy, tmp_path / "state").out


def test_a_copy_of_less_is_said_to_be_older_and_the_memory_stays(
    copy: Path, memory: Path, tmp_path: Path
) -> None:
    remembered = json.loads(memory.read_text())
    origin, size, *rest = remembered["checkpoint"].split("\n")
    more = "\n".join([origin, str(int(size) + 1), *rest])
    memory.write_text(json.dumps({**remembered, "checkpoint": more}))
    assert "this copy is older" in verified(copy, tmp_path / "state").out
    assert json.loads(memory.read_text())["checkpoint"] == more


def test_a_record_with_another_history_is_refused_and_the_memory_stays(
    copy: Path, memory: Path, tmp_path: Path
) -> None:
    remembered = json.loads(memory.read_text())
    origin, size, _root, *rest = remembered["checkpoint"].split("\n")
    other = "\n".join([origin, size, "A" * 43 + "=", *rest])
    memory.write_text(json.dumps({**remembered, "checkpoint": other}))
    for words in ((), ("--again",)):
        said = say("verify", copy, "--remember", tmp_path / "state", *words)
        assert (
            said.code == 1
            and said.err.startswith("copy.another_history: ")
            and "Keep both copies" in said.err
        )
        assert said.out == ""
    assert json.loads(memory.read_text())["checkpoint"] == other


def test_two_copies_of_two_histories_leave_a_file_that_proves_it(tmp_path: Path) -> None:
    talks = Talks(open_host()).convene().seat()
    other = branch(talks)
    talks.say("A", "The road is open.")
    for words in ("The road is closed.", "It stays closed."):
        other.say("A", words)
    for name, one in (("one", talks), ("other", other)):
        (tmp_path / name).write_bytes(copy_for(one, "A"))
    assert verified(tmp_path / "one", tmp_path / "state").code == 0
    said = say("verify", tmp_path / "other", "--remember", tmp_path / "state")
    (evidence,) = (tmp_path / "state" / "contradiction").glob("evidence-*")
    assert said.code == 1 and said.err.startswith("copy.another_history: ") and str(evidence) in said.err
    proved = say("verify", evidence)
    assert proved.code == 0 and "There are two histories." in proved.out


def test_a_folder_that_is_a_file_keeps_nothing_and_says_so(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "verified").write_text("in the way")
    said = verified(copy, tmp_path / "state")
    assert "is not remembered" in said.err
