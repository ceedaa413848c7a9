# SPDX-License-Identifier: GPL-2.0-only
"""
A clause as a call: which method judges it, with what arguments.

The generated tests hold these calls as source, and exploration makes them at once; both
have them from here, so that a clause means the same in both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from errpath.spec import clause as spec
from errpath.spec.pattern import Pattern
from errpath.spec.scope import After, Before, Between, InPass, Scope, While

Argument: TypeAlias = str | int | bool | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """
    The method of a check, its positional arguments, and those by keyword but for `at`.
    """

    method: str
    arguments: tuple[Argument, ...]
    keywords: dict[str, Argument] = field(default_factory=dict)


def judgement(clause: spec.Clause) -> Judgement:
    """
    Say how a clause is judged.
    """
    match clause:
        case spec.Returns():
            return Judgement(method="returns", arguments=clause.codes)
        case spec.Breaks():
            return Judgement(method="breaks", arguments=(clause.contract,))
        case spec.Keeps():
            return Judgement(method="keeps", arguments=(clause.contract,))
        case spec.FinallyOn() | spec.FinallyState() | spec.FinallyCount():
            return _final(clause)
        case _:
            return _ordering(clause)


def _final(clause: spec.FinallyOn | spec.FinallyState | spec.FinallyCount) -> Judgement:
    match clause:
        case spec.FinallyOn():
            return Judgement(
                method="ends_on",
                arguments=(clause.subject, clause.place),
                keywords=_so(clause),
            )
        case spec.FinallyState():
            return Judgement(
                method="ends", arguments=(clause.subject, clause.state), keywords=_so(clause)
            )
        case spec.FinallyCount():
            return Judgement(method="changes", arguments=(clause.counter, clause.change))


def _ordering(
    clause: spec.Never | spec.Calls | spec.Precedes | spec.LeadsTo | spec.Order,
) -> Judgement:
    where = _where(clause.scope)
    match clause:
        case spec.Never():
            return Judgement(method="never", arguments=(str(clause.pattern),), keywords=where)
        case spec.Calls():
            bounds = _bounds(clause)
            return Judgement(
                method="calls", arguments=(str(clause.pattern),), keywords=bounds | where
            )
        case spec.Precedes():
            sides = (_chain(clause.first), _chain(clause.then))
            return Judgement(method="precedes", arguments=sides, keywords=where)
        case spec.LeadsTo():
            sides = (_chain(clause.cause), _chain(clause.effect))
            return Judgement(method="leads_to", arguments=sides, keywords=where)
        case spec.Order():
            return Judgement(method="order", arguments=_chain(clause.patterns), keywords=where)


def _so(clause: spec.FinallyOn | spec.FinallyState) -> dict[str, Argument]:
    return {"so": False} if clause.negated else {}


def _bounds(clause: spec.Calls) -> dict[str, Argument]:
    bounds: dict[str, Argument] = {}
    if clause.at_least != 1:
        bounds["at_least"] = clause.at_least
    if clause.at_most is not None:
        bounds["at_most"] = clause.at_most
    return bounds


def _chain(patterns: tuple[Pattern, ...]) -> tuple[str, ...]:
    return tuple(str(pattern) for pattern in patterns)


def _where(scope: Scope | None) -> dict[str, Argument]:
    match scope:
        case None:
            return {}
        case Before():
            return {"before": str(scope.end)}
        case After():
            return {"after": str(scope.start)}
        case Between():
            return {"between": (str(scope.start), str(scope.end))}
        case While():
            return {"held": scope.item}
        case InPass():
            first = scope.from_pass
            return {"passes": scope.passes} if first is None else {"from_pass": first}
