# SPDX-License-Identifier: GPL-2.0-only
"""
A vocabulary, arranged for the questions that resolving names asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from errpath.vocabulary.entry import Entry
from errpath.vocabulary.primitive import Answer, Primitive
from errpath.vocabulary.situation import Aspect, Word
from errpath.vocabulary.vocabulary import Vocabulary


class Lexicon:
    """
    What a spec can name, and what each name leads to.

    `entry` is what gave the vocabulary to a list of pages, and None for the model's own. With
    `each`, the only page is each page of a list of any length.
    """

    def __init__(
        self, vocabulary: Vocabulary, entry: Entry | None = None, *, each: bool = False
    ) -> None:
        self.vocabulary = vocabulary
        self.entry = entry
        self.each = each
        self.function = entry.name if entry else vocabulary.entry or vocabulary.model
        self.passes = entry.passes if entry else 0
        self.counts = entry.counts if entry else False
        self.semantics = vocabulary.semantics
        self._words: dict[str, dict[str, tuple[Aspect, Word]]] = {}
        names = [aspect.name for aspect in vocabulary.aspects]
        if len(set(names)) < len(names):
            message = "a vocabulary's aspects have different names"
            raise ValueError(message)
        reach = vocabulary.reach.values()
        self.everywhere = frozenset[str]().union(*reach).intersection(*reach)

    @cached_property
    def described(self) -> tuple[str, ...]:
        """
        The names that a line of a situation can begin with: pages, and settings.
        """
        pages = dict.fromkeys(a.subject for a in self.vocabulary.aspects if a.subject)
        return *pages, *self.vocabulary.settings

    def aspects_on(self, name: str) -> tuple[Aspect, ...]:
        """
        Give the aspects whose words can stand behind `name:`.
        """
        setting = self.vocabulary.settings.get(name)
        return (setting,) if setting else self.vocabulary.aspects_of(name)

    def words_on(self, name: str) -> dict[str, tuple[Aspect, Word]]:
        """
        Give every word that can stand behind `name:`, and its aspect.
        """
        found = self._words.get(name)
        if found is None:
            aspects = self.aspects_on(name)
            found = {word.name: (aspect, word) for aspect in aspects for word in aspect.words}
            self._words[name] = found
        return found

    def calls_of(self, primitive: Primitive, subjects: Iterable[str]) -> tuple[str, ...]:
        """
        Give every call of a primitive that names the subjects, in this order.
        """
        wanted = tuple(subjects)
        return tuple(
            call for call in primitive.calls() if _within(wanted, _subjects(call, primitive.name))
        )

    def answers_to(self, primitive: Primitive, calls: Iterable[str]) -> tuple[Answer, ...]:
        """
        Give the answers that some of a primitive's calls can get, in declared order.
        """
        given = [primitive.answers_on(_subjects(call, primitive.name)) for call in calls]
        return tuple(a for a in primitive.answers if any(a in answers for answers in given))

    @cached_property
    def held_on(self) -> dict[str, tuple[str, ...]]:
        """
        The subjects that each hold is declared for; none if no declaration says.
        """
        found: dict[str, dict[str, None]] = {name: {} for name in self.vocabulary.holds}
        for p in self.vocabulary.primitives.values():
            first = p.subjects[0] if p.subjects else ()
            if p.takes:
                found[p.takes.name].update(dict.fromkeys(map(p.taken_on, p.named())))
            if p.gives_up:
                found[p.gives_up.name].update(dict.fromkeys(first))
            if p.requires:
                found[p.requires.name].update(
                    dict.fromkeys(s for names in p.subjects for s in names)
                )
        return {name: tuple(subjects) for name, subjects in found.items()}

    @cached_property
    def fallible(self) -> tuple[Primitive, ...]:
        """
        The primitives that the environment can make fail.
        """
        return tuple(p for p in self.vocabulary.primitives.values() if can_fail(p))


def can_fail(primitive: Primitive) -> bool:
    """
    Tell whether the environment decides that a call fails.
    """
    return bool(primitive.faults()) and not primitive.computed


def _subjects(call: str, name: str) -> tuple[str, ...]:
    inside = call[len(name) + 1 : -1]
    return tuple(inside.split(", ")) if inside else ()


def _within(wanted: tuple[str, ...], given: tuple[str, ...]) -> bool:
    rest = iter(given)
    return all(subject in rest for subject in wanted)
