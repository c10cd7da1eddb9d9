"""OpenAPI 3.1, made from the same types that read the acts: the payload schemas cannot drift from the code."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from detente import __version__
from detente.acts.kinds import KINDS
from detente.web.signing_in import COOKIE

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
_ORIGIN = {
    "type": "object",
    "required": ["label", "log_key", "convenor_key", "nonce"],
    "properties": {
        "label": {"type": "string"},
        "log_key": {"type": "string", "description": "base64url"},
        "convenor_key": {"type": "string", "description": "base64url"},
        "nonce": {"type": "string", "description": "base64url"},
    },
}
_PERSON = {"type": "string", "description": "whose key it is"}
_PLACE = {
    "type": "object",
    "required": ["log", "chain", "checkpoint", "from", "consistency", "logKey", "keys"],
    "properties": {
        "log": {"type": "string", "description": "origin of the log that is asked about"},
        "chain": {
            "type": ["object", "null"],
            "description": "the last act of the key in that log; null before its first",
            "required": ["seq", "leaf"],
            "properties": {"seq": {"type": "integer"}, "leaf": {"type": "string"}},
        },
        "checkpoint": {"type": "string", "description": "C2SP signed note of the main log"},
        "from": {"type": "integer", "description": "size that the proof begins at; 0 for no proof"},
        "consistency": {"type": "array", "items": {"type": "string"}, "description": "hashes, base64url"},
        "logKey": {"type": "string", "description": "base64url"},
        "keys": {"type": "array", "items": {"type": "string"}, "description": "the reader's keys in force"},
    },
}
_CONSISTENCY = {
    "type": "object",
    "required": ["consistency"],
    "properties": {"consistency": {"type": "array", "items": {"type": "string"}}},
}
_WORDS = {"type": "array", "items": {"type": "string"}}
_ENTRY = {
    "type": "object",
    "required": ["title", "subtitle", "phase", "acts", "reader", "as_whom", "yours", "others"],
    "properties": {
        "title": {"type": "string"},
        "subtitle": {"type": "string"},
        "phase": {"type": "string", "description": "where the talks stand, in words"},
        "acts": {"type": "string", "description": "how many acts, in words"},
        "reader": {"type": "string", "description": "id of the person who asks; empty for the public"},
        "as_whom": {"type": "string", "description": "that person's office"},
        "yours": {**_WORDS, "description": "what is asked of the reader now"},
        "others": {**_WORDS, "description": "who else must act next, and what"},
    },
}
_CHALLENGE = {
    "type": "object", "required": ["challenge"], "properties": {"challenge": {"type": "string"}},
}  # fmt: skip
_SESSION = {"type": "object", "required": ["person"], "properties": {"person": _PERSON}}
_BROUGHT = {
    "type": "object",
    "required": ["invitation", "public", "possession"],
    "properties": {
        "invitation": {"type": "string", "description": "compact JWS of type detente-invitation+jwt"},
        "public": {"type": "string", "description": "Ed25519 key, base64url"},
        "possession": {
            "type": "string",
            "description": "its signature over process, person and key, base64url",
        },
        "sealing": {
            "type": "string",
            "description": "X25519 key to read with beside it, base64url; signed too",
        },
    },
}
_HALF = {"type": "string", "description": "public half of what is wrapped, base64url"}
_WRAPPED = {"type": "string", "description": "what only the authenticator’s secret opens, base64url"}
_TO_KEEP = {
    "type": "object",
    "required": ["credential", "public", "sealing", "possession", "wrapped"],
    "properties": {
        "credential": {"type": "string", "description": "WebAuthn credential id, base64url"},
        "public": _HALF,
        "sealing": _HALF,
        "possession": {"type": "string", "description": "as at an enrolment, base64url"},
        "wrapped": _WRAPPED,
    },
}
_KEPT = {
    "type": "object",
    "required": ["person", "public", "sealing", "wrapped"],
    "properties": {"person": _PERSON, "public": _HALF, "sealing": _HALF, "wrapped": _WRAPPED},
}
_KEPT_KEY = {
    "type": "object",
    "required": ["key"],
    "properties": {"key": {"type": "string", "description": "thumbprint of the key"}},
}
_WAITING = {
    "type": "object",
    "required": ["person", "key", "stands"],
    "properties": {
        "person": _PERSON,
        "key": {"type": "string", "description": "thumbprint of the key"},
        "stands": {
            "type": "string",
            "description": "waiting, enrolled, or spent: it can sign nothing any more",
        },
    },
}
_KEYS_THAT_WAIT = {
    "type": "object",
    "required": ["waiting"],
    "properties": {
        "waiting": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["who", "words", "href"],
                "properties": {
                    "who": {"type": "string", "description": "office that the key was made for"},
                    "words": {"type": "string", "description": "fingerprint words to compare"},
                    "href": {"type": "string", "description": "page on which its enrolment is signed"},
                },
            },
        }
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
    size = {"type": "integer", "minimum": 0}
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
    paths |= _entering(process)
    paths |= _passkeys(process)
    paths |= _cosigning(process)
    paths |= _following(process)
    log = f"{at_process}/log"
    for base, parameters in ((log, [process]), (f"{log}/{{chamber}}", [process, chamber])):
        paths[f"{base}/checkpoint"] = {
            "parameters": parameters,
            "get": _operation("The latest checkpoint", "200", _answer("C2SP signed note", "text/plain")),
        }
        paths[f"{base}/consistency"] = {
            "parameters": [
                *parameters,
                _parameter("from", "query", size, "the smaller size"),
                _parameter("to", "query", size, "the larger size"),
            ],
            "get": _operation(
                "The proof that one size of the log extends another (RFC 6962 sec. 2.1.2)",
                "200",
                _answer("hashes, base64url", "application/json", _CONSISTENCY),
            ),
        }
        paths[f"{base}/tile/{{path}}"] = {
            "parameters": [*parameters, path],
            "get": _operation("A hash tile; for members, an entry bundle", "200",
                              _answer("tile", "application/octet-stream", octets)),
        }  # fmt: skip
    return paths


def _cosigning(process: dict[str, Any]) -> dict[str, Any]:
    """What a cosigner asks for beside the checkpoint and its proofs, with a token signed by its cosigner's key."""
    note = {"required": True, "content": {"text/plain": {"schema": {"type": "string", "maxLength": 65_536}}}}
    log = "/processes/{process}/log"
    return {
        f"{log}/origin": {
            "parameters": [process],
            "get": _operation("What the process id is derived from, the log's key among it", "200",
                              _answer("origin", "application/json", _ORIGIN)),
        },
        f"{log}/cosignatures": {
            "parameters": [process],
            "post": _operation("Post a checkpoint with a cosigner's line (docs/specs/cosignature.md)", "200",
                               _answer("the cosigned checkpoint as it is kept: C2SP signed note", "text/plain"),
                               requestBody=note),
        },
    }  # fmt: skip


