# SPDX-License-Identifier: GPL-2.0-only
"""
The calls that a clause, a condition or a contract names.
"""

from __future__ import annotations

from collections.abc import Iterator

from errpath.spec.clause import Calls, Clause, LeadsTo, Never, Order, Precedes
from errpath.spec.condition import All, Condition, Made, Not, Some
from errpath.spec.contract import Contract, Delta, Law
from errpath.spec.pattern import Pattern
from errpath.spec.scope import After, Before, Between


def patterns_of(contract: Contract) -> Iterator[Pattern]:
    """
    Give every pattern of a contract: of its clauses, its condition and its exceptions.
    """
    for clause in contract.clauses:
        yield from patterns_in(clause)
    if isinstance(contract, Law | Delta) and contract.when is not None:
        yield from calls_in(contract.when)
    if isinstance(contract, Law):
        for exception in contract.exceptions:
            yield from calls_in(exception.when)


def calls_in(condition: Condition) -> Iterator[Pattern]:
    """
    Give the patterns of a condition.
    """
    match condition:
        case Made(pattern=pattern):
            yield pattern
        case Not(condition=inner):
            yield from calls_in(inner)
        case All(conditions=inners) | Some(conditions=inners):
            for inner in inners:
                yield from calls_in(inner)
        case _:
            return


def patterns_in(clause: Clause) -> Iterator[Pattern]:
    """
    Give the patterns of a clause, and of its scope.
    """
    match clause:
        case Never() | Calls():
            yield clause.pattern
        case Order():
            yield from clause.patterns
        case Precedes():
            yield from (*clause.first, *clause.then)
        case LeadsTo():
            yield from (*clause.cause, *clause.effect)
        case _:
            return
    match clause.scope:
        case Before(end=end):
            yield end
        case After(start=start):
            yield start
        case Between(start=start, end=end):
            yield from (start, end)
        case _:
            return
