# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.contracts.lanes import Spans, lanes_of
from errpath.vocabulary.hold import item
from tests.toy import LOCK, REF

X, Y = item(LOCK, "x"), item(LOCK, "y")
Z = item(REF, "z")


def lanes(*runs: Spans) -> list[str]:
    """
    Word the columns of runs.
    """
    return [str(lane) for lane in lanes_of(runs)]


def test_things_that_are_never_held_at_once_share_a_column() -> None:
    """
    If they are of one kind; another kind has a column of its own.
    """
    assert lanes({X: [(1, 2)], Y: [(3, 4)], Z: [(5, 6)]}) == ["LOCK(x | y)", "REF(z)"]
    assert lanes({X: [(1, 2), (5, 6)], Y: [(3, 4), (7, 8)]}) == ["LOCK(x | y)"]


def test_things_that_are_held_at_once_have_columns_of_their_own() -> None:
    """
    In either run; and so have two of which a step gives up one and takes the other.
    """
    assert lanes({X: [(1, 4)], Y: [(2, 3)]}) == ["LOCK(x)", "LOCK(y)"]
    assert lanes({X: [(1, 2)], Y: [(3, 4)]}, {X: [(3, 6)], Y: [(1, 4)]}) == ["LOCK(x)", "LOCK(y)"]
    assert lanes({X: [(1, 2)], Y: [(2, 3)]}) == ["LOCK(x)", "LOCK(y)"]


def test_what_only_one_run_holds_leaves_the_column_to_the_other() -> None:
    """
    The runs do not meet.
    """
    (lane,) = lanes_of([{X: [(1, 3)]}, {Y: [(2, 4)]}])
    marks = [[lane.mark(run, step) for step in range(1, 6)] for run in range(2)]
    assert marks == [["+", "|", "-", ".", "."], [".", "+", "|", "-", "."]]


def test_between_two_steps() -> None:
    """
    It is held from behind the step that takes it to before the one that gives it up.
    """
    (lane,) = lanes_of([{X: [(2, 4)]}])
    assert [lane.held_after(0, step) for step in range(1, 6)] == [".", "|", "|", ".", "."]
    assert [lane.held_before(0, step) for step in range(1, 6)] == [".", ".", "|", "|", "."]
