# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from errpath.explore.paths.enumerate import paths
from errpath.kernel.pages.attempts import Attempts
from errpath.migrate.pages.reference import ListReference
from errpath.vocabulary.choice import Choice, Value
from errpath.vocabulary.rule import Rules
from tests.migrate.pages.running import SEMANTICS

# What is asked is cut down, so that all runs can be made; locks are free from pass 4 on.
ASKED: dict[str, dict[str, tuple[Value, ...]]] = {
    "a huge page": {
        "PageTransHuge(a)": (0, 1),
        "PageAnon(a)": (0, 1),
        "get_new_page(a)": ("a_new", "NULL"),
        "trylock_page(a)": (1, 0),
        "a->extra_pins": (0, 1),
    },
    "a tail": {
        "PageTransHuge(a)": (1,),
        "thp_migration_supported()": (0,),
        "trylock_page(a)": (1, 0),
        "trylock_page(a_tail)": (1, 0),
        "page_mapped(a_tail)": (1, 0),
    },
    "two huge pages": {
        "PageTransHuge(a)": (0, 1),
        "PageTransHuge(b)": (0, 1),
        "get_new_page(b)": ("b_new", "NULL"),
        "move_to_new_page(a_new, a)": (0, -16, -12),
        "a->extra_pins": (0, 1),
        "b->extra_pins": (0, 1),
        "trylock_page(b)": (1, 0),
    },
}


class _Cut:
    """
    An environment that puts some choices, and answers the others as usual.
    """

    def __init__(
        self, asked: dict[str, tuple[Value, ...]], answer: Callable[[Choice], Value]
    ) -> None:
        self.choices = {text: Choice("", None, values, text=text) for text, values in asked.items()}
        self.answer = answer
        self.number = 1

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a choice.
        """
        cut = self.choices.get(choice.text)
        if cut is None or (choice.name == "trylock_page" and self.number > 3):
            return choice.default
        return self.answer(cut)

    def begin_pass(self, number: int) -> None:
        """
        Take note of the pass.
        """
        self.number = number


def _ends_and_futures(
    semantics: str, asked: dict[str, tuple[Value, ...]]
) -> dict[Any, dict[Any, set[Any]]]:
    """
    Give for each state at the end of an attempt, and each way to it, the ways to go on.
    """
    reference = ListReference(("a", "b"))
    ends: list[tuple[Any, ...]] = []

    def ended(k: Attempts) -> None:
        ends.append((len(k.trace), k.state(), k.outcome(), tuple(k.choices.items())))

    def once(answer: Callable[[Choice], Value]) -> Any:
        ends.clear()
        run = reference.run(semantics, _Cut(asked, answer), ended)
        return ends.copy(), run

    found: dict[Any, dict[Any, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for stops, run in paths(once, Rules(())):
        end = run.returns, run.bug and run.bug.name, str(run.final)
        for step, state, outcome, way in stops:
            rest = tuple(event.text for event in run.trace[step:])
            found[state][way, outcome].add((rest, *end))
    return found


@pytest.mark.parametrize("semantics", SEMANTICS)
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_runs_go_on_alike_from_the_same_state(
    semantics: str, asked: dict[str, tuple[Value, ...]]
) -> None:
    """
    From one state on, all runs have the same futures, and with the same outcome the same ends.
    """
    found = _ends_and_futures(semantics, asked)
    several = [ways for ways in found.values() if len(ways) > 1]
    assert several, "no two runs come to the same state"
    for ways in several:
        futures = {frozenset(future[:3] for future in one) for one in ways.values()}
        assert len(futures) == 1
        by_outcome = defaultdict(set)
        for (_, outcome), one in ways.items():
            by_outcome[outcome].add(frozenset(future[3] for future in one))
        assert {len(ends) for ends in by_outcome.values()} == {1}
