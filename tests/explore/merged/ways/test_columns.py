# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from errpath.explore.merged.ways.columns import Columns
from errpath.explore.merged.ways.graph import Graph
from errpath.explore.merged.ways.tables import Tables
from errpath.explore.merged.ways.ways import PageWays
from errpath.explore.merged.ways.weights import Edges, InWorlds
from errpath.explore.merged.ways.worlds import World
from tests.explore.merged.cut import ASKED, ENTRY, PUTBACK, Asked, Cut

SEMANTICS = ("pre", "post")


class InOne:
    """
    Counts the ways of one world, and no other.
    """

    one = 1

    def __init__(self, world: World) -> None:
        self._fits = world.fits

    def edges(self, graph: Graph, node: int, number: int) -> list[Edges]:
        """
        Give the steps that fit.
        """
        every = graph.steps(node, number)
        return [Edges(None, one.last, one.edges) for one in every if one.shared in self._fits]


def _said(ways: PageWays, passes: int, *, only: bool) -> dict[object, Any]:
    """
    Give all that is told of the ways of a page, with what each weighs.
    """
    found: dict[object, Any] = {("end", total): number for total, number in ways.ends.items()}
    for number in range(passes + 1):
        found |= {(number, *stop): times for stop, times in ways.stops[number].items()}
        for split, stops in ways.tail_stops[number].items():
            found |= {(number, split, *stop): times for stop, times in stops.items()}
        for bug in () if only else (False, True):
            sums = {"over": ways.over(number, bug=bug), "heads": ways.heads(number, bug=bug)}
            for split in range(1, number + 1):
                for so in (False, True):
                    sums[f"{split} {so}"] = ways.while_tails(number, split, with_it=so, bug=bug)
            for name, some in sums.items():
                found |= {(name, number, bug, total): times for total, times in some.items()}
    return found


@pytest.mark.parametrize("only", [True, False])
@pytest.mark.parametrize("entry", [ENTRY, PUTBACK])
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_numbers_side_by_side_are_those_of_each_world(
    semantics: str, entry: str, *, only: bool
) -> None:
    """
    Each way is counted in the worlds that it fits, and the worlds that are left weigh as all.
    """
    passes = 4
    more: Asked = {
        "put_new_page": ("given", "NULL"),
        "mode": ("MIGRATE_ASYNC", "MIGRATE_SYNC"),
        "trylock_page(P)": (1, 0),
    }
    cut = Cut(passes=passes, asked={**ASKED["a split"], **more})
    tables = Tables(cut.model(), entry, "a", semantics, target_on=cut.target, passes=passes)
    graph = tables.graph((), ())
    every = tables.worlds([graph])
    assert len(every) > 1
    columns = Columns([graph], every, only=only)
    weighed: Counter[object] = Counter()
    for world in every:
        for key, number in _said(
            PageWays(graph, InOne(world), only=only), passes, only=only
        ).items():
            weighed[key] += world.factor * number
    found = {
        key: column.total(columns.factors)
        for key, column in _said(columns.ways[graph], passes, only=only).items()
    }
    assert any(found.values())
    assert {key: number for key, number in found.items() if number} == {
        key: number for key, number in weighed.items() if number
    }


def test_field_holds_what_is_counted_in_it() -> None:
    """
    Sums and products stay in the field of their world.
    """
    worlds = [World({}, 1, frozenset(), whole=True)] * 5
    weights = InWorlds(worlds, 2)
    assert weights.fields(weights.one) == [1] * 5
    assert weights.fields(weights.one * 65535) == [65535] * 5
    assert weights.fields(sum(place << 16 * place for place in range(5))) == [0, 1, 2, 3, 4]
