"""base64url without padding (RFC 4648 sec. 5), strict: one text for each byte string.

>>> encode_base64url(b"\\xff\\xfe")
'__4'
>>> decode_base64url("__4") == b"\\xff\\xfe"
True
"""

from __future__ import annotations

from binascii import Error, a2b_base64, b2a_base64

from detente.codec.refusal import refuse

# binascii and a translation, because the door decodes a dozen of these for every act.
_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_+/=", b"+/!!!")  # standard base64's own signs are none of ours
_PADDING = (b"", b"===", b"==", b"=")
_LAST = (b"", b"", b"AQgw", b"AEIMQUYcgkosw048")
"""For each number of characters over a multiple of four, those that a text can end in: their unused bits are zero."""


def encode_base64url(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).translate(_TO_URL).rstrip(b"=").decode()


def decode_base64url(text: str | bytes) -> bytes:
    """A newline, padding, a foreign character or a non-zero tail is refused: one text for each byte string.

    Raises `Refused` with code `base64.not_canonical`.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    over = len(data) & 3
    if not over or data[-1] in _LAST[over]:
        try:
            return a2b_base64(data.translate(_FROM_URL) + _PADDING[over], strict_mode=True)
        except Error:
            pass
    raise refuse(
        "base64.not_canonical",
        "The text is not base64url in its one canonical form.",
        "RFC 4648 sec. 3.5 and 5",
        "Encode the bytes again, without padding, spaces or line ends.",
    )
