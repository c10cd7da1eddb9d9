"""Entering: by invitation a key is brought, waits, and is enrolled by those who may, once they have heard its words."""

from __future__ import annotations

import html
import json
import re
import time
from typing import Any

import pytest

from detente.acts.authoring import Place, author_act
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import encode_base64url
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.keys.thumbprint import fingerprint_words
from detente.signing.invitation import LONGEST_LIFE, make_invitation
from detente.store.passing import MemoryPassing
from detente.web.signing_in import MOST_EACH, WaitingKey, WaitingKeys
from tests.depositary.talks import Talks, everything, key_named
from tests.web.case import draft_of
from tests.web.hosting import PAGE, address, as_person, bearer, codes_of, front

NOWHERE = "a" * 26
NEW, OTHER = key_named("brought"), key_named("another")


@pytest.fixture
def inviting(closed: Talks) -> Talks:
    """Talks with somebody admitted who holds no key."""
    closed.do("M", "admit", {"title": "Office of C"}, person="C", role="observer")
    return closed


def invitation(
    talks: Talks,
    by: str | SigningKey = "M",
    person: str = "C",
    *,
    made: int = 0,
    life: int = 3600,
    origin: str = "",
) -> str:
    key = talks.keys[by] if isinstance(by, str) else by
    return make_invitation(key, origin or talks.origin, person, made or int(time.time()), life)


def brought(talks: Talks, sent: str, key: SigningKey = NEW, person: str = "C") -> dict[str, str]:
    """What an invited browser sends."""
    proof = prove_possession(key, talks.origin, person)
    return {"invitation": sent, "public": encode_base64url(key.public), "possession": proof}


def bring(client: Any, talks: Talks, body: Any, process: str = "", **headers: str) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body)
    path = f"/processes/{process or talks.id}/waiting-keys"
    return client.post(path, content=content, headers={k.replace("_", "-"): v for k, v in headers.items()})


def room(client: Any, talks: Talks, person: str | None) -> str:
    headers = bearer(NEW, talks.origin) if person == "C" else as_person(talks, person)
    answer = client.get(address(talks, "room"), headers={**PAGE, **headers})
    assert answer.status_code == 200
    return html.unescape(str(answer.text))


def links_to_enrol(page: str) -> list[str]:
    return re.findall(r'href="([^"]*kind=enrol&person=[^"]*)"', page)


def words_of(key: SigningKey) -> str:
    return " ".join(fingerprint_words(key.public))


def send(talks: Talks, draft: dict[str, Any], key: SigningKey) -> None:
    place = Place(draft["log"], talks.chain(key), talks.seen())
    fields = draft["clear"], draft["hidden"], tuple(draft["audience"])
    talks.depositary.receive_act(author_act(key, BY_NAME[draft["kind"]], place, int(time.time()), *fields))


# --- the way in


def test_from_an_invitation_to_an_enrolled_key(inviting: Talks, client: Any) -> None:
    assert "Office of C" in room(client, inviting, "M")
    assert client.get(address(inviting, "join"), headers=PAGE).status_code == 200
    answer = bring(client, inviting, brought(inviting, invitation(inviting)))
    assert answer.status_code == 202
    assert answer.json() == {"person": "C", "key": NEW.key_id, "stands": "waiting"}
    page = room(client, inviting, "M")
    assert words_of(NEW) in page
    (link,) = links_to_enrol(page)
    signing = client.get(link, headers={**PAGE, **as_person(inviting, "M")})
    draft = draft_of(signing.text)
    assert draft is not None and 'id="problems"' not in signing.text
    assert draft["clear"] == {
        "person": "C", "public": encode_base64url(NEW.public),
        "possession": prove_possession(NEW, inviting.origin, "C"),
    }  # fmt: skip
    send(inviting, draft, inviting.keys["M"])
    assert inviting.state.keys[NEW.key_id].person == "C"
    after = room(client, inviting, "M")
    assert words_of(NEW) not in after and not links_to_enrol(after)
    assert "as <bdi>Office of C" in room(client, inviting, "C")


def test_a_key_that_waits_can_do_nothing(inviting: Talks, client: Any) -> None:
    before = everything(inviting.depositary)
    bring(client, inviting, brought(inviting, invitation(inviting)))
    assert everything(inviting.depositary) == before
    assert client.get(address(inviting), headers=bearer(NEW, inviting.origin)).status_code == 401


