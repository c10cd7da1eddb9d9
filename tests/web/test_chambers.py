"""Sealed chambers over HTTP: the host keeps files that it cannot open, and hands them to the chamber's members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
import pytest

from detente.acts.kinds import BY_NAME
from detente.acts.sealing import groups_of
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.host import Depositary
from detente.keys.possession import prove_possession
from detente.sealing.identity import Identity, make_identity, public_of
from detente.sealing.key_box import make_key_box, open_content, open_key_box, seal_content
from detente.signing.disclosure import open_disclosures
from detente.signing.signer import sign_act
from tests.depositary.talks import SEATS, Talks, everything, open_host
from tests.web.hosting import READABLE, address, as_person, codes_of, front

CANARY = "canary-7f3a"


class Sealers:
    """Talks whose people have keys to read with. identities: of each person, of the recovery keys, of chambers."""

    def __init__(self, depositary: Depositary | None = None, **talks: Any) -> None:
        self.identities: dict[str, Identity] = {
            p: make_identity() for p in ("M", "A", "PA", "B", "PB", "rA", "rB", "rM", "rM2")
        }
        self.talks = Talks(depositary or open_host(), **talks)
        self.talks.do(
            "M", "convene", {"title": "Talks"}, **self.talks.convening, convenor_sealing=self.public("M")
        )
        for person, role, side in SEATS:
            self.talks.do("M", "admit", person=person, role=role, side=side)
            key, sealing = self.talks.keys[person], self.public(person)
            proof = prove_possession(key, self.talks.origin, person, sealing)
            given = {"person": person, "public": encode_base64url(key.public), "possession": proof}
            self.talks.do("M", "enrol", **given, sealing=sealing)
        self.talks.do("PA", "name_recovery_key", public=self.public("rA"))
        self.talks.do("PB", "name_recovery_key", public=self.public("rB"))
        self.talks.do("M", "name_recovery_key", public=self.public("rM"))

    def public(self, name: str) -> str:
        return encode_base64url(public_of(self.identities[name]))

    def begin(
        self, person: str, chamber: str, *people: str, hidden: Mapping[str, str] = MappingProxyType({})
    ) -> str:
        """Begin an epoch for these people; its leaf."""
        self.identities[chamber] = make_identity()
        groups = groups_of(chamber)
        readers = [*people, *(f"r{group}" for group in groups)]
        box = make_key_box([self.identities[chamber]], [public_of(self.identities[r]) for r in readers])
        keys = tuple(self.talks.keys[p].key_id for p in people)
        clear = {"public": self.public(chamber), "keys": keys, "recovery": groups}
        return self.talks.do(person, "begin_epoch", {**hidden, "box": box}, chamber=chamber, **clear).leaf

    def raw(
        self, person: str, kind: str, chamber: str, epoch: str, hidden: dict[str, Any], **clear: Any
    ) -> bytes:
        """An act whose hidden fields are sealed to the chamber's key."""
        key = self.talks.keys[person]
        public = public_of(self.identities[chamber])
        payload = self.talks.payload(key, kind, chamber, **clear)
        seal = lambda text: {"sealed": seal_content(text, public), "epoch": epoch}  # noqa: E731
        return sign_act(key, payload, hidden, BY_NAME[kind].hidden_fields, seal=seal)

    def note(self, person: str, epoch: str, text: str = CANARY) -> int:
        raw = self.raw(person, "note", "side-A", epoch, {"text": text})
        return self.talks.depositary.receive_act(raw).index


@pytest.fixture
def sealers() -> Sealers:
    return Sealers()


@pytest.fixture
def client(sealers: Sealers) -> Iterator[Any]:
    with front(sealers.talks.depositary) as opened:
        yield opened


def keys_of(client: Any, sealers: Sealers, person: str, chamber: str = "side-A") -> Any:
    where = address(sealers.talks, f"chambers/{chamber}/keys")
    return client.get(where, headers=as_person(sealers.talks, person))


# --- the door


def test_a_chamber_with_a_key_takes_nothing_unsealed(sealers: Sealers) -> None:
    sealers.talks.do("A", "note", {"text": "Before there was a key."}, chamber="side-A")
    epoch = sealers.begin("PA", "side-A", "A", "PA")
    before = everything(sealers.talks.depositary)
    for kind, hidden in (
        ("note", {"text": CANARY}),
        ("note", {"remark": CANARY}),
        ("void", {"reason": CANARY}),
    ):
        with pytest.raises(Refused) as refused:
            sealers.talks.do("A", kind, hidden, chamber="side-A")
        assert [r.code for r in refused.value.refusals] == ["sealing.required"]
    assert everything(sealers.talks.depositary) == before
    sealers.talks.do("A", "void", chamber="side-A")
    assert sealers.note("A", epoch) == 3


def test_content_is_sealed_to_the_present_key_and_no_other(sealers: Sealers) -> None:
    first = sealers.begin("PA", "side-A", "A", "PA")
    sealers.begin("PA", "side-A", "A", "PA")
    with pytest.raises(Refused) as refused:
        sealers.note("A", first)
    assert [r.code for r in refused.value.refusals] == ["sealing.epoch_over"]


# --- who opens it


