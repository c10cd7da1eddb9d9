"""The door over HTTP: a receipt that anybody can check, or every reason why not and nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from detente.acts.time import log_verifier
from detente.codec.base64url import decode_base64url
from detente.depositary.group_commit import GroupCommit
from detente.signing.envelope import LARGEST_SUBMISSION
from detente.store.appending import NotStored
from detente.store.port import Unavailable, UncertainCommit
from detente.tlog.merkle import leaf_hash
from detente.tlog.proof import CheckedProof, check_proof, parse_proof
from tests.depositary.talks import Talks, everything, key_named
from tests.depositary.test_attacks import ATTACKS, with_signature
from tests.web.hosting import ACT, PAGE, address, codes_of, errors_of, post


def checked(talks: Talks, receipt: dict[str, Any], chamber: str = "") -> CheckedProof:
    """What a receipt proves to somebody who holds the log's key and trusts nothing else."""
    origin = f"{talks.origin}/{chamber}" if chamber else talks.origin
    log = log_verifier(origin, talks.log_key)
    return check_proof(parse_proof(receipt["proof"].encode()), decode_base64url(receipt["leaf"]), log)


def test_an_act_gets_a_receipt_that_can_be_checked_offline(talks: Talks, client: Any) -> None:
    raw, size = talks.raw_statement("A", "Words of A."), talks.size
    answer = post(client, talks, raw)
    assert answer.status_code == 201
    receipt = answer.json()
    assert set(receipt) == {"log", "index", "leaf", "proof"}
    assert (receipt["log"], receipt["index"]) == (talks.origin, size)
    assert decode_base64url(receipt["leaf"]) == leaf_hash(raw.split(b"~")[0])
    proved = checked(talks, receipt)
    assert (proved.index, proved.size) == (size, size + 1)
    assert proved.root == talks.depositary.main(talks.origin).tree.root(size + 1)


def test_an_act_of_a_chamber_gets_a_receipt_of_the_chamber(talks: Talks, client: Any) -> None:
    answer = post(client, talks, talks.raw("A", "note", {"text": "caucus"}, chamber="side-A"))
    assert answer.status_code == 201
    assert answer.json()["log"] == f"{talks.origin}/side-A"
    assert checked(talks, answer.json(), "side-A").size == 1


def test_the_same_act_sent_again_gets_the_same_receipt(talks: Talks, client: Any) -> None:
    raw = talks.raw_statement("A")
    first = post(client, talks, raw)
    before = everything(talks.depositary)
    again = post(client, talks, raw)
    assert (again.status_code, again.json()) == (201, first.json())
    assert everything(talks.depositary) == before


def test_long_after_too_it_is_the_first_place_that_is_receipted(talks: Talks, client: Any) -> None:
    raw = talks.raw_statement("A")
    first = post(client, talks, raw).json()
    talks.say("B")
    talks.say("A", "later")
    again = post(client, talks, raw).json()
    assert (again["index"], again["leaf"]) == (first["index"], first["leaf"])
    assert checked(talks, again).size == talks.size == first["index"] + 3


def test_the_receipt_can_be_fetched_later(talks: Talks, client: Any) -> None:
    receipt = post(client, talks, talks.raw_statement("A")).json()
    talks.say("B")
    found = client.get(address(talks, f"acts/{receipt['index'] + 1}/receipt"))
    assert found.status_code == 200
    proved = checked(talks, {**receipt, "proof": found.text})
    assert (proved.index, proved.size) == (receipt["index"], talks.size)
    assert client.get(address(talks, f"acts/{talks.size + 1}/receipt")).status_code == 404
    assert client.get(address(talks, "acts/0/receipt")).status_code == 404


