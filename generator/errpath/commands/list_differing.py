# SPDX-License-Identifier: GPL-2.0-only
"""
How it is told what changes for who migrates a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from errpath.commands.declared import declared, object_of, run_object
from errpath.commands.list_claims import folded
from errpath.commands.loading import counted
from errpath.commands.screen import WIDTH, lines_of
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
    yield from lines_of(
        f"{claim.old} -> {claim.new}, run {claim.entry}: {number(attempts.pairs)} pairs of paths, "
        "each under one environment, with the tail that a split can give; another page is on "
        f"the LRU list or not, where a walk gets there{fixed}",
        "",
        "  ",
    )
    yield from lines_of(
        f"merged: paths are made of {lockstep.joint_attempts:,} joint attempts between "
        f"{lockstep.places:,} places; what later steps cannot tell apart is one",
        "  ",
        "    ",
    )
    yield from lines_of(
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
    yield from lines_of(f"{index}. {claim.old} {part.old};", "", "   ")
    yield from lines_of(f"{claim.new} {part.new}", "   ", "   ")
    share = f"{counted(part.mask.bit_count(), 'attempt')}, {number(part.pairs)} pairs"
    yield f"   in {share}"
    when = claim.situations(part.mask)
    if when:
        yield from lines_of(f"when {when}", "   ", "     ")
    lacking = {f for found in claim.lacking(part).values() for f in found} if declaring else set()
    if not (declaring and claim.declared(part)):
        yield from (
            line for says in folded(part.facets) for line in lines_of(f"- {says}", "   ", "     ")
        )
        if declaring:
            yield "   UNDECLARED"
        return
    for mark, facets in (
        ("", [facet for facet in part.facets if facet not in lacking]),
        (" (UNDECLARED)", [facet for facet in part.facets if facet in lacking]),
    ):
        for says in folded(facets):
            yield from lines_of(f"- {says}{mark}", "   ", "     ")
    yield from declared(claim, [part], "in")


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
            yield from lines_of(f"- {listing.fill(one.says)}", "   ", "     ")


def objects(claim: ListClaim) -> Iterator[dict[str, Any]]:
    """
    Give each way in which the two part as data.
    """
    attempts = claim.attempts
    for part in claim.parts:
        pair = attempts.smallest(part)
        yield object_of(
            claim,
            part,
            "attempts",
            about={
                "entry": claim.entry,
                "page": part.page,
                "parts": {"old": part.old, "new": part.new},
            },
            weight="behaviour",
            counts={
                "attempts": part.mask.bit_count(),
                "pairs": part.pairs,
                "of": attempts.pairs,
            },
            example={
                "choices": pair.choices,
                "beside": pair.beside,
                "old": _run(pair.old),
                "new": _run(pair.new),
            },
        )


def _run(run: Run) -> dict[str, Any]:
    told = [Listing(run, one.steps).fill(one.says) for one in story(run)]
    return {**run_object(run), "story": told}


def number(count: int) -> str:
    """
    Write a number that may be too long to be read.
    """
    return f"{count:,}" if count < _EXACT else f"{float(count):.2e}"
