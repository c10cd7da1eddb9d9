"""The ladder, cell by cell, against the table of the design, written out again here."""

from __future__ import annotations

import pytest

from detente.state.ladder import (
    LADDER,
    STEP_WORDS,
    Move,
    Outcome,
    Step,
    next_step,
    open_moves,
    refuse_move,
)

# From the design: a row for each step; "x" refused, "later" only on a later edition, "S/B" by the terms,
# "B?" and "S/B?" only where the text is open, "!" stays, with the flag "withdrawal notified, effect disputed", "=" stays,
# with the flag "operation suspended".
DESIGN = """
from | assent | initial | sign_ad_referendum | sign | confirm_signature | consent | take_back | suspend | end
.    | A      | I       | R                  | S/B  | x                 | B?      | x         | x       | x
A    | later  | I       | R                  | S/B  | x                 | x       | W         | x       | x
I    | x      | later   | R                  | S/B  | x                 | x       | W         | x       | x
R    | x      | x       | x                  | S/B  | S/B               | x       | W         | x       | x
S    | x      | x       | x                  | x    | x                 | B       | N         | x       | x
B    | x      | x       | x                  | x    | x                 | x       | !         | x       | x
F    | x      | x       | x                  | x    | x                 | x       | !         | =       | E
W    | A      | I       | R                  | S/B  | x                 | x       | x         | x       | x
N    | x      | x       | x                  | S/B? | x                 | B?      | x         | x       | x
E    | x      | x       | x                  | x    | x                 | x       | x         | x       | x
"""

ROWS = [[cell.strip() for cell in line.split("|")] for line in DESIGN.strip().splitlines()]
CELLS = [(row[0], move, cell) for row in ROWS[1:] for move, cell in zip(ROWS[0][1:], row[1:], strict=True)]


def expected(step: str, cell: str, *, later: bool, binds: bool, still_open: bool) -> Step | Outcome:
    if cell == "later":
        return Step(step) if later else Outcome.REFUSED
    if cell.endswith("?") and not still_open:
        return Outcome.REFUSED
    if cell.startswith("S/B"):
        return Step.BOUND if binds else Step.SIGNED
    if cell in ("x", "!", "="):
        return Outcome(cell)
    return Step(cell.rstrip("?"))


@pytest.mark.parametrize("still_open", [False, True])
@pytest.mark.parametrize("binds", [False, True])
@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(("step", "move", "cell"), CELLS)
def test_the_ladder_is_the_design_s_table(
    step: str, move: str, cell: str, later: bool, binds: bool, still_open: bool
) -> None:
    found = next_step(
        Step(step), Move(move), later_edition=later, signature_binds=binds, still_open=still_open
    )
    assert found == expected(step, cell, later=later, binds=binds, still_open=still_open)


def test_every_step_answers_every_move() -> None:
    assert set(LADDER) == set(Step) == set(STEP_WORDS)
    assert all(set(row) == set(Move) for row in LADDER.values())
    assert {row[0] for row in ROWS[1:]} == set(Step)


@pytest.mark.parametrize(
    ("step", "outcome"),
    [("S", Step.NO_INTENTION), ("B", Outcome.DISPUTED), ("F", Outcome.REFUSED), (".", Outcome.REFUSED)],
)
def test_a_declaration_under_18a_ends_what_a_signature_began(step: str, outcome: object) -> None:
    assert LADDER[Step(step)][Move.DECLARE_NO_INTENTION] is outcome


def test_a_refused_move_says_what_is_open_instead() -> None:
    refusal = refuse_move("A", Step.INITIALLED, Move.ASSENT, signature_binds=True, still_open=False)
    assert refusal.code == "ladder.move"
    assert refusal.instead == "Open instead: sign ad referendum, sign, take back a step."


def test_a_refused_move_from_the_end_says_that_nothing_is_open() -> None:
    refusal = refuse_move("A", Step.ENDED, Move.SIGN, signature_binds=True, still_open=True)
    assert refusal.instead == "No further step is open on this instrument."


@pytest.mark.parametrize("step", list(Step))
def test_open_moves_are_those_that_the_table_does_not_close(step: Step) -> None:
    found = open_moves(step, signature_binds=False, still_open=False)
    closed = {m for m in Move if m not in found}
    assert all(
        next_step(step, m, later_edition=False, signature_binds=False, still_open=False) is Outcome.REFUSED
        for m in closed
    )
