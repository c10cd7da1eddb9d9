"""The same commands without a container engine or a service manager: what the recipe runs is run, below a folder that
stands for the root of a machine; what it and the unit start is started there, by a user who may write to nothing but the
host's folder, and without memory that is both written and executed.

Debian's packages are not installed: what they bring must be on this machine.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from detente.cli.examining.machine import EXTRAS
from tests.operations.recipes import ROOT, checked, listed, recipe, unit

PYTHON = Path("/usr/bin/python3")
BUILD, FINAL = recipe()
UID = int(FINAL.last("USER").partition(":")[0])
_REFUSE_EXEC_GAIN = (65, 1, 0, 0, 0)
"""prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN): what MemoryDenyWriteExecute asks of the kernel."""
pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or subprocess.run([PYTHON, "-m", "pip", "-V"], capture_output=True).returncode != 0,
    reason="building as the recipe does needs root, and Debian's python3 with pip",
)  # fmt: skip


class Machine:
    """A folder that stands for the root of a machine: what a command names by its whole path lies below it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def at(self, path: str) -> Path:
        return self.root / path.lstrip("/")

    def below(self, words: Sequence[str]) -> list[str]:
        return [self._below(word) for word in words]

    def _below(self, word: str) -> str:
        for folder in ("/opt/detente", "/source", "/var/lib/detente"):
            if word == folder or word.startswith(f"{folder}/"):
                return str(self.at(word))
        return word

    def run(self, command: str) -> None:
        words = shlex.split(command)
        if words[0] in ("useradd", "groupadd"):
            words[1:1] = ["--prefix", str(self.root)]
        else:
            words = [str(PYTHON) if word == "python3" else word for word in self.below(words)]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))
        }
        ran = subprocess.run(words, capture_output=True, text=True, timeout=600, cwd="/", env=environment)
        assert ran.returncode == 0, f"{command}\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}"


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    folder = Path(tempfile.mkdtemp(prefix="detente-machine-"))
    folder.chmod(0o755)
    made = Machine(folder)
    try:
        for path in ("etc", "var/lib", "opt"):
            made.at(path).mkdir(parents=True)
        for name in ("passwd", "group", "shadow", "gshadow", "subuid", "subgid"):
            made.at(f"etc/{name}").touch()
        for instruction, words in (*BUILD.steps, *FINAL.steps):
            if instruction == "COPY" and not words.startswith("--from="):
                *sources, target = words.split()
                _copy([ROOT / source for source in sources], made.at(target), into=target.endswith("/"))
            elif instruction == "RUN" and "apt-get" not in words:
                made.run(words)
        yield made
    finally:
        shutil.rmtree(folder)


def _copy(sources: Sequence[Path], target: Path, *, into: bool) -> None:
    for source in sources:
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.mkdir(parents=True, exist_ok=True)
            assert into
            shutil.copy(source, target)


def as_nobody() -> None:
    """In the child, before it begins: nothing that it starts may make memory executable that it has written."""
    ctypes.CDLL(None).prctl(*_REFUSE_EXEC_GAIN)  # kernels before 6.3 do not know it


class Started:
    def __init__(self, words: Sequence[str], environment: dict[str, str], folder: Path) -> None:
        self.process = subprocess.Popen(
            words, env=environment, cwd=folder, user=UID, group=UID, extra_groups=[], umask=0o077, preexec_fn=as_nobody,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGTERM)
        _out, err = self.process.communicate(timeout=60)
        return self.process.returncode, err


@pytest.fixture
def start(machine: Machine) -> Iterator[Callable[[Sequence[str], dict[str, str], Path], Started]]:
    running: list[Started] = []

    def begin(words: Sequence[str], environment: dict[str, str], folder: Path) -> Started:
        running.append(Started(words, {"PATH": "/usr/bin:/bin", **environment}, folder))
        return running[-1]

    yield begin
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def free_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def with_port(words: Sequence[str], port: int) -> list[str]:
    """The same words with another port, since this machine may be using that one."""
    return [word.replace("8200", str(port)) for word in words]


