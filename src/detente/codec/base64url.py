"""base64url without padding (RFC 4648 sec. 5), strict: one text for each byte string.

>>> encode_base64url(b"\\xff\\xfe")
'__4'
>>> decode_base64url("__4") == b"\\xff\\xfe"
True
"""

from __future__ import annotations

from binascii import Error, a2b_base64, b2a_base64

from detente.codec.refusal import refuse

# binascii and two translations, because the door decodes a dozen of these for every act.
_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_", b"+/")


def encode_base64url(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).translate(_TO_URL).rstrip(b"=").decode()


def decode_base64url(text: str | bytes) -> bytes:
    """Decode, then encode again and compare: a newline, padding or a non-zero tail is refused.

    Raises `Refused` with code `base64.not_canonical`.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        raw = a2b_base64(data.translate(_FROM_URL) + b"=" * (-len(data) % 4))
    except Error:
        raw = None
    if raw is None or b2a_base64(raw, newline=False).translate(_TO_URL).rstrip(b"=") != data:
        raise refuse(
            "base64.not_canonical",
            "The text is not base64url in its one canonical form.",
            "RFC 4648 sec. 3.5 and 5",
            "Encode the bytes again, without padding, spaces or line ends.",
        )
    return raw
