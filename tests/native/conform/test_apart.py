# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import os
import signal
from contextlib import closing
from functools import partial

import pytest

from errpath.migrate.migration import MIGRATE
from errpath.native.conform.apart import Apart, Timed, each
from errpath.native.refusal import Problem, RefusedError
from errpath.vocabulary.choice import Choice, Value


def _first(choice: Choice) -> Value:
    return choice.default


class Secretive(Exception):  # noqa: N818 - it is what it is called
    """
    An exception that cannot be made of its message alone.
    """

    def __init__(self, *, what: str) -> None:
        super().__init__(what)


def _secretive() -> None:
    raise Secretive(what="mine")


def _numbered(number: int) -> tuple[int, int]:
    return number, os.getpid()


def _refused() -> None:
    raise RefusedError(Problem("mm/migrate.c:3", "is not so", "so it is"))


def test_result_comes_back() -> None:
    """
    What is done in the child is no part of this process; its result is.
    """
    found = list(each(partial(_numbered, number) for number in range(3)))
    assert [one[0] for one in found if isinstance(one, tuple)] == [0, 1, 2]
    assert os.getpid() not in [one[1] for one in found if isinstance(one, tuple)]


def test_what_is_raised_is_raised_here() -> None:
    """
    With what it says.
    """
    with pytest.raises(RefusedError, match=r"^mm/migrate\.c:3: is not so; so it is$"):
        Apart(_refused).result()


def test_exception_that_cannot_travel() -> None:
    """
    Its name and its message do.
    """
    with pytest.raises(RuntimeError, match=r"^Secretive: mine$"):
        Apart(_secretive).result()


def test_work_that_nobody_waits_for_is_ended() -> None:
    """
    No process is left behind.
    """
    apart = Apart(signal.pause)
    apart.end()
    with pytest.raises(ProcessLookupError):
        os.kill(apart._child, 0)


def test_works_are_left_before_the_last() -> None:
    """
    Who stops early does not wait for works that never end.
    """
    with closing(each([os.getpid, signal.pause, signal.pause])) as found:
        assert isinstance(next(found), int)


def test_signal_that_ends_it() -> None:
    """
    A crash is no exception: it is the result.
    """
    assert Apart(lambda: os.kill(os.getpid(), signal.SIGSEGV)).result() is signal.SIGSEGV


def test_timed_target_runs_like_the_one_in_it() -> None:
    """
    A run that ends in time is not touched, and no timer is left.
    """
    timed = Timed(MIGRATE.reference())
    run = timed.run("pre", _first)
    assert (run.returns, len(run.trace)) == (0, 25)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_run_that_does_not_end() -> None:
    """
    It ends its process after some time of the processor.
    """

    class Endless:
        """
        A target that goes round and round.
        """

        machine = None

        def run(self) -> None:
            """
            Run.
            """
            while True:
                pass

    assert Apart(lambda: Timed(Endless(), 0.1).run()).result() is signal.SIGVTALRM
