from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from hashlib import sha256

import msgspec
import pytest

from detente.codec.refusal import Refused
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision, check_provisions

NONCE = "AAECAwQFBgcICQoLDA0ODw"
TEXT = (
    Provision("art_1", {"en": "Terms"}, {}),
    Provision("art_1__para_1", {}, {"en": "Words mean what they say.", "ur": "الفاظ کے معنی وہی ہیں۔"}),
)


def test_the_digest_is_sha256_over_the_canonical_json() -> None:
    plain = {
        "nonce": NONCE,
        "provisions": [{"heading": p.heading, "id": p.id, "texts": p.texts} for p in TEXT],
    }
    raw = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert content_digest(TEXT, NONCE) == urlsafe_b64encode(sha256(raw).digest()).rstrip(b"=").decode()


def test_the_digest_hangs_on_every_word_the_order_and_the_nonce_not_on_the_order_of_languages() -> None:
    digest = content_digest(TEXT, NONCE)
    swapped = Provision("art_1__para_1", {}, dict(reversed(TEXT[1].texts.items())))
    worded = Provision("art_1__para_1", {}, {**TEXT[1].texts, "en": "Words mean what they said."})
    assert content_digest((TEXT[0], swapped), NONCE) == digest
    others = [
        content_digest((TEXT[0], worded), NONCE),
        content_digest(TEXT[::-1], NONCE),
        content_digest(TEXT, NONCE[:-1] + "A"),
    ]
    assert len({digest, *others}) == 4


@pytest.mark.parametrize("nonce", ["", NONCE[:-2], NONCE + "AA", NONCE[:-1] + "x", NONCE + "==", "!" * 22])
def test_a_nonce_of_other_than_128_bits_is_refused(nonce: str) -> None:
    with pytest.raises(Refused) as refused:
        content_digest(TEXT, nonce)
    assert refused.value.refusals[0].code == "edition.nonce"


@pytest.mark.parametrize(
    "text", ["", " a", "a ", "a\nb", "a\n", "a\x00b", "a\u202eb", "a\u2066b", "a\u2028b", "\u00a0a"]
)
def test_a_text_that_could_show_as_another_or_has_lines_is_refused(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"id": "art_1", "heading": {}, "texts": {"en": text}}, Provision)
    (fault,) = check_provisions([Provision("art_1", {}, {"en": text})])
    assert fault.code == "provision.malformed"


def test_joiners_and_direction_marks_are_text() -> None:
    assert check_provisions([Provision("art_1", {}, {"fa": "می\u200cرود\u200f ۷۲."})]) == ()


def test_all_faults_of_a_text_are_told_at_once() -> None:
    bad = [Provision("art_1", {"e": "x"}, {}), Provision("art_3__point_1", {}, {}), *TEXT, TEXT[1]]
    assert [f.code for f in check_provisions(bad)] == [
        "provision.malformed",
        "provision.irregular",
        "provision.twice",
        "provision.twice",
    ]
