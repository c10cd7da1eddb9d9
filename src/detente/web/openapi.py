"""OpenAPI 3.1, made from the same types that read the acts: the payload schemas cannot drift from the code."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from detente import __version__
from detente.acts.kinds import KINDS
from detente.interchange.matrix_workbook import MEDIA_TYPE
from detente.web.openapi_schemas import (
    ASKED_FOR,
    BROUGHT,
    CHALLENGE,
    CONSISTENCY,
    COSIGNERS,
    ENTRY,
    ERROR,
    HEALTH,
    KEPT,
    KEPT_KEY,
    KEYS,
    KEYS_THAT_WAIT,
    ORIGIN,
    PLACE,
    RECEIPT,
    SESSION,
    STATUS,
    TO_KEEP,
    TO_SET,
    WAITING,
    WITH_PASSKEY,
)
from detente.web.signing_in import COOKIE
from detente.web.text_files import AKN, WORD


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
    process = _parameter(
        "process", "path", {"type": "string", "pattern": "^[a-z2-7]{26}$"}, "26 characters of its id"
    )
    at = _parameter("at", "query", {"type": "integer", "minimum": 1}, "as of this act")
    return {
        **_watching(),
        **_acts(process),
        **_record(process, at),
        **_entering(process),
        **_passkeys(process),
        **_cosigning(process),
        **_following(process),
        **_files(process),
        **_texts(process, at),
        **_logs(process),
    }


def _acts(process: dict[str, Any]) -> dict[str, Any]:
    number = _parameter("number", "path", {"type": "integer", "minimum": 1}, "act, from 1")
    act = {
        "required": True,
        "content": {"application/sd-jwt": {"schema": {"type": "string", "maxLength": 1_048_576}}},
    }
    return {
        "/processes": {"post": _operation("Make the keys that a convening act names", "201",
                                          _answer("base64url public keys", "application/json", KEYS))},
        f"{_AT_PROCESS}/acts": {
            "parameters": [process],
            "post": _operation("Submit a signed act (docs/specs/act.md); sent again, the first receipt comes back",
                               "201", _answer("receipt", "application/json", {"$ref": "#/components/schemas/Receipt"}),
                               requestBody=act),
        },
        f"{_AT_PROCESS}/acts/{{number}}/receipt": {
            "parameters": [process, number],
            "get": _operation("The receipt of an act", "200", _answer("C2SP tlog-proof", "text/plain")),
        },
    }  # fmt: skip


def _record(process: dict[str, Any], at: dict[str, Any]) -> dict[str, Any]:
    """What the record says, as data."""
    register = _parameter("register", "query", _SIZE, "act of the register; the latest one")
    return {
        f"{_AT_PROCESS}/status": {
            "parameters": [process, at],
            "get": _operation("The four answers and the missing acts", "200",
                              _answer("status", "application/json", {"$ref": "#/components/schemas/Status"})),
        },
        f"{_AT_PROCESS}/matrix.csv": {
            "parameters": [process, at, register],
            "get": _operation("All scores of a register of stipulations", "200", _answer("RFC 4180", "text/csv")),
        },
        f"{_AT_PROCESS}/matrix.xlsx": {
            "parameters": [process, at, register],
            "get": _operation("The implementation matrix as a workbook", "200",
                              _answer("ISO/IEC 29500", MEDIA_TYPE, _OCTETS)),
        },
        f"{_AT_PROCESS}/tables.zip": {
            "parameters": [process, at],
            "get": _operation("What a participant may read, as tables (docs/specs/tables.md)", "200",
                              _answer("Parquet files in an archive", "application/zip", _OCTETS)),
        },
        f"{_AT_PROCESS}/copy": {
            "parameters": [process],
            "get": _operation("A certified copy, as the reader may see it", "200",
                              _answer("certified copy", "application/octet-stream", _OCTETS)),
        },
    }  # fmt: skip


def _logs(process: dict[str, Any]) -> dict[str, Any]:
    """The main log and those of chambers."""
    chamber = _parameter("chamber", "path", {"type": "string"}, "side-A, mediators, mediators-A")
    path = _parameter("path", "path", {"type": "string"}, "C2SP tlog-tiles: 0/000, entries/000.p/17")
    log, paths = f"{_AT_PROCESS}/log", dict[str, Any]()
    for base, parameters in ((log, [process]), (f"{log}/{{chamber}}", [process, chamber])):
        sizes = (
            _parameter("from", "query", _SIZE, "the smaller size"),
            _parameter("to", "query", _SIZE, "the larger size"),
        )
        paths[f"{base}/checkpoint"] = {
            "parameters": parameters,
            "get": _operation("The latest checkpoint", "200", _answer("C2SP signed note", "text/plain")),
        }
        paths[f"{base}/consistency"] = {
            "parameters": [*parameters, *sizes],
            "get": _operation("The proof that one size of the log extends another (RFC 6962 sec. 2.1.2)", "200",
                              _answer("hashes, base64url", "application/json", CONSISTENCY)),
        }  # fmt: skip
        paths[f"{base}/tile/{{path}}"] = {
            "parameters": [*parameters, path],
            "get": _operation("A hash tile; for members, an entry bundle", "200",
                              _answer("tile", "application/octet-stream", _OCTETS)),
        }  # fmt: skip
    paths[f"{log}/checkpoint"]["post"] = _operation(
        "Compare a checkpoint that was kept with the log; one that it signed and does not hold stops the host", "200",
        _answer("it is held", "application/json", {"type": "object", "properties": {"held": {"const": True}}}),
        requestBody=_NOTE,
    )  # fmt: skip
    return paths


_AT_PROCESS = "/processes/{process}"
_SIZE = {"type": "integer", "minimum": 0}
_OCTETS = {"type": "string", "format": "binary"}
_NOTE = {"required": True, "content": {"text/plain": {"schema": {"type": "string", "maxLength": 65_536}}}}


def _watching() -> dict[str, Any]:
    """Whether the host is alive, and whether it can do its work."""
    said = _answer("as it is", "application/json", HEALTH)
    return {
        "/health": {"get": _operation("The program answers", "200", said, security=[{}])},
        "/ready": {
            "get": _operation(
                "Whether requests can be sent here; with 503, why not", "200", said, security=[{}]
            )
        },
    }


def _cosigning(process: dict[str, Any]) -> dict[str, Any]:
    """What a cosigner asks for beside the checkpoint and its proofs, with a token signed by its cosigner's key."""
    log = "/processes/{process}/log"
    return {
        f"{log}/origin": {
            "parameters": [process],
            "get": _operation("What the process id is derived from, the log's key among it", "200",
                              _answer("origin", "application/json", ORIGIN)),
        },
        f"{log}/policy": {
            "parameters": [process],
            "get": _operation("The process's own policy: its cosigners and its quorum (docs/specs/policy.md)", "200",
                              _answer("C2SP tlog-policy", "text/plain")),
        },
        f"{log}/cosigners": {
            "parameters": [process],
            "get": _operation("Who has witnessed what, and when", "200",
                              _answer("the latest that each cosigner has signed", "application/json", COSIGNERS)),
        },
        f"{log}/cosignatures": {
            "parameters": [process],
            "post": _operation("Post a checkpoint with a cosigner's line (docs/specs/cosignature.md)", "200",
                               _answer("the cosigned checkpoint as it is kept: C2SP signed note", "text/plain"),
                               requestBody=_NOTE),
        },
        f"{log}/stamps": {
            "parameters": [process],
            "get": _operation("The time stamps on its checkpoints (docs/specs/time-stamp.md)", "200",
                              _answer("stamped checkpoints", "text/plain")),
        },
    }  # fmt: skip


