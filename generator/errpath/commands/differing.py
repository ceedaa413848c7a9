# SPDX-License-Identifier: GPL-2.0-only
"""
How the differences of two semantics are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from errpath.commands.declared import declared, object_of, run_object
from errpath.commands.loading import counted
from errpath.commands.screen import lines_of
from errpath.contracts.picture import picture
from errpath.explore.difference.facet import Weight

if TYPE_CHECKING:
    from errpath.explore.difference.differences import Group
    from errpath.explore.difference.pair_claim import PairClaim

_SAYS = {
    Weight.BEHAVIOUR: "behave differently: another return code, or another final state",
    Weight.COST: "behave the same, and call or hold other things meanwhile",
    Weight.ORDER: "make the same calls in another order",
    None: "do the same",
}


def report(claim: PairClaim, examples: str, *, declaring: bool = True) -> Iterator[str]:
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
            yield from lines_of(f"on {group.pairs} of them, when {when}:", "   ", "     ")
            yield from _facets(claim, group, "     ", declaring=declaring)
        undeclared = any(claim.undeclared(group) for group in (top, *within))
        yield from declared(claim, [top, *within], "on") if declaring else ()
        if examples == "all" or (examples == "undeclared" and undeclared):
            pair = differences.smallest(top.mask)
            unusual = claim.unusual(pair)
            where = f", where {unusual}" if unusual else ""
            yield from lines_of(f"the smallest example{where}:", "   ", "     ")
            yield ""
            yield from picture(pair.old, pair.new)


def objects(claim: PairClaim) -> Iterator[dict[str, Any]]:
    """
    Give each group as data.
    """
    groups = claim.differences.groups()
    for group in groups:
        pair = claim.differences.smallest(group.mask)
        yield object_of(
            claim,
            group,
            "pairs",
            about={},
            weight=group.weight.value,
            counts={
                "pairs": group.pairs,
                "of": len(claim.differences.pairs),
                "within": groups.index(group.within) if group.within else None,
            },
            example={
                "choices": pair.choices,
                "old": run_object(pair.old),
                "new": run_object(pair.new),
            },
        )


def _group(claim: PairClaim, group: Group, indent: str, *, declaring: bool) -> Iterator[str]:
    yield from _facets(claim, group, indent, declaring=declaring)
    when = claim.condition(group)
    if when:
        yield from lines_of(f"when {when}", indent, indent + "  ")


def _facets(claim: PairClaim, group: Group, indent: str, *, declaring: bool) -> Iterator[str]:
    missed = claim.lacking(group).values() if declaring else ()
    lacking = {facet for facets in missed for facet in facets}
    for facet in group.facets:
        passed = claim.differences.passed.get(facet)
        says = facet.says + (f": past {', '.join(passed)}" if passed else "")
        mark = " (UNDECLARED)" if facet in lacking else ""
        yield from lines_of(f"- {says}{mark}", indent, indent + "  ")
