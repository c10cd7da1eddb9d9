"""The description for programs, held against the host by somebody else's reading of it (schemathesis): requests made from
its schemas, and others that break them, are answered as it says, and never by a fault of the program.

`DETENTE_DESCRIBED=N` makes N requests of a kind for each operation instead of a few.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)  # fmt: skip

from detente.web.app import make_app
from detente.web.openapi import openapi
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import as_person
from tests.web.test_openapi import a_file_of

EACH = int(os.environ.get("DETENTE_DESCRIBED", "12"))
CHECKS = [
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance, allow_header_conformance, unsupported_method,
]  # fmt: skip
TAKE_NOTHING = ("POST /processes", "GET /health", "GET /ready")
"""So that there is nothing to break."""
_DESCRIBED = schemathesis.openapi.from_dict(json.loads(openapi()))
ASKED = [
    (label, mode)
    for label in sorted(operation.ok().label for operation in _DESCRIBED.get_all_operations())
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if label not in TAKE_NOTHING or mode is GenerationMode.POSITIVE
]
schemathesis.serializer.alias("application/sd-jwt", "text/plain")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Talks, dict[str, Any], str]]:
    folder = tmp_path_factory.mktemp("described")
    talks = Talks(open_host(folder / "record.sqlite")).convene().seat().open_text()
    talks.issue()
    talks.do("A", "note", {"text": "caucus"}, chamber="side-A")
    digest = a_file_of(talks, folder / "files")
    app = make_app(talks.depositary)
    app.state.stopping = True  # a stream ends at once
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    yield talks, {o.ok().label: o.ok() for o in schema.get_all_operations()}, digest
    talks.depositary.close()


@pytest.mark.parametrize(("label", "mode"), ASKED, ids=[f"{label}-{mode.value}" for label, mode in ASKED])
def test_every_answer_is_as_described(
    served: tuple[Talks, dict[str, Any], str], label: str, mode: GenerationMode
) -> None:
    talks, operations, digest = served
    there = {"process": talks.id, "chamber": "side-A", "digest": digest, "number": 1, "path": "0/000.p/1"}
    asked = 0

    @seed(1)
    @settings(
        max_examples=EACH, deadline=None, database=None, derandomize=False, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operations[label].as_strategy(generation_mode=mode))
    def described(case: Any) -> None:
        nonlocal asked
        asked += 1
        named = case.path_parameters or {}
        for number, name in enumerate(sorted(named)):  # half of what is named is there
            if name in there and (asked >> number) % 2:
                named[name] = there[name]
        headers = as_person(talks, "A") if asked % 3 else {}
        # The host of this test is being stopped, and says so where it is asked whether it is ready.
        checks = CHECKS[1:] if label == "GET /ready" else CHECKS
        case.validate_response(case.call(headers=headers), checks=checks)

    described()