def _entering(process: dict[str, Any]) -> dict[str, Any]:
    """What a browser that acts asks for: a session, a place for the next act, and to be told of new ones."""
    at_process, text = "/processes/{process}", {"type": "string"}
    token = {
        "required": True,
        "content": {"text/plain": {"schema": text}, "application/json": {"schema": WITH_PASSKEY}},
    }
    brought = {"required": True, "content": {"application/json": {"schema": BROUGHT}}}
    chamber = _parameter("log", "query", text, "a chamber; the main log where it is left out")
    key = _parameter("key", "query", text, "thumbprint of the key that is to sign")
    size = _parameter("from", "query", {"type": "integer", "minimum": 0}, "size of the last checkpoint seen")
    sign_in = _operation("Sign in with a reader's token (docs/specs/reader-token.md): sets a cookie", "201",
                         _answer("whose session it is", "application/json", SESSION), requestBody=token)  # fmt: skip
    sign_in["responses"]["202"] = _answer(
        "the key asks for a passkey too: send both, for another challenge", "application/json", ASKED_FOR
    )
    return {
        f"{at_process}/session": {
            "parameters": [process],
            "get": _operation("Ask for the challenge that a token which signs in has to answer", "200",
                              _answer("a challenge, good once and for a minute", "application/json", CHALLENGE)),
            "post": sign_in,
            "delete": _operation("Sign out", "204", {"description": "there is no session now"}),
        },
        f"{at_process}/waiting-keys": {
            "parameters": [process],
            "get": _operation("The keys that wait for the reader to enrol them", "200",
                              _answer("keys that wait", "application/json", KEYS_THAT_WAIT)),
            "post": _operation("Hand in a key by invitation (docs/specs/invitation.md); it waits to be enrolled", "202",
                               _answer("the key that waits", "application/json", WAITING), requestBody=brought),
        },
        f"{at_process}/place": {
            "parameters": [process, chamber, key, size],
            "get": _operation("Where the next act of a key is to stand", "200",
                              _answer("place", "application/json", PLACE)),
        },
        f"{at_process}/events": {
            "parameters": [process],
            "get": _operation("The size of the record, now and whenever it grows", "200",
                              _answer("server-sent events, each a size", "text/event-stream")),
        },
    }  # fmt: skip


