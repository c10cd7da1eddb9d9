"""base64url without padding (RFC 4648 sec. 5), strict: one text for each byte string.

>>> encode_base64url(b"\\xff\\xfe")
'__4'
>>> decode_base64url("__4") == b"\\xff\\xfe"
True
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from detente.codec.refusal import refuse


def encode_base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode_base64url(text: str | bytes) -> bytes:
    """Decode, then encode again and compare: a newline, padding or a non-zero tail is refused.

    Raises `Refused` with code `base64.not_canonical`.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        raw = urlsafe_b64decode(data + b"=" * (-len(data) % 4))
    except ValueError:
        raw = None
    if raw is None or urlsafe_b64encode(raw).rstrip(b"=") != data:
        raise refuse(
            "base64.not_canonical",
            "The text is not base64url in its one canonical form.",
            "RFC 4648 sec. 3.5 and 5",
            "Encode the bytes again, without padding, spaces or line ends.",
        )
    return raw