def test_a_member_opens_what_another_sealed_and_it_is_what_was_signed(sealers: Sealers, client: Any) -> None:
    """The principal's machine gets the box and the file from the host; the disclosures in it open the act's digests."""
    epoch = sealers.begin("PA", "side-A", "A", "PA")
    index = sealers.note("A", epoch)
    found = keys_of(client, sealers, "PA").json()
    assert [e["leaf"] for e in found["epochs"]] == [epoch]
    (box,) = found["boxes"]
    for reader in ("PA", "A", "rA"):
        (opened,) = open_key_box(box["box"], sealers.identities[reader])
        assert encode_base64url(public_of(opened)) == found["epochs"][0]["public"]
    with pytest.raises(Refused):
        open_key_box(box["box"], sealers.identities["M"])
    page = client.get(
        address(sealers.talks, f"acts/{index + 1}?log=side-A"), headers=as_person(sealers.talks, "PA")
    ).text
    file = re.search(r'data-sealed="([\w-]+)"', page)
    digests = re.search(r'data-digests="([\w -]+)"', page)
    assert file and digests
    disclosures = open_content(file[1], opened)
    assert open_disclosures(digests[1].split(" "), disclosures, ()) == {"text": CANARY}


def test_the_host_serves_what_was_sealed_to_nobody(sealers: Sealers, client: Any) -> None:
    epoch = sealers.begin("PA", "side-A", "A", "PA")
    sealers.note("A", epoch)
    held = str(everything(sealers.talks.depositary))
    assert CANARY not in held and encode_base64url(CANARY.encode()) not in held
    for person in ("A", "PA", "B", "M"):
        for path in (*READABLE, "chambers", "chambers/side-A/keys", "room", "sign?kind=note&log=side-A"):
            answer = client.get(address(sealers.talks, path), headers=as_person(sealers.talks, person))
            assert CANARY.encode() not in answer.content, (person, path)


def test_the_keys_of_a_chamber_are_for_its_members(sealers: Sealers, client: Any) -> None:
    sealers.begin("PA", "side-A", "A", "PA")
    assert keys_of(client, sealers, "A").status_code == 200
    for person in ("B", "M"):
        assert codes_of(keys_of(client, sealers, person)) == ["log.audience"]
    assert codes_of(client.get(address(sealers.talks, "chambers/side-A/keys"))) == ["log.audience"]
    assert codes_of(keys_of(client, sealers, "A", "side-Z")) == ["log.audience"]


# --- drafting


def test_a_form_of_a_chamber_keeps_what_it_hides_in_the_browser(sealers: Sealers, client: Any) -> None:
    epoch = sealers.begin("PA", "side-A", "A", "PA")
    where = address(sealers.talks, "sign?kind=note&log=side-A")
    asked = client.get(where, headers=as_person(sealers.talks, "A")).text
    assert 'data-kept="text"' in asked and 'name="text"' not in asked
    assert "data-draft" not in asked  # there is something to write first
    page = client.post(where, headers=as_person(sealers.talks, "A"), data={"kind": "note"}).text
    draft = re.search(r'data-draft="([^"]+)"', page)
    assert draft
    signable = msgspec.json.decode(draft[1].replace("&#34;", '"'))
    assert signable["seal"] == {"epoch": epoch, "public": sealers.public("side-A")}
    assert signable["hidden"] == {}


def test_nobody_is_asked_to_write_where_the_host_could_read_it(sealers: Sealers, client: Any) -> None:
    where = address(sealers.talks, "sign?kind=note&log=side-A")
    page = client.post(where, headers=as_person(sealers.talks, "A"), data={"text": "Words."}).text
    assert "the host could read what you write" in page and "data-draft" not in page
    sealers.begin("PA", "side-A", "A", "PA")
    sealers.talks.do("PA", "revoke_key", key=sealers.talks.keys["A"].key_id)
    page = client.post(where, headers=as_person(sealers.talks, "PA"), data={}).text
    assert "can still open this chamber" in page and "data-draft" not in page


def test_the_page_says_who_can_open_each_chamber_and_what_its_key_needs(
    sealers: Sealers, client: Any
) -> None:
    sealers.begin("PA", "side-A", "A", "PA")
    page = client.get(address(sealers.talks, "chambers"), headers=as_person(sealers.talks, "A")).text
    side, mediators = page.split('data-chamber="mediators-A"')
    assert "Sealed since act 1 of this chamber" in side and 'data-do="share"' not in side
    assert "Not sealed yet" in mediators and 'data-do="begin"' in mediators
    assert decode_base64url(sealers.public("side-A"))


def test_what_is_erased_is_on_no_page_that_was_kept(sealers: Sealers, client: Any) -> None:
    talks = sealers.talks
    statement = talks.do("A", "register_statement", {"text": CANARY}, claims=(("other", ""),))
    pages = [address(talks, path) for path in ("timeline", f"acts/{statement.index + 1}", "")]
    headers = {**as_person(talks, "B"), "detente-at-least": "0"}
    before = [client.get(page, headers=headers).text for page in pages]
    assert any(CANARY in page for page in before)
    raw = talks.raw("A", "erase", {}, originals=(statement.leaf,), writer="A", ground="consent")
    answer = client.post(address(talks, "acts"), content=raw, headers={"content-type": "application/sd-jwt"})
    assert answer.status_code == 201, answer.text
    for page in pages:
        found = client.get(page, headers=headers).text
        assert CANARY not in found
    assert "erased" in client.get(pages[1], headers=headers).text.lower()