def test_whoever_asks_is_given_the_keys_of_a_new_process(talks: Talks, client: Any) -> None:
    answer = client.post("/processes")
    assert answer.status_code == 201
    made = answer.json()
    assert set(made) == {"log_key", "keeper_key", "log_mldsa_key"} and made["log_key"] != made["keeper_key"]
    other = Talks(talks.depositary, label="others")
    other.convening |= made
    other.log_key = made["log_key"]
    other.origin = _origin(other)
    assert (
        post(client, other, other.raw("M", "convene", {"title": "Others"}, **other.convening)).status_code
        == 201
    )
    assert client.get(address(other)).status_code == 200


def _origin(talks: Talks) -> str:
    from detente.acts.convening import process_origin

    stated = talks.convening
    return process_origin(stated["label"], stated["log_key"], stated["convenor_key"], stated["nonce"])


# --- refusals


def in_parts(raw: bytes) -> Iterator[bytes]:
    """A body of which nobody says how long it will be."""
    for at in range(0, len(raw), 65_536):
        yield raw[at : at + 65_536]


STATUSES = {
    "number used twice": 409, "number skipped": 409, "prev of nothing": 409, "seen with a foreign root": 409,
    "on not current": 409, "key unknown": 403, "key revoked": 403, "too large": 413, "entry too large": 400,
    "nothing": 400, "not an act": 400, "bytes above ASCII": 400, "cut short": 400, "unsigned": 400,
    "signature of zeros": 400, "a disclosure twice": 400, "an unknown member": 400, "an unknown kind": 422,
    "a default spelled out": 400, "a time beyond 53 bits": 400, "a text that is not the one signed": 422,
    "chamber of the other side": 403, "convened again": 422,
}  # fmt: skip
"""What HTTP says of some attacks; of the others, that the client is at fault."""
ELSEWHERE = ("process unknown here", "process of others")
CONVENED = tuple(name for name in ATTACKS if name.startswith("convened with"))


@pytest.fixture
def under_way(talks: Talks) -> Talks:
    """As the attacks ask: a key of A that is revoked, and chains to hook into."""
    old = key_named("A's old key")
    talks.enrol("A", old, by="A")
    talks.do("A", "revoke_key", key=old.key_id)
    talks.say("A")
    talks.say("B")
    return talks


@pytest.mark.parametrize("name", [name for name in ATTACKS if name not in CONVENED])
def test_an_attack_is_refused_in_the_one_shape_and_changes_nothing(
    under_way: Talks, client: Any, name: str
) -> None:
    attack, code = ATTACKS[name]
    raw = attack(under_way)
    before = everything(under_way.depositary)
    answer = post(client, under_way, raw)
    assert ("act.foreign" if name in ELSEWHERE else code) in codes_of(answer)
    assert answer.status_code == STATUSES.get(name, answer.status_code)
    assert 400 <= answer.status_code < 500
    assert everything(under_way.depositary) == before
    # The number is still free, and the door still open.
    assert post(client, under_way, under_way.raw_statement("A", "Afterwards.")).status_code == 201


@pytest.mark.parametrize("name", CONVENED)
def test_a_process_that_cannot_be_convened_is_not_there(talks: Talks, client: Any, name: str) -> None:
    attack, code = ATTACKS[name]
    raw = attack(talks)
    process = msgspec.json.decode(decode_base64url(raw.split(b".")[1].decode()))["proc"].split("/")[1]
    before = everything(talks.depositary)
    answer = client.post(f"/processes/{process}/acts", content=raw, headers=ACT)
    assert (answer.status_code, codes_of(answer)) == (422, [code])
    assert everything(talks.depositary) == before
    assert client.get(f"/processes/{process}/status").status_code == 404


@pytest.mark.parametrize("size", [LARGEST_SUBMISSION + 1, 6 * LARGEST_SUBMISSION])
@pytest.mark.parametrize("streamed", [False, True])
def test_what_is_too_large_is_refused_however_it_is_sent(
    talks: Talks, client: Any, size: int, streamed: bool
) -> None:
    raw, before = b"x" * size, everything(talks.depositary)
    answer = post(client, talks, in_parts(raw) if streamed else raw)
    assert (answer.status_code, codes_of(answer)) == (413, ["envelope.size"])
    assert everything(talks.depositary) == before


