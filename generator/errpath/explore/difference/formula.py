# SPDX-License-Identifier: GPL-2.0-only
"""
The shortest condition that tells some paths from all others.

Paths are numbered, a set of them is an int with a bit for each, and a condition is a
disjunction of conjunctions of answers. What it finds is exact: it holds on the wanted paths
and on no other. Among exact conditions it takes short ones, greedily.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
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
    """

    def __init__(self, choices: Sequence[Mapping[str, Value]], settings: Collection[str]) -> None:
        self._settings = settings
        self.all = (1 << len(choices)) - 1
        self._given: dict[str, dict[Value, int]] = {}
        for number, made in enumerate(choices):
            for text, value in made.items():
                answers = self._given.setdefault(text, {})
                answers[value] = answers.get(value, 0) | 1 << number

    def condition(self, wanted: int) -> tuple[Term, ...]:
        """
        Give a condition that holds on exactly the wanted paths; () if on all of them.
        """
        if wanted == self.all:
            return ()
        terms: list[tuple[Term, int]] = []
        left = wanted
        while left:
            rows = self._term(left & -left, wanted)
            covered = _meet([row.holds for row in rows], self.all)
            terms.append((tuple((row.text, row.values) for row in rows), covered))
            left &= ~covered
        return tuple(term for term, _ in _needed(terms, wanted))

    def _term(self, seed: int, wanted: int) -> list[_Row]:
        """
        Find a conjunction that holds on the seed, and excludes every path not wanted.
        """
        offered = list(self._offered(seed, wanted))
        chosen: list[_Row] = []
        reached = self.all
        while reached & ~wanted:
            best = max(
                offered,
                key=lambda row: (
                    (reached & ~wanted & ~row.allows).bit_count()
                    * (1 + (wanted & row.holds).bit_count()),
                    -len(row.values),
                    row.text,
                ),
            )
            chosen.append(best)
            reached &= best.allows
        for row in list(chosen):
            rest = [other for other in chosen if other is not row]
            if not _meet([other.allows for other in rest], self.all) & ~wanted:
                chosen = rest
        return chosen

    def _offered(self, seed: int, wanted: int) -> Iterator[_Row]:
        """
        Offer each answer of the seed: alone, and with the others that wanted paths give.
        """
        for text, answers in self._given.items():
            given = next((value for value, mask in answers.items() if mask & seed), None)
            if given is None:
                continue
            asked = _join(answers.values())
            friends = frozenset(value for value, mask in answers.items() if mask & wanted)
            for values in {frozenset({given}), friends | {given}}:
                holds = _join(answers[value] for value in values)
                unread = self.all & ~asked if text in self._settings else 0
                if len(values) < len(answers) or not unread:
                    yield _Row(text, values, holds, holds | unread)


def _join(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def _meet(masks: Iterable[int], everything: int) -> int:
    return reduce(and_, masks, everything)


def _needed(terms: list[tuple[Term, int]], wanted: int) -> list[tuple[Term, int]]:
    """
    Leave out terms that the others cover.
    """
    kept = list(terms)
    for term in terms:
        rest = [other for other in kept if other is not term]
        if _join(mask for _, mask in rest) & wanted == wanted:
            kept = rest
    return kept
