"""OpenAPI 3.1, made from the same types that read the acts: the payload schemas cannot drift from the code."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from detente import __version__
from detente.acts.kinds import KINDS

_ERROR = {
    "type": "object",
    "required": ["errors"],
    "properties": {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "sentence", "clause", "instead"],
                "properties": {
                    "code": {"type": "string", "description": "stable, for programs"},
                    "sentence": {"type": "string", "description": "for people"},
                    "clause": {"type": "string", "description": "the rule's source, or empty"},
                    "instead": {"type": "string", "description": "what is possible instead, or empty"},
                },
            },
        }
    },
}
_RECEIPT = {
    "type": "object",
    "required": ["log", "index", "leaf", "proof"],
    "properties": {
        "log": {"type": "string"},
        "index": {"type": "integer", "description": "from 0"},
        "leaf": {"type": "string", "description": "SHA-256 leaf hash, base64url"},
        "proof": {"type": "string", "description": "C2SP tlog-proof"},
    },
}

_MISSING = {
    "type": "object",
    "required": ["whose", "act", "why"],
    "properties": {
        "whose": {"type": "string", "description": "a side's letter, M for the mediators, or a person's id"},
        "act": {"type": "string", "description": "a kind of act"},
        "why": {"type": "string"},
    },
}
_STATUS = {
    "type": "object",
    "required": ["process", "size", "instruments"],
    "properties": {
        "process": {"type": "string", "description": "26 characters of its id"},
        "size": {"type": "integer", "description": "acts looked at"},
        "instruments": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "title", "edition", "adopted", "authentic", "binding", "in_force", "ladder",
                             "missing"],
                "properties": {
                    "id": {"type": "string"},
                    "title": {"type": "string"},
                    "edition": {"type": ["integer", "null"], "description": "null before the first"},
                    "adopted": {"type": "boolean"},
                    "authentic": {"type": "boolean"},
                    "binding": {"type": "boolean"},
                    "in_force": {"type": "boolean"},
                    "ladder": {"type": "object", "additionalProperties": {"type": "string"},
                               "description": "each side's step: . A I R S B F W N E"},
                    "missing": {"type": "array", "items": _MISSING, "description": "in order"},
                },
            },
        },
    },
}  # fmt: skip
_KEYS = {
    "type": "object",
    "required": ["log_key", "keeper_key"],
    "properties": {
        "log_key": {"type": "string", "description": "base64url"},
        "keeper_key": {"type": "string", "description": "base64url"},
    },
}


def _answer(description: str, media_type: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema or {"type": "string"}}}}


def _operation(summary: str, status: str, answer: dict[str, Any], **more: Any) -> dict[str, Any]:
    error = _answer(
        "refused; nothing has changed", "application/json", {"$ref": "#/components/schemas/Errors"}
    )
    return {"summary": summary, "responses": {status: answer, "default": error}, **more}


def _parameter(name: str, where: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    required = where == "path"
    return {"name": name, "in": where, "required": required, "schema": schema, "description": description}


def _paths() -> dict[str, Any]:
    text, octets = {"type": "string"}, {"type": "string", "format": "binary"}
    process = _parameter(
        "process", "path", {"type": "string", "pattern": "^[a-z2-7]{26}$"}, "26 characters of its id"
    )
    chamber = _parameter("chamber", "path", text, "side-A, mediators, mediators-A")
    path = _parameter("path", "path", text, "C2SP tlog-tiles: 0/000, entries/000.p/17")
    number = _parameter("number", "path", {"type": "integer", "minimum": 1}, "act, from 1")
    at = _parameter("at", "query", {"type": "integer", "minimum": 1}, "as of this act")
    act = {
        "required": True,
        "content": {"application/sd-jwt": {"schema": {"type": "string", "maxLength": 1_048_576}}},
    }
    at_process = "/processes/{process}"
    paths: dict[str, Any] = {
        "/processes": {"post": _operation("Make the keys that a convening act names", "201",
                                          _answer("base64url public keys", "application/json", _KEYS))},
        f"{at_process}/acts": {
            "parameters": [process],
            "post": _operation("Submit a signed act (docs/specs/act.md); sent again, the first receipt comes back",
                               "201", _answer("receipt", "application/json", {"$ref": "#/components/schemas/Receipt"}),
                               requestBody=act),
        },
        f"{at_process}/acts/{{number}}/receipt": {
            "parameters": [process, number],
            "get": _operation("The receipt of an act", "200", _answer("C2SP tlog-proof", "text/plain")),
        },
        f"{at_process}/status": {
            "parameters": [process, at],
            "get": _operation("The four answers and the missing acts", "200",
                              _answer("status", "application/json", {"$ref": "#/components/schemas/Status"})),
        },
        f"{at_process}/copy": {
            "parameters": [process],
            "get": _operation("A certified copy, as the reader may see it", "200",
                              _answer("certified copy", "application/octet-stream", octets)),
        },
    }  # fmt: skip
    log = f"{at_process}/log"
    for base, parameters in ((log, [process]), (f"{log}/{{chamber}}", [process, chamber])):
        paths[f"{base}/checkpoint"] = {
            "parameters": parameters,
            "get": _operation("The latest checkpoint", "200", _answer("C2SP signed note", "text/plain")),
        }
        paths[f"{base}/tile/{{path}}"] = {
            "parameters": [*parameters, path],
            "get": _operation("A hash tile; for members, an entry bundle", "200",
                              _answer("tile", "application/octet-stream", octets)),
        }  # fmt: skip
    return paths


@cache
def openapi() -> bytes:
    """The document, as JSON."""
    types = [t for kind in KINDS for t in (kind.clear, kind.hidden)]
    _refs, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    document = {
        "openapi": "3.1.0",
        "info": {"title": "detente", "version": __version__, "license": {"name": "Apache-2.0"}},
        "paths": _paths(),
        "security": [{}, {"reader": []}],
        "components": {
            "securitySchemes": {
                "reader": {"type": "apiKey", "in": "header", "name": "Authorization",
                           "description": "Detente <compact JWS of type detente-read+jwt>"},
            },
            "schemas": {**components, "Errors": _ERROR, "Receipt": _RECEIPT, "Status": _STATUS},
        },
    }  # fmt: skip
    return msgspec.json.encode(document)


def openapi_document(_request: Request) -> Response:
    return Response(openapi(), media_type="application/json", headers={"cache-control": "no-cache"})