def _passkeys(process: dict[str, Any]) -> dict[str, Any]:
    """Keys that come back in an emptied browser, and passkeys that are asked for beside a key."""
    credential = _parameter("credential", "path", {"type": "string"}, "WebAuthn credential id, base64url")
    to_keep = {"required": True, "content": {"application/json": {"schema": TO_KEEP}}}
    to_set = {"required": True, "content": {"application/json": {"schema": TO_SET}}}
    to_end = {"required": True, "content": {"application/json": {"schema": WITH_PASSKEY}}}
    return {
        "/processes/{process}/second-factor": {
            "parameters": [process],
            "post": _operation("Let one’s key ask for a passkey when it signs in", "201",
                               _answer("whose session it is", "application/json", SESSION), requestBody=to_set),
        },
        "/processes/{process}/second-factor/end": {
            "parameters": [process],
            "post": _operation("Let it sign in alone again", "204", {"description": "it asks for none"},
                               requestBody=to_end),
        },
        "/processes/{process}/passkeys": {
            "parameters": [process],
            "post": _operation("Keep wrapped keys of one’s own behind a passkey (docs/specs/wrapped-identity.md)", "201",
                               _answer("the key that is kept", "application/json", KEPT_KEY), requestBody=to_keep),
        },
        "/processes/{process}/passkeys/{credential}": {
            "parameters": [process, credential],
            "get": _operation("What is kept behind a passkey, to whoever names it", "200",
                              _answer("a wrapped identity", "application/json", KEPT), security=[{}]),
        },
    }  # fmt: skip


def _files(process: dict[str, Any]) -> dict[str, Any]:
    """Sealed files, which the host cannot open."""
    digest = _parameter("digest", "path", {"type": "string"}, "SHA-256 of the sealed file, base64url")
    octets = {"type": "string", "contentMediaType": "application/octet-stream"}
    sealed = {"required": True, "content": {"application/octet-stream": {"schema": octets}}}
    put = _operation("Send a sealed file (docs/specs/sealed-file.md) before the act that commits to it", "201",
                     {"description": "it is kept"}, requestBody=sealed)  # fmt: skip
    put["responses"]["204"] = {"description": "it was kept before"}
    return {
        "/processes/{process}/files/{digest}": {
            "parameters": [process, digest],
            "put": put,
            "get": _operation("A sealed file of an act whose words the reader may read", "200",
                              _answer("sealed file", "application/octet-stream", octets)),
        },
    }  # fmt: skip


def _texts(process: dict[str, Any], at: dict[str, Any]) -> dict[str, Any]:
    """The text of an edition as a file."""
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    octets = {"type": "string", "contentMediaType": "application/octet-stream"}
    parameters = [
        process, at,
        _parameter("instrument", "query", text, "its id; the first one where it is left out"),
        _parameter("edition", "query", number, "the last one where it is left out"),
        _parameter("since", "query", number, "an edition: the changes since it are tracked"),
        _parameter("brackets", "query", text, "yes: open brackets are shown"),
        _parameter("side", "query", text, "whose proposals are tracked changes"),
    ]  # fmt: skip
    said = {
        "docx": ("as Word", _answer("Office Open XML (ISO/IEC 29500)", WORD, octets)),
        "xml": ("as Akoma Ntoso", _answer("Akoma Ntoso 1.0", AKN, text)),
        "txt": ("in the plain form in which it is signed", _answer("plain text", "text/plain", text)),
    }
    return {
        f"/processes/{{process}}/text.{ending}": {
            "parameters": parameters, "get": _operation(f"The text of an edition {words}", "200", answer),
        }
        for ending, (words, answer) in said.items()
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
                              _answer("entry", "application/json", ENTRY)),
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
            "schemas": {**components, "Errors": ERROR, "Receipt": RECEIPT, "Status": STATUS},
        },
    }  # fmt: skip
    return msgspec.json.encode(document)


def openapi_document(_request: Request) -> Response:
    return Response(openapi(), media_type="application/json", headers={"cache-control": "no-cache"})
