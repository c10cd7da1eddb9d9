"""Dirty input: each fault is said with its line, and what was done instead; nothing is dropped in silence."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.interchange.incidents import delimited, lines
from detente.interchange.incidents.mapping import read_mapping
from tests.interchange.incidents.reading import Read, read

HEAD = "id,date_from,lat,lon,place,deaths_best,text\n"


def rows(tmp_path: Path, *cells: str) -> Read:
    return read(tmp_path, HEAD + "".join(f"{line}\n" for line in cells))


@pytest.mark.parametrize(
    ("lat", "lon", "point", "said"),
    [
        ("34.5", "69.2", (34.5, 69.2), []),
        ("34.5 N", "69.2°W", (34.5, -69.2), []),
        ('"34,5"', '"-69,25"', (34.5, -69.25), ["2 decimal_comma"]),
        ("134.5", "69.2", (69.2, 134.5), ["2 coordinates_swapped"]),
        ("134.5", "99", (None, None), ["2 coordinates_beyond"]),
        ("1e300", "0", (None, None), ["2 coordinates_beyond"]),
        ("0", "0.0", (None, None), ["2 null_island"]),
        ("34.5", "", (None, None), ["2 coordinates"]),
        ("nan", "inf", (None, None), ["2 coordinates"]),
        ("1_0", "2_0", (None, None), ["2 coordinates"]),
        ("north", "69.2", (None, None), ["2 coordinates"]),
        (f"34{' ' * 100}.5", "69.2", (None, None), ["2 coordinates"]),
        ("", "NA", (None, None), []),
    ],
)
def test_coordinates(
    tmp_path: Path, lat: str, lon: str, point: tuple[float | None, float | None], said: list[str]
) -> None:
    found = rows(tmp_path, f"1,2010-01-01,{lat},{lon},The ford,,")
    assert (found.rows[0]["lat"], found.rows[0]["lon"]) == point
    assert found.said() == said


@pytest.mark.parametrize(
    ("text", "number", "said"),
    [("4", 4, []), ("", None, []), ("unknown", None, []), ('"1,240"', 1240, []), ("1.240", None, ["2 count"]),
     ("-4", None, ["2 negative"]), ("-0.5", None, ["2 negative"]), ("4.5", 4, ["2 fraction"]), ("4.0", 4, []),
     ("about ten", None, ["2 count"]), ("9" * 12, None, ["2 count"]), ("9" * 5000, None, ["2 count"]),
     ("²", None, ["2 count"])],
)  # fmt: skip
def test_numbers_of_dead(tmp_path: Path, text: str, number: int | None, said: list[str]) -> None:
    found = rows(tmp_path, f"1,2010-01-01,1,1,The ford,{text},")
    assert found.rows[0]["deaths_best"] == number
    assert found.said() == said


def test_a_row_without_a_place_is_kept_and_said(tmp_path: Path) -> None:
    assert rows(tmp_path, "1,2010-01-01,,,,3,").said() == ["2 place_missing"]


def test_rows_without_a_date_are_kept_out(tmp_path: Path) -> None:
    found = rows(tmp_path, "1,,1,1,x,,", "2,unknown,1,1,x,,", "3,later,1,1,x,,", "4,2010-01-01,1,1,x,,")
    assert found.said() == ["2 date_missing", "3 date_missing", "4 date"]
    assert [row["id"] for row in found.rows] == ["4"]


@pytest.mark.parametrize("day", ["1404-12-11", "11.12.1404", "1447/9/12", "1404", "3/4/1404"])
def test_a_date_of_another_calendar_is_not_taken_for_one_of_ours(tmp_path: Path, day: str) -> None:
    found = rows(tmp_path, f"1,{day},34,69,,,", "2,1700-01-01,34,69,,,", "3,25/4/2010,34,69,,,")
    assert found.said() == ["2 calendar"] and [row["id"] for row in found.rows] == ["2", "3"]


def test_two_digits_of_a_year_are_those_before_the_end(tmp_path: Path) -> None:
    head = "id,date_from,date_to,place\n"
    found = read(
        tmp_path, f"{head}1,20.5.48,1.3.1970,Ford\n2,29.2.48,1.3.1970,Ford\n3,2010-05-20,1970-03-01,Ford\n"
    )
    assert [str(row["date_from"]) for row in found.rows] == ["1948-02-29", "1948-05-20", "1970-03-01"]
    assert found.said()[:1] == ["2 century"] and "4 dates_reversed" in found.said()


def test_of_rows_with_one_id_the_first_stands(tmp_path: Path) -> None:
    found = rows(tmp_path, "1,2010-01-02,1,1,first,,", "2,2010-01-01,1,1,x,,", "1,2010-01-01,1,1,second,,",
                 "1,2010-01-03,1,1,third,,")  # fmt: skip
    assert found.said() == ["4 id_repeated", "5 id_repeated"]
    assert "line 2" in found.remarks[0].sentence
    assert [row["place"] for row in found.rows] == ["x", "first"]


def test_a_missing_id_is_given_by_the_line(tmp_path: Path) -> None:
    found = rows(tmp_path, ",2010-01-01,1,1,x,,")
    assert (found.rows[0]["id"], found.said()) == ("line-2", ["2 id_missing"])
    assert not read(
        tmp_path, "date_from,place\n2010-01-01,x\n"
    ).remarks  # a table without ids lacks none in its rows


def test_ragged_rows_are_kept_out_but_for_empty_cells_at_their_end(tmp_path: Path) -> None:
    found = rows(
        tmp_path, "1,2010-01-01,1,1,x,,,,", "2,2010-01-01,1", "3,2010-01-01,1,1,x,,,more", ",,,,,,", ","
    )
    assert found.said() == ["3 ragged", "4 ragged", "5 empty", "6 ragged"]


def test_a_quoted_cell_runs_over_lines_and_keeps_the_count_of_lines(tmp_path: Path) -> None:
    found = rows(tmp_path, '1,2010-01-01,1,1,x,,"two\nlines, ""quoted"""', "", "2,soon,1,1,x,,")
    assert found.rows[0]["text"] == 'two lines, "quoted"'
    assert found.said() == ["5 date"]


