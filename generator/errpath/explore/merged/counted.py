# SPDX-License-Identifier: GPL-2.0-only
"""
The number of the paths that end alike, and one of them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.representative import agreed
from errpath.explore.merged.worlds import largest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from errpath.explore.merged.best import Best
    from errpath.explore.merged.columns import Column, Columns
    from errpath.explore.merged.joint import Close, Joint
    from errpath.explore.merged.tables import Tables
    from errpath.explore.merged.worlds import World
    from errpath.vocabulary.choice import Value

Found = dict["Close", "tuple[Best, dict[str, Value]]"]

MOST_CLOSES: Final = 20_000
"""How many classes of paths are told apart at most: beyond, nobody would wait for the end."""


def counted(
    tables: Tables, joint: Joint, *, smallest: bool
) -> dict[Close, tuple[int, Best, dict[str, Value]]]:
    """
    Count the paths by how they end, and find one of each, with the answers that it is given.

    It is one of the smallest, if that is asked for.
    """
    columns = tables.columns(joint.graphs, only=joint.alone)
    closes = joint.closes(columns.ways)
    if len(closes) > MOST_CLOSES:
        raise EntangledError(f"more than {MOST_CLOSES} classes of paths have to be told apart")
    counts = {close: column.total(columns.factors) for close, column in closes.items()}
    left = {close: column for close, column in closes.items() if counts[close]}
    found = _found(tables, joint, columns, left, smallest=smallest)
    return {close: (counts[close], *found[close]) for close in left}


def _found(
    tables: Tables,
    joint: Joint,
    columns: Columns,
    closes: Mapping[Close, Column],
    *,
    smallest: bool,
) -> Found:
    """
    Find a path of each close, with the answers to what is about no page.
    """
    found: Found = {}
    best = partial(tables.smallest, joint.graphs, only=joint.alone)
    # No path is smaller than the smallest of those whose attempts need not agree. If its
    # attempts do agree, it is one.
    least = joint.closes(best(None))
    for close in closes:
        answers = agreed(least[close].chain, tables.one.vocabulary)
        if answers is not None:
            found[close] = least[close], answers
    todo = set(closes) - found.keys()
    every = largest(tables.worlds(joint.graphs)) if smallest else _enough(columns, closes, todo)
    for world in every:
        if not todo:
            break
        some = joint.closes(best(world.fits))
        for close in todo & some.keys():
            way = some[close]
            if close not in found or way.size < found[close][0].size:
                found[close] = way, world.answers
            if way.size == least[close].size or not smallest:
                todo.remove(close)
    return found


def _enough(
    columns: Columns, closes: Mapping[Close, Column], todo: Collection[Close]
) -> Iterator[World]:
    """
    Give worlds in which each of some closes has a path: next that in which most of the rest have.
    """
    rest = set(todo)
    while rest:
        numbers = zip(*(closes[close].each for close in rest), strict=True)
        most = [sum(map(bool, mine)) for mine in numbers]
        place = most.index(max(most))
        yield columns.worlds[place]
        rest = {close for close in rest if not closes[close].each[place]}
