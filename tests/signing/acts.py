"""One author and one act, for the tests of this room."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from detente.codec.base64url import encode_base64url
from detente.keys.generate import SigningKey
from detente.signing.signer import sign_act

AUTHOR = SigningKey.from_seed(bytes(range(32)))
STRANGER = SigningKey.from_seed(bytes(range(32, 64)))
PAYLOAD: dict[str, Any] = {"v": 1, "act": "assent", "seq": 0, "prev": "", "on": ["understanding", "A" * 43]}
NAMES = ("reason", "place", "note")


def counting_salts() -> Callable[[], str]:
    salts: Iterator[str] = (encode_base64url(number.to_bytes(16, "big")) for number in count())
    return lambda: next(salts)


def signed(payload: dict[str, Any] = PAYLOAD, **hidden: Any) -> bytes:
    return sign_act(AUTHOR, payload, hidden, NAMES, counting_salts())