def test_a_quote_that_is_not_closed_costs_its_row_only(tmp_path: Path) -> None:
    after = [f"{at},2010-01-01,1,1,x,," for at in range(2, 300)]
    found = rows(tmp_path, '1,2010-01-01,1,1,"x,,', *after)
    assert found.said() == ["2 quote"]
    assert found.found.kept == len(after)


def test_a_stray_quote_costs_nothing_where_the_cells_are_right(tmp_path: Path) -> None:
    found = rows(
        tmp_path, '1,2010-01-01,1,1,x,,a 5" shell', '2,2010-01-01,1,1,"x"y,,', "3,2010-01-01,1,1,x,,"
    )
    assert found.said() == ["2 quote_stray", "3 quote_stray"]
    assert [row["text"] for row in found.rows] == ['a 5" shell', "", ""]


def test_lines_that_no_person_wrote_are_kept_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 200)
    found = rows(tmp_path, f"1,2010-01-01,1,1,x,,{'y' * 1000}", "2,2010-01-01,1,1,x,,")
    assert found.said() == ["2 too_long"]
    assert [row["line"] for row in found.rows] == [3]


def test_a_quoted_cell_does_not_run_over_a_line_whose_words_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 200)
    found = rows(tmp_path, '1,2010-01-01,1,1,x,,"begun', "y" * 1000, 'ended"', "2,2010-01-01,1,1,x,,")
    assert found.said() == ["2 quote_stray", "3 too_long", "4 quote"]
    assert [(row["id"], row["text"]) for row in found.rows] == [("1", "begun"), ("2", "")]


def test_names_of_actors_that_no_field_holds_are_left_out_and_said(tmp_path: Path) -> None:
    """In a feature they can be twelve times as long as its line."""
    names = ";".join(f"{at} {chr(0x1F600) * 500}" for at in range(1_000))
    head = '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties": '
    found = read(
        tmp_path, f'{head}{{"date_from": "2010-01-01", "place": "x", "actors": {{"of": "{names}"}}}}}}]}}'
    )
    (row,) = found.rows
    assert [actor.count("ud83d") for actor in row["actors"]] == [500]
    assert found.said() == ["1 text_cut"] and "actors" in found.remarks[0].sentence


def test_deaths_and_days_the_wrong_way_round(tmp_path: Path) -> None:
    head = "id,date_from,date_to,place,deaths_low,deaths_best,deaths_high\n"
    found = read(tmp_path, f"{head}1,2010-01-05,2010-01-02,x,9,20,3\n")
    (row,) = found.rows
    assert (row["date_from"].day, row["date_to"].day) == (2, 5)
    assert (row["deaths_low"], row["deaths_best"], row["deaths_high"]) == (3, 20, 9)
    assert found.said() == ["2 dates_reversed", "2 deaths_reversed", "2 deaths_apart"]


