# SPDX-License-Identifier: GPL-2.0-only
"""
What a law can say where the paths over a list of pages are merged, and not walked.

Such paths are told apart by how they end, and by what is counted or followed along the way. The
calls of all pages can be counted; in which order they come is known of each page by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, TypeAlias

from errpath.spec import clause as clauses
from errpath.spec import condition as conditions
from errpath.spec.clause import Clause
from errpath.spec.condition import Condition
from errpath.spec.contract import Entry, Law
from errpath.spec.named import patterns_in, patterns_of
from errpath.spec.node import Node
from errpath.spec.pattern import Pattern
from errpath.spec.scope import After, Before, Scope, While

Unjudged: TypeAlias = tuple[Node, str]
"""A part of a law that is not judged, and what it is about, in words."""

END: Final = "what becomes of a page in the end"
PART: Final = "a part of the trace that a pass bounds, or one call and the next"
CHAIN: Final = "a chain of several calls, or an order in a part of the trace"
_ORDER: Final = "the order of calls that are not all of one page"
SITUATION: Final = "the situation of a page"


def unjudged(
    law: Law, settings: Collection[str], semantics: str | None = None
) -> Iterator[Unjudged]:
    """
    Give the parts of a law that are not judged on merged paths, those of a semantics or all.

    `settings` are the aspects of the situation that are about no page.
    """
    entry = law.entry
    if entry is None:
        return
    for clause in law.clauses if semantics is None else law.clauses_in(semantics):
        why = _clause(clause, entry)
        if why is not None:
            yield clause, why
    if law.when is not None:
        yield from _condition(law.when, settings)
    for exception in law.exceptions:
        if semantics is None or semantics in exception.semantics:
            yield from _condition(exception.when, settings)


def names_page(law: Law) -> bool:
    """
    Tell whether a law is about each page of its list, or else only about the whole.
    """
    entry = law.entry
    return entry is not None and any(owners(one, entry) - {None} for one in patterns_of(law))


def owners(pattern: Pattern, entry: Entry) -> set[str | None]:
    """
    Give the pages of a list whose calls a pattern names; None stands for any page.
    """
    return {_owner(call.subjects, entry.pages) for call in pattern.calls}


def _owner(subjects: tuple[str, ...], pages: tuple[str, ...]) -> str | None:
    # The longest name first, lest one page's begins another's.
    for page in sorted(pages, key=len, reverse=True):
        if any(subject == page or subject.startswith(f"{page}_") for subject in subjects):
            return page
    return None


def _clause(clause: Clause, entry: Entry) -> str | None:
    if not all(pattern.calls for pattern in patterns_in(clause)):
        # What is named there is nothing: that is told, and whose it is nobody knows.
        return None
    match clause:
        case clauses.Keeps() | clauses.Breaks() | clauses.Returns():
            return None
        case clauses.Never() | clauses.Calls():
            return _part(clause, clause.scope, entry)
        case clauses.Precedes() | clauses.LeadsTo() | clauses.Order():
            if clause.scope is not None or not _of_single_calls(clause):
                return CHAIN
            return None if _of_one_page(clause, entry) else _ORDER
        case _:
            return END


def _part(clause: Clause, scope: Scope | None, entry: Entry) -> str | None:
    if scope is None:
        return None
    match scope:
        case After() | Before():
            return None if _of_one_page(clause, entry) else _ORDER
        case While(subject=subject):
            holder = _owner((subject,), entry.pages)
            return None if holder and _owners(clause, entry) == {holder} else _ORDER
        case _:
            return PART


def _of_single_calls(clause: clauses.Precedes | clauses.LeadsTo | clauses.Order) -> bool:
    match clause:
        case clauses.Precedes():
            return len(clause.first) == len(clause.then) == 1
        case clauses.LeadsTo():
            return len(clause.cause) == len(clause.effect) == 1
        case _:
            return True


def _of_one_page(clause: Clause, entry: Entry) -> bool:
    found = _owners(clause, entry)
    return len(found) == 1 and None not in found


def _owners(clause: Clause, entry: Entry) -> set[str | None]:
    found: set[str | None] = set()
    return found.union(*(owners(pattern, entry) for pattern in patterns_in(clause)))


def _condition(said: Condition, settings: Collection[str]) -> Iterator[Unjudged]:
    match said:
        case conditions.Is():
            if said.aspect not in settings:
                yield said, SITUATION
        case conditions.Not():
            yield from _condition(said.condition, settings)
        case conditions.All() | conditions.Some():
            for one in said.conditions:
                yield from _condition(one, settings)
