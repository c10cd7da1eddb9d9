"""A passkey beside a key: with the key alone nobody is signed in, reads, or sends an act, and nobody ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from detente.codec.base64url import encode_base64url
from detente.keys.possession import prove_possession
from tests.depositary.talks import Talks, key_named
from tests.web.authenticator import PRESENT, VERIFIED, Passkey
from tests.web.hosting import PAGE, address, as_person, codes_of, front, post
from tests.web.test_signing_in import anew, challenge_of, sign_in, token


def sets(client: Any, talks: Talks, passkey: Passkey, person: str = "A", **other: Any) -> Any:
    """Set a passkey for the key of somebody. other: members of what is sent that are not as they should be."""
    challenge = challenge_of(client, talks)
    body = {
        "token": token(talks, person, challenge=challenge), "credential": passkey.credential,
        "public": passkey.public, "assertion": passkey.used(challenge), **other,
    }  # fmt: skip
    return client.post(address(talks, "second-factor"), json=body)


def signs_in(client: Any, talks: Talks, assertion: Callable[[str], Any], person: str = "A") -> Any:
    challenge = challenge_of(client, talks)
    body = {"token": token(talks, person, challenge=challenge), "assertion": assertion(challenge)}
    return client.post(address(talks, "session"), json=body)


def ends(client: Any, talks: Talks, assertion: Callable[[str], Any]) -> Any:
    challenge = challenge_of(client, talks)
    body = {"token": token(talks, "A", challenge=challenge), "assertion": assertion(challenge)}
    return client.post(address(talks, "second-factor/end"), json=body)


@pytest.fixture(params=["ES256", "EdDSA"])
def passkey(request: Any) -> Passkey:
    return Passkey(request.param)


@pytest.fixture
def kept(closed: Talks, client: Any, passkey: Passkey) -> Passkey:
    """The passkey that the key of A asks for; nobody is signed in."""
    assert sets(client, closed, passkey).status_code == 201
    anew(client)
    return passkey


# --- with both


def test_key_and_passkey_sign_in_together(closed: Talks, client: Any, kept: Passkey) -> None:
    assert signs_in(client, closed, kept.used).status_code == 201
    assert client.get(address(closed), headers=PAGE).status_code == 200
    assert "Asks for a passkey" in client.get(address(closed, "keys"), headers=PAGE).text


def test_whoever_sets_it_is_signed_in_and_every_other_session_ends(
    closed: Talks, client: Any, passkey: Passkey
) -> None:
    sign_in(client, closed, "A")
    with front(closed.depositary) as elsewhere:
        elsewhere.app.state.sessions = client.app.state.sessions
        elsewhere.app.state.challenges = client.app.state.challenges
        sign_in(elsewhere, closed, "A")
        assert elsewhere.get(address(closed)).status_code == 200
        assert sets(client, closed, passkey).status_code == 201
        assert client.get(address(closed)).status_code == 200
        assert elsewhere.get(address(closed)).status_code == 404


def test_an_act_goes_out_in_a_session_that_both_have_opened(
    closed: Talks, client: Any, kept: Passkey
) -> None:
    signs_in(client, closed, kept.used)
    assert post(client, closed, closed.raw_statement("A")).status_code == 201


def test_key_and_passkey_end_it_together(closed: Talks, client: Any, kept: Passkey) -> None:
    assert ends(client, closed, kept.used).status_code == 204
    assert sign_in(client, closed, "A").status_code == 201
    assert client.get(address(closed), headers=as_person(closed, "A")).status_code == 200
    assert sets(client, closed, Passkey()).status_code == 201, "another can be set then"


# --- with the key alone


def test_the_key_alone_opens_no_session(closed: Talks, client: Any, kept: Passkey) -> None:
    answer = sign_in(client, closed, "A")
    assert (answer.status_code, answer.json()) == (202, {"credential": kept.credential})
    assert "set-cookie" not in answer.headers
    assert client.get(address(closed)).status_code == 404


def test_the_key_alone_reads_nothing_by_a_token(closed: Talks, client: Any, kept: Passkey) -> None:
    for path in ("", "copy", "status", "log/checkpoint", "acts/1", "place", "passkeys/x"):
        answer = client.get(address(closed, path), headers=as_person(closed, "A"))
        if path == "passkeys/x":
            assert answer.status_code == 404, "asked of nobody"
        else:
            assert (answer.status_code, codes_of(answer)) == (401, ["token.second_factor"]), path


def test_the_key_alone_sends_no_act_and_so_enrols_no_other_key(
    closed: Talks, client: Any, kept: Passkey
) -> None:
    thief, size = key_named("thief"), closed.size
    enrol = closed.raw("A", "enrol", person="A", public=encode_base64url(thief.public),
                       possession=prove_possession(thief, closed.origin, "A"))  # fmt: skip
    for raw in (enrol, closed.raw_statement("A"), closed.raw("A", "note", {"text": "x"}, chamber="side-A")):
        answer = post(client, closed, raw)
        assert (answer.status_code, codes_of(answer)) == (401, ["host.second_factor"])
    sign_in(client, closed, "B")
    assert post(client, closed, closed.raw_statement("A")).status_code == 401, (
        "nor in somebody else's session"
    )
    assert closed.size == size
    assert post(client, closed, closed.raw_statement("B")).status_code == 201


def test_the_key_alone_neither_ends_it_nor_sets_another(closed: Talks, client: Any, kept: Passkey) -> None:
    other = Passkey(site=kept.site)
    answer = ends(client, closed, other.used)
    assert (answer.status_code, codes_of(answer)) == (401, ["token.passkey"])
    answer = sets(client, closed, other)
    assert (answer.status_code, codes_of(answer)) == (409, ["passkey.taken"])
    assert sign_in(client, closed, "A").status_code == 202


def test_a_session_that_was_taken_over_sets_none(closed: Talks, client: Any) -> None:
    """It needs the key: else a thief of a cookie could shut its owner out."""
    sign_in(client, closed, "A")
    passkey = Passkey()
    for forged in ("", "x.y.z", token(closed, "A")):  # the last answers no challenge
        assert sets(client, closed, passkey, token=forged).status_code == 401
    assert sign_in(client, closed, "A").status_code == 201


# --- what is no use of the passkey


def wrong(passkey: Passkey) -> dict[str, Callable[[str], Any]]:
    good, other = passkey.used, Passkey(site=passkey.site)
    return {
        "another passkey": other.used,
        "another challenge": lambda _challenge: good("another"),
        "another site": lambda challenge: good(challenge, origin="http://elsewhere.example"),
        "a site that ends alike": lambda challenge: good(challenge, origin="http://xlocalhost"),
        "no site": lambda challenge: good(challenge, origin="http://[localhost"),
        "of another site": lambda challenge: good(challenge, rpId="elsewhere.example"),
        "within another page": lambda challenge: good(challenge, crossOrigin=True),
        "made, not used": lambda challenge: good(challenge, type="webauthn.create"),
        "its owner not there": lambda challenge: good(challenge, flags=VERIFIED),
        "its owner not verified": lambda challenge: good(challenge, flags=PRESENT),
        "no signature": lambda challenge: {**good(challenge), "signature": ""},
        "signed otherwise": lambda challenge: {**good(challenge), "signature": good(challenge + "x")["signature"]},
        "data cut short": lambda challenge: {**good(challenge), "authenticator_data": encode_base64url(bytes(36))},
        "no data": lambda challenge: {**good(challenge), "authenticator_data": ""},
        "no text": lambda challenge: {**good(challenge), "client_data": "!"},
        "no json": lambda challenge: {**good(challenge), "client_data": encode_base64url(b"\xff")},
        "a list": lambda challenge: {**good(challenge), "client_data": encode_base64url(b"[]")},
        "a surrogate": lambda challenge: {**good(challenge), "client_data": encode_base64url(b'{"type":"\\ud800"}')},
        "no challenge": lambda challenge: good(challenge) | {"client_data": encode_base64url(b"{}")},
    }  # fmt: skip


def test_what_is_no_use_of_the_passkey_signs_nobody_in_and_is_told_in_one_sentence(
    closed: Talks, client: Any, kept: Passkey
) -> None:
    answers = {name: signs_in(client, closed, made) for name, made in wrong(kept).items()}
    for name, answer in answers.items():
        assert (answer.status_code, codes_of(answer)) == (401, ["token.passkey"]), name
        assert "set-cookie" not in answer.headers
    assert len({answer.text for answer in answers.values()}) == 1
    assert signs_in(client, closed, kept.used).status_code == 201


def test_what_is_no_use_of_the_passkey_sets_and_ends_nothing(
    closed: Talks, client: Any, passkey: Passkey
) -> None:
    for name, made in wrong(passkey).items():
        challenge = challenge_of(client, closed)
        body = {"token": token(closed, "A", challenge=challenge), "credential": passkey.credential,
                "public": passkey.public, "assertion": made(challenge)}  # fmt: skip
        answer = client.post(address(closed, "second-factor"), json=body)
        assert (answer.status_code, codes_of(answer)) == (401, ["token.passkey"]), name
    sets(client, closed, passkey)
    for name, made in wrong(passkey).items():
        assert ends(client, closed, made).status_code == 401, name


def test_a_use_answers_one_challenge_and_once(closed: Talks, client: Any, kept: Passkey) -> None:
    challenge = challenge_of(client, closed)
    body = {"token": token(closed, "A", challenge=challenge), "assertion": kept.used(challenge)}
    assert client.post(address(closed, "session"), json=body).status_code == 201
    answer = client.post(address(closed, "session"), json=body)
    assert (answer.status_code, codes_of(answer)) == (401, ["token.challenge"])


def test_keys_of_other_kinds_and_what_is_none_are_refused(closed: Talks, client: Any) -> None:
    passkey = Passkey()
    p384 = generate_private_key(SECP384R1()).public_key()
    other = p384.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    bad: list[dict[str, Any]] = [
        {"public": encode_base64url(other)}, {"public": encode_base64url(b"x")}, {"public": "!"}, {"public": 1},
        {"credential": "x"}, {"credential": encode_base64url(bytes(15))}, {"more": 1}, {"assertion": {}},
    ]  # fmt: skip
    for one in bad:
        answer = sets(client, closed, passkey, **one)
        assert (answer.status_code, codes_of(answer)) == (400, ["passkey.malformed"]), one
    for path in ("second-factor", "second-factor/end"):
        for body in (b"", b"{", b"\xff", b"[]"):
            assert client.post(address(closed, path), content=body).status_code == 400
    answer = client.post(address(closed, "session"), content=b'{"token": 1}')
    assert (answer.status_code, codes_of(answer)) == (401, ["token.malformed"])


# --- whose it is, and what nobody learns


def test_it_is_of_one_key_in_one_process(talks: Talks, closed: Talks, client: Any, kept: Passkey) -> None:
    assert sign_in(client, talks, "A").status_code == 201, (
        "the key is the same in these talks; they are others"
    )
    anew(client)
    for person in ("PA", "B", "M"):
        assert sign_in(client, closed, person).status_code == 201


def test_with_the_passkey_lost_another_key_revokes_this_one_and_goes_on(
    closed: Talks, client: Any, kept: Passkey
) -> None:
    lost, new = closed.keys["A"], key_named("another browser of A")
    closed.do("M", "revoke_key", key=lost.key_id)
    assert sign_in(client, closed, "A").status_code == 401
    closed.keys["A"] = new
    closed.enrol("A", new)
    assert sign_in(client, closed, "A").status_code == 201
    assert client.get(address(closed), headers=as_person(closed, "A")).status_code == 200


def test_nobody_else_learns_whether_a_key_asks_for_one(closed: Talks, talks: Talks, client: Any) -> None:
    """A forged act or token in the key's name is answered as it was before."""

    def told(where: Talks) -> list[Any]:
        raw = where.raw_statement("A")
        entry, _, rest = raw.partition(b"~")
        answer = post(client, where, entry[:-8] + b"AAAAAAAA~" + rest)
        forged = as_person(where, "A")["authorization"][:-8] + "AAAAAAAA"
        read = client.get(address(where), headers={"authorization": forged})
        return [(a.status_code, a.text) for a in (answer, read)]

    for where in (talks, closed):
        before = told(where)
        assert sets(client, where, Passkey()).status_code == 201
        anew(client)
        assert told(where) == before