def test_others_do_not_see_what_waits(inviting: Talks, client: Any) -> None:
    bring(client, inviting, brought(inviting, invitation(inviting)))
    for person in ("A", "B", "PA"):
        page = room(client, inviting, person)
        assert words_of(NEW) not in page and not links_to_enrol(page) and 'id="invitations"' not in page


def waiting(client: Any, talks: Talks, person: str | None) -> Any:
    return client.get(address(talks, "waiting-keys"), headers=as_person(talks, person))


def test_whoever_may_enrol_is_told_what_waits_and_nobody_else(inviting: Talks, client: Any) -> None:
    assert waiting(client, inviting, "M").json() == {"waiting": []}
    bring(client, inviting, brought(inviting, invitation(inviting)))
    (key,) = waiting(client, inviting, "M").json()["waiting"]
    assert (key["who"], key["words"]) == ("Office of C", words_of(NEW))
    assert [key["href"]] == links_to_enrol(room(client, inviting, "M"))
    for person in ("A", "PA"):
        assert waiting(client, inviting, person).json() == {"waiting": []}
    assert waiting(client, inviting, None).status_code == 404
    inviting.enrol("C", NEW, by="M")
    assert waiting(client, inviting, "M").json() == {"waiting": []}


def test_its_holder_hears_what_became_of_a_key_with_any_invitation_or_none(
    inviting: Talks, client: Any
) -> None:
    """So a browser that waits asks this, and signs in once: nothing is refused to it in between."""
    body = brought(inviting, invitation(inviting))
    assert bring(client, inviting, body).json()["stands"] == "waiting"
    inviting.enrol("C", NEW, by="M")
    for sent in (body, {**body, "invitation": ""}):
        answer = bring(client, inviting, sent)
        assert (answer.status_code, answer.json()["stands"]) == (200, "enrolled")
    inviting.do("M", "revoke_key", key=NEW.key_id)
    for sent in (body, {**body, "invitation": ""}):
        answer = bring(client, inviting, sent)
        assert (answer.status_code, answer.json()["stands"]) == (200, "spent")
    assert waiting(client, inviting, "M").json() == {"waiting": []}
    assert codes_of(bring(client, inviting, {**body, "invitation": "", "possession": "x"})) == [
        "invitation.not_valid"
    ]


def test_somebody_elses_key_is_spent_for_whoever_is_invited(inviting: Talks, client: Any) -> None:
    body = brought(inviting, invitation(inviting), inviting.keys["A"])
    assert bring(client, inviting, body).json()["stands"] == "spent"
    assert waiting(client, inviting, "M").json() == {"waiting": []}


def test_a_mediators_link_serves_once(inviting: Talks, client: Any) -> None:
    sent = invitation(inviting)
    assert bring(client, inviting, brought(inviting, sent)).status_code == 202
    inviting.enrol("C", NEW, by="M")
    answer = bring(client, inviting, brought(inviting, sent, OTHER))
    assert (answer.status_code, codes_of(answer)) == (403, ["invitation.not_valid"])
    inviting.do("M", "revoke_key", key=NEW.key_id)
    assert bring(client, inviting, brought(inviting, invitation(inviting), OTHER)).status_code == 202


def test_ones_own_link_brings_a_further_browser_that_oneself_enrols(inviting: Talks, client: Any) -> None:
    own = invitation(inviting, "A", "A")
    assert bring(client, inviting, brought(inviting, own, person="A")).status_code == 202
    page = room(client, inviting, "A")
    assert words_of(NEW) in page
    assert words_of(NEW) not in room(client, inviting, "M") and words_of(NEW) not in room(
        client, inviting, "PA"
    )
    (link,) = links_to_enrol(page)
    draft = draft_of(client.get(link, headers={**PAGE, **as_person(inviting, "A")}).text)
    assert draft is not None
    send(inviting, draft, inviting.keys["A"])
    assert inviting.state.keys[NEW.key_id].person == "A"
    mediators = client.get(link, headers={**PAGE, **as_person(inviting, "M")})
    assert draft_of(mediators.text) is None and 'id="problems"' in mediators.text


