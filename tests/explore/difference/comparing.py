# SPDX-License-Identifier: GPL-2.0-only
"""
What is compared in tests: pairs made by hand, and the model's own, found once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from errpath.commands.loading import read
from errpath.contracts.events import Patterns
from errpath.explore.difference.binding import Binding
from errpath.explore.difference.pair_claim import PairClaim
from errpath.explore.difference.pairs import Pair
from errpath.kernel.run import Run
from errpath.models import model
from errpath.spec.contract import Delta
from errpath.vocabulary.vocabulary import Vocabulary
from tests import toy

ROOT = Path(__file__).parents[3]
MIGRATION = model().vocabulary
TOY = replace(
    toy.VOCABULARY,
    reach=dict.fromkeys(("old", "new"), frozenset(toy.VOCABULARY.primitives)),
)
"""The toy vocabulary, whose two semantics call what they like."""

ALLOCATION = """\
# One difference of many.

delta pre -> post "the allocation fails later" {
    because "The lock comes first."
    when get_new_page(src) fails
    changes calls trylock_page(src)
    pre: never trylock_page(src)
    post: calls trylock_page(src) once
}
"""
"""A spec that declares one difference of those that the patch makes, and is true."""


def beside(old: Run, new: Run) -> Pair:
    """
    Give the pair of two runs.
    """
    return Pair(old, new, old.choices | new.choices)


def traces(old: str, new: str) -> Pair:
    """
    Give the pair of two runs that do what the texts say.
    """
    return beside(toy.run_of(old), toy.run_of(new))


def binding_of(pairs: Sequence[Pair], vocabulary: Vocabulary = MIGRATION) -> Binding:
    """
    Arrange pairs for conditions.
    """
    return Binding(pairs, vocabulary=vocabulary, patterns=Patterns(vocabulary))


@cache
def claim(old: str, new: str) -> PairClaim:
    """
    Compare two semantics of page migration, of which nothing is declared.
    """
    return PairClaim(model().reference(), old, new, (), model=model())


@cache
def binding(old: str, new: str) -> Binding:
    """
    Arrange all pairs of two semantics of page migration for conditions.
    """
    return binding_of(claim(old, new).differences.pairs)


@cache
def deltas() -> tuple[Delta, ...]:
    """
    Read the deltas of the project's specs.
    """
    specs = read(ROOT, ["specs/deltas.errpath"]).specs
    return tuple(delta for spec in specs for delta in spec.deltas)


@cache
def declared() -> PairClaim:
    """
    Compare the two semantics of page migration with all that the project declares.
    """
    return PairClaim(model().reference(), "pre", "post", deltas(), model=model())


def mask_of(*numbers: int) -> int:
    """
    Give the set of some pairs.
    """
    return sum(1 << number for number in set(numbers))
