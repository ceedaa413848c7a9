# SPDX-License-Identifier: GPL-2.0-only
"""
What a run over a list can read of what came before, where an attempt ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from errpath.kernel.pages.listed_page import TAIL
from errpath.native.walk.world import World

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.vocabulary import Vocabulary

_SPLIT = "split_huge_page_to_list"


@dataclass(frozen=True, slots=True)
class Status:
    """
    A key that is equal where runs go on alike, but for variables of the C's own.

    `next_pass` is whether the next attempt is made in another pass, `goes_on` whether the walk
    is to go on from here.
    """

    key: Hashable
    next_pass: bool
    goes_on: bool


class Statuses:
    """
    Words the status of a machine.
    """

    def __init__(self, vocabulary: Vocabulary, machine: Any) -> None:
        choices = vocabulary.choices
        self.world = World(vocabulary)
        anew = frozenset(text for page in machine.owners for text in page.asked_anew)
        ruled = {text for rule in vocabulary.rules.rules for text in rule.excludes}
        self._ruled = {
            text: choices[text].subject
            for text in sorted(ruled - anew - self.world.answers.keys())
            if text in choices
        }

    def status(self, k: Any, start: int, known: Mapping[str, Value]) -> Status:
        """
        Give what the attempt that began with step `start` leaves for later ones.

        What was answered so far is `known`: it can exclude answers to come. How many pages
        were migrated, and how many are gone, is a part, as both are counted.
        """
        _, ahead, names, lru, pagevec, facts, held, more, tried = k.state()
        counted = len(k.carries), len(k.on) - len(names)
        goes_on = self.world.agrees(known)
        rows = held, more, counted, goes_on
        at_end = ahead == k.from_.says
        if not names and at_end:
            return Status(rows, next_pass=True, goes_on=goes_on)
        # The head of a page that was split is tried again at once.
        again = any(e.value == 0 for e in k.trace[start:] if e.primitive.name == _SPLIT)
        own = frozenset(row for row in facts if row[0] not in self.world.answers)
        ruled = frozenset(self._narrowing(names, known))
        key = (ahead, names, again, lru, pagevec, own, ruled, tried, *rows)
        return Status(key, next_pass=at_end and not again, goes_on=goes_on)

    def _narrowing(
        self, names: tuple[str, ...], known: Mapping[str, Value]
    ) -> Iterator[tuple[str, Value]]:
        """
        Give the answers that rules read, of pages that can be tried again.
        """
        left = {name.removesuffix(TAIL) for name in names} | {None, *names}
        for text, subject in self._ruled.items():
            if subject in left and text in known:
                yield text, known[text]
