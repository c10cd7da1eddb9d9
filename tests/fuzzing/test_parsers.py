"""Every parser of what others wrote is run by some target: one that is added without a target is named here.

A parser is a function that is called one by its name and takes text, bytes or a file. Which of them a target runs is seen
by running its corpus, not by reading it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, Final

import detente
from detente.interchange.incidents import dates
from tests.fuzzing.targets import TARGETS
from tests.fuzzing.test_fuzzing import CORPUS

SOURCE: Final = Path(detente.__file__).parent
NAMED: Final = ("read_", "parse_", "decode_", "open_", "unseal", "verify_", "recognis")
READS: Final = ("str", "bytes", "BinaryIO", "Path", "Readable", "Iterable[Path]")
MOST_INPUTS: Final = 25
"""Of one corpus: enough to reach what it reaches."""
NOT_FUZZED: Final = {
    "cli": "takes what its user typed on their own machine",
    "depositary/custody.py:read_host_key": "32 bytes of the operator's own",
    "depositary/opening.py:open_data": "opens the operator's folder",
    "depositary/opening.py:open_database": "opens the operator's database",
    "store/opening.py:open_store": "opens the operator's database",
    "client/keyring.py": "reads one's own keys",
    "client/cosigner_key.py": "reads one's own key",
    "client/verified_before.py": "reads what this program wrote",
    "client/chamber_keys.py:unsealed_act": "an envelope and what is sealed in it, of which both are fuzzed",
    "client/replica.py:read_copied_main": "`read_replica` without its chambers",
    "client/witness_policy.py:read_policies": "files that are fuzzed as policies, one after another",
    "depositary/logs.py:decode_stored": "what the door let in",
    "interchange/cases.py:read_case": "reads what is shipped",
    "interchange/documents/reading.py:read_document": "chooses among the readers that are fuzzed, by their first bytes",
    "interchange/minutes/references.py": "one value of minutes that one writes oneself",
    "interchange/minutes/compound.py:read_on": "likewise",
}  # fmt: skip
"""What no target runs, and why none is needed."""


def parsers() -> Iterator[str]:
    """`codec/base64url.py:decode_base64url`, of all of them."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith(NAMED) and node.args.args:
                taken = node.args.args[0].annotation
                if taken is not None and ast.unparse(taken) in READS:
                    yield f"{path.relative_to(SOURCE).as_posix()}:{node.name}"


def called() -> set[str]:
    """Every function of the program that the corpora reach."""
    found: set[Any] = set()
    dates._read_date.cache_clear()  # what it remembers from another test it does not read again

    def seen(frame: FrameType, event: str, _about: Any) -> None:
        if event == "call":
            found.add(frame.f_code)

    for name, target in TARGETS.items():
        if name == "requests":
            continue  # reaches everything, and proves nothing of any parser
        inputs = sorted((CORPUS / name).iterdir(), key=lambda file: -file.stat().st_size)
        for file in inputs[:MOST_INPUTS]:
            sys.setprofile(seen)
            with suppress(Exception):
                target(file.read_bytes())
            sys.setprofile(None)
    return {
        f"{Path(code.co_filename).relative_to(SOURCE).as_posix()}:{code.co_name}"
        for code in found
        if code.co_filename.startswith(str(SOURCE))
    }


def is_excused(parser: str) -> bool:
    path = parser.partition(":")[0]
    return parser in NOT_FUZZED or path in NOT_FUZZED or path.partition("/")[0] in NOT_FUZZED


def test_no_parser_is_without_a_target() -> None:
    all_of_them, run = set(parsers()), called()
    assert len(all_of_them) > 60
    assert sorted(one for one in all_of_them - run if not is_excused(one)) == []
    named = {one for one in NOT_FUZZED if ":" in one}
    assert sorted(named - all_of_them | named & run) == [], "is not there any more, or is run after all"
