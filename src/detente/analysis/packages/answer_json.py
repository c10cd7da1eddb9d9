"""An answer as JSON (docs/specs/packages.md): its own members, with fractions as “395/6” and the shortlist numbered."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec

from detente.analysis.packages.answering import Answer


def write_answer(answer: Answer) -> str:
    """Everything that was found, in lines that people can read. It is as secret as the points."""
    found = {name: getattr(answer, name) for name in answer.__struct_fields__}
    plain = msgspec.to_builtins({**found, "shortlist": answer.shortlist}, enc_hook=_plain)
    return msgspec.json.format(msgspec.json.encode(plain)).decode()


def _plain(value: Any) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(type(value))
