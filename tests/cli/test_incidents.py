"""Feeds of incidents on the command line: checked line by line, and reported by one act over one file."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from detente.codec.base64url import encode_base64url
from tests.cli.acting import Terminal
from tests.cli.speaking import Said, say

GOOD = (
    "id,date_from,lat,lon,place,kind\n"
    "k1,2026-03-02,34.5,69.2,The ford,attack\n"
    "k2,2026-03-03,34.5,69.2,The ford,clash\n"
)
DIRTY = f"{GOOD}k3,later,34.5,69.2,The ford,attack\nk4,2026-03-04,0,0,The pass,raid\n"


def refused(answer: Said, code: str) -> str:
    """The words of a refusal, after what was said of the progress; nothing on standard output."""
    assert answer.code == 1 and answer.out == "", answer
    assert f"\n{code}: " in f"\n{answer.err}"
    return answer.err


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.csv"
    file.write_text(GOOD)
    return file


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    file = tmp_path / "dirty.csv"
    file.write_text(DIRTY)
    return file


def test_a_clean_file_is_said_to_be(good: Path) -> None:
    said = say("incidents", "check", good)
    assert (said.code, said.out) == (
        0,
        "Read as a table with our own columns. Rows: 2; kept: 2; kept out: 0.\n",
    )


def test_a_dirty_file_is_reported_line_by_line_and_exits_1_where_a_row_is_kept_out(dirty: Path) -> None:
    said = say("incidents", "check", dirty)
    assert said.code == 1
    first, *rest = said.out.splitlines()
    assert first == "line 4: incidents.date: “later” is no date that can be read. The row is kept out."
    assert [line for line in rest if line.startswith("line 5: ")] == rest[:2]
    assert "Rows: 4; kept: 3; kept out: 1." in said.out


def test_the_same_for_programs(dirty: Path, good: Path) -> None:
    said = json.loads(say("incidents", "check", dirty, "--json").out)
    assert (said["rows"], said["kept"], said["kept_out"], said["feed"]) == (4, 3, 1, "")
    assert [r["code"] for r in said["remarks"] if r["kept_out"]] == ["incidents.date"]
    assert say("incidents", "check", good, "--json").json()["remarks"] == []


def test_what_is_no_feed_is_refused_and_nothing_is_printed(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    assert "mapping" in refused(say("incidents", "check", tmp_path / "x.csv"), "incidents.unrecognised")
    assert refused(say("incidents", "check", tmp_path / "x.csv", "--json"), "incidents.unrecognised")


def test_a_mapping_that_is_no_text_is_refused_in_words(good: Path, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_bytes(b"source = 'Ours'\n\xff\xfe")
    refused(say("incidents", "check", good, "--mapping", tmp_path / "m.toml"), "incidents.mapping")


def test_a_mapping_and_an_order_of_dates_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("When,Where\n3/4/2026,The ford\n")
    (tmp_path / "m.toml").write_text('source = "Guard"\n[columns]\ndate_from = "When"\nplace = "Where"\n')
    words = ("incidents", "check", tmp_path / "x.csv", "--mapping", tmp_path / "m.toml")
    assert "date_ambiguous" in say(*words).out
    assert say(*words, "--dates", "day first").code == 0


def test_without_the_extra_one_is_told_what_to_install(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert "detente[incidents]" in refused(say("incidents", "check", good), "incidents.extra")


def test_an_import_without_a_process_keeps_the_file_and_signs_nothing(dirty: Path, tmp_path: Path) -> None:
    out = tmp_path / "incidents.parquet"
    said = say("incidents", "import", dirty, "--out", out)
    assert (said.code, said.out) == (0, "")
    assert "kept out: 1." in said.err
    assert duckdb.sql(f"SELECT id FROM '{out}'").fetchall() == [("k1",), ("k2",), ("k4",)]
    assert say("incidents", "import", dirty).code == 2


def test_a_batch_is_sent_signed_and_fetched_by_those_who_may_read_it(
    delegate: Terminal, mediator: Terminal, dirty: Path, tmp_path: Path
) -> None:
    process = delegate.process[:8]
    out = tmp_path / "incidents.parquet"
    words = ("incidents", "import", dirty, "--process", process, "--out", out, "--licence", "for the talks")
    said = say(*words, "--keys", delegate.folder, "--yes", "--json")
    found = said.json()
    assert found["digest"] == encode_base64url(sha256(out.read_bytes()).digest())
    assert (found["kept"], found["size"]) == (3, out.stat().st_size)
    shown = say("read", process, "--keys", mediator.folder)
    assert f"{found['act']}" in shown.out and "reported 3 incidents in one file: dirty.csv" in shown.out
    again = say(*words, "--keys", delegate.folder, "--yes")
    assert again.code == 1 and "incidents.known: " in again.err


def test_a_file_of_which_no_row_can_be_kept_is_not_reported(delegate: Terminal, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,date_from\nk1,later\n")
    words = ("incidents", "import", tmp_path / "x.csv", "--process", delegate.process[:8])
    assert "See what was said" in refused(say(*words, "--keys", delegate.folder, "--yes"), "incidents.rows")


def test_likely_duplicates_are_proposed_with_what_a_person_would_sign(
    good: Path, dirty: Path, tmp_path: Path
) -> None:
    files = []
    for file in (good, dirty):
        files.append(file.with_suffix(".parquet"))
        assert say("incidents", "import", file, "--out", files[-1]).code == 0
    said = say("incidents", "duplicates", *files, "--act", "#4", "--act", "#5")
    assert said.code == 0
    assert "detente act PROCESS same_incident one=#4 one_row=0 another=#5 another_row=0" in said.out
    pairs = say("incidents", "duplicates", *files, "--json").json()["pairs"]
    assert {(p["one"]["id"], p["another"]["id"]) for p in pairs} >= {("k1", "k1"), ("k2", "k2")}
    assert say("incidents", "duplicates", files[0]).code == 2


def test_a_row_of_a_batch_that_was_imported_is_found_on_and_answered(
    delegate: Terminal, mediator: Terminal, dirty: Path, tmp_path: Path
) -> None:
    process, out = delegate.process[:8], tmp_path / "incidents.parquet"
    said = say("incidents", "import", dirty, "--process", process, "--out", out, "--keys", delegate.folder, "--yes",
               "--json")  # fmt: skip
    batch = f"#{said.json()['act']}"
    mediator.does("admit", "person=V", "role=verifier", "title=Monitoring mission")
    verifier = Terminal(delegate.address.rpartition("/processes/")[0], tmp_path / "V", mediator.process)
    verifier.enters(mediator, "V")
    on_row = ("find", f"about={batch}", "row=2", "answer=yes")
    attribution = (
        "question=attribution",
        "actor=A",
        "confidence=low",
        "text=By a patrol.",
        "grounds=One witness.",
    )
    assert "finding.occurrence: " in verifier.act(*on_row, *attribution, "--yes").err
    verifier.does(*on_row, "question=occurrence", "confidence=high", "text=It was seen.")
    found = verifier.does(*on_row, *attribution)
    assert "finding.row: " in verifier.act("find", f"about={batch}", "row=3", "answer=yes", "question=occurrence",
                                           "confidence=high", "text=Seen.", "--yes").err  # fmt: skip
    delegate.does("answer_finding", f"finding=#{found}", "text=Not by us.")
    read = say("read", process, "--keys", mediator.folder).out
    assert "Not by us." in read and "By a patrol." in read


def test_rows_without_a_point_are_placed_by_the_files_that_are_given(
    delegate: Terminal, mediator: Terminal, tmp_path: Path
) -> None:
    feed, places, aliases = (tmp_path / name for name in ("feed.csv", "places.csv", "aliases.csv"))
    feed.write_text("id,date_from,place\nk1,1990-03-02,The Old Ford\nk2,2026-03-02,Twin\n")
    places.write_text("id,name,country,lat,lon\np1,Ford,,34.5,69.2\np2,Twin,,1,1\np3,Twin,,2,2\n")
    aliases.write_text("name,place,from,until\nThe Old Ford,p1,,1991-12-25\n")
    given = ("--gazetteer", places, "--aliases", aliases)
    said = say("incidents", "check", feed, *given)
    assert (
        "line 2: incidents.place_resolved: “The Old Ford” is “Ford” (p1), by the name that it has borne"
        in said.out
    )
    assert "line 3: incidents.place_ambiguous: “Twin” can be “Twin” (p2) or “Twin” (p3)." in said.out
    assert say("incidents", "check", feed, "--aliases", aliases).code == 2
    process, out = delegate.process[:8], tmp_path / "out.parquet"
    words = ("incidents", "import", feed, *given, "--process", process, "--out", out)
    said = say(*words, "--keys", delegate.folder, "--yes")
    assert said.code == 0
    assert duckdb.sql(f"SELECT lat, gazetteer FROM '{out}'").fetchall() == [(34.5, "p1"), (None, "")]
    shown = say("read", process, "--keys", mediator.folder).out
    assert "reported 2 incidents in one file: feed.csv" in shown


def test_a_batch_is_counted_by_whoever_holds_it(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "batch.parquet"
    say("incidents", "import", good, "--out", out)
    digest = encode_base64url(sha256(out.read_bytes()).digest())
    said = say("incidents", "check", out)
    assert said.code == 0 and said.out.startswith("A batch of 2 incidents") and digest in said.out
    found = say("incidents", "check", out, "--json").json()
    assert (found["digest"], found["rows"]) == (digest, 2)
    duckdb.sql("SELECT 1 AS id").write_parquet(str(tmp_path / "other.parquet"))
    assert refused(say("incidents", "check", tmp_path / "other.parquet"), "incidents.file")
