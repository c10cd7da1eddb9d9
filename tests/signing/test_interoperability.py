"""Others read our acts and we read theirs: joserfc for the JWS, OpenSSL for the signature, rfc8785."""

import json

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jws
from joserfc.jwk import OKPKey

from detente.codec.base64url import encode_base64url
from detente.signing.envelope import ACT_TYPE, parse_entry, parse_envelope
from detente.signing.verifier import verify
from tests.signing.acts import AUTHOR, signed

JWK = OKPKey.import_key(
    {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": encode_base64url(AUTHOR.public),
        "d": encode_base64url(AUTHOR.seed),
    }
)


def test_joserfc_verifies_our_acts() -> None:
    envelope = parse_envelope(signed(reason="because"))
    read = jws.deserialize_compact(envelope.entry, JWK, algorithms=["Ed25519"])
    assert read.payload == envelope.payload
    assert read.headers() == {"alg": "Ed25519", "kid": JWK.thumbprint(), "typ": ACT_TYPE}


def test_we_verify_what_joserfc_signs() -> None:
    header = {"alg": "Ed25519", "kid": JWK.thumbprint(), "typ": ACT_TYPE}
    entry = jws.serialize_compact(header, rfc8785.dumps({"v": 1, "_sd": []}), JWK, algorithms=["Ed25519"])
    assert verify(parse_entry(entry.encode()), AUTHOR.public).payload == b'{"_sd":[],"v":1}'


def test_openssl_verifies_our_signatures() -> None:
    envelope = parse_envelope(signed())
    Ed25519PublicKey.from_public_bytes(AUTHOR.public).verify(envelope.signature, envelope.signing_input)


def test_the_payload_is_in_the_form_of_rfc_8785() -> None:
    payload = parse_envelope(signed(reason="Überarbeitet\n", note={"b": 1, "a": [True, None]})).payload
    assert rfc8785.dumps(json.loads(payload)) == payload
