"""What docs/guide/packages.md tells researchers runs as it stands."""

from __future__ import annotations

from pathlib import Path

from detente.analysis import packages

GUIDE = (Path(__file__).parents[3] / "docs" / "guide" / "packages.md").read_text("utf-8")


def test_the_example_runs() -> None:
    (example,) = [part.partition("```")[0] for part in GUIDE.split("```python\n")[1:]]
    assert example.count("assert ") == 4
    exec(compile(example, "docs/guide/packages.md", "exec"), {})


def test_every_name_that_is_told_of_is_there() -> None:
    told = [
        word for word in GUIDE.partition("**Single questions**")[2].split("`")[1::2] if word.isidentifier()
    ]
    assert len(told) > 8
    assert [name for name in told if not hasattr(packages, name)] == []
