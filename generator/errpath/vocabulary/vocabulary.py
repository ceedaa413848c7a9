# SPDX-License-Identifier: GPL-2.0-only
"""
All that a model declares, in one object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from errpath.vocabulary.choice import Choice, Fault, Value
from errpath.vocabulary.entry import Entry
from errpath.vocabulary.hold import Hold
from errpath.vocabulary.primitive import Primitive
from errpath.vocabulary.rule import Rules
from errpath.vocabulary.situation import Aspect, Cleanup, State


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """
    The names that a spec can use, and what each means.

    `subjects` are what calls are about, `settings` the choices that are no calls, `places`
    where a page can be at the end, `back` those of them where a page is that was gotten for
    nothing and returned, `cleanup` the contracts that every test checks without being asked,
    `reach` the primitives that each semantics calls. `entry` is the function that is run, and
    `pages` the list that it is given; `entries` are functions that can be run in its place.
    `told` is what an attempt on a page of the list is told and the environment does not decide:
    an aspect, and its choice.
    """

    model: str
    subjects: tuple[str, ...]
    primitives: Mapping[str, Primitive]
    choices: Mapping[str, Choice]
    aspects: tuple[Aspect, ...]
    rules: Rules
    holds: Mapping[str, Hold]
    places: Mapping[str, str]
    states: tuple[State, ...]
    counters: Mapping[str, str]
    cleanup: Mapping[str, Cleanup]
    reach: Mapping[str, frozenset[str]] = field(repr=False)
    back: frozenset[str] = frozenset()
    entry: str = ""
    pages: tuple[str, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    told: tuple[tuple[Aspect, Choice], ...] = ()

    @cached_property
    def of_attempts(self) -> Vocabulary:
        """
        The vocabulary with what an attempt is told as well, for conditions about attempts.
        """
        choices = {choice.text: choice for _, choice in self.told}
        aspects = tuple(aspect for aspect, _ in self.told)
        return replace(
            self, choices={**self.choices, **choices}, aspects=(*self.aspects, *aspects), told=()
        )

    @property
    def semantics(self) -> tuple[str, ...]:
        """
        The names of the semantics, in their order of age.
        """
        return tuple(self.reach)

    @cached_property
    def settings(self) -> dict[str, Aspect]:
        """
        The aspects that have a line of their own: `mode: any`.
        """
        return {aspect.name: aspect for aspect in self.aspects if aspect.subject is None}

    @cached_property
    def calls(self) -> dict[str, Primitive]:
        """
        Every call without its result, as `trylock_page(src)`, and its primitive.
        """
        return {call: p for p in self.primitives.values() for call in p.calls()}

    @cached_property
    def markers(self) -> dict[str, str]:
        """
        The pytest marker of each kind of fault, and what it stands for.
        """
        found: dict[str, str] = {}
        for choice in self.choices.values():
            for fault in choice.faults.values():
                found.setdefault(fault.marker, f"{choice.name}: {fault.says}")
        return found

    @cached_property
    def word_markers(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """
        The markers of the faults that a word of an aspect stands for, by both their names.
        """
        return {
            (aspect.name, word.name): tuple(
                fault.marker
                for text, value in word.answers.items()
                if (fault := self.fault_at(text, value))
            )
            for aspect in self.aspects
            for word in aspect.words
        }

    @cached_property
    def result_markers(self) -> dict[tuple[str, str], str]:
        """
        The marker of a call that fails with a result, by both their texts.
        """
        return {
            (call, answer.shown): answer.fault.marker
            for call, primitive in self.calls.items()
            for answer in primitive.faults()
            if answer.fault
        }

    @cached_property
    def cleanup_of(self) -> dict[str, str]:
        """
        The cleanup contract that is about a row of the ledger, by the row's text.
        """
        return {text: c.name for c in reversed([*self.cleanup.values()]) for text in c.items}

    @cached_property
    def stopped_by(self) -> dict[str, str]:
        """
        The cleanup contract that a debug check is about, by the name of the check.
        """
        return {name: c.name for c in self.cleanup.values() for name in c.findings}

    @cached_property
    def _made(self) -> dict[tuple[str, tuple[str, ...]], Vocabulary]:
        return {}

    def at(self, entry: str, pages: tuple[str, ...]) -> Vocabulary:
        """
        Give the vocabulary of another function's runs on pages of those names, made once.

        A KeyError names what is no entry.
        """
        found = self._made.get((entry, pages))
        if found is None:
            found = self._made[entry, pages] = self.entries[entry].on(pages)
        return found

    def aspects_of(self, subject: str) -> tuple[Aspect, ...]:
        """
        Give the aspects whose words stand on that subject's line.
        """
        return tuple(aspect for aspect in self.aspects if aspect.subject == subject)

    def fault_at(self, choice: str, value: Value) -> Fault | None:
        """
        Give the fault that an answer is, or None if it goes the caller's way.
        """
        found = self.choices.get(choice)
        return found.faults.get(value) if found else None