def test_pages_of_others_do_not_say_it(closed: Talks, client: Any, kept: Passkey) -> None:
    for person in ("B", "M", "PA"):
        page = client.get(address(closed, "keys"), headers={**PAGE, **as_person(closed, person)}).text
        assert "Asks for a passkey" not in page and kept.credential not in page


# --- sessions


def test_signing_out_everywhere_ends_the_sessions_of_that_person_alone(
    closed: Talks, talks: Talks, client: Any
) -> None:
    def session(where: Talks, person: str) -> dict[str, str]:
        anew(client)
        value = sign_in(client, where, person).cookies["detente"]
        anew(client)
        return {"cookie": f"detente={value}"}

    own = [session(closed, "A") for _ in range(2)]
    others = [(closed, session(closed, "B")), (talks, session(talks, "A"))]
    answer = client.post(address(closed, "session/end"), headers=own[0])
    assert (answer.status_code, answer.headers["location"]) == (303, address(closed, "keys"))
    assert [client.get(address(closed), headers=one).status_code for one in own] == [404, 404]
    for where, one in others:
        page = client.get(address(where, "keys"), headers={**PAGE, **one}).text
        assert f'action="/processes/{where.id}/session/end"' in page


def test_whoever_is_nobody_ends_no_session(talks: Talks) -> None:
    with front(talks.depositary, demonstration=True) as client:
        value = sign_in(client, talks, "A").cookies["detente"]
        anew(client)
        for query in ("", "?as=A"):
            answer = client.post(address(talks, f"session/end{query}"))
            assert (answer.status_code, codes_of(answer)) == (403, ["log.members_only"])
        page = client.get(address(talks, "room"), headers={**PAGE, "cookie": f"detente={value}"}).text
        assert "as <bdi>Office of A" in page


def test_a_session_is_never_one_that_came_with_the_request(closed: Talks, client: Any) -> None:
    """Fixation: whoever plants a cookie in somebody's browser does not learn their session."""
    planted = "x" * 43
    client.cookies.set("detente", planted, path=address(closed))
    answer = sign_in(client, closed, "A")
    assert answer.cookies["detente"] != planted
    anew(client)
    assert client.get(address(closed), headers={"cookie": f"detente={planted}"}).status_code == 404
