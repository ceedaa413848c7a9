# SPDX-License-Identifier: GPL-2.0-only
"""
A review as JSON objects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from errpath.commands.differing import objects as differences
from errpath.commands.reviewed_lists import by_weight
from errpath.explore.edges.comparison import Change
from errpath.explore.edges.objects import objects as edges
from errpath.native.tree.tree import MIGRATE

if TYPE_CHECKING:
    from errpath.commands.review_told import Told
    from errpath.contracts.law import Law as Found
    from errpath.kernel.run import Run
    from errpath.native.review.case import Case
    from errpath.native.review.guard import Crash
    from errpath.native.review.laws import Verdict
    from errpath.native.review.lists import ListReview
    from errpath.native.review.promises import Promise
    from errpath.native.review.review import Review

COUNTS: Final = ("pairs", "behaviour", "stopping", "under_lock", "broken")
"""What is counted on the pairs of paths of unmap_and_move()."""

_OF_DELTAS = ("undeclared", "declared")


def whole(case: Case, told: Sequence[Told]) -> dict[str, Any]:
    """
    Give the object of a review as a whole; what was not judged is null in it, and never 0.
    """
    patch = case.patch
    found = {key: value for one in told for key, value in one.counts.items()}
    changes = any(one.changes for one in told)
    unknown = bool(case.touched.unjudged) or not all(one.whole for one in told)
    return {
        "kind": "review",
        "mail": patch.name,
        "title": patch.subject,
        "notes": list(patch.notes),
        "linux": case.tree.version,
        "file": MIGRATE,
        "hunks": [
            {"header": one.hunk.header, "line": one.line, "fuzzy": list(one.fuzzy)}
            for one in case.hunks
        ],
        "judged": list(case.touched.judged),
        "unjudged": [{"what": one.what, "why": one.why} for one in case.touched.unjudged],
        **{key: found.get(key) for key in COUNTS},
        "changes": None if unknown and not changes else changes,
    }


def counts(review: Review) -> dict[str, int]:
    """
    Give the numbers of `COUNTS`.
    """
    numbers = (
        review.pairs,
        review.behaving,
        review.stopping,
        len(review.under_lock),
        len(review.broken) + len(review.broken_promises),
    )
    return dict(zip(COUNTS, numbers, strict=True))


def objects(review: Review) -> Iterator[dict[str, Any]]:
    """
    Give an object for each thing that was found on the pairs of paths.

    The kinds are "difference", "law", "cleanup", and "edge", "held set" and "lock order" with
    the `change` "new" or "gone". Differences are told of the pairs on which the kernel stops
    neither side, or both.
    """
    for one in differences(review.differing):
        yield {"kind": "difference", **{k: v for k, v in one.items() if k not in _OF_DELTAS}}
    for verdict in review.laws.judged:
        yield _law(verdict)
    for law, why in review.laws.unjudged:
        at = str(law.at)
        yield {"kind": "law", "name": law.name, "at": at, "verdict": "not judged", "why": why}
    for promise in review.promises:
        yield _promise(promise)
    for one in edges(review.edges):
        if one["change"] != Change.SAME.name.lower():
            yield one


def list_object(found: ListReview) -> dict[str, Any]:
    """
    Give the object of what was found on a list of pages.
    """
    smallest = found.smallest
    return {
        "kind": "list",
        "entry": found.part.entry,
        "pages": list(found.part.pages),
        "runs": found.runs,
        "behaviour": found.behaving,
        "incomparable": found.incomparable,
        "changes": [
            {"kind": f.kind, "of": f.of, "says": f.says, "weight": f.weight.value, "runs": count}
            for f, count in by_weight(found)
        ],
        "broken": dict(sorted(found.newly.items())),
        "states": found.states,
        "bound": found.bound,
        "example": smallest and {"old": _run(smallest.old), "new": _run(smallest.new)},
    }


def crash_object(crash: Crash) -> dict[str, Any]:
    """
    Give the object of a run that did not come to its end.
    """
    return {
        "kind": "crash",
        "side": crash.side,
        "signal": crash.signal.name,
        "choices": crash.choices,
        "trace": list(crash.trace),
    }


def _law(one: Verdict) -> dict[str, Any]:
    return {
        "kind": "law",
        "name": one.law.name,
        "at": str(one.law.at),
        "verdict": _verdict(one),
        "pairs": one.newly,
        "base": _side(one.base),
        "patched": _side(one.patched),
        "except": [
            {"semantics": list(e.semantics), "at": str(e.at), "because": e.because}
            for e in one.declared
        ],
        "example": _run(one.fresh.smallest()[0]) if one.broken else None,
    }


def _verdict(one: Verdict) -> str:
    if one.broken:
        return "newly broken"
    if one.stopped:
        return "stopped"
    if one.patched.broken:
        return "broken by both"
    if one.idle:
        return "not checked"
    return "broken by the base alone" if one.repaired else "kept"


def _side(found: Found) -> dict[str, int]:
    return {"broken": found.broken_paths, "of": found.bound}


def _promise(one: Promise) -> dict[str, Any]:
    kept = "broken by both" if one.patched else "broken by the base alone"
    return {
        "kind": "cleanup",
        "name": one.name,
        "stop": one.stop,
        "verdict": "newly broken" if one.newly else kept,
        "pairs": one.newly.bit_count(),
        "base": one.base.bit_count(),
        "patched": one.patched.bit_count(),
        "example": one.pair and _run(one.pair.new),
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "choices": run.choices,
        "returns": run.returns,
        "trace": run.calls(),
        "bug": run.bug and run.bug.name,
    }
