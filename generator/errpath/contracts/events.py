# SPDX-License-Identifier: GPL-2.0-only
"""
Which events a pattern means.

Every text that can stand for a call is worked out from the vocabulary beforehand, so that
a clause finds its events by one look-up: nothing is parsed when tests run.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from errpath.kernel.event import Event, event
from errpath.vocabulary.primitive import Primitive
from errpath.vocabulary.vocabulary import Vocabulary


class Chain:
    """
    The places of a chain, each with its text and the events that it means.

    `events` are the events place by place, `named` those of all places together.
    """

    __slots__ = ("events", "named", "places")

    def __init__(self, places: tuple[tuple[str, frozenset[Event]], ...]) -> None:
        self.places = places
        self.events = tuple(events for _, events in places)
        self.named = frozenset().union(*(events for _, events in places))


class Patterns:
    """
    The events of a vocabulary, by every text that means them.

    A text names some of a call's subjects, in the call's order, and may tell a result, or
    whether the call "fails" or "succeeds". Alternatives are joined by " | ". `every` has all
    events.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        found: dict[str, set[Event]] = {}
        for primitive in vocabulary.primitives.values():
            for made in _events(primitive):
                for text in _texts(primitive, made):
                    found.setdefault(text, set()).add(made)
        self._events = {text: frozenset(events) for text, events in found.items()}
        self.every = frozenset().union(*self._events.values())
        self.meant_by = cache(self._meant_by)
        self.chain = cache(self._chain)

    def _chain(self, patterns: tuple[str, ...]) -> Chain:
        """
        Give each place of a chain: its text, and the events that it means.
        """
        return Chain(tuple((pattern, self.meant_by(pattern)) for pattern in patterns))

    def _meant_by(self, pattern: str) -> frozenset[Event]:
        """
        Give the events that a pattern means; a KeyError names what is no call.
        """
        found = self._events.get(pattern)
        if found is not None:
            return found
        return frozenset().union(*(self._events[text] for text in pattern.split(" | ")))


def _events(primitive: Primitive) -> Iterator[Event]:
    for subjects in primitive.named():
        if primitive.answers:
            for answer in primitive.answers_on(subjects):
                yield event(primitive, subjects, answer.value)
        else:
            yield event(primitive, subjects)


def _texts(primitive: Primitive, made: Event) -> Iterator[str]:
    faults = {answer.value for answer in primitive.faults()}
    for length in range(len(made.subjects) + 1):
        for some in combinations(made.subjects, length):
            call = f"{primitive.name}({', '.join(some)})"
            yield call
            if made.value is not None:
                yield f"{call} = {made.text.rpartition(' = ')[2]}"
                yield f"{call} {'fails' if made.value in faults else 'succeeds'}"
