# SPDX-License-Identifier: GPL-2.0-only
"""
Answers that nobody can tell apart, asked once.

The code reads a setting by comparing it with values that it names. Values of a setting that
neither the code names nor a law nor a rule, and that the model does not look at, run alike:
one of them stands for all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from errpath.spec import condition
from errpath.vocabulary.rule import Rules

if TYPE_CHECKING:
    from errpath.explore.source import Source
    from errpath.kernel.target import Model
    from errpath.spec.contract import Law
    from errpath.vocabulary.choice import Choice, Value


class Fewer(Rules):
    """
    The rules of a model, with one answer for all that nobody can tell apart.
    """

    def __init__(self, source: Source, laws: Iterable[Law], model: Model) -> None:
        vocabulary = model.vocabulary
        super().__init__(vocabulary.rules.rules)
        written = set(_written(source))
        named = {*written, *_said(laws, model)}
        named |= {value for rule in self.rules for value in rule.excludes.values()}
        self._extra: dict[str, frozenset[Value]] = {}
        for text, choice in vocabulary.choices.items():
            # A setting of which the code names no value is read in some other way.
            compared = not written.isdisjoint(choice.values)
            if compared and text not in vocabulary.calls and text not in model.unseen:
                unnamed = [value for value in choice.values if value not in named]
                self._extra[text] = frozenset(unnamed[1:])

    def possible(self, choice: Choice, known: Mapping[str, Value]) -> tuple[Value, ...]:
        """
        Give the answers to a choice that agree with what is `known`, and that differ.
        """
        found = super().possible(choice, known)
        extra = self._extra.get(choice.text)
        return tuple(value for value in found if value not in extra) if extra else found


def _written(source: Source) -> Iterator[Value]:
    """
    Give the values that the source names, or has at hand to name.
    """
    for value in vars(source.module).values():
        if isinstance(value, str):
            yield value
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _said(laws: Iterable[Law], model: Model) -> Iterator[Value]:
    """
    Give the values that conditions of laws name by a word.
    """
    for law in laws:
        for when in (law.when, *(one.when for one in law.exceptions)):
            for said in _words(when) if when else ():
                for aspect in model.vocabulary.aspects:
                    for word in aspect.words:
                        if aspect.name == said.aspect and word.name in said.words:
                            yield from word.answers.values()


def _words(one: condition.Condition) -> Iterator[condition.Is]:
    match one:
        case condition.Is():
            yield one
        case condition.Not():
            yield from _words(one.condition)
        case condition.All() | condition.Some():
            for inner in one.conditions:
                yield from _words(inner)