def test_the_recipe_makes_its_user_and_a_folder_of_its_own(machine: Machine) -> None:
    passwd = machine.at("etc/passwd").read_text()
    assert f"detente:x:{UID}:{UID}:" in passwd and ":/var/lib/detente:" in passwd
    found = machine.at("/var/lib/detente").stat()
    assert (found.st_uid, found.st_gid, found.st_mode & 0o777) == (UID, UID, 0o700)


def test_what_is_built_is_this_program_with_every_extra(machine: Machine) -> None:
    words = [machine.at("/opt/detente/bin/detente"), "doctor", "--data", machine.root / "none"]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=120, env={"LANG": "C.UTF-8"})
    assert f"extras: Installed: {', '.join(EXTRAS)}.\n" in ran.stdout


def test_the_container_is_served_is_ready_and_stops(
    machine: Machine, start: Callable[[Sequence[str], dict[str, str], Path], Started]
) -> None:
    port, data = free_port(), machine.at("/var/lib/detente")
    entry = machine.below(listed(FINAL.last("ENTRYPOINT")))
    environment = dict(word.split("=", 1) for words in FINAL.all("ENV") for word in words.split())
    words = with_port(machine.below(listed(FINAL.last("CMD"))), port)
    words[words.index("--host") + 1] = "127.0.0.1"  # a test listens to nobody else
    host = start([*entry, *words], environment, data)
    health = with_port(machine.below(checked(FINAL.last("HEALTHCHECK"))), port)
    _until_ready(health, host)
    assert httpx.get(f"http://127.0.0.1:{port}/convene").status_code == 200
    code, log = host.stop()
    assert code == 0 and '"route": "/convene"' in log and '"event": "served"' in log
    assert subprocess.run(health, capture_output=True, timeout=60).returncode == 1
    assert {path.name for path in data.iterdir()} <= {"host.key", "record.sqlite", "files", "snapshots"}
    assert all(path.stat().st_uid == UID for path in data.rglob("*"))


def _until_ready(health: Sequence[str], host: Started) -> None:
    for _ in range(120):
        if subprocess.run(health, capture_output=True, timeout=60).returncode == 0:
            return
        assert host.process.poll() is None, host.process.communicate()
    raise AssertionError("it is not ready")


def test_the_unit_is_served_tells_that_it_is_and_stops(
    machine: Machine, start: Callable[[Sequence[str], dict[str, str], Path], Started]
) -> None:
    state, credentials = machine.at("/var/lib/unit/detente"), machine.at("/run/credentials/detente.service")
    state.mkdir(parents=True)
    os.chown(state, UID, UID)
    credentials.mkdir(parents=True)
    (credentials / "host.key").write_bytes(os.urandom(32))
    (credentials / "host.key").chmod(0o440)  # as systemd shows a list of its own
    os.chown(credentials / "host.key", 0, UID)
    places = {"%S": str(state.parent), "%d": str(credentials)}
    found, port = unit(), free_port()
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as told:
        told.bind(str(machine.at("/run/notify")))
        machine.at("/run/notify").chmod(0o777)
        told.settimeout(60)
        words = with_port(machine.below(found.command(places)), port)
        host = start(
            words, {**found.environment(places), "NOTIFY_SOCKET": str(machine.at("/run/notify"))}, state
        )
        assert told.recv(100) == b"READY=1"
        assert httpx.get(f"http://127.0.0.1:{port}/ready").json() == {"status": "ready"}
        assert httpx.post(f"http://127.0.0.1:{port}/processes").status_code == 201
        code, log = host.stop()
        assert (code, told.recv(100)) == (0, b"STOPPING=1")
    assert '"event": "served"' in log and "Traceback" not in log
    # The key stays where it was handed over; the record, and the sealed files' folder, are the unit's own.
    assert {path.name for path in state.iterdir()} <= {"record.sqlite", "files", "snapshots"}


def test_the_files_of_a_record_in_postgresql_lie_in_the_units_folder(machine: Machine) -> None:
    pytest.importorskip("psycopg")
    from detente.cli.data_folder import host_folder

    words = unit("detente-postgresql.conf").command({"%S": "/var/lib", "%d": "/run/c"})
    named = {word: Path(words[at + 1]) for at, word in enumerate(words[:-1]) if word.startswith("--")}
    assert host_folder(named["--data"], "postgresql:///?service=detente", named["--host-key"]) == Path(
        "/var/lib/detente"
    )
