"""Keys behind a passkey: who keeps one, who is given it, and what erases it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from detente.codec.base64url import encode_base64url
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.store.appending import NotStored
from detente.web.passkeys import MOST, WRAPPED_BYTES
from tests.depositary.talks import Talks, everything, key_named, open_host
from tests.web.hosting import PAGE, address, as_person, codes_of, errors_of, front, post
from tests.web.test_signing_in import NOWHERE, anew, sign_in

NEW, OTHER = key_named("behind a passkey"), key_named("behind another")
READING = encode_base64url(bytes([9]) + bytes(31))
WRAPPED = bytes(range(WRAPPED_BYTES))


def credential(letter: str = "c", size: int = 32) -> str:
    return encode_base64url(letter.encode() * size)


def brought(talks: Talks, key: SigningKey = NEW, person: str = "A", **members: Any) -> dict[str, Any]:
    """What a browser hands over."""
    proof = prove_possession(key, talks.origin, person, READING)
    return {"credential": credential(), "public": encode_base64url(key.public), "sealing": READING,
            "possession": proof, "wrapped": encode_base64url(WRAPPED), **members}  # fmt: skip


def keep(
    client: Any, talks: Talks, body: Any, person: str | None = "A", process: str = "", **headers: str
) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path = f"/processes/{process or talks.id}/passkeys"
    return client.post(path, content=content, headers={**as_person(talks, person), **named})


def fetch(client: Any, talks: Talks, name: str = "", process: str = "", **headers: str) -> Any:
    return client.get(f"/processes/{process or talks.id}/passkeys/{name or credential()}", headers=headers)


def is_unknown(answer: Any) -> bool:
    return answer.status_code == 404 and codes_of(answer) == ["passkey.unknown"]


def kept(talks: Talks, person: str = "A") -> list[str]:
    return [one.credential for one in talks.depositary.store.wrapped_of(talks.origin, person)]


def enrol(talks: Talks, key: SigningKey = NEW, person: str = "A") -> None:
    talks.do(person, "enrol", person=person, public=encode_base64url(key.public), sealing=READING,
             possession=prove_possession(key, talks.origin, person, READING))  # fmt: skip


# --- kept and given


def test_what_somebody_keeps_is_given_to_whoever_names_the_passkey(closed: Talks, client: Any) -> None:
    body, before = brought(closed), everything(closed.depositary)
    answer = keep(client, closed, body)
    assert (answer.status_code, answer.json()) == (201, {"key": NEW.key_id})
    assert everything(closed.depositary) == before
    anew(client)
    assert client.get(address(closed), headers=PAGE).status_code == 404
    given = fetch(client, closed)
    assert given.status_code == 200 and given.headers["cache-control"] == "private, no-store"
    told = ("public", "sealing", "wrapped")
    assert given.json() == {"person": "A", **{name: body[name] for name in told}}


def test_a_session_keeps_one_too_and_what_is_kept_outlives_the_server(closed: Talks, client: Any) -> None:
    sign_in(client, closed, "A")
    assert client.post(address(closed, "passkeys"), json=brought(closed)).status_code == 201
    with front(open_host(closed.depositary.store.path)) as again:  # type: ignore[attr-defined]
        assert fetch(again, closed).json()["person"] == "A"


def test_the_key_signs_nothing_and_waits_for_nobody_by_being_kept(closed: Talks, client: Any) -> None:
    keep(client, closed, brought(closed))
    assert NEW.key_id not in closed.state.keys
    page = client.get(address(closed, "keys"), headers={**PAGE, **as_person(closed, "A")}).text
    assert "kind=enrol" not in page and "Behind a passkey" not in page


def test_ones_own_page_says_which_key_is_behind_a_passkey(closed: Talks, client: Any) -> None:
    keep(client, closed, brought(closed))
    enrol(closed)

    def said(person: str) -> dict[str, bool]:
        page = client.get(address(closed, "keys"), headers={**PAGE, **as_person(closed, person)}).text
        found = re.findall(r'data-key="([^"]+)">(.*?)</article>', page, re.S)
        return {key: "Behind a passkey" in words for key, words in found}

    assert {key for key, behind in said("A").items() if behind} == {NEW.key_id}
    assert not any(said("B").values()) and NEW.key_id in said("B")


def test_the_way_in_is_shown_to_whoever_is_not_signed_in(talks: Talks, closed: Talks, client: Any) -> None:
    def shown(of: Talks, path: str, person: str | None = None) -> bool:
        page = client.get(address(of, path), headers={**PAGE, **as_person(of, person)})
        return "Use your passkey" in page.text

    assert shown(talks, "room") and shown(talks, "keys") and shown(closed, "room") and shown(closed, "")
    assert not any(shown(talks, path, "A") for path in ("room", "keys"))
    assert not shown(talks, f"keys?at={talks.size - 1}") and not shown(talks, "acts/999")
    page = client.get(address(talks, "keys"), headers={**PAGE, **as_person(talks, "A")}).text
    assert "Keep a key behind a passkey" in page


# --- who keeps


def test_the_public_keeps_nothing_and_a_closed_process_is_not_there(
    talks: Talks, closed: Talks, client: Any
) -> None:
    answer = keep(client, talks, brought(talks), None)
    assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])
    there, nowhere = (
        keep(client, closed, brought(closed), None, process) for process in (closed.id, NOWHERE)
    )
    assert (
        there.status_code == nowhere.status_code == 404
        and there.text.replace(closed.id, NOWHERE) == nowhere.text
    )
    assert kept(talks) == kept(closed) == []


def test_nobody_keeps_one_for_whom_they_look_as(talks: Talks) -> None:
    with front(talks.depositary, demonstration=True) as client:
        sign_in(client, talks, "M")
        answer = client.post(address(talks, "passkeys?as=A"), json=brought(talks))
        assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])
    assert kept(talks) == []


def test_whoever_has_left_keeps_nothing(talks: Talks, client: Any) -> None:
    talks.do("M", "leave", person="B")
    answer = keep(client, talks, brought(talks, person="B"), "B")
    assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_keeps_nothing(talks: Talks, client: Any, site: str) -> None:
    answer = keep(client, talks, brought(talks), sec_fetch_site=site)
    assert (answer.status_code, codes_of(answer)) == (403, ["http.cross_site"]) and kept(talks) == []


def test_nobody_keeps_a_key_that_they_do_not_hold_or_that_is_anothers(talks: Talks, client: Any) -> None:
    for wrong in (
        brought(talks, person="B"),  # proved for somebody else
        brought(talks, sealing=encode_base64url(bytes([5]) + bytes(31))),
        brought(talks, public=encode_base64url(OTHER.public)),
        brought(talks, possession="x"),
    ):
        answer = keep(client, talks, wrong)
        assert (answer.status_code, codes_of(answer)) == (422, ["key.possession"])
    answer = keep(client, talks, brought(talks, talks.keys["B"]))
    assert (answer.status_code, codes_of(answer)) == (422, ["key.present"])
    assert codes_of(keep(client, talks, brought(talks, sealing=encode_base64url(bytes(32))))) == [
        "sealing.recipient"
    ]
    assert kept(talks) == []


def malformed(talks: Talks) -> dict[str, Any]:
    good = brought(talks)
    return {
        "nothing": b"", "no json": b"{", "no utf-8": b"\xff", "a list": b"[]", "surrogate": b'"\\ud800"',
        "a member more": {**good, "more": 1}, "a member less": {k: v for k, v in good.items() if k != "wrapped"},
        "not text": {**good, "wrapped": 1}, "short": {**good, "wrapped": encode_base64url(WRAPPED[1:])},
        "long": {**good, "wrapped": encode_base64url(WRAPPED + b"x")}, "no base64url": {**good, "wrapped": "!"},
        "second spelling": {**good, "credential": credential() + "="}, "empty id": {**good, "credential": ""},
        "short id": {**good, "credential": credential(size=15)}, "long id": {**good, "credential": credential(size=1024)},
    }  # fmt: skip


def test_what_is_not_of_the_form_is_refused_in_the_same_words(talks: Talks, client: Any) -> None:
    answers = {name: keep(client, talks, body) for name, body in malformed(talks).items()}
    assert {(a.status_code, tuple(codes_of(a))) for a in answers.values()} == {(400, ("passkey.malformed",))}
    assert len({a.text for a in answers.values()}) == 1 and kept(talks) == []
    for size in (16, 1023):
        assert keep(client, talks, brought(talks, credential=credential(size=size))).status_code == 201


def test_a_body_too_large_is_not_read(talks: Talks, client: Any) -> None:
    for process in (talks.id, NOWHERE):
        answer = keep(client, talks, b'{"wrapped":"' + b"x" * 20_000, process=process)
        assert (answer.status_code, codes_of(answer)) == (413, ["envelope.size"])


# --- never written over, and how many


def test_what_is_kept_is_replaced_by_nobody(talks: Talks, client: Any) -> None:
    first = brought(talks)
    assert keep(client, talks, first).status_code == 201
    assert keep(client, talks, first).status_code == 201  # sent again, because no answer had come
    for person, other in (
        ("A", brought(talks, OTHER)), ("B", brought(talks, OTHER, "B")),
        ("A", {**first, "wrapped": encode_base64url(bytes(WRAPPED_BYTES))}),
    ):  # fmt: skip
        answer = keep(client, talks, other, person)
        assert (answer.status_code, codes_of(answer)) == (409, ["passkey.taken"])
    assert fetch(client, talks).json()["wrapped"] == first["wrapped"]
    assert kept(talks) == [credential()] and kept(talks, "B") == []


def test_few_are_kept_of_one_person_and_what_was_never_enrolled_gives_way(talks: Talks, client: Any) -> None:
    keys = [key_named(f"passkey {number}") for number in range(MOST + 3)]
    names = [credential(letter) for letter in "abcdefghij"]

    def sent(number: int) -> Any:
        return keep(client, talks, brought(talks, keys[number], credential=names[number]))

    for number in range(MOST + 1):
        assert sent(number).status_code == 201
    assert kept(talks) == names[1 : MOST + 1] and is_unknown(fetch(client, talks, names[0]))
    for number in range(1, MOST + 1):
        enrol(talks, keys[number])
    answer = sent(MOST + 1)
    assert (answer.status_code, codes_of(answer)) == (422, ["passkey.too_many"])
    assert (
        keep(
            client, talks, brought(talks, key_named("of B"), "B", credential=credential("z")), "B"
        ).status_code
        == 201
    )
    talks.do("A", "revoke_key", key=keys[2].key_id)
    assert sent(MOST + 1).status_code == 201
    assert kept(talks) == [names[1], *names[3 : MOST + 2]]


# --- what ends it


def test_revoking_the_key_erases_it_at_once(talks: Talks, client: Any) -> None:
    keep(client, talks, brought(talks))
    keep(client, talks, brought(talks, OTHER, credential=credential("d")))
    enrol(talks)
    enrol(talks, OTHER)
    assert post(client, talks, talks.raw("M", "revoke_key", key=NEW.key_id)).status_code == 201
    assert kept(talks) == [credential("d")]
    assert is_unknown(fetch(client, talks)) and fetch(client, talks, credential("d")).status_code == 200
    answer = keep(client, talks, brought(talks))
    assert (answer.status_code, codes_of(answer)) == (422, ["key.present"])


def test_enrolling_a_key_in_its_place_erases_it_too(talks: Talks, client: Any) -> None:
    keep(client, talks, brought(talks))
    enrol(talks)
    replacing = talks.raw("A", "enrol", person="A", public=encode_base64url(OTHER.public), replaces=NEW.key_id,
                          possession=prove_possession(OTHER, talks.origin, "A"))  # fmt: skip
    assert post(client, talks, replacing).status_code == 201
    assert kept(talks) == []


def test_one_that_was_not_erased_in_time_is_refused_and_erased_then(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: str) -> None:
        raise NotStored("no space")

    keep(client, talks, brought(talks))
    enrol(talks)
    with monkeypatch.context() as patched:
        patched.setattr(talks.depositary.store, "drop_wrapped", full)
        assert post(client, talks, talks.raw("A", "revoke_key", key=NEW.key_id)).status_code == 201
        assert kept(talks) == [credential()] and is_unknown(fetch(client, talks))
    assert is_unknown(fetch(client, talks)) and kept(talks) == []


def test_whoever_has_left_is_given_nothing_until_they_are_admitted_again(talks: Talks, client: Any) -> None:
    keep(client, talks, brought(talks, person="B"), "B")
    talks.do("M", "leave", person="B")
    assert is_unknown(fetch(client, talks))
    talks.do("M", "admit", {"title": "Office of B"}, person="B", role="delegate", side="B")
    assert fetch(client, talks).status_code == 200


def test_a_key_that_somebody_else_has_enrolled_is_given_to_nobody(talks: Talks, client: Any) -> None:
    """Whoever holds a key can prove it for two people; the record ties it to one."""
    keep(client, talks, brought(talks))
    enrol(talks, NEW, "B")
    assert is_unknown(fetch(client, talks))


# --- what nobody learns


def test_whatever_is_not_given_is_answered_alike(talks: Talks, closed: Talks, client: Any) -> None:
    keep(client, closed, brought(closed))
    tried = [
        fetch(client, talks), fetch(client, closed, credential("d")), fetch(client, talks, credential("d")),
        fetch(client, closed, process=NOWHERE), fetch(client, closed, "x"), fetch(client, closed, credential() + "="),
        fetch(client, closed, "x" * 2000), fetch(client, closed, "%00"), fetch(client, closed, "%C3%A9"),
        fetch(client, closed, credential("d"), **as_person(closed, "A")),
    ]  # fmt: skip
    assert {answer.status_code for answer in tried} == {404}
    unprintable = [a for a in tried if codes_of(a) != ["passkey.unknown"]]
    assert len(unprintable) == 1  # an address that cannot be written is none, in any process
    assert len({str(errors_of(a)) for a in tried if a not in unprintable}) == 1


def test_no_other_answer_names_what_is_kept(closed: Talks, client: Any) -> None:
    keep(client, closed, brought(closed))
    for person in ("M", "A", "B", None):
        for path in ("", "room", "keys", "timeline", "record", "copy", "waiting-keys", "place", "entry"):
            answer = client.get(address(closed, path), headers={**PAGE, **as_person(closed, person)})
            assert not re.search(f"{credential()}|{encode_base64url(WRAPPED)[:40]}", answer.text), (
                person,
                path,
            )
