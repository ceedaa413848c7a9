# SPDX-License-Identifier: GPL-2.0-only
"""
Errnos that no mark tells apart.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from errpath.explore.merged.marks.mark import How

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from errpath.contracts.events import Patterns
    from errpath.explore.merged.marks.mark import Mark
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.vocabulary import Vocabulary

Alike: TypeAlias = "Mapping[str, tuple[frozenset[Value], ...]]"
"""For the text of a choice, classes of answers that may be taken as one."""


class ToldApart:
    """
    What the patterns of marks have of the results of each primitive.
    """

    def __init__(self) -> None:
        self._results: dict[str, set[frozenset[Value | None]]] = defaultdict(set)

    def by(self, marks: Iterable[Mark], patterns: Patterns) -> None:
        """
        Take note of marks, whose patterns are meant so.
        """
        for mark in marks:
            for text in () if mark.how is How.TOLD else mark.patterns:
                results: dict[tuple[str, str], set[Value | None]] = defaultdict(set)
                for made in patterns.meant_by(text):
                    results[made.primitive.name, made.call].add(made.value)
                for (name, _), found in results.items():
                    self._results[name].add(frozenset(found))

    def alike(self, vocabulary: Vocabulary) -> Alike:
        """
        Give the errnos of each call that no mark tells apart, where there are several.
        """
        found = {}
        for text in vocabulary.choices.keys() & vocabulary.calls.keys():
            primitive = vocabulary.calls[text]
            results = tuple(self._results[primitive.name])
            classes: dict[tuple[bool, ...], set[Value]] = defaultdict(set)
            for value in vocabulary.choices[text].values:
                if isinstance(value, int) and value < 0:
                    classes[tuple(value in some for some in results)].add(value)
            several = tuple(frozenset(some) for some in classes.values() if len(some) > 1)
            if several:
                found[text] = several
        return found
