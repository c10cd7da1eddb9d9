"""Reports that people take for one incident: linked through others, and counted apart where anybody disagrees."""

from __future__ import annotations

from typing import Any

import pytest

from detente.procedure.sameness import Decided, decided, pair
from tests.simulator import Simulator, fake_leaf, with_text


class Reports:
    """Two single reports, and two batches of five rows."""

    def __init__(self) -> None:
        self.simulator: Simulator = with_text()
        self.one, self.two = (self.simulator.must(person, "report_incident") for person in "AB")
        self.many, self.more = (
            self.simulator.must("M", "report_incidents", file=fake_leaf(n), size=9, rows=5) for n in (77, 78)
        )

    def compare(
        self, by: str, one: str, another: str, rows: tuple[Any, Any] = (None, None), *, apart: bool = False
    ) -> None:
        self.simulator.must(
            by, "same_incident", one=one, another=another, one_row=rows[0], another_row=rows[1], apart=apart
        )

    @property
    def decided(self) -> Decided:
        return decided(self.simulator.state)


@pytest.fixture
def reports() -> Reports:
    return Reports()


def test_nothing_is_decided_where_nobody_compared(reports: Reports) -> None:
    assert reports.decided == Decided()


def test_reports_hang_together_through_others_across_batches_and_single_ones(reports: Reports) -> None:
    reports.compare("M", reports.more, reports.one, (3, None))
    reports.compare("A", reports.many, reports.one, (1, None))
    reports.compare("B", reports.two, reports.many, (None, 4))
    assert reports.decided.together == tuple(sorted([
        ((reports.one, None), (reports.many, 1), (reports.more, 3)), ((reports.two, None), (reports.many, 4)),
    ]))  # fmt: skip
    assert reports.decided.disputed == 0


def test_where_anybody_sets_two_of_them_apart_each_is_counted(reports: Reports) -> None:
    reports.compare("M", reports.one, reports.two)
    reports.compare("M", reports.two, reports.many, (None, 0))
    reports.compare("B", reports.many, reports.one, (0, None), apart=True)
    found = reports.decided
    assert (found.together, found.disputed) == ((), 1)
    assert pair((reports.two, None), (reports.one, None)) in found.answered and len(found.answered) == 3


def test_the_latest_word_of_each_stands_whichever_report_is_named_first(reports: Reports) -> None:
    reports.compare("B", reports.one, reports.two, apart=True)
    reports.compare("A", reports.one, reports.two)
    assert reports.decided.disputed == 1
    reports.compare("B", reports.two, reports.one)
    assert reports.decided == Decided(
        (((reports.one, None), (reports.two, None)),), 0, frozenset({pair((reports.one, None), (reports.two, None))})
    )  # fmt: skip


def test_that_two_are_two_alone_links_nothing_and_disputes_nothing(reports: Reports) -> None:
    reports.compare("A", reports.one, reports.two, apart=True)
    found = reports.decided
    assert (found.together, found.disputed, len(found.answered)) == ((), 0, 1)
