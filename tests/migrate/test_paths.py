# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from errpath.contracts.cleanup import complaints
from errpath.explore.paths.enumerate import paths
from errpath.kernel.machine import Environment
from errpath.kernel.run import Run
from errpath.migrate.migration import MIGRATE
from errpath.migrate.reference import Reference
from errpath.migrate.situation import RULES
from errpath.vocabulary.errno import spell
from tests.runs import trace_of

SEMANTICS = ["pre", "post"]


@cache
def _all(semantics: str) -> tuple[Run, ...]:
    target = Reference()
    return tuple(paths(lambda environment: target.run(semantics, environment), RULES))


@pytest.mark.parametrize(("semantics", "count"), [("pre", 3151), ("post", 3185)])
def test_every_path_is_walked_once(semantics: str, count: int) -> None:
    """
    A semantics has so many paths, and no two of them have the same choices.
    """
    found = _all(semantics)
    assert (len(found), len({tuple(run.choices.items()) for run in found})) == (count, count)


@pytest.mark.parametrize(("semantics", "count"), [("pre", 411), ("post", 422)])
def test_distinct_paths(semantics: str, count: int) -> None:
    """
    So many of the paths differ in what is returned or called.
    """
    assert len({(run.returns, tuple(run.calls())) for run in _all(semantics)}) == count


@pytest.mark.parametrize(
    ("semantics", "codes"),
    [
        (
            "pre",
            {"0": 1200, "-EAGAIN": 632, "-EBUSY": 356, "-ENOMEM": 323, "-EIO": 320, "-EINVAL": 320},
        ),
        (
            "post",
            {"0": 1200, "-EAGAIN": 590, "-EBUSY": 338, "-ENOMEM": 417, "-EIO": 320, "-EINVAL": 320},
        ),
    ],
)
def test_return_codes(semantics: str, codes: dict[str, int]) -> None:
    """
    No path returns anything but success and five errnos.
    """
    assert Counter(spell(run.returns or 0) for run in _all(semantics)) == codes


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_no_path_has_a_bug(semantics: str) -> None:
    """
    No debug option of the kernel's would stop on any path.
    """
    assert [run.choices for run in _all(semantics) if run.bug] == []


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_no_path_is_impossible(semantics: str) -> None:
    """
    No path rests on answers that a rule excludes.
    """
    assert [run.choices for run in _all(semantics) if RULES.broken_by(run.choices)] == []


def _move_fails(run: Run) -> bool:
    return run.choices.get("move_to_new_page(dst, src)") == -12


def _move_or_allocation_fails(run: Run) -> bool:
    return _move_fails(run) or run.choices.get("get_new_page(src)") == "NULL"


@pytest.mark.parametrize(
    ("semantics", "broken_on", "count"),
    [("pre", _move_fails, 320), ("post", _move_or_allocation_fails, 416)],
)
def test_cleanup(semantics: str, broken_on: Callable[[Run], bool], count: int) -> None:
    """
    Every path keeps all cleanup, unless the move, or in post the allocation, gives -ENOMEM.
    """
    found = [(run, {c.contract for c in complaints(run, MIGRATE)}) for run in _all(semantics)]
    expected = [(run, {"ownership"} if broken_on(run) else set()) for run in _all(semantics)]
    assert (found, sum(map(broken_on, _all(semantics)))) == (expected, count)


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_order_is_fixed(semantics: str) -> None:
    """
    Enumerating again gives the same paths in the same order.
    """
    target = Reference()
    again = paths(lambda environment: target.run(semantics, environment), RULES)
    assert [run.choices for run in again] == [run.choices for run in _all(semantics)]


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_first_path_goes_the_caller_s_way(semantics: str) -> None:
    """
    The first path has every answer at its default, and migrates the page.
    """
    first = _all(semantics)[0]
    defaults = {text: MIGRATE.vocabulary.choices[text].default for text in first.choices}
    assert (first.choices, first.returns) == (defaults, 0)


def _answers_of(run: Run) -> Environment:
    return lambda choice: run.choices[choice.text]


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_path_replays(semantics: str) -> None:
    """
    The choices of a path, given as answers, lead to the same trace, return and final state.
    """
    target = Reference()
    some = _all(semantics)[::50]
    again = [target.run(semantics, _answers_of(run)) for run in some]
    assert [(trace_of(r), r.choices, r.returns, r.final) for r in again] == [
        (trace_of(r), r.choices, r.returns, r.final) for r in some
    ]


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_trace_shows_every_answer_that_is_a_call_s(semantics: str) -> None:
    """
    An answer to a call is in the trace as the call's first result.
    """
    lost = []
    for run in _all(semantics):
        first: dict[str, object] = {}
        for event in run.trace:
            first.setdefault(event.call, event.value)
        lost += [
            (text, value)
            for text, value in run.choices.items()
            if text in MIGRATE.vocabulary.calls and first.get(text) != value
        ]
    assert lost == []
