# SPDX-License-Identifier: GPL-2.0-only
"""
How the differences of two semantics are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from errpath.commands.loading import counted
from errpath.commands.screen import WIDTH
from errpath.contracts.picture import picture
from errpath.explore.difference.facet import Weight

if TYPE_CHECKING:
    from errpath.explore.difference.claim import Claim
    from errpath.explore.difference.differences import Group
    from errpath.kernel.run import Run

_SAYS = {
    Weight.BEHAVIOUR: "behave differently: another return code, or another final state",
    Weight.COST: "behave the same, and call or hold other things meanwhile",
    Weight.ORDER: "make the same calls in another order",
    None: "do the same",
}


def report(claim: Claim, examples: str, *, declaring: bool = True) -> Iterator[str]:
    """
    Tell every difference; `examples` is "all", "undeclared" or "none".

    Unless it is `declaring`, nobody was asked which deltas there are, and none is missed.
    """
    differences = claim.differences
    total = len(differences.pairs)
    pairs = counted(total, "pair")
    yield f"{claim.old} -> {claim.new}: {pairs} of paths, each under one environment"
    parts = differences.parts()
    width = len(str(total))
    yield from (f"  {count:>{width}}  {_SAYS[weight]}" for weight, count in parts.items())
    groups = differences.groups()
    tops = [group for group in groups if group.within is None]
    for number, top in enumerate(tops, 1):
        yield ""
        yield f"{number}. {top.weight.name} on {counted(top.pairs, 'pair')}"
        yield from _group(claim, top, "   ", declaring=declaring)
        within = [group for group in groups if group.within is top]
        for group in within:
            when = claim.condition(group)
            yield from _folded(f"on {group.pairs} of them, when {when}:", "   ", "     ")
            yield from _facets(claim, group, "     ", declaring=declaring)
        undeclared = any(claim.undeclared(group) for group in (top, *within))
        yield from _declared(claim, [top, *within]) if declaring else ()
        if examples == "all" or (examples == "undeclared" and undeclared):
            pair = differences.smallest(top.mask)
            unusual = claim.unusual(pair)
            where = f", where {unusual}" if unusual else ""
            yield from _folded(f"the smallest example{where}:", "   ", "     ")
            yield ""
            yield from picture(pair.old, pair.new)


def objects(claim: Claim) -> Iterator[dict[str, Any]]:
    """
    Give each group as data.
    """
    groups = claim.differences.groups()
    for group in groups:
        pair = claim.differences.smallest(group.mask)
        yield {
            "old": claim.old,
            "new": claim.new,
            "weight": group.weight.value,
            "changes": [{"kind": f.kind, "of": f.of, "says": f.says} for f in group.facets],
            "when": claim.situations(group.mask),
            "pairs": group.pairs,
            "of": len(claim.differences.pairs),
            "within": groups.index(group.within) if group.within else None,
            "undeclared": claim.undeclared(group).bit_count(),
            "declared": [
                {
                    "delta": d.delta.name,
                    "at": str(d.delta.at),
                    "pairs": d.pairs,
                    "regression": d.delta.regression,
                    "because": d.delta.because,
                }
                for d in claim.declared(group)
            ],
            "example": {
                "choices": pair.choices,
                "old": _run(pair.old),
                "new": _run(pair.new),
            },
        }


def _run(run: Run) -> dict[str, Any]:
    return {
        "returns": run.returns,
        "trace": run.calls(),
        "final": run.final,
        "bug": run.bug and run.bug.name,
    }


def _group(claim: Claim, group: Group, indent: str, *, declaring: bool) -> Iterator[str]:
    yield from _facets(claim, group, indent, declaring=declaring)
    when = claim.condition(group)
    if when:
        yield from _folded(f"when {when}", indent, indent + "  ")


def _facets(claim: Claim, group: Group, indent: str, *, declaring: bool) -> Iterator[str]:
    missed = claim.lacking(group).values() if declaring else ()
    lacking = {facet for facets in missed for facet in facets}
    for facet in group.facets:
        passed = claim.differences.passed.get(facet)
        says = facet.says + (f": past {', '.join(passed)}" if passed else "")
        mark = " (UNDECLARED)" if facet in lacking else ""
        yield from _folded(f"- {says}{mark}", indent, indent + "  ")


def _declared(claim: Claim, groups: list[Group]) -> Iterator[str]:
    masks: dict[str, tuple[str, int]] = {}
    regressions: dict[str, str] = {}
    left = 0
    for group in groups:
        left |= claim.undeclared(group)
        for declared in claim.declared(group):
            at, name = str(declared.delta.at), declared.delta.name
            masks[at] = (name, declared.mask | masks.get(at, ("", 0))[1])
            if declared.delta.regression:
                regressions[at] = declared.delta.because
    for at, (name, mask) in masks.items():
        yield from _folded(f"declared by {at} on {mask.bit_count()}: {name}", "   ", "     ")
        if at in regressions:
            yield from _folded(f"REGRESSION: {regressions[at]}", "   ", "     ")
    if left:
        where = claim.situations(left)
        says = f"UNDECLARED on {left.bit_count()}" + (f", when {where}" if where else "")
        yield from _folded(says, "   ", "     ")


def _folded(text: str, first: str, rest: str) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