# --- encodings

WORDS = HEAD + "1,2010-01-01,1,1,Café “Zürich”,,\n2,2010-01-02,1,1,x,,\n"


@pytest.mark.parametrize(
    "content",
    [WORDS.encode(), codecs.BOM_UTF8 + WORDS.encode(), WORDS.encode("utf-16"), WORDS.encode("utf-16-le"),
     codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), WORDS.replace("\n", "\r\n").encode(),
     WORDS.replace("\n", "\r").encode(), codecs.BOM_UTF8 + WORDS.replace("\n", "\r").encode()],
    ids=["UTF-8", "with its mark", "UTF-16", "UTF-16 without a mark", "big end first", "CR LF", "CR", "CR and mark"],
)  # fmt: skip
def test_encodings_and_ends_of_lines(tmp_path: Path, content: bytes) -> None:
    found = read(tmp_path, content)
    assert [row["place"] for row in found.rows] == ["Café “Zürich”", "x"]
    assert not found.remarks


def test_lines_in_another_encoding_are_said(tmp_path: Path) -> None:
    content = HEAD.encode() + b"1,2010-01-01,1,1,Caf\xe9 \x93Z\xfcrich\x94,,\n"
    content += b"2,2010-01-02,1,1,\x81\xe9,,\n3,2010-01-03,1,1,\xc3\xa9,,\n"
    found = read(tmp_path, content)
    assert [row["place"] for row in found.rows] == ["Café “Zürich”", "é", "é"]
    assert found.said() == ["2 encoding", "3 encoding"]
    assert ["Windows-1252" in r.done or "Latin-1" in r.done for r in found.remarks] == [True, True]


@pytest.mark.parametrize("sign", ["\x00", "\x1f", "\x1b", "\x85"])
def test_signs_that_steer_programs_are_blanks(tmp_path: Path, sign: str) -> None:
    (row,) = rows(tmp_path, f"1,2010-01-01,1,1,a{sign}b,,").rows
    assert row["place"] == "a b"


def test_words_that_join_signs_stay(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "1,2010-01-01,1,1,می\N{ZERO WIDTH NON-JOINER}شود,,").rows
    assert row["place"] == "می\N{ZERO WIDTH NON-JOINER}شود"


def test_a_text_that_is_too_long_is_cut_and_said(tmp_path: Path) -> None:
    found = rows(tmp_path, f"1,2010-01-01,1,1,x,,{'y' * 10_001}")
    assert len(found.rows[0]["text"]) == 10_000
    assert found.said() == ["2 text_cut"]


# --- files that are none


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"PK\x03\x04xxxx",
        b"\x1f\x8b\x08",
        b"PAR1....",
        b"a,b,c\n1,2,3\n",
        b"{}",
        b'{"a": 1}',
        b"\xff" * 99,
    ],
)
def test_a_file_that_is_no_feed_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, content)
    assert [r.code for r in caught.value.refusals] == ["incidents.unrecognised"]
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "source = 1",
        'source = "x"\n[columns]\nplace = "a"',
        'source = "x"\n[columns]\ndate_from = "a"\nage = "b"',
        "==",
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        read_mapping(text)
    assert [r.code for r in caught.value.refusals] == ["incidents.mapping"]


def test_a_mapping_of_columns_that_the_file_lacks_is_refused(tmp_path: Path) -> None:
    feed = read_mapping('source = "x"\n[columns]\ndate_from = "Day of it"\nplace = ["village", "region"]')
    with pytest.raises(Refused) as caught:
        read(tmp_path, "Day of It,village\n2010-01-01,x\n", feed=feed)
    assert "region" in caught.value.refusals[0].sentence
    (row,) = read(tmp_path, "Day of It,Village,Region\n2010-01-01,x,y\n", feed=feed).rows
    assert (row["place"], row["source"]) == ("x, y", "x")


def test_without_duckdb_one_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(Refused) as caught:
        read(tmp_path, HEAD)
    (refusal,) = caught.value.refusals
    assert refusal.code == "incidents.extra" and "detente[incidents]" in refusal.instead


def test_what_delimits_is_seen_in_the_header() -> None:
    assert [delimited.delimiter_of(f"id{sign}lat{sign}lon") for sign in ",;\t|"] == [",", ";", "\t", "|"]
