"""The reference is what the code says today, and its codes are those with which things are really refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from detente.acts.kinds import BY_NAME, KINDS
from detente.cli.command import VERBS
from detente.depositary.custody import Custody
from detente.depositary.host import Depositary
from detente.depositary.snapshot import Snapshots
from detente.interchange.cases import SHIPPED
from detente.interchange.minutes.parsing import parse_minutes
from detente.interchange.minutes.statements import Expect, Scripted
from detente.store.memory import MemoryStore
from detente.web.app import make_app
from documenting import source
from documenting.acts_page import codes_of
from documenting.reference import FOLDER, reference
from documenting.refusal_sites import NotUnderstood, sites
from documenting.routes import routes
from tests.web.walking import routes_of

ROOT = Path(__file__).parents[2]
CODES = {site.code for site in sites()}


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return reference()


def test_every_page_is_what_the_code_says(made: dict[str, str]) -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == made.keys()
    behind = [name for name, content in made.items() if (FOLDER / name).read_text("utf-8") != content]
    assert not behind, "make it anew: python -m documenting"


def test_every_kind_command_and_address_stands_in_it(made: dict[str, str]) -> None:
    assert re.findall(r"^### (\w+)$", made["acts.md"], re.MULTILINE) == [kind.name for kind in KINDS]
    for verb in VERBS:
        assert f"\n## detente {verb}\n" in made["command-line.md"]
    listed = {route.path for route in routes()}
    app = make_app(Depositary(MemoryStore(), Custody(bytes(32)), Snapshots(None, bytes(32))))
    assert {path for _method, path in routes_of(app)} - listed == {
        "/openapi.json",
        "/static",
        "/static-{version}",
    }
    for path in listed:
        assert f"`{path}`" in made["http.md"] or f"\n## {path}\n" in made["http.md"]


def test_the_list_of_changes_counts_the_kinds_and_institutions_that_there_are(made: dict[str, str]) -> None:
    counted = re.search(
        r" of (\d+) kinds in (\d+) institutions", (FOLDER.parents[1] / "CHANGELOG.md").read_text("utf-8")
    )
    assert counted is not None
    institutions = re.findall(r"^## ", made["acts.md"], re.MULTILINE)
    assert (int(counted[1]), int(counted[2])) == (len(KINDS), len(institutions))


SAID_TO_NO_CLIENT = (
    "detente.proofs", "detente.cli", "detente.interchange.minutes", "detente.tlog.policy_file", "detente.tlog.proof",
    "detente.tlog.merkle", "detente.signing.signer", "detente.keys.generate", "detente.provisions.numbering",
    "detente.depositary.self_check",
)  # fmt: skip
"""Rooms whose refusals meet whoever checks a file offline, or runs the program: the host sends none of them."""
HANDED_ON = {"edition.number_unread"}
"""Says what is possible instead in the words of another refusal, which are known only when it happens."""


def test_what_the_host_refuses_says_what_is_possible_instead() -> None:
    assert not {
        (site.code, site.sentence)
        for site in sites()
        if not site.instead
        and site.code not in HANDED_ON
        and not site.owner.module.startswith(SAID_TO_NO_CLIENT)
    }


def test_every_code_that_a_vector_expects_is_known() -> None:
    expected = expected_codes()
    assert len(expected) > 100
    assert expected <= CODES


def test_every_code_that_a_vector_expects_is_named_by_the_specs() -> None:
    """Whole, or by its end on a page that names others with its beginning."""
    specs = [path.read_text("utf-8") for path in (ROOT / "docs" / "specs").glob("*.md")]

    def named(code: str) -> bool:
        begins, _, ends = code.partition(".")
        short = (f"`.{ends}`", f"`{ends}`")
        return any(
            code in page or (f"`{begins}." in page and any(s in page for s in short)) for page in specs
        )

    assert [code for code in sorted(expected_codes()) if not named(code)] == []


def expected_codes() -> set[str]:
    vectors = (json.loads(path.read_text("ascii")) for path in (ROOT / "vectors").glob("*/*.json")
               if path.parent.name not in ("records", "preferences", "schemas"))  # fmt: skip
    return {code for vector in vectors for code in _listed(vector["expect"]["code"])} - {""}


def _listed(code: str | list[str]) -> list[str]:
    return [code] if isinstance(code, str) else code


def refused_in_scripts() -> Iterator[tuple[str, str]]:
    """(kind, code) of every act that a script expects to be refused."""
    scripts = [path.read_text("utf-8") for path in sorted((ROOT / "tests" / "scripts").glob("*.txt"))]
    cases = files("detente") / "cases"
    scripts += [(cases / name).read_text("utf-8") for shipped in SHIPPED.values() for _title, name in shipped]
    for script in scripts:
        kind = ""
        for statement in parse_minutes(script).statements:
            if isinstance(statement, Scripted):
                kind = statement.kind
            elif isinstance(statement, Expect) and statement.what == "refusal":
                yield from ((kind, code) for code in statement.stated)


def test_what_refuses_an_act_in_a_script_stands_in_its_entry() -> None:
    expected = set(refused_in_scripts())
    assert len(expected) > 50
    assert [(kind, code) for kind, code in sorted(expected) if code not in codes_of(BY_NAME[kind])] == []


def test_a_refusal_whose_code_cannot_be_read_stops_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module = (
        "from detente.codec.refusal import refuse\nimport os\n\ndef f():\n    raise refuse(os.name, 'No.')\n"
    )
    (tmp_path / "planted.py").write_text(module, "utf-8")
    monkeypatch.setattr(source, "SOURCE", tmp_path)
    source.modules.cache_clear()
    try:
        with pytest.raises(NotUnderstood, match="planted, line 5"):
            sites.__wrapped__()
    finally:
        source.modules.cache_clear()
