# SPDX-License-Identifier: GPL-2.0-only
"""
Edges as a text that can be pasted into a reply to the patch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from errpath.contracts.listing import WIDTH
from errpath.explore.edges.columns import MAY, Columns, Numbered
from errpath.explore.edges.comparison import Change
from errpath.explore.edges.example import excerpt
from errpath.explore.edges.survey import WAITED_FOR
from errpath.vocabulary.primitive import May

if TYPE_CHECKING:
    from errpath.explore.edges.comparison import Comparison, Row
    from errpath.explore.edges.survey import Edge, Seen
    from errpath.vocabulary.primitive import Primitive

_HEAD: Final = "held, and called meanwhile"
_LIMITS: Final = (
    "The model is sequential. An edge is for review: none is a deadlock, and no list of edges"
    " proves that there is none. Locks that a call takes and gives up inside itself are no rows"
    " here; what such a call may do stands for them."
)


def lines(comparison: Comparison, *, everything: bool = False) -> Iterator[str]:
    """
    Give the report, a line at a time, at most 75 columns wide.

    `everything` adds what is left out otherwise: calls that may do nothing to their thread,
    tests, and what is called under the references that the run began with.
    """
    shown = [row for row in comparison.edges if everything or matters(row)]
    yield from _head(comparison)
    yield from _questions(comparison)
    yield from _table(comparison, shown)
    yield from _left_out(comparison, shown)
    yield from _differing(comparison)
    yield from _orders(comparison)
    yield ""
    yield from wrap(limits(comparison), WIDTH)


def counted(number: int, noun: str) -> str:
    """
    Write a number and its noun.
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def matters(row: Row[Edge]) -> bool:
    """
    Tell whether a reviewer sees an edge unasked: a call that may do something to its thread.
    """
    return bool(row.primitive.may) and not row.key.at_entry


def _head(comparison: Comparison) -> Iterator[str]:
    yield "Calls made while a lock, a reference or a migration entry is held"
    yield from wrap(
        ", ".join(f"{one.semantics}: {counted(one.paths, 'path')}" for one in comparison.surveys),
        WIDTH,
    )
    if len(comparison.names) > 1:
        old, new = comparison.names[0], comparison.names[-1]
        yield from wrap(f"+ in {new} and not in {old}, - in {old} and not in {new}", WIDTH)


def _questions(comparison: Comparison) -> Iterator[str]:
    """
    Put first what a reviewer asks about: what is new under a lock and may allocate.
    """
    if len(comparison.names) == 1:
        return
    new = comparison.names[-1]
    rows = [
        row
        for row in comparison.edges
        if row.change is Change.NEW
        and row.primitive.may & (May.ALLOCATE | May.RECLAIM)
        and row.key.item.hold.family in WAITED_FOR
        and not row.key.at_entry
    ]
    for row in rows:
        seen = row.seen[-1]
        if seen is not None:
            yield ""
            yield f"+ {row.key.call} under {row.key.item}"
            yield f"  may {_may(row.primitive.may)}"
            paths = comparison.surveys[-1].paths
            yield f"  on {seen.paths} of {paths} paths of {new}; the smallest:"
            yield from excerpt(row.key, seen)
    if not rows:
        yield ""
        yield from wrap(
            f"No call that may allocate or reclaim is new under a lock in {new}.", WIDTH
        )


def _may(may: May) -> str:
    words = [says for one, (_, says) in MAY.items() if may & one]
    return f"{', '.join(words[:-1])} and {words[-1]}" if words[1:] else "".join(words)


def _counts(seen: Sequence[Seen | None]) -> list[str]:
    return [str(one.paths) if one else "0" for one in seen]


