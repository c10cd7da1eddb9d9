"""The benchmarks can be begun: what they measure is where they look for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_part_can_be_imported() -> None:
    names = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py") if not path.stem.startswith("__"))
    words = "; ".join(f"import benchmarks.{name}" for name in [*names, "__main__"])
    begun = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True)
    assert begun.returncode == 0, begun.stderr
