"""The container recipe and the unit as they are written: linted, hardened, and naming only what is there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from detente.cli.serve import command as serve
from tests.operations.recipes import OPERATIONS, ROOT, checked, listed, read_recipe, recipe, unit

BUILD, FINAL = recipe()


def test_a_line_that_is_no_instruction_is_seen() -> None:
    assert [stage.name for stage in (BUILD, FINAL)] == ["build", ""]
    for line in ("RUM true", "ADD x /y", "RUN"):
        with pytest.raises(ValueError, match="not understood"):
            read_recipe(f"FROM debian:12-slim\n{line}\n")


@pytest.mark.parametrize("stage", [BUILD, FINAL], ids=["build", "final"])
def test_a_base_is_of_one_version_and_names_no_host(stage: object) -> None:
    base = stage.base  # type: ignore[attr-defined]
    assert re.fullmatch(r"[a-z]+:[0-9][\w.-]*", base)


def test_what_is_copied_is_there_and_nothing_else_comes_in() -> None:
    for words in BUILD.all("COPY"):
        *sources, _target = words.split()
        assert sources and all((ROOT / source).exists() for source in sources)
    assert FINAL.all("COPY") == ["--from=build /opt/detente /opt/detente"]


def test_packages_come_by_their_hashes_and_nothing_is_fetched_by_hand() -> None:
    commands = [*BUILD.all("RUN"), *FINAL.all("RUN")]
    installs = [
        command
        for command in commands
        if " install -" in command and "pip" in command and "apt-get" not in command
    ]
    assert len(installs) == 2
    assert (
        "--require-hashes -r /source/requirements.lock" in installs[0] and "--no-deps /source" in installs[1]
    )
    assert not any(
        word in command for command in commands for word in ("curl", "wget", "http", "sudo", "chmod 777")
    )
    for command in commands:
        if "apt-get install" in command:
            assert "apt-get update && " in command and "-y --no-install-recommends" in command
    assert any("rm -rf /var/lib/apt/lists/*" in command for command in FINAL.all("RUN"))


def test_it_runs_as_somebody_who_is_not_root_and_owns_only_its_folder() -> None:
    names = [name for name, _words in FINAL.steps]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", FINAL.last("USER"))
    assert not {"RUN", "COPY"} & set(names[names.index("USER") :])
    user = FINAL.last("USER").partition(":")[0]
    assert any(f"--uid {user} " in command for command in FINAL.all("RUN"))
    assert f"install -d -m 0700 -o {user} -g {user} {FINAL.last('VOLUME')}" in FINAL.all("RUN")


def test_what_it_starts_is_read_by_no_shell_and_asks_itself_whether_it_is_ready() -> None:
    entry, words = listed(FINAL.last("ENTRYPOINT")), listed(FINAL.last("CMD"))
    assert entry == ["/opt/detente/bin/detente"] and words[0] == "serve"
    assert words[words.index("--data") + 1] == FINAL.last("VOLUME")
    assert words[words.index("--port") + 1] == FINAL.last("EXPOSE")
    assert checked(FINAL.last("HEALTHCHECK")) == [*entry, "ready", f"http://localhost:{FINAL.last('EXPOSE')}"]
    assert FINAL.last("STOPSIGNAL") == "SIGTERM"


def test_no_secret_stands_in_either() -> None:
    for file in OPERATIONS.iterdir():
        assert not re.search(r"(?i)(password|secret|token)\s*=\s*[^.\s]", file.read_text("utf-8")), file


# --- the unit


@pytest.mark.parametrize("drop_ins", [(), ("detente-postgresql.conf",)], ids=["sqlite", "postgresql"])
def test_it_starts_the_program_with_words_that_it_knows(drop_ins: tuple[str, ...]) -> None:
    places = {"%S": "/var/lib", "%d": "/run/credentials/detente.service"}
    program, verb, *words = unit(*drop_ins).command(places)
    assert (program, verb) == ("/opt/detente/bin/detente", "serve")
    known = {name for parameter in serve.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known
    assert words[words.index("--host-key") + 1] == "/run/credentials/detente.service/host.key"
    assert words[words.index("--host") + 1] == "127.0.0.1"


def test_keys_and_passwords_are_handed_over_at_the_start() -> None:
    both = unit("detente-postgresql.conf")
    assert both.all("LoadCredential") == [
        "host.key:/etc/detente/host.key", "pg_service.conf:/etc/detente/pg_service.conf"
    ]  # fmt: skip
    assert both.environment({"%d": "/c"})["PGSERVICEFILE"] == "/c/pg_service.conf"
    (database,) = (word for word in shlex.split(both.one("ExecStart")) if word.startswith("postgresql:"))
    assert "@" not in database


def test_nothing_but_its_folder_can_be_written_to_and_it_gains_no_rights() -> None:
    found = unit()
    for name in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "ProtectKernelModules",
                 "RestrictNamespaces", "LockPersonality", "MemoryDenyWriteExecute", "RestrictSUIDSGID"):  # fmt: skip
        assert found.one(name) == "yes"
    assert (found.one("ProtectSystem"), found.one("StateDirectory"), found.one("UMask")) == (
        "strict",
        "detente",
        "0077",
    )
    assert found.all("CapabilityBoundingSet") == [] and ("Service", "CapabilityBoundingSet") in found.settings
    assert not found.all("ReadWritePaths")
    assert (found.one("Type"), found.one("User")) == ("notify", "detente")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_finds_nothing_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (OPERATIONS / "detente.service").read_text("utf-8")
    program = "/opt/detente/bin/detente"  # it must be there: another one stands for it
    (tmp_path / "detente.service").write_text(text.replace(program, "/bin/true"))
    drop_in = tmp_path / "detente.service.d" / "postgresql.conf"
    drop_in.parent.mkdir()
    for with_drop_in in (False, True):
        if with_drop_in:
            drop_in.write_text(
                (OPERATIONS / "detente-postgresql.conf").read_text("utf-8").replace(program, "/bin/true")
            )
        ran = subprocess.run(
            ["systemd-analyze", "verify", tmp_path / "detente.service"], capture_output=True, text=True
        )
        assert (ran.returncode, ran.stderr) == (0, "")
    ran = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager",
                          tmp_path / "detente.service"], capture_output=True, text=True)  # fmt: skip
    exposure = ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else ran.stderr
    with capsys.disabled():
        print(f"\n{exposure}")
    assert ran.returncode == 0, exposure  # at most 2.0, where 10 is unprotected


def test_the_lint_of_systemd_would_see_a_word_that_is_off(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed here")
    text = (
        (OPERATIONS / "detente.service").read_text("utf-8").replace("/opt/detente/bin/detente", "/bin/true")
    )
    (tmp_path / "detente.service").write_text(text.replace("NoNewPrivileges=", "NoNewPrivilege="))
    ran = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "detente.service"], capture_output=True, text=True
    )
    assert "NoNewPrivilege" in ran.stderr