def test_an_act_as_large_as_is_admitted_is_taken(talks: Talks, client: Any) -> None:
    around = len(talks.raw_statement("A", ""))
    text = "x" * ((LARGEST_SUBMISSION - around) * 3 // 4 - 10)
    raw = talks.raw_statement("A", text)
    assert LARGEST_SUBMISSION - 100 < len(raw) <= LARGEST_SUBMISSION
    assert post(client, talks, in_parts(raw)).status_code == 201


def test_an_act_for_another_process_is_not_taken_in_at_this_one(talks: Talks, client: Any) -> None:
    other = Talks(talks.depositary, label="others").convene()
    before = everything(talks.depositary)
    answer = post(client, talks, other.raw("M", "adjourn"))
    assert (answer.status_code, codes_of(answer)) == (422, ["act.foreign"])
    assert errors_of(answer)[0]["instead"] == f"Send it to /processes/{other.id}/acts."
    assert everything(talks.depositary) == before


@pytest.mark.parametrize(
    "media_type", ["application/json", "text/html", "multipart/form-data; boundary=x", "x"]
)
def test_another_media_type_is_refused(talks: Talks, client: Any, media_type: str) -> None:
    raw, before = talks.raw_statement("A"), everything(talks.depositary)
    answer = post(client, talks, raw, content_type=media_type)
    assert (answer.status_code, codes_of(answer)) == (415, ["http.media_type"])
    assert everything(talks.depositary) == before


@pytest.mark.parametrize("media_type", ["application/sd-jwt", "Text/Plain; charset=us-ascii", ""])
def test_an_act_may_be_called_plain_text_or_nothing(talks: Talks, client: Any, media_type: str) -> None:
    assert post(client, talks, talks.raw_statement("A"), content_type=media_type).status_code == 201


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_another_method_is_refused_and_the_right_one_named(talks: Talks, client: Any, method: str) -> None:
    raw, before = talks.raw_statement("A"), everything(talks.depositary)
    answer = client.request(method, address(talks, "acts"), content=raw, headers=ACT)
    assert (answer.status_code, codes_of(answer)) == (405, ["http.method"])
    assert answer.headers["allow"] == "POST"
    assert everything(talks.depositary) == before


def test_every_reason_comes_at_once(talks: Talks, client: Any) -> None:
    raw = talks.raw("A", "assent", instrument="road", terms="definitive", seq=9, on=None, aud=("nobody",))
    answer = post(client, talks, raw)
    assert answer.status_code == 409
    assert {"act.out_of_order", "act.stale", "act.audience"} <= set(codes_of(answer))


def test_whoever_asks_with_a_browser_is_answered_with_a_page(talks: Talks, client: Any) -> None:
    raw = with_signature(talks.raw_statement("A"), lambda _signature: bytes(64))
    answer = post(client, talks, raw, **PAGE)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "The signature does not hold for these bytes under this key." in answer.text


@pytest.mark.parametrize("error", [Unavailable("a host of ours"), UncertainCommit("lost"), NotStored("full")])
def test_a_database_that_is_away_is_said_to_be(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(_door: GroupCommit, _raw: bytes) -> None:
        raise error

    monkeypatch.setattr(GroupCommit, "receive_act", broken)
    answer = post(client, talks, talks.raw_statement("A"))
    assert (answer.status_code, codes_of(answer)) == (503, ["host.busy"])
    assert str(error) not in answer.text


def test_a_fault_of_the_host_has_the_same_shape(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_door: GroupCommit, _raw: bytes) -> None:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(GroupCommit, "receive_act", broken)
    client._transport.raise_server_exceptions = False
    answer = post(client, talks, talks.raw_statement("A"))
    assert (answer.status_code, codes_of(answer)) == (500, ["host.failed"])
    assert "secret" not in answer.text
    assert "nonce-" in answer.headers["content-security-policy"]
