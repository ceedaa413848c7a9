# SPDX-License-Identifier: GPL-2.0-only
"""
The smallest path of an edge: from what took the item, over the call, to what gave it up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from errpath.contracts.listing import WIDTH, Listing, ending

if TYPE_CHECKING:
    from errpath.contracts.listing import Row as Line
    from errpath.explore.edges.comparison import Comparison, Row
    from errpath.explore.edges.survey import Edge, Seen

_NOTES = 42
"""The column in which a line says what it takes or gives up."""


def excerpt(edge: Edge, seen: Seen) -> Iterator[str]:
    """
    List the three events that make the edge, and how the path ended.
    """
    start, end = _span(edge, seen)
    wanted = {start, seen.step, end}
    skipped = False
    for line in Listing(seen.run, marks=wanted).rows:
        if line.step in wanted:
            if skipped:
                yield f"{'':7}..."
            skipped = False
            yield _line(line, edge, seen, (start, end))
        else:
            skipped = line.step > start
    if skipped:
        yield f"{'':7}..."
    yield f"{'':7}{ending(seen.run)}"


def whole(comparison: Comparison, row: Row[Edge]) -> Iterator[str]:
    """
    List the smallest path of each semantics, event by event.
    """
    edge = row.key
    for survey, seen in zip(comparison.surveys, row.seen, strict=True):
        yield f"{survey.semantics}: {edge.call} under {edge.item}"
        if seen is None:
            yield f"  on none of {survey.paths} paths"
        else:
            yield f"  on {seen.paths} of {survey.paths} paths; the smallest:"
            span = _span(edge, seen)
            for line in Listing(seen.run, marks={*span, seen.step}).rows:
                yield _line(line, edge, seen, span)
            yield f"{'':7}{ending(seen.run)}"
        yield ""


def _span(edge: Edge, seen: Seen) -> tuple[int, int]:
    """
    Give the steps that took the item and gave it up, around the call.
    """
    run = seen.run
    still = [(item, since, len(run.trace) + 1) for item, since in run.ledger.open_rows()]
    return next(
        (start, end)
        for item, start, end in (*run.ledger.spans, *still)
        if item is edge.item and (start == 0) is edge.at_entry and start < seen.step < end
    )


def _line(line: Line, edge: Edge, seen: Seen, span: tuple[int, int]) -> str:
    mark = ">" if line.step == seen.step else " "
    text = f"{mark} {line.number:>3}  {line.event.text}"
    note = {span[0]: f"takes {edge.item}", span[1]: "gives it up"}.get(line.step, "")
    if not note:
        return text
    return f"{text:<{min(_NOTES, WIDTH - len(note) - 2)}}  {note}"
