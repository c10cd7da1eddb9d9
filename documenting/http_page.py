"""`docs/reference/http.md`: what programs ask over HTTP, from the OpenAPI document that a host answers with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from detente.acts.kinds import KINDS
from detente.web.openapi import openapi
from detente.web.refusals import STATUSES
from documenting.markdown import code, page, table
from documenting.routes import routes

INTRODUCTION: Final = """
What programs ask of a host. The same is served for programs as OpenAPI 3.1 at `/openapi.json`, with the schema of
every answer and of every kind of act. Pages for people: [pages](pages.md). The bytes of what is sent and answered:
[specs](../specs/).
"""
ERRORS: Final = """
Every refusal has one shape, all of them at once, and nothing has changed:

```json
{"errors": [{"code": "act.stale", "sentence": "…", "clause": "…", "instead": "…"}]}
```

A browser that asks for a page gets the same as a page. The status follows from the beginning of the first code; what
is not listed is 422, understood and not possible:
"""
_METHODS: Final = ("get", "put", "post", "delete")


def http_page() -> str:
    """The whole page."""
    return page("HTTP", INTRODUCTION, [*_who_asks(), *_errors(), *_addresses(), *_others()])


def _document() -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(openapi())
    return document


def _who_asks() -> Iterator[str]:
    yield from ("## Who asks", "", "Without any of these one is the public.", "")
    for name, scheme in _document()["components"]["securitySchemes"].items():
        yield f"- **{name}**: {scheme['in']} `{scheme['name']}`: {scheme['description']}."
    yield ""


def _errors() -> Iterator[str]:
    yield from ("## Errors", "", *ERRORS.strip().splitlines(), "")
    yield from table(
        ("code begins with", "status"), [(code(prefix), str(status)) for prefix, status in STATUSES]
    )


def _addresses() -> Iterator[str]:
    for path, item in _document()["paths"].items():
        yield from (f"## {path}", "")
        for method in _METHODS:
            if operation := item.get(method):
                yield from _operation(method, operation)
        yield from table(
            ("parameter", "where", "what"), [_parameter(one) for one in item.get("parameters", ())]
        )


def _operation(method: str, operation: dict[str, Any]) -> Iterator[str]:
    open_to_all = " Asked without a session." if operation.get("security") == [{}] else ""
    yield from (f"**{method.upper()}**: {operation['summary']}.{open_to_all}", "")
    if sent := operation.get("requestBody"):
        yield f"- Sent: {_contents(sent)}"
    for status, answer in operation["responses"].items():
        if status != "default":
            yield f"- {status}: {answer['description']}{_content_of(answer)}"
    yield ""


def _content_of(answer: dict[str, Any]) -> str:
    return f", as {_contents(answer)}" if "content" in answer else ""


def _contents(said: dict[str, Any]) -> str:
    return " or ".join(
        f"{code(media)}{_members(body.get('schema', {}))}" for media, body in said["content"].items()
    )


def _members(schema: dict[str, Any]) -> str:
    """The members of an object, by name."""
    if "$ref" in schema:
        schema = _document()["components"]["schemas"].get(schema["$ref"].rsplit("/", 1)[1], {})
    names = ", ".join(code(name) for name in schema.get("properties", {}))
    return f" with {names}" if names else ""


def _parameter(one: dict[str, Any]) -> tuple[str, str, str]:
    return code(one["name"]), one["in"], one["description"]


def _others() -> Iterator[str]:
    """Addresses that are not in the document: pages and files for people."""
    described = {*_document()["paths"]}
    others = sorted({route.path for route in routes()} - described)
    yield from (
        "## Pages and files for people",
        "",
        "These answer a browser and are not in the document for programs:",
        "",
    )
    yield from (f"- {code(path)}" for path in others)
    yield from (
        "",
        f"The document describes {len(described)} addresses and the payloads of {len(KINDS)} kinds of act.",
    )
