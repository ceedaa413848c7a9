# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from itertools import product
from math import prod
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from errpath.explore.merged.lone.attempt import Shared
from errpath.explore.merged.ways.worlds import World, largest, worlds
from errpath.migrate.migration import MIGRATE
from errpath.vocabulary.choice import Value

VOCABULARY: Final = MIGRATE.vocabulary
ASKED: Final = ("mode", "reason", "put_new_page")
VALUES: Final = {text: VOCABULARY.choices[text].values for text in ASKED}


def _values(text: str) -> st.SearchStrategy[tuple[Value, ...]]:
    kept = st.sets(st.sampled_from(VALUES[text]), min_size=1)
    return kept.map(lambda some: tuple(value for value in VALUES[text] if value in some))


TOLD: Final = st.fixed_dictionaries({}, optional={text: _values(text) for text in ASKED})
ATTEMPTS: Final = st.lists(
    st.lists(TOLD.map(lambda told: frozenset(told.items())), min_size=1, max_size=4),
    min_size=1,
    max_size=3,
)


def _paths(ways: tuple[Shared, ...]) -> int:
    """
    Count the answers to all that is asked with which each attempt goes its way.
    """
    told: dict[str, list[tuple[Value, ...]]] = {}
    for way in ways:
        for text, values in way:
            told.setdefault(text, []).append(values)
    return prod(
        sum(all(value in values for values in every) for value in VALUES[text])
        for text, every in told.items()
    )


def _counted(every: list[World], attempts: list[list[Shared]]) -> int:
    """
    Count with worlds: in each, the ways of all attempts are independent.
    """
    return sum(
        world.factor * prod(sum(way in world.fits for way in ways) for ways in attempts)
        for world in every
    )


@given(ATTEMPTS)
def test_worlds_count_each_path_once(attempts: list[list[Shared]]) -> None:
    """
    Paths whose attempts agree in what they are told are counted for each answer that is asked.
    """
    told = {way for ways in attempts for way in ways}
    assert _counted(worlds(told, VOCABULARY), attempts) == sum(map(_paths, product(*attempts)))


@given(ATTEMPTS)
def test_path_is_in_one_of_the_largest_worlds(attempts: list[list[Shared]]) -> None:
    """
    Whoever looks for a path with answers need not look into the other worlds.
    """
    told = {way for ways in attempts for way in ways}
    some = largest(worlds(told, VOCABULARY))
    for ways in product(*attempts):
        assert any(world.fits.issuperset(ways) for world in some) is (_paths(ways) > 0)
