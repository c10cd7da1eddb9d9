"""docs/specs/state-statement.md: its example proves what the page says, and its tables are those of the code."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

from detente.procedure.fact_keys import FAMILIES
from detente.proofs import (
    anchor,
    fact_tree,
    later_acts,
    path_lines,
    proof_of_facts,
    state_bytes,
    state_statement,
    verified_snapshot,
)
from detente.proofs.proof_of_facts import verify_proof_of_facts

SPEC = (Path(__file__).parents[2] / "docs/specs/state-statement.md").read_text("utf-8")


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", SPEC, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_example_proves_what_the_page_says() -> None:
    proved = verify_proof_of_facts(io.BytesIO(block("proof").encode()))
    assert json.loads(block("json")) == {
        "process": proved.anchored.process.origin,
        "size": proved.anchored.statement.size,
        "signers": list(proved.anchored.signers),
        "facts": {fact.key: fact.value for fact in proved.facts},
    }


def test_every_form_of_a_key_is_in_the_table_and_no_other() -> None:
    section = SPEC[SPEC.index("## Facts") : SPEC.index("## The tree of facts")]
    assert re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE) == [family.form for family in FAMILIES]


def test_the_first_lines_and_labels_are_those_of_the_code() -> None:
    for module in (state_statement, proof_of_facts, verified_snapshot, later_acts):
        assert f"`{module.FIRST_LINE}`" in SPEC
    for label in (fact_tree._LABEL, fact_tree._SALTS):
        assert f'"{label.decode().strip()}" || LF' in SPEC
    assert f'HMAC-SHA-256(salting, "{state_statement.STATE}")' in SPEC


def test_codes_that_the_page_names_are_those_of_the_code() -> None:
    modules = (
        state_statement,
        anchor,
        path_lines,
        proof_of_facts,
        verified_snapshot,
        state_bytes,
        later_acts,
    )
    sources = "".join(Path(module.__file__ or "").read_text("utf-8") for module in modules)
    codes = SPEC[SPEC.index("## Codes") : SPEC.index("## An example")]
    named = set(re.findall(r"[`.](\w+)`", codes))
    made = {code for _kind, code in re.findall(r'refuse\(\s*"(\w+)\.(\w+)"', sources)}
    assert named >= made | set(re.findall(r'fault\(\s*"(\w+)"', sources))
