# SPDX-License-Identifier: GPL-2.0-only
"""
Edges as JSON objects: all of them, each with the smallest path of each semantics.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from errpath.explore.edges.columns import MAY

if TYPE_CHECKING:
    from errpath.explore.edges.comparison import Comparison, Row
    from errpath.explore.edges.survey import Edge, HeldSet, LockOrder, Seen


def objects(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """
    Give an object for each edge, held set and lock order; `kind` tells them apart.

    `semantics` has those that show it: `paths` of them `of` all, and the `smallest`, whose
    `events` are its whole trace with the tests, the call in question at `step`, from 1 on.
    """
    for edge in comparison.edges:
        key = {"held": edge.key.item.text, "at_entry": edge.key.at_entry}
        family = edge.key.item.hold.family.value
        yield {"kind": "edge", **key, "family": family, **_call(comparison, edge)}
    for held in comparison.held_sets:
        items = [item.text for item in held.key.items]
        yield {"kind": "held set", "held": items, **_call(comparison, held)}
    for order in comparison.orders:
        names = {"held": order.key.outer.text, "taken": order.key.inner.text}
        yield {"kind": "lock order", **names, **_call(comparison, order)}


def _call(comparison: Comparison, row: Row[Edge] | Row[HeldSet] | Row[LockOrder]) -> dict[str, Any]:
    return {
        "call": row.key.call,
        "test": row.primitive.test,
        "may": [says for may, (_, says) in MAY.items() if row.primitive.may & may],
        "change": row.change.name.lower(),
        "semantics": {
            survey.semantics: {
                "paths": seen.paths,
                "of": survey.paths,
                "smallest": _smallest(seen),
            }
            for survey, seen in zip(comparison.surveys, row.seen, strict=True)
            if seen
        },
    }


def _smallest(seen: Seen) -> dict[str, Any]:
    run = seen.run
    return {
        "choices": run.choices,
        "returns": run.returns,
        "bug": run.bug and run.bug.name,
        "events": [event.text for event in run.trace],
        "step": seen.step,
    }
