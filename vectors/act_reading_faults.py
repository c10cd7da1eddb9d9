"""Faults of signature, key and disclosures. One a vector: all else in it is sound, its signature included."""

from __future__ import annotations

from act_parts import (
    AUTHOR,
    IDENTITY,
    IDENTITY_SECOND_SPELLING,
    IDENTITY_WITH_A_SIGN,
    MIXED_ORDER,
    NOT_ON_CURVE,
    ORDER_8,
    STRANGER,
    Vector,
    act,
    act_under,
    act_under_mixed_order,
    header,
    hidden_field,
    jws,
    payload,
    signature_with_mixed_order,
    signature_with_nothing_drawn,
    signature_with_s_plus_order,
    text,
    vector,
)

from detente.codec.base64url import encode_base64url
from detente.signing.disclosure import digest_of


def verifier_faults() -> dict[str, Vector]:
    def fault(about: str, code: str, raw: bytes, public: bytes = AUTHOR.public) -> Vector:
        return vector(about, raw, "verifier", code, public)

    other_body = text(payload(seq=5))
    head, _, signature = jws().split(b".")
    return {
        "signature_of_another_act": fault(
            "The signature is of another act by the same author.",
            "envelope.signature",
            act(b".".join([head, other_body, signature])),
        ),
        "signature_by_another_key": fault(
            "Another key signed than the one named.", "envelope.signature", act(jws(sign=STRANGER.sign))
        ),
        "s_not_below_order": fault(
            "The signature's S has the group's order added to it.",
            "envelope.signature_range",
            act(jws(sign=signature_with_s_plus_order)),
        ),
        "signature_with_nothing_drawn": fault(
            "The signature's R is the identity point.",
            "envelope.signature",
            act(jws(sign=signature_with_nothing_drawn)),
        ),
        "signature_with_mixed_order": fault(
            "The signature's R has a component of order 8: it holds only multiplied by the cofactor.",
            "envelope.signature",
            act(jws(sign=signature_with_mixed_order)),
        ),
        "kid_of_another_key": fault(
            "The header names another key than the one that verifies.",
            "envelope.kid",
            act(jws(header(kid=STRANGER.key_id))),
        ),
        "key_identity": fault(
            "The key is the identity point, for which this signature holds for every message.",
            "key.small_order",
            act_under(IDENTITY),
            IDENTITY,
        ),
        "key_order_8": fault(
            "The key is a point of order 8.", "key.small_order", act_under(ORDER_8), ORDER_8
        ),
        "key_identity_second_spelling": fault(
            "The key is the identity point, spelled with y = p + 1.",
            "key.not_canonical",
            act_under(IDENTITY_SECOND_SPELLING),
            IDENTITY_SECOND_SPELLING,
        ),
        "key_identity_with_a_sign": fault(
            "The key is the identity point, with a sign on its x of 0.",
            "key.not_canonical",
            act_under(IDENTITY_WITH_A_SIGN),
            IDENTITY_WITH_A_SIGN,
        ),
        "key_mixed_order": fault(
            "The key is a sound key plus a point of order 8.",
            "key.mixed_order",
            act_under_mixed_order(),
            MIXED_ORDER,
        ),
        "key_not_on_curve": fault(
            "The key is no point of the curve.", "key.not_on_curve", act_under(NOT_ON_CURVE), NOT_ON_CURVE
        ),
        "key_short": fault("The key has 31 bytes.", "key.length", act(jws()), AUTHOR.public[:31]),
    }


