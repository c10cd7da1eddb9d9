"""What a browser says of a passkey's use is anybody's bytes until its signature holds."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.signing.assertion import Assertion, check_assertion


@pytest.mark.parametrize(
    "client", [b"", b"{", b"\xff", b"[" * 100_000, b'{"more":' + b"[" * 100_000 + b"]" * 100_000 + b"}"]
)
def test_client_data_that_nobody_can_read_does_not_hold(client: bytes) -> None:
    assertion = Assertion(encode_base64url(client), encode_base64url(bytes(37)), encode_base64url(bytes(64)))
    with pytest.raises(Refused) as caught:
        check_assertion(assertion, Ed25519PrivateKey.generate().public_key(), "host.example", "challenge")
    assert [r.code for r in caught.value.refusals] == ["token.passkey"]