def _table(comparison: Comparison, rows: Sequence[Row[Edge]]) -> Iterator[str]:
    yield ""
    if not rows:
        yield "No call that may sleep, allocate, reclaim or write back is made meanwhile."
        return
    calls = [f"{row.change.value} {row.key.call}" for row in rows]
    numbers = [str(one.paths) for one in comparison.surveys]
    columns = Columns(comparison.names, [_HEAD, *calls], numbers)
    yield from columns.line(_HEAD, columns.head, comparison.names)
    for (item, at_entry), group in groupby(rows, lambda row: (row.key.item, row.key.at_entry)):
        note = "held at entry" if at_entry else item.hold.note
        yield ""
        yield f"{item}: {note}" if note else f"{item}"
        for row in group:
            call = f"{row.change.value} {row.key.call}"
            yield from columns.line(call, columns.may(row.primitive.may), _counts(row.seen))


def _left_out(comparison: Comparison, shown: Sequence[Row[Edge]]) -> Iterator[str]:
    left = [row for row in comparison.edges if row not in shown]
    if not left:
        return
    entry = [row for row in left if row.key.at_entry]
    idle = [row for row in left if not row.key.at_entry]
    parts = [
        f"{len(rows)} {what}{_changes(rows)}"
        for rows, what in (
            ([row for row in idle if not row.primitive.test], "to calls that may do none of this"),
            ([row for row in idle if row.primitive.test], "to tests"),
            (entry, "under what is held at entry"),
        )
        if rows
    ]
    yield ""
    told = f"Left out are {counted(len(left), 'edge')}, which --all shows: {', '.join(parts)}."
    yield from wrap(told, WIDTH)


def _changes(rows: Sequence[Row[Edge]]) -> str:
    counts = [
        f"{count} {word}"
        for change, word in ((Change.NEW, "new"), (Change.GONE, "gone"))
        if (count := sum(row.change is change for row in rows))
    ]
    return f" ({', '.join(counts)})" if counts else ""


def _differing(comparison: Comparison) -> Iterator[str]:
    """
    Show, for each call with a held set that only one semantics has, every held set.
    """
    if len(comparison.names) == 1:
        return
    yield ""
    rows = [row for row in comparison.held_sets if row.primitive.may]
    changed = {row.key.call for row in rows if row.change is not Change.SAME}
    if not changed:
        yield "No call that may do one of these has other held sets."
        return
    numbered = Numbered(comparison)
    yield from numbered.line("calls whose held sets differ, and all that is held", comparison.names)
    shown = [row for row in rows if row.key.call in changed]
    gravest = sorted(shown, key=lambda row: row.gravity, reverse=True)
    for call in dict.fromkeys(row.key.call for row in gravest):
        yield ""
        yield call
        for row in shown:
            if row.key.call == call:
                text = ", ".join(map(str, row.key.items)) or "nothing"
                yield from numbered.line(f"{row.change.value} {text}", _counts(row.seen))


def _orders(comparison: Comparison) -> Iterator[str]:
    yield ""
    if not comparison.orders:
        yield "No lock is taken while another is held."
        return
    numbered = Numbered(comparison)
    yield from numbered.line("lock order: held -> taken, by", comparison.names)
    for row in comparison.orders:
        order = row.key
        yield f"{row.change.value} {order.outer} -> {order.inner}"
        yield from numbered.line(f"    {order.call}, {way(row.primitive)}", _counts(row.seen))
    new = sum(row.change is Change.NEW for row in comparison.orders)
    if len(comparison.names) > 1:
        told = f"{counted(new, 'lock order') if new else 'No lock order'} is new"
        yield ""
        yield f"{told.replace('orders is', 'orders are')} in {comparison.names[-1]}."


def way(primitive: Primitive) -> str:
    """
    Say how a call takes a lock, as lockdep tells a lock from a trylock.
    """
    return "may wait" if primitive.may & May.SLEEP else "never waits"


def limits(comparison: Comparison) -> str:
    """
    Say what edges do not prove, and of which locks nothing else tells.
    """
    holds = [row.key.item.hold for row in comparison.edges]
    untracked = dict.fromkeys(
        hold.name for hold in holds if hold.family in WAITED_FOR and not hold.lockdep
    )
    if not untracked:
        return _LIMITS
    return (
        f"{_LIMITS} The kernel's lockdep does not track {' and '.join(untracked)}: no lock"
        " debugging of the kernel tells of these edges."
    )