def _entering(process: dict[str, Any]) -> dict[str, Any]:
    """What a browser that acts asks for: a session, a place for the next act, and to be told of new ones."""
    at_process, text = "/processes/{process}", {"type": "string"}
    token = {"required": True, "content": {"text/plain": {"schema": text}}}
    brought = {"required": True, "content": {"application/json": {"schema": _BROUGHT}}}
    chamber = _parameter("log", "query", text, "a chamber; the main log where it is left out")
    key = _parameter("key", "query", text, "thumbprint of the key that is to sign")
    size = _parameter("from", "query", {"type": "integer", "minimum": 0}, "size of the last checkpoint seen")
    return {
        f"{at_process}/session": {
            "parameters": [process],
            "get": _operation("Ask for the challenge that a token which signs in has to answer", "200",
                              _answer("a challenge, good once and for a minute", "application/json", _CHALLENGE)),
            "post": _operation("Sign in with a reader's token (docs/specs/reader-token.md): sets a cookie", "201",
                               _answer("whose session it is", "application/json", _SESSION), requestBody=token),
            "delete": _operation("Sign out", "204", {"description": "there is no session now"}),
        },
        f"{at_process}/waiting-keys": {
            "parameters": [process],
            "get": _operation("The keys that wait for the reader to enrol them", "200",
                              _answer("keys that wait", "application/json", _KEYS_THAT_WAIT)),
            "post": _operation("Hand in a key by invitation (docs/specs/invitation.md); it waits to be enrolled", "202",
                               _answer("the key that waits", "application/json", _WAITING), requestBody=brought),
        },
        f"{at_process}/place": {
            "parameters": [process, chamber, key, size],
            "get": _operation("Where the next act of a key is to stand", "200",
                              _answer("place", "application/json", _PLACE)),
        },
        f"{at_process}/events": {
            "parameters": [process],
            "get": _operation("The size of the record, now and whenever it grows", "200",
                              _answer("server-sent events, each a size", "text/event-stream")),
        },
    }  # fmt: skip


