"""The description for programs: sound OpenAPI 3.1, of every route and no other, and true of real answers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from detente.acts.kinds import KINDS
from detente.codec.base64url import encode_base64url
from detente.keys.possession import prove_possession
from detente.sealing.identity import make_identity, public_of
from detente.signing.invitation import make_invitation
from detente.signing.reader_token import make_reader_token
from detente.store.files import SealedFiles
from detente.web import (
    cosigning,
    endpoints,
    entering,
    files,
    following,
    health,
    passkeys,
    room,
    second_factor,
    sessions,
    stream,
    tables,
    text_files,
    time_stamps,
)
from tests.depositary.talks import Talks, key_named
from tests.web import test_passkeys
from tests.web.hosting import address, as_person, post
from tests.web.test_time_stamps import stamped

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
PAGES = {
    "/convene",
    *(
        f"/processes/{{process}}/{page}"
        for page in ("follow", "join", "keys", "outbox", "room", "session/end", "sign")
    ),
}
ROUTES = [
    route
    for module in (
        cosigning,
        endpoints,
        entering,
        files,
        following,
        health,
        passkeys,
        room,
        second_factor,
        sessions,
        stream,
        tables,
        text_files,
        time_stamps,
    )
    for route in module.ROUTES
    if route.path not in PAGES and not route.path.startswith("/processes/{process}/follow/")
]
NOTHING: dict[str, Any] = {"type": []}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "boolean": (bool,),
    "null": (type(None),), "number": (int, float),
}  # fmt: skip


@pytest.fixture
def document(client: Any) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any], list[dict[str, Any]]]]:
    """(path, method, operation, its parameters with those of the path)."""
    for path, item in document["paths"].items():
        for method in METHODS & set(item):
            operation = item[method]
            yield path, method, operation, item.get("parameters", []) + operation.get("parameters", [])


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(part)


def referred(document: dict[str, Any], reference: str) -> Any:
    assert reference.startswith("#/")
    found: Any = document
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return found


def fits(document: dict[str, Any], schema: dict[str, Any], value: Any) -> bool:
    """Whether a value is of a schema, as far as these schemas go. An unknown word in one is an error."""
    if "$ref" in schema:
        return fits(document, referred(document, schema["$ref"]), value)
    known = {
        "type",
        "required",
        "properties",
        "items",
        "additionalProperties",
        "description",
        "format",
        "minimum",
    }
    assert set(schema) <= known, schema
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(
        isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
        for name in wanted
    ):
        return False
    if isinstance(value, list):
        return all(fits(document, schema["items"], one) for one in value)
    if not isinstance(value, dict):
        return True
    named, others = schema.get("properties", {}), schema.get("additionalProperties", NOTHING)
    return set(schema.get("required", ())) <= set(value) and all(
        fits(document, named.get(name, others), one) for name, one in value.items()
    )


def answer_schema(document: dict[str, Any], path: str, method: str, status: str) -> dict[str, Any]:
    answers = document["paths"][path][method]["responses"]
    found: dict[str, Any] = answers[status]["content"]["application/json"]["schema"]
    return found


def test_it_says_what_it_is(document: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert {"title", "version"} <= set(document["info"])
    assert set(document) <= {"openapi", "info", "paths", "components", "security", "servers", "tags"}


def test_every_operation_is_sound(document: dict[str, Any]) -> None:
    found = list(operations(document))
    assert found
    for path, method, operation, parameters in found:
        assert operation["summary"], (path, method)
        assert operation["responses"] and all(a["description"] for a in operation["responses"].values())
        assert (
            set(operation["responses"]) <= {"200", "201", "202", "204", "default"}
            and "default" in operation["responses"]
        )
        places = [(p["in"], p["name"]) for p in parameters]
        assert len(places) == len(set(places))
        assert all(p["required"] is True for p in parameters if p["in"] == "path")
        assert all("schema" in p for p in parameters)
        assert {name for place, name in places if place == "path"} == set(re.findall(r"\{(\w+)\}", path))
        assert path.startswith("/")


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = [part["$ref"] for part in parts(document) if isinstance(part.get("$ref"), str)]
    assert references
    assert all(referred(document, reference) for reference in references)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in document["components"]["schemas"])
    named = {name for use in document["security"] for name in use}
    assert named == set(document["components"]["securitySchemes"])


def test_every_pattern_is_one(document: dict[str, Any]) -> None:
    patterns = [part["pattern"] for part in parts(document) if isinstance(part.get("pattern"), str)]
    assert patterns
    assert all(re.compile(pattern) for pattern in patterns)


def test_it_holds_every_route_and_no_other(document: dict[str, Any]) -> None:
    routes = {
        (re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path), method.lower())
        for route in ROUTES
        for method in (route.methods or ())
        if method != "HEAD"
    }
    assert {(path, method) for path, method, _operation, _parameters in operations(document)} == routes


def test_it_holds_the_payload_of_every_kind_of_act(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for kind in KINDS:
        clear = schemas[kind.clear.__name__]
        assert clear["properties"]["act"]["enum"] == [kind.name]
        assert {"v", "proc", "iat", "seq", "prev", "seen", "aud", "_sd"} <= set(clear["required"])
        assert set(schemas[kind.hidden.__name__]["properties"]) == set(kind.hidden.__struct_encode_fields__)


def test_real_answers_are_as_described(document: dict[str, Any], talks: Talks, client: Any) -> None:
    acts = "/processes/{process}/acts"
    receipt = post(client, talks, talks.raw_statement("A"))
    assert fits(document, answer_schema(document, acts, "post", "201"), receipt.json())
    errors = post(
        client, talks, talks.raw("A", "assent", instrument="road", terms="definitive", seq=9, on=None)
    )
    assert len(errors.json()["errors"]) > 1
    assert fits(document, answer_schema(document, acts, "post", "default"), errors.json())
    keys = client.post("/processes")
    assert fits(document, answer_schema(document, "/processes", "post", "201"), keys.json())
    status = client.get(address(talks, "status"), headers=as_person(talks, "A"))
    assert status.json()["instruments"][0]["missing"]
    place = client.get(address(talks, f"place?key={talks.keys['A'].key_id}"), headers=as_person(talks, "A"))
    assert fits(document, answer_schema(document, "/processes/{process}/place", "get", "200"), place.json())
    at_session = "/processes/{process}/session"
    asked = client.get(address(talks, "session"))
    assert fits(document, answer_schema(document, at_session, "get", "200"), asked.json())
    token = make_reader_token(
        talks.keys["A"], talks.origin, int(time.time()), nonce=asked.json()["challenge"]
    )
    session = client.post(address(talks, "session"), content=token)
    assert fits(document, answer_schema(document, at_session, "post", "201"), session.json())
    key = key_named("another browser")
    brought = {
        "invitation": make_invitation(talks.keys["A"], talks.origin, "A", int(time.time())),
        "public": encode_base64url(key.public), "possession": prove_possession(key, talks.origin, "A"),
    }  # fmt: skip
    path = "/processes/{process}/waiting-keys"
    body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert fits(document, body, brought)
    waiting = client.post(address(talks, "waiting-keys"), json=brought)
    assert fits(document, answer_schema(document, path, "post", "202"), waiting.json())
    kept = test_passkeys.brought(talks)
    path = "/processes/{process}/passkeys"
    body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert fits(document, body, kept)
    answer = test_passkeys.keep(client, talks, kept)
    assert fits(document, answer_schema(document, path, "post", "201"), answer.json())
    path = f"{path}/{{credential}}"
    assert fits(
        document, answer_schema(document, path, "get", "200"), test_passkeys.fetch(client, talks).json()
    )
    path = "/processes/{process}/waiting-keys"
    listed = client.get(address(talks, "waiting-keys"), headers=as_person(talks, "A"))
    assert listed.json()["waiting"]
    assert fits(document, answer_schema(document, path, "get", "200"), listed.json())
    assert fits(document, answer_schema(document, "/processes/{process}/status", "get", "200"), status.json())


def a_file_of(talks: Talks, folder: Path, aud: tuple[str, ...] = ("all",)) -> str:
    """The digest of a sealed file that an act commits to. aud: who may read the act, besides its author."""
    content, key = b"sealed", key_named("another key of A")
    talks.depositary.files = SealedFiles(folder)
    with talks.depositary.files.arriving(talks.id, sha256(content).digest(), ()) as file:
        file.write(content)
        file.keep()
    sealing = encode_base64url(public_of(make_identity()))
    proof = prove_possession(key, talks.origin, "A", sealing)
    talks.do("A", "enrol", person="A", public=encode_base64url(key.public), possession=proof, sealing=sealing)
    digest = encode_base64url(sha256(content).digest())
    talks.do(
        "A",
        "present",
        {"title": "A photograph"},
        files=((digest, len(content)),),
        keys=(key.key_id,),
        aud=aud,
    )
    return digest


def test_every_answer_has_the_media_type_that_is_described(
    document: dict[str, Any], talks: Talks, client: Any, tmp_path: Path
) -> None:
    stamped(talks, tmp_path)
    talks.do("A", "note", {"text": "x"}, chamber="side-A")
    named = {"process": talks.id, "number": "1", "chamber": "side-A", "path": "0/000.p/1"}
    made = client.post(address(talks, "follow"), headers=as_person(talks, "A")).text
    named["secret"] = re.findall(r"/feeds/([\w-]+)/", made)[0]
    test_passkeys.keep(client, talks, test_passkeys.brought(talks))
    named["credential"] = test_passkeys.credential()
    named["digest"] = a_file_of(talks, tmp_path)
    client.app.state.stopping = True  # a stream ends at once
    for path, method, operation, _parameters in operations(document):
        if path == "/ready":  # a host that is being stopped is not
            refused = client.get(path)
            assert refused.status_code == 503
            assert fits(document, answer_schema(document, path, method, "default"), refused.json())
        elif method == "get":
            answer = client.get(path.format(**named), headers=as_person(talks, "A"))
            if path.endswith("/matrix.xlsx"):  # there is none without a register
                assert answer.status_code == 422
                continue
            assert answer.status_code == 200, path
            (media_type,) = operation["responses"]["200"]["content"]
            assert answer.headers["content-type"].partition(";")[0] == media_type
            missing = client.get(path.format(**{**named, "process": "a" * 26}))
            # Whoever signs in is asked alike, wherever they ask; and the host is alive wherever it is asked.
            expected = "200" if path.endswith("/session") or "{process}" not in path else "default"
            assert fits(document, answer_schema(document, path, method, expected), missing.json())


def test_the_check_of_schemas_sees_what_does_not_fit(document: dict[str, Any]) -> None:
    receipt = {"$ref": "#/components/schemas/Receipt"}
    sound = {"log": "detente/x", "index": 0, "leaf": "x", "proof": "x"}
    assert fits(document, receipt, sound)
    assert not fits(document, receipt, {**sound, "index": "0"})
    assert not fits(document, receipt, {**sound, "index": True})
    assert not fits(document, receipt, {"log": "detente/x"})
    assert not fits(document, {"$ref": "#/components/schemas/Errors"}, {"errors": [{"code": "x"}]})
    assert msgspec.json.encode(sound)
