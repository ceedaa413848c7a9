# SPDX-License-Identifier: GPL-2.0-only
"""
The shortest condition that tells some paths from all others.

Paths are numbered, a set of them is an int with a bit for each, and a condition is a
disjunction of conjunctions of answers. What it finds is exact: it holds on the wanted paths
and on no other. Among exact conditions it takes short ones, greedily.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import and_, or_
from typing import NamedTuple, TypeAlias

from errpath.vocabulary.choice import Value

Answer: TypeAlias = tuple[str, frozenset[Value]]
"""A choice by its text, and the answers to it that a condition lets pass."""

Term: TypeAlias = tuple[Answer, ...]
"""Answers that hold together."""


class _Row(NamedTuple):
    """
    One literal: the paths on which it holds, and those that it does not exclude.

    That a call gave a result tells that it was made. A setting has its value on every path,
    whether it is read there or not: a path that does not read it is not excluded, but it is
    no path that the literal can vouch for.
    """

    text: str
    values: frozenset[Value]
    holds: int
    allows: int


class Literals:
    """
    For every answer of every choice, the paths on which it was given.

    Of literals that serve as well, one with a lower `rank` of its choice is taken.
    """

    def __init__(
        self,
        choices: Sequence[Mapping[str, Value]],
        settings: Collection[str],
        rank: Callable[[str], int] = lambda _: 0,
    ) -> None:
        self._settings = settings
        self._rank = rank
        self.all = (1 << len(choices)) - 1
        self._given: dict[str, dict[Value, int]] = {}
        for number, made in enumerate(choices):
            for text, value in made.items():
                answers = self._given.setdefault(text, {})
                answers[value] = answers.get(value, 0) | 1 << number

    def condition(self, wanted: int, among: int | None = None) -> tuple[Term, ...]:
        """
        Give a condition that holds on exactly the wanted paths; () if on all of them.

        With `among`, of which the wanted ones are a part, it need not tell them from others.
        ValueError if no answer tells a wanted path from another.
        """
        among = self.all if among is None else among
        if wanted == among:
            return ()
        terms: list[dict[str, _Row]] = []
        left = wanted
        while left:
            rows = self._term(left & -left, wanted, among)
            terms.append({row.text: row for row in rows})
            left &= ~_meet([row.holds for row in rows], among)
        terms = self._joined(terms, wanted, among)
        return tuple(
            tuple((row.text, row.values) for row in term.values())
            for term in _needed(terms, wanted, among)
        )

    def _term(self, seed: int, wanted: int, among: int) -> list[_Row]:
        """
        Find a conjunction that holds on the seed, and excludes every path not wanted.
        """
        offered = list(self._offered(seed, wanted))
        chosen: list[_Row] = []
        reached = among
        while reached & ~wanted:
            best = max(
                offered,
                key=lambda row: (
                    (reached & ~wanted & ~row.allows).bit_count()
                    * (1 + (wanted & row.holds).bit_count()),
                    -self._rank(row.text),
                    -len(row.values),
                    row.text,
                ),
            )
            chosen.append(best)
            if not reached & ~best.allows:
                message = "no answer tells the wanted paths from the others"
                raise ValueError(message)
            reached &= best.allows
        return _without_idle(chosen, wanted, among)

    def _joined(
        self, terms: list[dict[str, _Row]], wanted: int, among: int
    ) -> list[dict[str, _Row]]:
        """
        Make one term of two that differ in the answers to one choice.
        """
        joined = True
        while joined:
            joined = False
            for first, second in combinations(terms, 2):
                differing = [text for text in first if first[text] != second.get(text)]
                if first.keys() == second.keys() and len(differing) == 1:
                    (text,) = differing
                    row = self._row(text, first[text].values | second[text].values)
                    rows = _without_idle([*{**first, text: row}.values()], wanted, among)
                    terms = [term for term in terms if term is not first and term is not second]
                    terms.append({row.text: row for row in rows})
                    joined = True
                    break
        return terms

    def _row(self, text: str, values: frozenset[Value]) -> _Row:
        answers = self._given[text]
        holds = _join(answers[value] for value in values)
        asked = _join(answers.values())
        unread = self.all & ~asked if text in self._settings else 0
        return _Row(text, values, holds, holds | unread)

    def _offered(self, seed: int, wanted: int) -> Iterator[_Row]:
        """
        Offer each answer of the seed: alone, and with the others that wanted paths give.
        """
        for text, answers in self._given.items():
            given = next((value for value, mask in answers.items() if mask & seed), None)
            if given is None:
                continue
            friends = frozenset(value for value, mask in answers.items() if mask & wanted)
            for values in {frozenset({given}), friends | {given}}:
                row = self._row(text, values)
                if len(values) < len(answers) or row.allows == row.holds:
                    yield row


def _without_idle(rows: list[_Row], wanted: int, among: int) -> list[_Row]:
    """
    Leave out literals without which the others exclude as much.
    """
    kept = rows
    for row in rows:
        rest = [other for other in kept if other is not row]
        if not _meet([other.allows for other in rest], among) & ~wanted:
            kept = rest
    return kept


def _join(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def _meet(masks: Iterable[int], everything: int) -> int:
    return reduce(and_, masks, everything)


def _needed(terms: list[dict[str, _Row]], wanted: int, among: int) -> list[dict[str, _Row]]:
    """
    Leave out terms that the others cover.
    """
    held = {id(term): _meet([row.holds for row in term.values()], among) for term in terms}
    kept = list(terms)
    for term in terms:
        rest = [other for other in kept if other is not term]
        if _join(held[id(other)] for other in rest) & wanted == wanted:
            kept = rest
    return kept
