# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import signal
from functools import partial
from typing import Any

import pytest

from errpath.explore.difference.pairs import pairs
from errpath.kernel.machine import Environment
from errpath.kernel.run import Run
from errpath.migrate import post, pre
from errpath.migrate.reference import Reference
from errpath.migrate.words import VOCABULARY
from errpath.native.review.guard import Crash, Guarded


class _Failing(Reference):
    """
    The reference model, which does something else when it comes to try_to_unmap(src).
    """

    def __init__(self, does: Any) -> None:
        super().__init__({"base": pre, "patched": post})
        self._does = does

    def run(self, semantics: str, environment: Environment) -> Run:
        """
        Run, and fail on the patched side.
        """

        def answer(choice: Any) -> Any:
            if semantics == "patched" and choice.text == "try_to_unmap(src)":
                self._does()
            return environment(choice)

        return super().run(semantics, answer)


def _target(does: Any = None) -> _Failing:
    return _Failing(does or (lambda: None))


def _all(target: Any) -> int:
    return sum(1 for _ in pairs(target, "base", "patched", VOCABULARY.rules))


def test_result_is_that_of_the_work() -> None:
    """
    What is found there is what would have been found here.
    """
    assert Guarded(_all, _target()).result() == 3277


def test_several_works_at_once() -> None:
    """
    Each work has a process of its own, and none waits for another one.
    """
    begun = [Guarded(_all, _target()) for _ in range(2)]
    assert [one.result() for one in begun] == [3277, 3277]


def test_crash_is_told_with_its_run() -> None:
    """
    A run that ends the process is told by its side, what it was answered, and its calls.
    """
    found = Guarded(_all, _target(partial(signal.raise_signal, signal.SIGSEGV))).result()
    assert isinstance(found, Crash)
    assert (found.side, found.says, found.changes) == ("patched", "crashes (SIGSEGV)", True)
    assert found.choices["trylock_page(src)"] == 1
    assert found.trace == (
        "trylock_page(src) = 1",
        "get_new_page(src) = dst",
        "trylock_page(dst) = 1",
        "page_mapped(src) = 1",
    )


def test_run_without_end() -> None:
    """
    A run that goes on for so long is taken for one that does not end.
    """

    def spin() -> None:
        while True:
            pass

    found = Guarded(_all, _target(spin), seconds=0.2).result()
    assert isinstance(found, Crash)
    assert found.says == "runs for 0.2 seconds, and no end is in sight"


def _raised(target: Any) -> int:
    raise ValueError(target.machine.trace)


def test_what_is_raised_there_is_raised_here() -> None:
    """
    An exception comes out as if nobody had stood between.
    """
    target = _target()
    target.machine.trace = []
    with pytest.raises(ValueError, match=r"\[\]"):
        Guarded(_raised, target).result()