def test_a_key_brought_by_a_waiting_person_is_enrolled_only_with_its_own_proof(
    inviting: Talks, client: Any
) -> None:
    bring(client, inviting, brought(inviting, invitation(inviting)))
    (link,) = links_to_enrol(room(client, inviting, "M"))
    for wrong in (
        link.replace("person=C", "person=PB"),
        re.sub(r"possession=[^&]{8}", "possession=AAAAAAAA", link),
    ):
        page = client.get(wrong, headers={**PAGE, **as_person(inviting, "M")})
        assert page.status_code == 200 and draft_of(page.text) is None and 'id="problems"' in page.text


# --- what is no invitation


def faults(talks: Talks) -> dict[str, Any]:
    """What an outsider, or somebody who may not invite, may send. Every one is answered alike."""
    now, stranger = int(time.time()), key_named("stranger")
    good = invitation(talks)
    return {
        "expired": invitation(talks, made=now - 7200, life=3600),
        "for too long": invitation(talks, life=LONGEST_LIFE + 1),
        "not yet": invitation(talks, made=now + 3600),
        "to another process": invitation(talks, origin=f"detente/{NOWHERE}"),
        "to a chamber": invitation(talks, origin=f"{talks.origin}/mediators"),
        "by a delegate for somebody else": invitation(talks, "A"),
        "by a principal for their delegate": invitation(talks, "PA", "A"),
        "for somebody who has a key": invitation(talks, "M", "A"),
        "for nobody": invitation(talks, "M", "Z"),
        "by a stranger": invitation(talks, stranger),
        "forged": f"{good[:-8]}AAAAAAAA",
        "a token": as_person(talks, "M")["authorization"].removeprefix("Detente "),
        "nothing": "", "no invitation": "x.y.z", "signs": "é.\u0000.~",
    }  # fmt: skip


def test_whatever_is_no_invitation_is_answered_alike_and_a_missing_process_too(
    inviting: Talks, client: Any
) -> None:
    answers = {}
    for name, sent in faults(inviting).items():
        for process in (inviting.id, NOWHERE):
            person = "A" if "key" in name or "principal" in name else "C"
            answers[name, process] = bring(client, inviting, brought(inviting, sent, person=person), process)
    good = bring(client, inviting, brought(inviting, invitation(inviting)), NOWHERE)
    assert {(answer.status_code, answer.text) for answer in answers.values()} == {(403, good.text)}
    assert codes_of(good) == ["invitation.not_valid"]
    assert not links_to_enrol(room(client, inviting, "M"))


def test_a_revoked_inviter_invites_nobody(inviting: Talks, client: Any) -> None:
    second = key_named("second")
    inviting.enrol("M", second)
    sent = invitation(inviting, second)
    assert bring(client, inviting, brought(inviting, sent)).status_code == 202
    inviting.do("M", "revoke_key", key=second.key_id)
    answer = bring(client, inviting, brought(inviting, sent, OTHER))
    assert codes_of(answer) == ["invitation.not_valid"]


def test_whoever_has_left_neither_invites_nor_is_invited(inviting: Talks, client: Any) -> None:
    leaver = key_named("leaver")
    inviting.do("M", "admit", {"title": "Office of N"}, person="N", role="mediator")
    inviting.do("M", "enrol", person="N", public=encode_base64url(leaver.public),
                possession=prove_possession(leaver, inviting.origin, "N"))  # fmt: skip
    by_leaver, to_leaver = invitation(inviting, leaver), invitation(inviting)
    own = invitation(inviting, leaver, "N")
    assert bring(client, inviting, brought(inviting, by_leaver)).status_code == 202
    for person in ("N", "C"):
        inviting.do("M", "leave", person=person)
    for sent, person in ((by_leaver, "C"), (to_leaver, "C"), (own, "N")):
        answer = bring(client, inviting, brought(inviting, sent, OTHER, person))
        assert (answer.status_code, codes_of(answer)) == (403, ["invitation.not_valid"])
    inviting.do("M", "admit", {"title": "Office of C"}, person="C", role="observer")
    assert codes_of(bring(client, inviting, brought(inviting, by_leaver, OTHER))) == ["invitation.not_valid"]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"possession": "x"}, "key.possession"), ({"possession": "A" * 86}, "key."), ({"public": "AAAA"}, "key."),
        ({"public": encode_base64url(bytes(32))}, "key.small_order"), ({"public": "!"}, "base64"),
        ({"public": encode_base64url(OTHER.public)}, "key."),
    ],
)  # fmt: skip
def test_a_key_without_its_proof_does_not_wait(
    inviting: Talks, client: Any, members: dict[str, str], code: str
) -> None:
    answer = bring(client, inviting, {**brought(inviting, invitation(inviting)), **members})
    assert answer.status_code in (400, 422) and codes_of(answer)[0].startswith(code)
    assert not links_to_enrol(room(client, inviting, "M"))


