# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final

import pytest

from errpath.explore.merged.marks.mark import How, Mark
from errpath.explore.merged.marks.marks import Letters
from errpath.explore.merged.ways.counted import Alike, counted
from errpath.explore.merged.ways.joint import Joint
from errpath.explore.merged.ways.tables import Tables
from errpath.migrate.migration import MIGRATE
from tests.explore.merged.cut import ENTRY

MODE: Final = Mark(How.TOLD, ("mode",))
Size = tuple[int, int]


@cache
def _made(*, apart: bool) -> tuple[Tables, Joint]:
    """
    Make all that one page can do, with the answers to mode told apart or not.
    """
    tables = Tables(MIGRATE, ENTRY, "page", "pre")
    marks = ((MODE,), (Letters(frozenset()),)) if apart else ((), ())
    return tables, Joint([tables.graph(*marks)])


def _least(tables: Tables, joint: Joint) -> dict[Alike, Size]:
    """
    Find the size of the smallest path of each kind, by a look into every world there is.
    """
    found: dict[Alike, Size] = {}
    told_apart = [text for _, text in joint.graphs[0].asked]
    for world in tables.worlds(joint.graphs):
        if world.whole:
            for close, way in joint.closes(
                tables.smallest(joint.graphs, world.fits, only=True)
            ).items():
                asked = zip(told_apart, close.sum.seen, strict=False)
                told = tuple((text, world.answers[text]) for text, so in asked if so)
                found[close, told] = min(way.size, found.get((close, told), way.size))
    return found


@pytest.mark.parametrize("apart", [False, True])
def test_path_of_each_kind_is_the_smallest_of_all_worlds(*, apart: bool) -> None:
    """
    If the smallest are asked for, no world has a smaller path; some that are not are larger.
    """
    tables, joint = _made(apart=apart)
    least = _least(tables, joint)
    found = counted(tables, joint, smallest=None)
    assert {alike: best.size for alike, (_, best, _) in found.items()} == least
    any_of = counted(tables, joint, smallest=())
    assert {alike: number for alike, (number, _, _) in any_of.items()} == {
        alike: number for alike, (number, _, _) in found.items()
    }
    assert any(best.size > least[alike] for alike, (_, best, _) in any_of.items())


@pytest.mark.parametrize("apart", [False, True])
def test_smallest_of_several_kinds_is_among_them(*, apart: bool) -> None:
    """
    The smallest path of each single kind is found if that kind is given, and of both of two.
    """
    tables, joint = _made(apart=apart)
    least = _least(tables, joint)
    kinds = list(least)
    for some in [
        *([kind] for kind in kinds),
        *(list(two) for two in pairwise(kinds)),
    ]:
        found = counted(tables, joint, smallest=some)
        assert min(found[kind][1].size for kind in some) == min(least[kind] for kind in some)