def _passkeys(process: dict[str, Any]) -> dict[str, Any]:
    """Keys that come back in an emptied browser."""
    credential = _parameter("credential", "path", {"type": "string"}, "WebAuthn credential id, base64url")
    to_keep = {"required": True, "content": {"application/json": {"schema": _TO_KEEP}}}
    return {
        "/processes/{process}/passkeys": {
            "parameters": [process],
            "post": _operation("Keep wrapped keys of one’s own behind a passkey (docs/specs/wrapped-identity.md)", "201",
                               _answer("the key that is kept", "application/json", _KEPT_KEY), requestBody=to_keep),
        },
        "/processes/{process}/passkeys/{credential}": {
            "parameters": [process, credential],
            "get": _operation("What is kept behind a passkey, to whoever names it", "200",
                              _answer("a wrapped identity", "application/json", _KEPT), security=[{}]),
        },
    }  # fmt: skip


def _following(process: dict[str, Any]) -> dict[str, Any]:
    """What is read elsewhere, by a secret in the address instead of a session."""
    secret = _parameter("secret", "path", {"type": "string"}, "made on the page “Follow”; revoked there")
    at_feed = "/processes/{process}/feeds/{secret}"
    text = {"type": "string"}
    return {
        "/processes/{process}/entry": {
            "parameters": [process],
            "get": _operation("What the list of processes says of it: title, phase, whose turn", "200",
                              _answer("entry", "application/json", _ENTRY)),
        },
        f"{at_feed}/acts.atom": {
            "parameters": [process, secret],
            "get": _operation("The newest acts, as the address’s owner may see them", "200",
                              _answer("Atom feed (RFC 4287)", "application/atom+xml", text), security=[{}]),
        },
        f"{at_feed}/calendar.ics": {
            "parameters": [process, secret],
            "get": _operation("Sessions and deadlines", "200",
                              _answer("iCalendar (RFC 5545)", "text/calendar", text), security=[{}]),
        },
    }  # fmt: skip


@cache
def openapi() -> bytes:
    """The document, as JSON."""
    types = [t for kind in KINDS for t in (kind.clear, kind.hidden)]
    _refs, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    document = {
        "openapi": "3.1.0",
        "info": {"title": "detente", "version": __version__, "license": {"name": "Apache-2.0"}},
        "paths": _paths(),
        "security": [{}, {"reader": []}, {"session": []}],
        "components": {
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": COOKIE,
                            "description": "set by POST /processes/{process}/session, for that process"},
                "reader": {"type": "apiKey", "in": "header", "name": "Authorization",
                           "description": "Detente <compact JWS of type detente-read+jwt>"},
            },
            "schemas": {**components, "Errors": _ERROR, "Receipt": _RECEIPT, "Status": _STATUS},
        },
    }  # fmt: skip
    return msgspec.json.encode(document)


def openapi_document(_request: Request) -> Response:
    return Response(openapi(), media_type="application/json", headers={"cache-control": "no-cache"})
