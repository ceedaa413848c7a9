# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import os
import signal
from functools import partial
from multiprocessing import active_children

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errpath.explore.paths.jobs import SIZE, LostProcessError, TooManyPathsError, parts
from errpath.explore.paths.part import Part, walk
from errpath.explore.paths.rest import WHOLE
from errpath.vocabulary.choice import Value
from tests.explore.trees import LARGE, TREES, P, Q, R, dying, leaves, listed, pruned

FULL = (P, *([(Q, *([(R, None, None, None)] * 3))] * 3))
"""Three questions, one after the other: 27 paths."""


def _paths(found: list[Part[list[dict[str, Value]]]]) -> list[dict[str, Value]]:
    return [path for part in found for path in part.result]


@given(LARGE, st.integers(1, 4))
def test_parts_are_the_whole(tree: object, size: int) -> None:
    """
    One process gives every path, in order, in parts that have at most as many as are asked for.
    """
    found = list(parts(partial(listed, tree), size=size))
    assert _paths(found) == leaves(tree, {})
    assert sum(part.share for part in found) == pytest.approx(1)
    assert all(part.paths == len(part.result) <= size for part in found)


@settings(max_examples=8)
@given(LARGE, st.integers(2, 3), st.integers(1, 5), st.integers(0, 5))
def test_jobs_change_nothing(tree: object, jobs: int, size: int, alone: int) -> None:
    """
    Several processes give the paths that one gives, in the same order.
    """
    found = list(parts(partial(listed, tree), jobs=jobs, size=size, alone=alone))
    assert _paths(found) == leaves(tree, {})
    assert sum(part.share for part in found) == pytest.approx(1)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("size", [1, 4, 9])
def test_parts_without_a_path(jobs: int, size: int) -> None:
    """
    A part of the tree in which the rules leave no path is walked over.
    """
    found = list(parts(partial(pruned, FULL), jobs=jobs, size=size, alone=1))
    assert _paths(found) == [leaf for leaf in leaves(FULL, {}) if leaf["p"] != 1]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("most", [27, 28, 1000])
def test_as_many_as_allowed(jobs: int, most: int) -> None:
    """
    As many paths as are allowed are all of them.
    """
    work = partial(listed, FULL)
    assert _paths(list(parts(work, jobs=jobs, most=most, size=4, alone=3))) == leaves(FULL, {})


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("most", [1, 8, 9, 26])
def test_one_more_than_allowed(jobs: int, most: int) -> None:
    """
    Of more paths than are allowed come exactly so many, and then the error.
    """
    found: list[Part[list[dict[str, Value]]]] = []
    with pytest.raises(TooManyPathsError, match=f"^there are more than {most} paths$"):
        found.extend(parts(partial(listed, FULL), jobs=jobs, most=most, size=4, alone=3))
    assert _paths(found) == leaves(FULL, {})[:most]


def test_a_small_tree_starts_no_process() -> None:
    """
    A tree that one process has walked while another would start is walked by that one.
    """
    walked = parts(partial(listed, FULL), jobs=2, size=5)
    next(walked)
    assert (active_children(), len(_paths(list(walked)))) == ([], 22)


def test_processes_end_with_whoever_stops() -> None:
    """
    Whoever wants no more paths closes the walk, and no process is left.
    """
    walked = parts(partial(listed, FULL), jobs=2, size=1, alone=0)
    next(walked)
    begun = len(active_children())
    walked.close()
    assert (begun > 0, active_children()) == (True, [])


def test_a_process_that_is_killed() -> None:
    """
    A process that somebody ends is an error, and no end of the paths.
    """
    walked = parts(partial(dying, os.getpid()), jobs=2, size=5, alone=10)
    found = [next(walked).result, next(walked).result]
    with pytest.raises(LostProcessError):
        next(walked)
    assert found == [5, 5]


def test_an_interrupt_reaches_this_process_alone() -> None:
    """
    Starting processes leaves this one as open to an interrupt as it was.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    list(parts(partial(listed, FULL), jobs=2, size=4, alone=0))
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


@given(TREES)
def test_a_part_of_everything(tree: object) -> None:
    """
    A part without a bound is the whole, and leaves nothing.
    """
    found = walk(listed(tree), WHOLE, SIZE)
    expected = leaves(tree, {})
    assert found == Part(WHOLE, len(expected), expected, 1.0, None)
