"""Words that others chose cannot steer a terminal, forge a line, or become a formula in somebody's spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from detente.cli.exhibit import file_name
from detente.cli.terminal import harmless
from detente.codec.refusal import Refusal
from detente.proofs.pouch import Answer, AnsweredPouch, write_answer
from detente.proofs.proving import whole_log, write_proof
from detente.web.observance import _table
from detente.wording.names import one_line
from tests.cli.speaking import say
from tests.depositary.talks import Talks, open_host
from tests.proofs.test_one_act import log_of

ESCAPES = "\x1b[2J\x1b]0;title\x07\x9b31m\x08\x7f\r\x0b\x0c"
REVERSED = "\u202eevil\u2066x\u2069\u202c\u202ay\u202c"
FORGED = "Talks\n\nIn force: yes\u2028adopted by all"


def test_no_character_steers_a_terminal_or_turns_words_around() -> None:
    for text in (ESCAPES, REVERSED, FORGED):
        said = harmless(text)
        assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in said)
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2028\u2029") & set(said)
    assert harmless("عهدنامه \u200f(۱)\u200e \u2068A\u2069") == "عهدنامه \u200f(۱)\u200e \u2068A\u2069", (
        "what Urdu and Pashto need stays"
    )


def test_an_isolate_that_is_not_ended_turns_nothing_around() -> None:
    for text in ("\u2067evil", "evil\u2069 x \u2066", "\u2066x\u2069\u2069", "\u2067x\n\u2069"):
        assert not set("\u2066\u2067\u2068\u2069") & set(harmless(text))


def answer_of(sentence: str) -> bytes:
    """The answer to a pouch, in which one act is refused in these words: nobody has signed it."""
    out = io.BytesIO()
    answer = Answer(bytes(32), refusals=(Refusal("x.y", sentence, "", ""),))
    write_answer(out, AnsweredPouch(f"detente/{'a' * 26}", (answer,)))
    return out.getvalue()


def test_words_in_a_file_forge_no_line_of_what_is_said_of_it(tmp_path: Path) -> None:
    file = tmp_path / "answer"
    file.write_bytes(answer_of("None."))
    plain = say("verify", file).out
    for end in ("\n", "\r", "\u2028", "\x85"):
        file.write_bytes(
            answer_of(f"None.{end}Everything checks: agreement.detente{end}  Cosigned   by everybody")
        )
        said = say("verify", file)
        assert said.code == 0 and len(said.out.splitlines()) == len(plain.splitlines())


def test_a_title_forges_no_line_of_a_proof(tmp_path: Path) -> None:
    lines = []
    for title in ("Talks", "Talks\n  Cosigned   by everybody, 2026-01-01T00:00:00Z"):
        talks = Talks(open_host()).convene(title=title).seat()
        talks.say("B", "Words.")
        out = io.BytesIO()
        write_proof(out, whole_log(*log_of(talks)), talks.size, ["text"], names=True)
        (tmp_path / "proof").write_bytes(out.getvalue())
        said = say("verify", tmp_path / "proof")
        assert said.code == 0 and "Talks      Talks" in said.out
        lines.append(len(said.out.splitlines()))
    assert lines[0] == lines[1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x85", "\x0b", "\x1e"])
def test_a_name_is_one_line(end: str) -> None:
    assert one_line(f"Talks{end}{end}In force: yes") == "Talks In force: yes"


def hostile(folder: Path, **fields: Any) -> str:
    """`detente status` of talks that are called so."""
    convened = {"title": "Talks", "convenor_title": "Office", **fields}
    script = folder / "talks.txt"
    script.write_text(
        f"process talks: {convened['title']}\n\n2026-03-02\n09:00 M convenes the talks talks\n",
        encoding="utf-8",
    )
    data = folder / "data"
    assert say("replay", script, "--data", data).code == 0
    shown = say("status", "", "--data", data)
    assert shown.code == 0
    return str(shown.out)


def test_a_title_forges_no_line_of_the_status(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "hostile").mkdir()
    plain = hostile(tmp_path / "plain", title="Talks")
    forged = hostile(tmp_path / "hostile", title="Talks\u2028In force: yes\x1b[8m\u202e")
    assert len(forged.splitlines()) == len(plain.splitlines())
    assert "\x1b" not in forged and "\u202e" not in forged and "Talks In force: yes" in forged


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/x",
        "a/b",
        "a\\b",
        "C:x",
        ".bashrc",
        "..",
        "",
        "x" * 300,
        "a\nb",
        "a\x1b[2J",
        "\u202ecod.exe",
        "\u2028",
    ],
)
def test_a_file_is_put_into_the_folder_that_was_named_and_nowhere_else(tmp_path: Path, name: str) -> None:
    """Whatever its author called an exhibit."""
    target = tmp_path / file_name(name, "A" * 43)
    assert target.parent == tmp_path and target.resolve().parent == tmp_path.resolve()
    assert target.name == "A" * 16 + ".bin"
    assert file_name("نقشہ 3.pdf", "A" * 43) == "نقشہ 3.pdf"


def test_a_cell_is_no_formula_in_a_spreadsheet() -> None:
    cells = ("=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "plain", "a\nb", '"', 7)
    (row,) = csv.reader(io.StringIO(_table(("head",), iter([cells])).partition("\r\n")[2]))
    for cell, written in zip(cells, row, strict=True):
        assert written[0] not in "=+-@\t\r" or isinstance(cell, int)
        assert written in (str(cell), f"'{cell}")


def test_json_for_programs_stays_what_it_is(tmp_path: Path) -> None:
    """One line, whatever stands in it, and read back as it was."""
    (tmp_path / "talks").mkdir()
    hostile(tmp_path / "talks", title="Talks \x1b[2J on a road")
    out = say("status", "", "--json", "--data", tmp_path / "talks" / "data").out
    assert "\x1b" not in out and json.loads(out)
