# SPDX-License-Identifier: GPL-2.0-only
"""
What cannot be: answers that no kernel gives together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from errpath.vocabulary.choice import Choice, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    Answers, by the text of their choices, that exclude each other; `says` tells why.
    """

    excludes: Mapping[str, Value]
    says: str


class Rules:
    """
    All rules of a model, looked up by the choice that is being asked.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._by_choice: dict[str, list[tuple[Value, tuple[tuple[str, Value], ...]]]] = {}
        for rule in self.rules:
            for text, value in rule.excludes.items():
                others = tuple(pair for pair in rule.excludes.items() if pair[0] != text)
                self._by_choice.setdefault(text, []).append((value, others))

    def possible(self, choice: Choice, known: Mapping[str, Value]) -> tuple[Value, ...]:
        """
        Give the answers to a choice that agree with what is `known`, in declared order.
        """
        rows = self._by_choice.get(choice.text)
        if rows is None:
            return choice.values
        out = {
            value
            for value, others in rows
            if all(known.get(text) == other for text, other in others)
        }
        return tuple(value for value in choice.values if value not in out)

    def broken_by(self, answers: Mapping[str, Value]) -> Rule | None:
        """
        Give the first rule that a set of answers breaks, or None.
        """
        for rule in self.rules:
            if all(answers.get(text) == value for text, value in rule.excludes.items()):
                return rule
        return None
