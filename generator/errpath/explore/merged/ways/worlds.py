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
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from errpath.explore.merged.lone.attempt import Shared
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.vocabulary import Vocabulary

Axis: TypeAlias = "tuple[str, list[tuple[Value | None, int]]]"


class World(NamedTuple):
    """
    Answers to what is about no page, and by how much what is counted with them counts.

    `fits` are those things that attempts are told which agree. `whole` tells that every
    question has an answer that is asked.
    """

    answers: dict[str, Value]
    factor: int
    fits: frozenset[Shared]
    whole: bool

    def key(self, texts: Iterable[str]) -> tuple[Value | None, ...]:
        """
        Give the answers to some texts; None to one that nobody asks.
        """
        return tuple(self.answers.get(text) for text in texts)


def worlds(
    told: Collection[Shared], vocabulary: Vocabulary, apart: Collection[str] = ()
) -> list[World]:
    """
    Give the worlds, for all that attempts are told; no answers to texts that are `apart` are one.
    """
    asked: dict[str, Counter[tuple[Value, ...]]] = {}
    for shared in told:
        for text, values in shared:
            asked.setdefault(text, Counter())[values] += 1
    axes: list[Axis] = []
    # What is asked of few depends on the answers to what is asked of many.
    for text in sorted(asked, key=lambda text: (-asked[text].total(), text)):
        values = vocabulary.rules.possible(vocabulary.choices[text], {})
        alike: dict[object, list[Value]] = {}
        for value in values:
            fits = frozenset(some for some in asked[text] if value in some)
            alike.setdefault(value if text in apart else fits, []).append(value)
        answers: list[tuple[Value | None, int]] = [(same[0], len(same)) for same in alike.values()]
        axes.append((text, [*answers, (None, 1 - len(values))]))
    return list(_worlds(axes, World({}, 1, frozenset(told), whole=True)))


def largest(every: Collection[World], apart: Sequence[str] = ()) -> list[World]:
    """
    Give those worlds in which every path of any is one, as far as each question is answered.

    They stay in their order: the first answers are the usual ones. Each has answers of its own to
    texts that are `apart`.
    """
    some: dict[tuple[Value | None, ...], dict[frozenset[Shared], World]] = {}
    for world in every:
        if world.whole:
            some.setdefault(world.key(apart), {}).setdefault(world.fits, world)
    return [
        world
        for alike in some.values()
        for world in alike.values()
        if not any(world.fits < other for other in alike)
    ]


def _worlds(axes: list[Axis], so_far: World) -> Iterator[World]:
    """
    Give the worlds that answer more than one; a question that nobody asks there is left out.
    """
    answers, factor, fits, whole = so_far
    while axes:
        text, rows = axes[0]
        axes = axes[1:]
        asked = {shared: dict(shared).get(text, ()) for shared in fits}
        if any(asked.values()):
            break
    else:
        yield so_far
        return
    for value, times in rows:
        left = frozenset(
            shared
            for shared, values in asked.items()
            if not values or (value is not None and value in values)
        )
        more = answers if value is None else {**answers, text: value}
        if times:
            yield from _worlds(axes, World(more, factor * times, left, whole and value is not None))
