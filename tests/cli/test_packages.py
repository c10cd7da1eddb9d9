"""`detente packages`: what all could sign, from a file or from the sealed preferences of a process; and tabling one."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec.structs import replace

from detente.acts.kinds import BY_NAME
from detente.cli import packages
from detente.client.keyring import Keyring
from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer
from tests.cli.speaking import Said, refused, say
from tests.client.test_preferences import Elicited
from tests.web.hosting import on_a_socket

SPEC = Path(__file__).parents[2] / "docs" / "specs" / "packages.md"
EXAMPLE = SPEC.read_text("utf-8").partition("```json\n")[2].partition("```")[0]
DOMAIN = """<negotiation_domain><utility_space><objective index="0" name="root">
<issue index="1" name="pay" vtype="discrete"><item index="1" value="low"/><item index="2" value="high"/></issue>
<issue index="2" name="hours" vtype="discrete"><item index="1" value="long"/><item index="2" value="short"/></issue>
</objective></utility_space></negotiation_domain>"""
PROFILE = """<utility_space><objective index="0" name="root">
<issue index="1" name="pay" vtype="discrete"><item index="1" value="low" evaluation="{a}"/>
<item index="2" value="high" evaluation="{b}"/></issue>
<issue index="2" name="hours" vtype="discrete"><item index="1" value="long" evaluation="1"/>
<item index="2" value="short" evaluation="3"/></issue>
<weight index="1" value="0.6"/><weight index="2" value="0.4"/></objective></utility_space>"""


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    file = tmp_path / "problem.json"
    file.write_text(EXAMPLE)
    return file


def test_the_answer_to_a_file_comes_first_and_in_words(problem: Path) -> None:
    said = say("packages", problem)
    assert said.code == 0, said.err
    assert (
        said.out.splitlines()[0]
        == "A deal exists: 3 packages give every party at least what it has without one."
    )
    for words in (
        "Package 1: ",
        "What no one can improve on",
        "If the points lie off",
        "200 draws",
        "For the mediators only.",
    ):
        assert words in said.out
    assert "--table" not in said.out, "there is no room to table it in"


def test_as_json_it_is_one_object(problem: Path) -> None:
    found = say("packages", problem, "--json").json()
    assert found["acceptable"] == 3 and found["zone"]["exists"] is True


def test_a_page_is_written_for_its_owner_alone_and_over_nothing(problem: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert say("packages", problem, "--html", page).code == 0
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    before = page.read_bytes()
    refused(say("packages", problem, "--html", page), "host.file")
    assert page.read_bytes() == before
    assert b"A deal exists" in before and b"<script" not in before


def test_nothing_is_written_but_what_was_named(
    problem: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert say("packages", problem).code == 0
    assert sorted(tmp_path.rglob("*")) == before


def test_a_domain_of_genius_is_read_with_its_profiles(tmp_path: Path) -> None:
    (tmp_path / "domain.xml").write_text(DOMAIN)
    for name, a, b in (("union", 1, 3), ("firm", 3, 1)):
        (tmp_path / f"{name}.xml").write_text(PROFILE.format(a=a, b=b))
    said = say("packages", tmp_path / "domain.xml", tmp_path / "union.xml", tmp_path / "firm.xml")
    assert said.code == 0, said.err
    assert "union" in said.out and "firm" in said.out and "A deal exists" in said.out


@pytest.mark.parametrize(
    ("content", "code"), [("{", "packages.file"), (EXAMPLE.replace('"B"', '"A"'), "packages.parties")]
)
def test_what_cannot_be_weighed_is_refused(tmp_path: Path, content: str, code: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content)
    refused(say("packages", file), code)


def test_a_package_of_a_file_cannot_be_tabled(problem: Path) -> None:
    said = say("packages", problem, "--table", "1")
    assert said.code == 2 and "name the process" in said.err


def test_without_its_extra_it_says_what_to_install(problem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "is_missing", lambda: True)
    assert "extra “packages”" in refused(say("packages", problem), "packages.extra")


# --- of a process


class Table:
    """A mediator at a terminal, of talks in which both sides have stated what they want."""

    def __init__(self, talks: Elicited, address: str, folder: Path) -> None:
        self.talks, self.folder = talks, folder
        talks.alternative("art_1", "B")
        talks.state("A", talks.document(700, 300))
        talks.state("B", talks.document(200, 800))
        Keyring(folder).keep(replace(talks.held, host=address))

    def says(self, *words: str | Path) -> Said:
        return say("packages", self.talks.talks.id[:8], *words, "--keys", self.folder)

    def proposed(self) -> list[dict[str, object]]:
        """What the hidden fields of each proposed package say, as side B may read them."""
        record = Record(self.talks.talks.depositary, self.talks.talks.origin, Viewer("B"))
        kind = BY_NAME["propose_package"]
        return [dict(act.opened) for act in record.acts(0, record.size) if act.kind == kind]


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    talks = Elicited()
    with on_a_socket(talks.talks.depositary) as address:
        yield Table(talks, address, tmp_path / "M")


def test_a_mediator_weighs_what_both_sides_have_sealed(table: Table) -> None:
    said = table.says()
    assert said.code == 0, said.err
    assert said.out.startswith("A deal exists: ")
    assert "Article 1" in said.out and "Delegation A, #" in said.out and "detente packages" in said.out
    assert not table.proposed(), "nothing is tabled by looking"


def test_a_package_is_tabled_after_the_warning_and_the_act_says_so(table: Table) -> None:
    number = next(line.rpartition(" ")[2] for line in table.says().out.splitlines() if "--table" in line)
    said = table.says("--table", number, "--yes")
    assert said.code == 0, said.err
    assert "shows the others which of these points matter most to you" in " ".join(said.out.split())
    assert "Nash" not in said.out and "In the record: act" in said.out
    assert table.proposed() == [{"warned": True}]


def test_a_number_that_no_package_has_is_refused(table: Table) -> None:
    assert "numbered from 1" in table.says("--table", "99999", "--yes").err
    assert not table.proposed()


def test_the_page_leads_to_the_room_with_the_package_filled_in(table: Table, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert table.says("--html", page).code == 0
    (address, *_) = [
        part.partition('"')[0].replace("&amp;", "&") for part in page.read_text().split('href="')[1:]
    ]
    asked = parse_qs(urlsplit(address).query)
    assert urlsplit(address).path == f"/processes/{table.talks.talks.id}/sign"
    assert asked["kind"] == ["propose_package"] and asked["instrument"] == ["road"]
    assert asked["alternatives"][0].count("#") == 2
