# SPDX-License-Identifier: GPL-2.0-only
"""
Rows as lists of numbers, and back.

What comes again and again stands in a table once. Of its choices and events a row has only
those that the row before does not begin with: paths that follow each other begin alike.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from errpath.native.record.row import Row

One = TypeVar("One", bound=Hashable)

COLUMNS = (
    *("status", "to", "busy", "same_choices", "choices", "same_events", "events"),
    *("after", "returns", "bug", "final"),
)
"""What is known of each row, each a list of its own."""

TABLES = ("answers", "events", "afters", "finals")


class _Table(Generic[One]):
    """
    Different things in the order in which they came.
    """

    def __init__(self) -> None:
        self._numbers: dict[One, int] = {}

    def number(self, one: One) -> int:
        return self._numbers.setdefault(one, len(self._numbers))

    def __iter__(self) -> Iterator[One]:
        return iter(self._numbers)


def packed(rows: Iterable[Row]) -> dict[str, Any]:
    """
    Pack rows: `tables` and `rows`, which has a list for each of `COLUMNS`.
    """
    answers: _Table[tuple[str, Any]] = _Table()
    events: _Table[str] = _Table()
    afters: _Table[tuple[int, ...]] = _Table()
    finals: _Table[str] = _Table()
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    choices_before: Sequence[int] = ()
    events_before: Sequence[int] = ()
    for row in rows:
        chosen = [answers.number(one) for one in row.choices]
        trace = [events.number(one) for one in row.trace]
        like, alike = _common(choices_before, chosen), _common(events_before, trace)
        after = afters.number(tuple([events.number(one) for one in row.after]))
        values = (
            *(row.status, row.to, int(row.busy), like, chosen[like:], alike, trace[alike:]),
            *(after, row.returns, row.bug, finals.number(row.final)),
        )
        for name, value in zip(COLUMNS, values, strict=True):
            columns[name].append(value)
        choices_before, events_before = chosen, trace
    tables = {
        "answers": [list(one) for one in answers],
        "events": list(events),
        "afters": [list(one) for one in afters],
        "finals": [json.loads(one) for one in finals],
    }
    return {"tables": tables, "rows": columns}


def unpacked(tables: Mapping[str, Sequence[Any]], columns: Mapping[str, Any]) -> Iterator[Row]:
    """
    Give the rows again; a ValueError, KeyError, IndexError or TypeError if that is none.
    """
    answers = [(text, value) for text, value in tables["answers"]]
    events: Sequence[str] = tables["events"]
    afters = [tuple(events[number] for number in after) for after in tables["afters"]]
    finals = [json.dumps(one, sort_keys=True) for one in tables["finals"]]
    chosen: list[int] = []
    trace: list[int] = []
    for values in zip(*(columns[name] for name in COLUMNS), strict=True):
        status, to, busy, like, more, alike, made, after, returns, bug, final = values
        chosen[like:] = more
        trace[alike:] = made
        yield Row(
            status=status,
            to=to,
            busy=bool(busy),
            choices=tuple([answers[number] for number in chosen]),
            trace=tuple([events[number] for number in trace]),
            after=afters[after],
            returns=returns,
            bug=bug,
            final=finals[final],
        )


def _common(some: Sequence[int], others: Sequence[int]) -> int:
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count
