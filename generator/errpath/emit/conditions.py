# SPDX-License-Identifier: GPL-2.0-only
"""
The condition of a law as an expression.
"""

from __future__ import annotations

from errpath.emit.clauses import return_code
from errpath.emit.layout import Expression, Group
from errpath.emit.literal import literal
from errpath.spec import condition as spec


def condition_expression(condition: spec.Condition) -> Expression:  # noqa: PLR0911 - one a kind
    """
    Write a condition in the classes of `errpath.contracts.condition`.
    """
    match condition:
        case spec.Made():
            return Group("Made(", [literal(str(condition.pattern))])
        case spec.Is():
            return Group("Said(", [literal(condition.aspect), *map(literal, condition.words)])
        case spec.Returned():
            return Group("Returned(", [return_code(code) for code in condition.codes])
        case spec.Stopped():
            return "Stopped()"
        case spec.Not():
            return Group("Not(", [condition_expression(condition.condition)])
        case spec.All():
            return Group("All(", [condition_expression(one) for one in condition.conditions])
        case spec.Some():
            return Group("Some(", [condition_expression(one) for one in condition.conditions])


def errnos_of(condition: spec.Condition) -> set[int]:
    """
    Give the return codes that a condition names.
    """
    match condition:
        case spec.Returned():
            return set(condition.codes)
        case spec.Not():
            return errnos_of(condition.condition)
        case spec.All() | spec.Some():
            return set().union(*map(errnos_of, condition.conditions))
        case _:
            return set()


def classes_of(condition: spec.Condition) -> set[str]:
    """
    Name the classes that the expression of a condition calls.
    """
    own = {type(condition).__name__.replace("Is", "Said")}
    match condition:
        case spec.Not():
            return own | classes_of(condition.condition)
        case spec.All() | spec.Some():
            return own.union(*map(classes_of, condition.conditions))
        case _:
            return own
