# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import resource
from collections.abc import Callable

from errpath.room import roomy

TIMES = 2_000
DEEP = 150
"""Calls whose frames need more than one chunk of 16 KiB, and less than there is room for."""


def _deep(depth: int) -> int:
    return _deep(depth - 1) + 1 if depth else 0


def _faults(function: Callable[[int], int]) -> int:
    """
    Count the pages that a loop of deep calls maps.
    """
    function(DEEP)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(TIMES):
        function(DEEP)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_loop_of_deep_calls_maps_memory_once() -> None:
    """
    Behind a roomy call, a loop does not map the same memory again each time.
    """
    assert roomy(_faults, _deep) < TIMES


def test_roomy_gives_what_the_function_gives() -> None:
    """
    Arguments and results pass through.
    """
    assert roomy(_deep, 3) == 3
    assert roomy(sorted, [2, 3, 1], reverse=True) == [3, 2, 1]
