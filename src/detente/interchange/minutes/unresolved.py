"""References before the record is known: every well-formed name stands for some act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from detente.interchange.minutes.references import References
from detente.state.records import State


class Unresolved:
    """Lets a script's values be checked before anything is played."""

    state = State()

    def position(self, leaf: str) -> tuple[str, int] | None:
        return None

    def leaf_at(self, chamber: str, index: int) -> str | None:
        return None

    def labelled(self, label: str) -> str | None:
        return None

    def opened(self, leaf: str) -> Mapping[str, Any]:
        return {}


UNRESOLVED: Final[References] = Unresolved()