def test_a_proof_for_another_person_or_process_is_none(inviting: Talks, client: Any, talks: Talks) -> None:
    for proof in (prove_possession(NEW, inviting.origin, "A"), prove_possession(NEW, talks.origin, "C")):
        answer = bring(client, inviting, {**brought(inviting, invitation(inviting)), "possession": proof})
        assert answer.status_code == 422 and codes_of(answer)[0].startswith("key.")
    assert not links_to_enrol(room(client, inviting, "M"))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"invitation":"x"}', b'{"invitation":1,"public":"x","possession":"x"}',
        b'{"invitation":"x","public":"x","possession":"x","more":1}', b"[" * 10_000, b'"\\ud800"',
        b'{"invitation":"\\ud800","public":"x","possession":"x"}',
    ],
)  # fmt: skip
def test_what_is_no_json_of_it_is_refused_the_same_everywhere(
    inviting: Talks, client: Any, body: bytes
) -> None:
    answers = [bring(client, inviting, body, process) for process in (inviting.id, NOWHERE)]
    assert answers[0].text == answers[1].text
    assert {answer.status_code for answer in answers} == {403}
    assert codes_of(answers[0])[0].startswith("invitation.")


def test_a_body_too_large_is_not_read(inviting: Talks, client: Any) -> None:
    for process in (inviting.id, NOWHERE):
        answer = bring(client, inviting, b'{"invitation":"' + b"x" * 20_000, process)
        assert (answer.status_code, codes_of(answer)) == (413, ["envelope.size"])


def test_another_site_brings_no_key(inviting: Talks, client: Any) -> None:
    body = brought(inviting, invitation(inviting))
    answer = bring(client, inviting, body, sec_fetch_site="cross-site")
    assert (answer.status_code, codes_of(answer)) == (403, ["http.cross_site"])
    assert not links_to_enrol(room(client, inviting, "M"))


# --- what is kept, and what nobody learns


def test_the_page_that_an_invitation_opens_is_the_same_for_every_process(
    inviting: Talks, client: Any
) -> None:
    pages = []
    for process in (inviting.id, NOWHERE):
        answer = client.get(f"/processes/{process}/join", headers=PAGE)
        assert answer.status_code == 200
        pages.append(re.sub(r'nonce="[^"]*"', "", answer.text.replace(process, "ID")))
    assert pages[0] == pages[1]
    assert client.get("/convene", headers=PAGE).status_code == 200


def test_a_restart_forgets_what_waits_and_the_link_serves_again(inviting: Talks, client: Any) -> None:
    body = brought(inviting, invitation(inviting))
    bring(client, inviting, body)
    with front(inviting.depositary) as again:
        assert not links_to_enrol(room(again, inviting, "M"))
        assert bring(again, inviting, body).status_code == 202
        assert words_of(NEW) in room(again, inviting, "M")


def test_whoever_holds_a_link_crowds_out_nobody_else(inviting: Talks, client: Any) -> None:
    inviting.do("M", "admit", {"title": "Office of D"}, person="D", role="observer")
    patient = brought(inviting, invitation(inviting, person="D"), OTHER, "D")
    assert bring(client, inviting, patient).status_code == 202
    many = [key_named(f"many {n}") for n in range(3 * MOST_EACH)]
    for key in (*many, many[-1]):
        assert bring(client, inviting, brought(inviting, invitation(inviting), key)).status_code == 202
    page = room(client, inviting, "M")
    assert [words_of(key) in page for key in many] == [False] * 2 * MOST_EACH + [True] * MOST_EACH
    assert words_of(OTHER) in page and len(links_to_enrol(page)) == MOST_EACH + 1


def test_only_so_many_people_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.web.signing_in.MOST_WAITING", 10)
    waiting = WaitingKeys(MemoryPassing())
    for n in range(25):
        waiting.keep("detente/x", WaitingKey(f"P{n}", "key", "proof"))
    assert [key.person for key in waiting.of("detente/x")] == [f"P{n}" for n in range(15, 25)]
    assert waiting.of("detente/y") == ()
