# SPDX-License-Identifier: GPL-2.0-only
"""
How many pairs of paths there are.

A pair is a way through the places whose attempts agree in what is about no page. Answers to it
of which the same comes are one here, counted as often as they are.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from errpath.explore.lockstep.places import START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.explore.lockstep.graph import Graph, Made
    from errpath.explore.lockstep.moves import Edge, Same, Shared
    from errpath.explore.lockstep.places import Place, Turn
    from errpath.vocabulary.choice import Value

Known: TypeAlias = "tuple[tuple[str, Value], ...]"
"""What is known of no page, in the order of its texts."""


class Step(NamedTuple):
    """
    An edge with answers to what it asks of no page.

    `ways` are the joint attempts that it stands for, `same` has the smallest of them, and
    `shared` what they read of no page.
    """

    edge: Edge
    made: Made
    known: Known
    ways: int
    same: Same
    shared: Shared


class Counting:
    """
    Counts the pairs of a graph, forward and backward.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._alike = self._found_alike()
        self._after: dict[tuple[Place, int, Known], int] = {}
        self._steps: dict[tuple[Turn, Known], tuple[Step, ...]] = {}
        self._lumped: dict[int, dict[Shared, Same]] = {}

    def _found_alike(self) -> dict[tuple[str, Value], tuple[Value, int]]:
        """
        Give for each answer to what is about no page the one that stands for it, and how many.
        """
        meant: dict[str, dict[Value, set[object]]] = defaultdict(lambda: defaultdict(set))
        for number, table in enumerate(self._graph.tables):
            for index, kind in enumerate(table):
                for shared, same in kind.shared.items():
                    for text, value in shared:
                        rest = shared - {(text, value)}
                        meant[text][value].add((number, index, rest, same.times))
        found: dict[tuple[str, Value], tuple[Value, int]] = {}
        for text, rows in meant.items():
            alike: dict[frozenset[object], list[Value]] = defaultdict(list)
            for value, meaning in rows.items():
                alike[frozenset(meaning)].append(value)
            for values in alike.values():
                found |= {(text, value): (values[0], len(values)) for value in values}
        return found

    def alike(self, shared: Shared) -> Shared:
        """
        Give answers to what is about no page, each by the one that stands for it.
        """
        return frozenset((text, self._alike[text, value][0]) for text, value in shared)

    def _of(self, made: Made, number: int) -> dict[Shared, Same]:
        kind = made.table[number]
        found = self._lumped.get(id(kind))
        if found is None:
            alike = self._alike
            found = self._lumped[id(kind)] = {
                shared: same
                for shared, same in kind.shared.items()
                if all(alike[row][0] == row[1] for row in shared)
            }
        return found

    def steps(self, of: Turn, known: Known) -> tuple[Step, ...]:
        """
        Give the steps from a turn that agree with what is known of no page.
        """
        found = self._steps.get((of, known))
        if found is None:
            found = self._steps[of, known] = tuple(self._made(of, known))
        return found

    def _made(self, of: Turn, known: Known) -> Iterator[Step]:
        before = dict(known)
        for made in self._graph.at(of):
            for edge in made.edges:
                for shared, same in self._of(made, edge.kind).items():
                    ways, after = same.times, before
                    for text, value in shared:
                        if text not in before:
                            after = {**after, text: value}
                            ways *= self._alike[text, value][1]
                        elif before[text] != value:
                            break
                    else:
                        row = known if after is before else tuple(sorted(after.items()))
                        yield Step(edge, made, row, ways, same, shared)

    def after(self, place: Place, number: int, known: Known) -> int:
        """
        Count the ways to go on from a place to the end of both runs.
        """
        if place.over:
            return 1
        key = (place, number, known)
        found = self._after.get(key)
        if found is None:
            of = self._graph.turn(place, number)
            found = self._after[key] = sum(
                step.ways * self.after(step.edge.to, self._graph.next(of, step.edge), step.known)
                for step in self.steps(of, known)
            )
        return found

    @property
    def pairs(self) -> int:
        """
        The number of pairs of paths.
        """
        return self.after(START, 1, ())
