# SPDX-License-Identifier: GPL-2.0-only
"""
The ways to answer what is about no page, and how to count with them.

A path that never asks a question must count once, and not once for each answer. So there is a
world for each answer, and one in which nobody asks: what is counted in a world are the paths
that ask no more than it answers. By inclusion and exclusion, the paths over all worlds are the
sum of the worlds' counts, each times its factor: 1 for an answer, and 1 less the number of
answers for a question that nobody asks. Answers that no attempt tells apart are one,
counted as often as they are; and a question that nobody asks in a world, whatever the answers
to come, needs no answer there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from errpath.explore.merged.attempt import Shared
    from errpath.explore.merged.graph import Graph
    from errpath.explore.merged.kept import Row
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.vocabulary import Vocabulary

Axis: TypeAlias = "tuple[str, list[tuple[Value | None, int]]]"


class World(NamedTuple):
    """
    Answers to what is about no page, and by how much what is counted with them counts.

    `fits` tells of each thing that attempts are told whether it agrees. `whole` tells that every
    question has an answer that is asked.
    """

    answers: dict[str, Value]
    factor: int
    fits: Mapping[Shared, bool]
    whole: bool


def worlds(graphs: Iterable[Graph], vocabulary: Vocabulary) -> Iterator[World]:
    """
    Give the worlds, for all that attempts are told.
    """
    told: dict[str, Counter[tuple[Value, ...]]] = {}
    meanings = _meanings(row for graph in graphs for row in graph.rows())
    for shared in meanings:
        for text, values in shared:
            told.setdefault(text, Counter())[values] += 1
    axes: list[Axis] = []
    # What is asked of few depends on the answers to what is asked of many.
    for text in sorted(told, key=lambda text: (-told[text].total(), text)):
        values = vocabulary.rules.possible(vocabulary.choices[text], {})
        alike: dict[object, list[Value]] = {}
        for value in values:
            alike.setdefault(_meaning(meanings, text, value), []).append(value)
        answers: list[tuple[Value | None, int]] = [(same[0], len(same)) for same in alike.values()]
        axes.append((text, [*answers, (None, 1 - len(values))]))
    yield from _worlds(axes, World({}, 1, dict.fromkeys(meanings, True), whole=True))


def _meanings(rows: Iterable[Row]) -> dict[Shared, object]:
    """
    Give for all that attempts are told what comes of it, wherever they are.
    """
    found: dict[Shared, Counter[object]] = {}
    for graph, node, phase, step in rows:
        come = found.setdefault(step.shared, Counter())
        come[graph, node, phase, step.to, step.beside] += step.number
    return {shared: frozenset(come.items()) for shared, come in found.items()}


def _meaning(meanings: Mapping[Shared, object], text: str, value: Value) -> object:
    """
    Give all that comes of an answer: answers of which the same comes are alike.
    """
    found: Counter[object] = Counter()
    for shared, meaning in meanings.items():
        others = dict(shared)
        if value in others.pop(text, ()):
            found[frozenset(others.items()), meaning] += 1
    return frozenset(found.items())


def _worlds(axes: list[Axis], so_far: World) -> Iterator[World]:
    """
    Give the worlds that answer more than one; a question that nobody asks there is left out.
    """
    answers, factor, fits, whole = so_far
    while axes:
        text, rows = axes[0]
        axes = axes[1:]
        asked = {shared: dict(shared).get(text, ()) for shared, fit in fits.items() if fit}
        if any(asked.values()):
            break
    else:
        yield so_far
        return
    for value, times in rows:
        left = {
            shared: not values or (value is not None and value in values)
            for shared, values in asked.items()
        }
        more = answers if value is None else {**answers, text: value}
        if times:
            fit = {shared: left.get(shared, False) for shared in fits}
            yield from _worlds(axes, World(more, factor * times, fit, whole and value is not None))
