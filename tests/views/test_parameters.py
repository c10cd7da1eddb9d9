"""A view's parameters admit only `Visible...` types and plain values: undisclosed content cannot reach a page."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from detente.procedure.disclosure import VisibleDraft, VisibleLog, VisibleRecord
from detente.procedure.reckoned import VisibleIncidents, VisiblePairs
from detente.state.records import State
from detente.views.building import BUILDERS
from detente.views.building.article import VisibleArticle
from detente.views.building.changed import VisibleChanges
from detente.views.building.compared import VisibleComparison
from detente.views.building.feeding import VisibleFeed
from detente.views.building.file_read import VisibleFile, VisibleQuestion
from detente.views.status import status, status_json, status_text

PLAIN = (str, int, bool, type(None))
VISIBLE = (
    VisibleRecord, VisibleLog, VisibleDraft, VisibleArticle, VisibleChanges, VisibleComparison, VisibleFeed, VisibleFile,
    VisibleIncidents, VisiblePairs, VisibleQuestion,
)  # fmt: skip
HOLDERS = (tuple, Sequence, types.UnionType, typing.Union)


def strangers(builder: Callable[..., Any]) -> set[str]:
    """The parameters whose types are neither `Visible...` nor plain; those without a type too."""
    hints = typing.get_type_hints(builder)
    names = builder.__code__.co_varnames[: builder.__code__.co_argcount + builder.__code__.co_kwonlyargcount]
    return {name for name in names if name not in hints or not _admitted(hints[name])}


def _admitted(hint: Any) -> bool:
    origin = typing.get_origin(hint)
    if origin in HOLDERS:
        return all(part is Ellipsis or _admitted(part) for part in typing.get_args(hint))
    return hint in (*PLAIN, *VISIBLE)


@pytest.mark.parametrize("builder", [*BUILDERS, status, status_json, status_text], ids=lambda b: b.__name__)
def test_every_builder_takes_visible_types_and_plain_values(builder: Callable[..., Any]) -> None:
    assert strangers(builder) == set()


def test_a_planted_violation_is_seen() -> None:
    def overview_page(record: VisibleRecord, state: State, words, *, at: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
        """A builder as it must not be."""

    assert strangers(overview_page) == {"state", "words", "at"}


def test_every_page_type_has_a_builder() -> None:
    from detente.views.pages import Page

    made = {hint for b in BUILDERS for hint in _returned(b)}
    assert set(typing.get_args(Page)) <= made


def _returned(builder: Callable[..., Any]) -> tuple[Any, ...]:
    hint = typing.get_type_hints(builder)["return"]
    return typing.get_args(hint) or (hint,)
