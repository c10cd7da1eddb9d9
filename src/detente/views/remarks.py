"""What a reader of a file says of a place in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    place: Annotated[str, "where it stands in the file: paragraph 12"]
    sentence: Annotated[str, "what is to be known of it"]
    kept: Annotated[str, "what stands there, where it was not understood; or empty"] = ""
