# SPDX-License-Identifier: GPL-2.0-only
"""
The ordering patterns as regular expressions.

A trace is a word with a letter for each event, and each pattern is a regular language: the
words that keep it. So whether a whole trace keeps a clause is one match of an expression
that is compiled once, a fraction of what a walk along the trace costs. How a trace breaks a
clause is what `ordering` tells, which walks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from errpath.contracts.events import Chain, Patterns
    from errpath.contracts.ordering import Events, Trace

Keeps: TypeAlias = Callable[[str], object]
"""Gives something true for the words that keep a clause."""


def word(trace: Trace) -> str:
    """
    Write a trace as a word.
    """
    return "".join([made.letter for made in trace])


@cache
def never(patterns: Patterns, pattern: str) -> Keeps:
    """
    Absence.
    """
    return _keeps(_no(patterns.meant_by(pattern)))


@cache
def calls(patterns: Patterns, pattern: str, at_least: int, at_most: int | None) -> Keeps:
    """
    Existence, and bounded existence.
    """
    events = patterns.meant_by(pattern)
    times = f"{{{at_least},{'' if at_most is None else at_most}}}"
    return _keeps(f"(?:{_no(events)}{_one(events)}){times}{_no(events)}")


@cache
def precedes(patterns: Patterns, first: tuple[str, ...], then: tuple[str, ...]) -> Keeps:
    """
    Precedence: before the first chance of `then` to begin, there is `first`.
    """
    before, after = patterns.chain(first), patterns.chain(then)
    begins = after.events[0]
    early = [_no(events | begins) + _one(events - begins) for events in before.events]
    return _keeps("".join(early) + _next(after) + ".*")


@cache
def leads_to(patterns: Patterns, cause: tuple[str, ...], effect: tuple[str, ...]) -> Keeps:
    """
    Response: what comes after the last `cause` comes after every one.
    """
    causes, effects = patterns.chain(cause), patterns.chain(effect)
    last = f"(?>.*(?={_one(causes.events[0])}){_next(causes)})"
    return _keeps(last + _next(effects) + ".*")


@cache
def order(patterns: Patterns, chain: tuple[str, ...]) -> Keeps:
    """
    Chain.
    """
    places = patterns.chain(chain)
    others = _no(places.named)
    return _keeps(others + "".join(_one(events) + others for events in places.events))


def _keeps(language: str) -> Keeps:
    return re.compile(language).fullmatch


def _next(chain: Chain) -> str:
    """
    Match on to the end of a chain, each of its calls as soon as it comes.
    """
    return "".join(_no(events) + _one(events) for events in chain.events)


def _one(events: Events) -> str:
    return f"[{_letters(events)}]" if events else "(?!)"


def _no(events: Events) -> str:
    return f"[^{_letters(events)}]*"


def _letters(events: Events) -> str:
    return "".join(sorted(made.letter for made in events))
