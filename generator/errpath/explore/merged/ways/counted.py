# SPDX-License-Identifier: GPL-2.0-only
"""
The number of the paths that end alike, and one of them.
"""

from __future__ import annotations

from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.ways.representative import agreed
from errpath.explore.merged.ways.worlds import largest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from errpath.explore.merged.ways.best import Best
    from errpath.explore.merged.ways.columns import Column, Columns
    from errpath.explore.merged.ways.joint import Close, Joint
    from errpath.explore.merged.ways.tables import Tables
    from errpath.explore.merged.ways.worlds import World
    from errpath.vocabulary.choice import Value

Told: TypeAlias = "tuple[tuple[str, Value], ...]"
"""What paths were answered, of what is told apart."""
Alike: TypeAlias = "tuple[Close, Told]"
"""How paths end, and what they were answered."""

MOST_CLOSES: Final = 20_000
"""How many classes of paths are told apart at most: beyond, nobody would wait for the end."""


def counted(
    tables: Tables, joint: Joint, *, smallest: bool
) -> dict[Alike, tuple[int, Best, dict[str, Value]]]:
    """
    Count the paths that are alike, and find one of each, with the answers that it is given.

    It is one of the smallest, if that is asked for.
    """
    columns = tables.columns(joint.graphs, only=joint.alone)
    closes = joint.closes(columns.ways)
    if len(closes) > MOST_CLOSES:
        raise EntangledError(f"more than {MOST_CLOSES} classes of paths have to be told apart")
    counts = {
        (close, told): sum(
            columns.factors[place] * column.each[place] for place in _places(columns, told)
        )
        for close, column in closes.items()
        for told in _told(joint, close, columns)
    }
    left = {alike: closes[alike[0]] for alike, count in counts.items() if count}
    found = _found(tables, joint, columns, left, smallest=smallest)
    return {alike: (counts[alike], *found[alike]) for alike in left}


def _told(joint: Joint, close: Close, columns: Columns) -> Iterator[Told]:
    """
    Give what paths of a close can have been answered, of what is told apart and is asked on them.
    """
    asked = [text for place, text in joint.graphs[0].asked if close.sum.seen[place]]
    answers = [
        dict.fromkeys((text, w.answers[text]) for w in columns.worlds if text in w.answers)
        for text in asked
    ]
    yield from product(*answers)


def _places(columns: Columns, told: Told) -> list[int]:
    """
    Give the worlds with these answers. A path that is not asked counts in all, with their factors.
    """
    return [place for place, world in enumerate(columns.worlds) if _fits(world, told)]


def _found(
    tables: Tables,
    joint: Joint,
    columns: Columns,
    every: Mapping[Alike, Column],
    *,
    smallest: bool,
) -> dict[Alike, tuple[Best, dict[str, Value]]]:
    """
    Find a path of each, with the answers to what is about no page.
    """
    found: dict[Alike, tuple[Best, dict[str, Value]]] = {}
    best = partial(tables.smallest, joint.graphs, only=joint.alone)
    # No path is smaller than the smallest of those whose attempts need not agree. If its
    # attempts do agree, it is one.
    least = joint.closes(best(None))
    for close, told in every:
        answers = agreed(least[close].chain, tables.one.vocabulary, dict(told))
        if answers is not None:
            found[close, told] = least[close], answers
    todo = set(every) - found.keys()
    apart = [text for _, text in joint.graphs[0].asked]
    worlds = (
        largest(tables.worlds(joint.graphs), apart) if smallest else _enough(columns, every, todo)
    )
    for world in worlds:
        if not todo:
            break
        some = joint.closes(best(world.fits))
        for alike in [one for one in todo if one[0] in some and _fits(world, one[1])]:
            way = some[alike[0]]
            if alike not in found or way.size < found[alike][0].size:
                found[alike] = way, world.answers
            if way.size == least[alike[0]].size or not smallest:
                todo.remove(alike)
    return found


def _fits(world: World, told: Told) -> bool:
    return all(world.answers.get(text) == value for text, value in told)


def _enough(
    columns: Columns, every: Mapping[Alike, Column], todo: Collection[Alike]
) -> Iterator[World]:
    """
    Give worlds in which each of some has a path: next that in which most of the rest have.
    """
    rest = {alike: set(_places(columns, alike[1])) for alike in todo}
    while rest:
        most = [
            sum(
                place in places and bool(every[alike].each[place]) for alike, places in rest.items()
            )
            for place in range(len(columns.worlds))
        ]
        best = most.index(max(most))
        yield columns.worlds[best]
        rest = {
            alike: places
            for alike, places in rest.items()
            if best not in places or not every[alike].each[best]
        }
