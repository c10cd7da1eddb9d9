"""Feeds made to hurt: each is read in a process of its own that the kernel ends after a minute of a processor."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SECONDS = 60
_READ = """
import sys
from pathlib import Path
from detente.interchange.incidents.importing import import_incidents
from detente.codec.refusal import Refused
try:
    found = import_incidents(Path(sys.argv[1]), Path(sys.argv[2]), lambda _remark: None)
    print(found.kept, found.kept_out)
except Refused as refused:
    print(refused.refusals[0].code)
"""
_HEAD = "id,date_from,lat,lon,deaths_best\n"
_FAR = " " * 500_000
LINES: dict[str, tuple[Callable[[], str], str]] = {
    "half a million columns": (lambda: "," * 500_000 + "date_from\n" + "," * 500_000 + "2010-01-01\n", "1 0"),
    "a latitude with blanks inside": (lambda: f"{_HEAD}1,2010-01-01,12{_FAR}x,13,\n", "1 0"),
    "a date with blanks inside": (lambda: f"{_HEAD}1,12 May{_FAR}x,1,1,\n2,2010-01-01,1,1,\n", "1 1"),
    "a count with blanks inside": (lambda: f"{_HEAD}1,2010-01-01,1,1,12{_FAR}x\n", "1 0"),
    "quotes that stay open": (lambda: _HEAD + '1,2010-01-01,1,1,"\n' * 20_001, "1 10000"),
    "lists within lists": (lambda: _features('"words"', "[" * 700 + "]" * 700), "1 1"),
}  # fmt: skip


def _features(*held: str) -> str:
    said = (f'{{"date_from": "2010-01-01", "text": {one}}}' for one in held)
    features = ",".join(f'{{"type": "Feature", "geometry": null, "properties": {one}}}' for one in said)
    return f'{{"type": "FeatureCollection", "features": [{features}]}}'


def as_limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.parametrize("name", LINES)
def test_it_is_read_or_kept_out_within_limits(name: str, tmp_path: Path) -> None:
    make, said = LINES[name]
    source = tmp_path / "source"
    source.write_text(make(), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", _READ, source, tmp_path / "out.parquet"], capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, preexec_fn=as_limited,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout.strip()) == (0, said), ran.stderr[-2000:]
