# SPDX-License-Identifier: GPL-2.0-only
"""
How it is told of what differs who declares it, and where nobody does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errpath.commands.loading import counted
from errpath.commands.screen import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from errpath.explore.difference.claim import Claim, Differing
    from errpath.kernel.run import Run


def declared(claim: Claim, differing: Iterable[Differing], place: str) -> Iterator[str]:
    """
    Tell which deltas declare what differs, `on` how many pairs or `in` how many attempts.
    """
    masks: dict[str, tuple[str, int]] = {}
    regressions: dict[str, str] = {}
    left = 0
    for one in differing:
        left |= claim.undeclared(one)
        for delta, mask in claim.declared(one):
            at = str(delta.at)
            masks[at] = (delta.name, mask | masks.get(at, ("", 0))[1])
            if delta.regression:
                regressions[at] = delta.because
    for at, (name, mask) in masks.items():
        says = f"declared by {at} {place} {mask.bit_count()}: {name}"
        yield from lines_of(says, "   ", "     ")
        if at in regressions:
            yield from lines_of(f"REGRESSION: {regressions[at]}", "   ", "     ")
    if left:
        says = f"UNDECLARED {place} {left.bit_count()}{when(claim, left)}"
        yield from lines_of(says, "   ", "     ")


def undeclared(claim: Claim, mask: int, place: str, thing: str) -> str:
    """
    Say that no delta declares it, on how many pairs or in how many attempts, and when.
    """
    count = counted(mask.bit_count(), thing)
    return f"no delta declares it {place} {count}{when(claim, mask)}"


def when(claim: Claim, mask: int) -> str:
    """
    Say at the end of a sentence which situations a set is; "" if nothing tells them.
    """
    where = claim.situations(mask)
    return f", when {where}" if where else ""


def closing(claim: Claim, differing: Sequence[Differing]) -> str:
    """
    Say that all that differs is declared, or that nothing does.
    """
    if not differing:
        return f"{claim.old} and {claim.new} do the same on every pair of paths"
    deltas = sum(bool(one.shown) for one in claim.declarations)
    return f"every difference is declared, by {counted(deltas, 'delta')}"


def object_of(
    claim: Claim,
    differing: Differing,
    things: str,
    *,
    about: dict[str, Any],
    weight: str,
    counts: dict[str, Any],
    example: dict[str, Any],
) -> dict[str, Any]:
    """
    Give what differs as data, with who declares it; `things` is the key of how many do so.
    """
    return {
        "old": claim.old,
        "new": claim.new,
        **about,
        "weight": weight,
        "changes": [{"kind": f.kind, "of": f.of, "says": f.says} for f in differing.facets],
        "when": claim.situations(differing.mask),
        **counts,
        "undeclared": claim.undeclared(differing).bit_count(),
        "declared": [
            {
                "delta": delta.name,
                "at": str(delta.at),
                things: mask.bit_count(),
                "regression": delta.regression,
                "because": delta.because,
            }
            for delta, mask in claim.declared(differing)
        ],
        "example": example,
    }


def run_object(run: Run) -> dict[str, Any]:
    """
    Give a run of an example as data.
    """
    return {
        "returns": run.returns,
        "trace": run.calls(),
        "final": run.final,
        "bug": run.bug and run.bug.name,
    }
