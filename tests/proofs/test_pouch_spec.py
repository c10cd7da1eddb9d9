"""docs/specs/pouch.md: its examples are read, the receipt proves the act, and what the page says of them is true."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

from detente.codec.base64url import encode_base64url
from detente.proofs import lines, pouch
from detente.proofs.pouch import (
    FIRST_ANSWER_LINE,
    FIRST_LINE,
    leaf_of,
    read_answer,
    read_pouch,
    write_answer,
    write_pouch,
)
from detente.tlog.proof import check_proof, parse_proof
from detente.tlog.signed_note import NoteVerifier, parse_vkey

SPEC = (Path(__file__).parents[2] / "docs/specs/pouch.md").read_text("utf-8")


def block(name: str) -> bytes:
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", SPEC, re.DOTALL | re.MULTILINE)
    return str(found).encode()


def test_the_examples_say_what_the_page_says() -> None:
    given, answered = read_pouch(io.BytesIO(block("pouch"))), read_answer(io.BytesIO(block("answer")))
    receipt, refusal = answered.answers
    log = NoteVerifier(parse_vkey(block("vkey").decode().strip()))
    proved = check_proof(parse_proof(receipt.proof), leaf_of(given.acts[0]), log)
    assert json.loads(block("json")) == {
        "process": given.process,
        "leaves": [encode_base64url(answer.leaf) for answer in answered.answers],
        "receipt": {"index": proved.index, "size": proved.size},
        "refused": [one.code for one in refusal.refusals],
    }
    assert [answer.leaf for answer in answered.answers] == [leaf_of(act) for act in given.acts]
    assert answered.process == given.process and not receipt.refusals and not refusal.proof


def test_they_are_written_as_they_are_read() -> None:
    out, again = io.BytesIO(), io.BytesIO()
    write_pouch(out, read_pouch(io.BytesIO(block("pouch"))))
    write_answer(again, read_answer(io.BytesIO(block("answer"))))
    assert (out.getvalue(), again.getvalue()) == (block("pouch"), block("answer"))


def test_the_lines_stand_in_the_order_of_the_tables() -> None:
    words = [line.strip("`") for line in re.findall(r"^\| (`[a-z].*?`) \|", SPEC, re.MULTILINE)]
    assert words == [FIRST_LINE, "process", "acts", "act", "digest",
                     FIRST_ANSWER_LINE, "process", "answers", "receipt", "refused", "digest"]  # fmt: skip
    for name, expected in (("pouch", words[1:5]), ("answer", words[6:])):
        seen = [line.partition(b" ")[0].decode() for line in block(name).splitlines()[1:]]
        assert list(dict.fromkeys(word for word in seen if word in words)) == expected


def test_codes_that_the_page_names_are_those_of_the_code() -> None:
    sources = "".join(Path(module.__file__ or "").read_text("utf-8") for module in (pouch, lines))
    made = set(re.findall(r'fault\(\s*"(\w+)"', sources)) | set(re.findall(r'"pouch\.(\w+)"', sources))
    assert set(re.findall(r"`pouch\.([a-z]+)`", SPEC)) == made | {
        "stranger"
    }  # that one is of taking an answer in
