"""The guide for whoever runs a host: its commands are commands, its files are there, its installation is the recipe's."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from detente.cli.command import VERBS
from tests.operations.recipes import OPERATIONS, ROOT, recipe

GUIDE = (ROOT / "docs" / "guide" / "hosting.md").read_text("utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
SPOKEN = [shlex.split(line, comments=True) for line in SHELL.splitlines() if line.startswith("detente ")]


@pytest.mark.parametrize("words", SPOKEN, ids=lambda words: words[1])
def test_each_command_is_one(words: list[str]) -> None:
    assert words[1] in VERBS
    known = {
        name
        for parameter in import_module(f"detente.cli.{words[1]}").command.params
        for name in parameter.opts
    }
    assert {word for word in words if word.startswith("--")} <= known


def test_the_options_that_it_names_are_there() -> None:
    served = {
        name for parameter in import_module("detente.cli.serve").command.params for name in parameter.opts
    }
    named = set(re.findall(r"`(--[a-z-]+)", GUIDE)) | set(
        re.findall(r"(?<=`)--witness|--time-stamp-[a-z]+", GUIDE)
    )
    assert named - {"--json"} <= served


def test_it_installs_as_the_recipe_does() -> None:
    build, final = recipe()
    for command in build.all("RUN"):
        if "pip" in command and "apt-get" not in command:
            assert (
                command.replace("/source/requirements.lock", "requirements.lock").replace("/source", ".")
                in SHELL
            )
    assert "python3 -m venv --without-pip /opt/detente" in SHELL and "venv" in build.all("RUN")[1]
    assert f"useradd --system --home-dir {final.last('VOLUME')} --shell /usr/sbin/nologin detente" in SHELL


def test_the_files_that_it_names_are_there() -> None:
    for name in re.findall(r"operations/[\w.-]+", GUIDE):
        assert (OPERATIONS / Path(name).name).is_file()
    for target in re.findall(r"\]\((\.\.[\w./-]+)\)", GUIDE):
        assert (ROOT / "docs" / "guide" / target).resolve().is_file(), target
    for name in re.findall(r"`(detente\.[a-z.]+)`", GUIDE):
        assert name in (ROOT / "src" / "detente" / "depositary" / "telemetry.py").read_text("utf-8")
