# SPDX-License-Identifier: GPL-2.0-only
"""
The ways to answer what is about no page, and how to count with them.

A path that never asks a question must count once, and not once for each answer. So there is a
world for each answer, and one in which nobody asks: what is counted in a world are the paths
that ask no more than it answers. By inclusion and exclusion, the paths over all worlds are the
sum of the worlds' counts, each times its factor: 1 for an answer, and 1 less the number of
answers for a question that nobody asks. Answers that change nothing are one, counted as
often as they are.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from errpath.explore.merged.leaf import EntangledError
from errpath.kernel.caller import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errpath.explore.merged.leaf import Shared
    from errpath.explore.merged.lone_page import LonePage
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.vocabulary import Vocabulary

Axis: TypeAlias = "list[tuple[tuple[str, Value] | None, int]]"


def worlds(pages: Sequence[LonePage], vocabulary: Vocabulary) -> Iterator[tuple[Shared, int, bool]]:
    """
    Give each world's answers, its factor, and whether it answers every question.
    """
    every = [leaf for page in pages for leaves in page.leaves.values() for leaf in leaves]
    first = pages[0].leaves[0, False]
    axes: list[Axis] = []
    for text in sorted({text for leaf in every for text, _ in leaf.shared}):
        values = vocabulary.rules.possible(vocabulary.choices[text], {})
        alike: dict[object, list[Value]] = defaultdict(list)
        meanings = _meanings(pages, text)
        for value in values:
            alike[meanings[value]].append(value)
        if isinstance(vocabulary.choices[text], Flag) and len(alike) > 1:
            raise EntangledError(f"what is done depends on {text}")
        axis: Axis = [((text, same[0]), len(same)) for same in alike.values()]
        if not all(any(asked == text for asked, _ in leaf.shared) for leaf in first):
            axis.append((None, 1 - len(values)))
        axes.append([row for row in axis if row[1]])
    for rows in product(*axes):
        factor = 1
        for _, times in rows:
            factor *= times
        answers = frozenset(answer for answer, _ in rows if answer is not None)
        yield answers, factor, len(answers) == len(rows)


def _meanings(pages: Sequence[LonePage], text: str) -> dict[Value, object]:
    """
    Give for each answer all that comes of it: answers of which the same comes are alike.
    """
    found: dict[Value, set[object]] = defaultdict(set)
    for number, page in enumerate(pages):
        for key, leaves in page.leaves.items():
            for leaf in leaves:
                for asked, value in leaf.shared:
                    if asked == text:
                        others = leaf.shared - {(asked, value)}
                        found[value].add((number, key, others, leaf.to, leaf.count))
    return defaultdict(frozenset, {value: frozenset(rows) for value, rows in found.items()})
