# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any, Final

import pytest

from errpath.native.walk.ahead import Ahead, StrayError
from errpath.native.walk.part import PARTS, Part
from errpath.native.walk.step import Step
from errpath.vocabulary.choice import Choice
from errpath.vocabulary.rule import Rules

FIRST: Final = Part(entry="migrate_pages", pages=("a",), attempts=1)
SECOND: Final = Part(entry="migrate_pages", pages=("a",), attempts=2)


def _target(part: Part) -> Any:
    return part.model().reference()


@cache
def _steps(part: Part) -> list[Step]:
    return list(part.walk(_target(part), "pre").steps())


def test_parts_that_are_walked() -> None:
    """
    One page, a list of one page in all its passes with the putback, and two pages.
    """
    assert [(part.name, part.attempts) for part in PARTS] == [
        ("unmap_and_move()", None),
        ("migrate_pages_and_putback() on a", None),
        ("migrate_pages() on a, b", 2),
    ]


def test_first_attempt_has_every_answer() -> None:
    """
    Each question about a page, and about none, has each of its answers in some step.
    """
    asked: dict[str, set[object]] = {}
    for step in _steps(FIRST):
        for text, value in step.answers:
            asked.setdefault(text, set()).add(value)
    choices = FIRST.model().vocabulary.choices
    # An LRU page that is mapped has a mapping, and so on: only rules leave out an answer.
    few = {text for text, values in asked.items() if values != set(choices[text].values)}
    assert few == set()
    assert len(asked) > 25


def test_steps_do_not_repeat() -> None:
    """
    From one status no two attempts are answered alike, but for what comes behind them.
    """
    found = Counter((step.status, step.answers, step.busy) for step in _steps(SECOND))
    assert set(found.values()) == {1}


def test_steps_go_on_from_where_another_came() -> None:
    """
    Each status but the first is one that an earlier step came to.
    """
    come = {0}
    for step in _steps(SECOND):
        assert step.status in come
        assert step.before == (0 if step.status == 0 else 1)
        if step.to is not None:
            come.add(step.to)


def test_new_status_is_gone_on_from_with_busy_pages() -> None:
    """
    Once for each; a page that is left then is tried ten times.
    """
    steps = _steps(FIRST)
    busy = [step for step in steps if step.busy]
    assert Counter(step.to for step in busy) == Counter({step.to for step in steps if step.to})
    left = [step.run for step in busy if step.run.final["a"]["on"] == "from_list"]
    assert {len(run.passes) for run in left} == {10}
    assert len(left) > 20


def test_attempt_stands_in_the_trace() -> None:
    """
    It begins with cond_resched(), and what is behind it begins with another, or is the end.
    """
    ends = {"count_vm_events", "trace_mm_migrate_pages"}
    for step in _steps(SECOND):
        trace = [event.primitive.name for event in step.run.trace]
        made, behind = trace[step.start : step.end], trace[step.end :]
        if step.run.bug:
            continue
        # Where no page was left there is no attempt, but the end of the run.
        assert made[0] in ({"cond_resched"} if "cond_resched" in made else ends)
        assert made.count("cond_resched") <= 1
        if step.to is not None:
            assert behind[0] in {"cond_resched", *ends}


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_followed_run_is_the_same(semantics: str) -> None:
    """
    The target itself follows each step to the same status, and is asked nothing more.
    """
    walk = SECOND.walk(_target(SECOND), semantics)
    other = _target(SECOND)
    for step in walk.steps():
        followed = walk.follow(other, step)
        assert (followed.alike, followed.extra) == (True, [])
        assert followed.run.trace == step.run.trace


def test_force_is_walked() -> None:
    """
    Attempts of the fourth pass and later are made, up to where nothing new comes.
    """
    part = Part(entry="migrate_pages", pages=("a",), attempts=4)
    walk = part.walk(_target(part), "post")
    waited = ("trylock_page(a) = 0", "lock_page(a)")
    forced = next(
        step
        for step in walk.steps()
        if step.before == 3
        and waited in pairwise(event.text for event in step.run.trace[step.start : step.end])
    )
    assert (len(forced.run.passes), forced.run.choices["mode"]) == (4, "MIGRATE_SYNC")


def test_run_that_strays() -> None:
    """
    What a run does must not depend on more than what it was answered.
    """
    ahead = Ahead(Rules(()), (("p", 1), ("q", 0)))
    assert ahead(Choice("p", None, (0, 1), text="p")) == 1
    with pytest.raises(StrayError, match=r"^q is asked at first, and later r$"):
        ahead(Choice("r", None, (0, 1), text="r"))
