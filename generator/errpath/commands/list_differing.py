# SPDX-License-Identifier: GPL-2.0-only
"""
How it is told what changes for who migrates a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from errpath.commands.list_claims import folded
from errpath.commands.loading import counted
from errpath.commands.screen import WIDTH
from errpath.contracts.listing import Listing
from errpath.contracts.picture import picture
from errpath.explore.difference.story import story

if TYPE_CHECKING:
    from errpath.explore.difference.attempts import Part
    from errpath.explore.difference.list_claim import ListClaim
    from errpath.explore.lockstep.replay import ListPair
    from errpath.kernel.run import Run

_EXACT = 10**9


def report(claim: ListClaim, examples: str, *, declaring: bool) -> Iterator[str]:
    """
    Tell every way in which the two part; `examples` is "all", "undeclared" or "none".
    """
    attempts = claim.attempts
    lockstep = attempts.lockstep
    fixed = "".join(f", {text} {value}" for text, value in lockstep.fixed.items())
    yield from _folded(
        f"{claim.old} -> {claim.new}, run {claim.entry}: {number(attempts.pairs)} pairs of paths, "
        "each under one environment, with the tail that a split can give; another page is on "
        f"the LRU list or not, where a walk gets there{fixed}",
        "",
        "  ",
    )
    yield from _folded(
        f"merged: paths are made of {lockstep.joint_attempts:,} joint attempts between "
        f"{lockstep.places:,} places; what later steps cannot tell apart is one",
        "  ",
        "    ",
    )
    yield from _folded(
        f"told apart are {counted(len(attempts.all), 'attempt')}; in "
        f"{attempts.parted.bit_count():,} of them the two part. A condition is about the attempt "
        "in which they do, what differs is told of the ends to which it leads",
        "  ",
        "    ",
    )
    for index, part in enumerate(claim.parts, 1):
        yield ""
        yield from _part(claim, index, part, declaring=declaring)
        if examples == "all" or (examples == "undeclared" and claim.undeclared(part)):
            yield ""
            yield from _example(attempts.smallest(part), "the smallest example")
    if examples == "all":
        for bug, pair in attempts.stops():
            yield ""
            yield from _example(pair, f"the shortest way to {bug} in {claim.new}")


def _part(claim: ListClaim, index: int, part: Part, *, declaring: bool) -> Iterator[str]:
    yield from _folded(f"{index}. {claim.old} {part.old};", "", "   ")
    yield from _folded(f"{claim.new} {part.new}", "   ", "   ")
    share = f"{counted(part.mask.bit_count(), 'attempt')}, {number(part.pairs)} pairs"
    yield f"   in {share}"
    when = claim.situations(part.mask)
    if when:
        yield from _folded(f"when {when}", "   ", "     ")
    lacking = {f for found in claim.lacking(part).values() for f in found} if declaring else set()
    declared = claim.declared(part) if declaring else ()
    if not declared:
        yield from (
            line for says in folded(part.facets) for line in _folded(f"- {says}", "   ", "     ")
        )
        if declaring:
            yield "   UNDECLARED"
        return
    for mark, facets in (
        ("", [facet for facet in part.facets if facet not in lacking]),
        (" (UNDECLARED)", [facet for facet in part.facets if facet in lacking]),
    ):
        for says in folded(facets):
            yield from _folded(f"- {says}{mark}", "   ", "     ")
    for one in declared:
        delta = one.delta
        yield from _folded(f"declared by {delta.at} in {one.pairs}: {delta.name}", "   ", "     ")
        if delta.regression:
            yield from _folded(f"REGRESSION: {delta.because}", "   ", "     ")
    left = claim.undeclared(part)
    if left:
        where = claim.situations(left)
        says = f"UNDECLARED in {left.bit_count()}" + (f", when {where}" if where else "")
        yield from _folded(says, "   ", "     ")


def _example(pair: ListPair, head: str) -> Iterator[str]:
    where = ", another page is on the LRU list" if pair.beside else ""
    yield f"   {head}{where}:"
    yield ""
    yield from picture(pair.old, pair.new)
    told = story(pair.new)
    if told:
        marks = [step for one in told for step in one.steps]
        listing = Listing(pair.new, marks)
        yield ""
        yield f"   what became of it in {pair.new.semantics}:"
        yield from (f"   {line}" if len(line) <= WIDTH - 3 else line for line in listing.lines())
        for one in told:
            yield from _folded(f"- {listing.fill(one.says)}", "   ", "     ")


def objects(claim: ListClaim) -> Iterator[dict[str, Any]]:
    """
    Give each way in which the two part as data.
    """
    attempts = claim.attempts
    for part in claim.parts:
        pair = attempts.smallest(part)
        yield {
            "old": claim.old,
            "new": claim.new,
            "entry": claim.entry,
            "page": part.page,
            "parts": {"old": part.old, "new": part.new},
            "weight": "behaviour",
            "changes": [{"kind": f.kind, "of": f.of, "says": f.says} for f in part.facets],
            "when": claim.situations(part.mask),
            "attempts": part.mask.bit_count(),
            "pairs": part.pairs,
            "of": attempts.pairs,
            "undeclared": claim.undeclared(part).bit_count(),
            "declared": [
                {
                    "delta": d.delta.name,
                    "at": str(d.delta.at),
                    "attempts": d.pairs,
                    "regression": d.delta.regression,
                    "because": d.delta.because,
                }
                for d in claim.declared(part)
            ],
            "example": {
                "choices": pair.choices,
                "beside": pair.beside,
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
        "story": [Listing(run, one.steps).fill(one.says) for one in story(run)],
    }


def number(count: int) -> str:
    """
    Write a number that may be too long to be read.
    """
    return f"{count:,}" if count < _EXACT else f"{float(count):.2e}"


def _folded(text: str, first: str, rest: str) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
