# SPDX-License-Identifier: GPL-2.0-only
"""
Clauses that no run can satisfy together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TypeAlias

from lark import Token

from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Note, Span
from errpath.language.report.problems import Problems
from errpath.spec.clause import (
    Calls,
    Clause,
    FinallyCount,
    FinallyOn,
    FinallyState,
    Never,
    Order,
    Returns,
)
from errpath.spec.pattern import Call, Pattern

Placed: TypeAlias = "tuple[Clause, Token]"
"""A clause, and the token that is blamed for it: its own, or the name in a `use`."""


def contradictions(clauses: Sequence[Placed], problems: Problems) -> None:
    """
    Report each pair of clauses that contradict each other in some semantics.
    """
    for group in _groups(clauses):
        for (first, _), (second, token) in combinations(group, 2):
            why = _why(first, second) if _meet(first, second) else None
            if why is not None:
                problems.report(
                    Code.CONTRADICTION,
                    f"the clause contradicts another: {why}",
                    token,
                    notes=[Note(message="the other clause", at=Span.of(first.at))],
                )


def _groups(clauses: Sequence[Placed]) -> Iterable[list[Placed]]:
    """
    Sort clauses by what they are about; only those of one group can contradict each other.
    """
    groups: dict[object, list[Placed]] = {}
    for placed in clauses:
        match placed[0]:
            case Returns():
                about: tuple[object, ...] = ("returns",)
            case Never() | Calls() | Order():
                about = ("calls",)
            case FinallyOn(subject=subject):
                about = ("on", subject)
            case FinallyState(subject=subject, state=state):
                about = ("state", subject, state)
            case FinallyCount(counter=counter):
                about = ("count", counter)
            case _:
                continue
        groups.setdefault(about, []).append(placed)
    return groups.values()


def _meet(first: Clause, second: Clause) -> bool:
    one, other = first.semantics, second.semantics
    return not one or not other or not set(one).isdisjoint(other)


def _why(first: Clause, second: Clause) -> str | None:
    why = None
    match first, second:
        case Returns(), Returns() if first.codes and second.codes:
            shared = set(first.codes) & set(second.codes)
            why = None if shared else "they share no return code"
        case (Never() as never, (Calls() | Order()) as other) | (
            (Calls() | Order()) as other,
            Never() as never,
        ):
            why = _forbidden(never, other)
        case Calls(), Calls() if (first.pattern, first.scope) == (second.pattern, second.scope):
            why = _numbers(first, second)
        case FinallyOn(), FinallyOn():
            why = _places(first, second)
        case FinallyState(), FinallyState() if first.negated != second.negated:
            why = f"`{first.subject}` is `{first.state}` or not"
        case FinallyCount(), FinallyCount() if first.change != second.change:
            why = f"`{first.counter}` changes by one number"
    return why


def _forbidden(never: Never, other: Calls | Order) -> str | None:
    if never.scope is not None and never.scope != other.scope:
        return None
    patterns = other.patterns if isinstance(other, Order) else (other.pattern,)
    if isinstance(other, Calls) and other.at_least == 0:
        return None
    for pattern in patterns:
        if pattern.calls and _covers(never.pattern, pattern):
            return f"`{pattern}` is never called"
    return None


def _covers(forbidden: Pattern, wanted: Pattern) -> bool:
    return all(any(_includes(f, call) for f in forbidden.calls) for call in wanted.calls)


def _includes(forbidden: Call, wanted: Call) -> bool:
    rest = iter(wanted.subjects)
    return (
        forbidden.primitive == wanted.primitive
        and all(subject in rest for subject in forbidden.subjects)
        and forbidden.result in (None, wanted.result)
    )


def _numbers(first: Calls, second: Calls) -> str | None:
    most = min(n for n in (first.at_most, second.at_most, 10**9) if n is not None)
    if max(first.at_least, second.at_least) > most:
        return "no number of calls satisfies both"
    return None


def _places(first: FinallyOn, second: FinallyOn) -> str | None:
    same = first.place == second.place
    if not first.negated and not second.negated and not same:
        return f"`{first.subject}` is in one place"
    if first.negated != second.negated and same:
        return f"`{first.subject}` is on `{first.place}` or not"
    return None
