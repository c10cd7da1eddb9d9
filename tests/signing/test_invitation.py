"""Invitations: docs/specs/invitation.md, and what its example does not say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused
from detente.keys.generate import SigningKey
from detente.keys.thumbprint import thumbprint
from detente.signing.compact import sign_compact
from detente.signing.envelope import parse_entry
from detente.signing.invitation import (
    INVITATION_TYPE,
    LONGEST_LIFE,
    inviter_named,
    make_invitation,
    open_invitation,
)
from detente.signing.reader_token import READ_TYPE, check_reader_token, make_reader_token
from tests.signing.acts import AUTHOR, STRANGER

SPEC = (Path(__file__).parents[2] / "docs/specs/invitation.md").read_text("utf-8")
PROCESS = "detente/" + "a" * 26
NOW = 1_772_442_000
CLAIMS = {"exp": NOW + 600, "iat": NOW, "person": "B", "proc": PROCESS}


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)\n```$", SPEC, re.DOTALL | re.MULTILINE)
    return str(found)


INVITATION = re.sub(r"\s", "", block("invitation"))


def signed(claims: dict[str, object], typ: str = INVITATION_TYPE) -> str:
    return sign_compact(AUTHOR, typ, claims).decode()


def test_the_example_is_good_where_the_page_says() -> None:
    process, now, person = block("good-for").split()
    public = decode_base64url(block("public-key"))
    assert open_invitation(INVITATION, public, process, int(now)) == person
    assert inviter_named(INVITATION) == thumbprint(public)


def test_the_parts_are_those_of_the_example() -> None:
    header, claims, _signature = INVITATION.split(".")
    assert decode_base64url(header).decode() == block("header")
    assert decode_base64url(claims).decode() == block("payload")
    assert json.loads(block("header"))["typ"] == INVITATION_TYPE
    assert set(json.loads(block("payload"))) == {"exp", "iat", "person", "proc"}
    claimed = json.loads(block("payload"))
    again = make_invitation(
        SigningKey.from_seed(bytes(range(32))),
        claimed["proc"],
        "B",
        claimed["iat"],
        claimed["exp"] - claimed["iat"],
    )
    assert again == INVITATION


def test_every_code_on_the_page_is_met() -> None:
    met = set()
    for claims, process, now in (
        ({**CLAIMS, "more": 1}, PROCESS, NOW), (CLAIMS, "detente/" + "b" * 26, NOW), (CLAIMS, PROCESS, NOW + 601),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            open_invitation(signed(claims), AUTHOR.public, process, now)
        met.add(refused.value.refusals[0].code)
    assert met == set(re.findall(r"^\| `(invitation\.[a-z]+)`", SPEC, re.MULTILINE))
    assert f"{LONGEST_LIFE} (14 days)" in SPEC


@pytest.mark.parametrize("life", [0, 1, 7 * 86_400, LONGEST_LIFE])
def test_it_is_good_from_a_minute_before_until_its_end(life: int) -> None:
    invitation = make_invitation(AUTHOR, PROCESS, "B", NOW, life)
    for now in (NOW - 60, NOW, NOW + life):
        assert open_invitation(invitation, AUTHOR.public, PROCESS, now) == "B"
    for now in (NOW - 61, NOW + life + 1, 0, 2**53):
        with pytest.raises(Refused, match=r"invitation\.expired"):
            open_invitation(invitation, AUTHOR.public, PROCESS, now)


def test_none_is_good_for_more_than_two_weeks() -> None:
    with pytest.raises(Refused, match=r"invitation\.expired"):
        open_invitation(
            make_invitation(AUTHOR, PROCESS, "B", NOW, LONGEST_LIFE + 1), AUTHOR.public, PROCESS, NOW
        )


@pytest.mark.parametrize(
    "claims",
    [
        {}, {k: v for k, v in CLAIMS.items() if k != "person"}, {**CLAIMS, "person": 1}, {**CLAIMS, "exp": "x"},
        {**CLAIMS, "x": 0},
    ],
)  # fmt: skip
def test_other_claims_are_refused(claims: dict[str, object]) -> None:
    with pytest.raises(Refused, match=r"invitation\.malformed"):
        open_invitation(signed(claims), AUTHOR.public, PROCESS, NOW)


def test_an_invitation_is_no_token_and_no_act_and_no_other_inviters() -> None:
    invitation = signed(CLAIMS)
    with pytest.raises(Refused, match=r"envelope\.typ"):
        parse_entry(invitation.encode())
    with pytest.raises(Refused, match=r"envelope\.typ"):
        check_reader_token(invitation, AUTHOR.public, PROCESS, NOW)
    for token in (make_reader_token(AUTHOR, PROCESS, NOW), signed(CLAIMS, READ_TYPE)):
        with pytest.raises(Refused, match=r"envelope\.typ"):
            open_invitation(token, AUTHOR.public, PROCESS, NOW)
    with pytest.raises(Refused, match=r"envelope\.kid"):
        open_invitation(invitation, STRANGER.public, PROCESS, NOW)


def test_every_byte_of_it_counts() -> None:
    raw = signed(CLAIMS).encode()
    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(Refused):
            open_invitation(changed.decode("latin-1"), AUTHOR.public, PROCESS, NOW)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b", "é.é.é", "\ud800", "~" * 3, "A" * 100_000])
def test_whatever_is_handed_in_is_a_refusal(text: str) -> None:
    for read in (inviter_named, lambda text: open_invitation(text, AUTHOR.public, PROCESS, NOW)):
        with pytest.raises(Refused):
            read(text)