def disclosure_faults() -> dict[str, Vector]:
    def fault(about: str, code: str, raw: bytes) -> Vector:
        return vector(about, raw, "disclosure", code)

    def opened(*disclosures: str) -> bytes:
        return act(jws(body=payload(*disclosures)), *disclosures)

    words, remark = hidden_field(1, "text", "words"), hidden_field(2, "remark", "why")
    digests = sorted(map(digest_of, (words, remark)))
    spaced = encode_base64url(b'["AAAAAAAAAAAAAAAAAAAAAQ", "text", "words"]')
    umlaut = encode_base64url('["AAAAAAAAAAAAAAAAAAAAAQ","Täxt","words"]'.encode())
    unsalted = encode_base64url(b'["AAAAAAAAAAAAAAAAAAAAA+","text","words"]')
    pair = encode_base64url(b'["AAAAAAAAAAAAAAAAAAAAAQ","words"]')
    return {
        "disclosure_unreferenced": fault(
            "A disclosure opens no digest of the act.",
            "disclosure.unreferenced",
            act(jws(body=payload(words)), words, remark),
        ),
        "disclosure_duplicate": fault(
            "A disclosure is there twice.",
            "disclosure.duplicate",
            act(jws(body=payload(words)), words, words),
        ),
        "disclosure_overrides_clear_field": fault(
            "A disclosure is named as a field in the clear.",
            "disclosure.overrides",
            opened(hidden_field(1, "provision", "art_9")),
        ),
        "disclosure_overrides_envelope": fault(
            "A disclosure is named as a member of the envelope that this act does not have.",
            "disclosure.overrides",
            opened(hidden_field(1, "on", ["understanding", digests[0]])),
        ),
        "disclosure_named_sd": fault(
            "A disclosure is named _sd.", "disclosure.reserved_name", opened(hidden_field(1, "_sd", []))
        ),
        "disclosure_named_dots": fault(
            "A disclosure is named with three dots.",
            "disclosure.reserved_name",
            opened(hidden_field(1, "...", "words")),
        ),
        "disclosure_nested": fault(
            "The value of a disclosure holds digests of its own.",
            "disclosure.nested",
            opened(hidden_field(1, "text", {"_sd": digests})),
        ),
        "disclosure_name_twice": fault(
            "Two disclosures have one name.",
            "disclosure.name_twice",
            opened(words, hidden_field(2, "text", "other words")),
        ),
        "disclosure_not_canonical": fault(
            "A disclosure has spaces after its commas.", "disclosure.malformed", opened(spaced)
        ),
        "disclosure_of_two": fault(
            "A disclosure has no name, as one of an array's element.", "disclosure.malformed", opened(pair)
        ),
        "disclosure_name_empty": fault(
            "A disclosure has an empty name.", "disclosure.malformed", opened(hidden_field(1, "", "words"))
        ),
        "disclosure_name_not_ascii": fault(
            "A disclosure's name is not ASCII.", "disclosure.malformed", opened(umlaut)
        ),
        "disclosure_name_of_two_lines": fault(
            "A disclosure's name goes on in another line.",
            "disclosure.malformed",
            opened(hidden_field(1, "text\n  Cosigned   by everybody", "words")),
        ),
        "disclosure_name_with_a_capital": fault(
            "A disclosure's name is not one of a field.",
            "disclosure.malformed",
            opened(hidden_field(1, "Cosigned", "words")),
        ),
        "disclosure_salt_not_base64": fault(
            "A disclosure's salt has as many letters as it needs, and is no base64url.",
            "disclosure.salt",
            opened(unsalted),
        ),
        "disclosure_nested_deeper": fault(
            "An object deep in the value of a disclosure holds a digest.",
            "disclosure.nested",
            opened(hidden_field(1, "text", [{"a": [{"...": digests[0]}]}])),
        ),
        "disclosure_name_not_text": fault(
            "A disclosure's name is a number.", "disclosure.malformed", opened(hidden_field(1, 7, "words"))
        ),
        "disclosure_salt_short": fault(
            "A disclosure's salt has 64 bits.",
            "disclosure.salt",
            opened(hidden_field(1, "text", "words", salt_bytes=8)),
        ),
        "digest_twice": fault(
            "A digest stands twice in _sd.",
            "disclosure.digest_twice",
            act(jws(body=payload(sd=[digests[0], digests[0]]))),
        ),
        "digests_not_sorted": fault(
            "The digests of _sd are not sorted.",
            "disclosure.not_sorted",
            act(jws(body=payload(sd=digests[::-1]))),
        ),
        "digest_malformed": fault(
            "A digest in _sd has 31 bytes.",
            "disclosure.digest",
            act(jws(body=payload(sd=[encode_base64url(bytes(31))]))),
        ),
    }
