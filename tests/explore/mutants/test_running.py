# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts.situation import Situations
from errpath.explore.mutants.running import Crash, Runner
from errpath.kernel.run import Run
from errpath.migrate.migration import MIGRATE
from tests.explore.mutants.little import source_of

RIGHT = """
def unmap_and_move(k, get_new_page, put_new_page, private, page, force, mode, reason):
    for _ in range(3):
        k.ClearPageActive(page)
    return 0
"""
AGAIN = "unmap_and_move(k, None, None, 0, page, None, None, None)"
CRASHES = {
    "rc": "`rc` is read and was never set",
    AGAIN: "it does not end: it calls itself again and again",
    "goto(inner)": "goto_inner: the goto is outside the block of its label",
    "k.no_primitive(page)": "AttributeError: 'Linux' object has no attribute 'no_primitive'",
}


def _runner(text: str) -> Runner:
    source = source_of(RIGHT)
    return Runner(source, "pre", MIGRATE, source.text.replace("    return 0\n", text))


def _made(text: str) -> Run | Crash:
    situation = Situations(MIGRATE.vocabulary).situation({})
    return _runner(text).run(situation.environment())


@pytest.mark.parametrize("line", CRASHES)
def test_what_c_would_not_run_is_a_crash(line: str) -> None:
    """
    Whatever Python says of a mutant is put into words.
    """
    assert _made(f"    {line}\n    return 0\n") == Crash(CRASHES[line])


def test_a_run_that_does_not_end_is_ended() -> None:
    """
    A loop without an end asks nothing and calls nothing: its turns are counted.
    """
    made = _made("    while True:\n        pass\n")
    assert made == Crash("it does not end: 10000 turns of its loops are made")


def test_turns_are_counted_run_by_run() -> None:
    """
    What one run has of turns is not held against the next.
    """
    runner = _runner("    for _ in range(6000):\n        pass\n    return 0\n")
    environment = Situations(MIGRATE.vocabulary).situation({}).environment()
    runs = [runner.run(environment) for _ in range(3)]
    assert [one.returns for one in runs if isinstance(one, Run)] == [0, 0, 0]


def test_a_bug_of_the_kernel_is_no_crash() -> None:
    """
    What a debug option stops on is a run that ends with a bug.
    """
    made = _made("    k.unlock_page(page)\n    return 0\n")
    assert isinstance(made, Run)
    assert made.bug is not None
    assert made.bug.name == "unlock-unlocked"
