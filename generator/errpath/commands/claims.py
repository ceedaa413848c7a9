# SPDX-License-Identifier: GPL-2.0-only
"""
What is found when the differences of two semantics are held against the deltas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from errpath.commands.declared import undeclared
from errpath.commands.finding import Code, Finding
from errpath.commands.semantics import known_semantics
from errpath.commands.status import unusable
from errpath.explore.difference.pair_claim import PairClaim
from errpath.language.report.suggest import closest, listed

if TYPE_CHECKING:
    from errpath.explore.difference.claim import Claim
    from errpath.explore.difference.facet import Facet
    from errpath.kernel.target import Model
    from errpath.spec.contract import Spec

_NO_DELTA = 'a delta declares a difference: `delta OLD -> NEW "..." { }`'


def two_semantics(old: str, new: str, model: Model) -> None:
    """
    End with status 2 unless a model has two different semantics of those names.
    """
    known_semantics(old, model)
    known_semantics(new, model)
    if old == new:
        raise unusable(f"a difference is between two semantics, and both are `{old}`")


def known_entry(entry: str, model: Model) -> None:
    """
    End with status 2 unless a model has a function of that name that runs over a list.
    """
    entries = model.vocabulary.entries
    if entry not in entries:
        near = closest(entry, entries)
        known = f"`{near}` exists" if near else f"{listed(entries)} do"
        raise unusable(f"no function `{entry}` runs over a list; {known}")


def claim_of(specs: Sequence[Spec], old: str, new: str, model: Model) -> PairClaim:
    """
    Compare two semantics on every pair of paths, and with every delta of the specs.
    """
    deltas = [delta for spec in specs for delta in spec.deltas if not delta.entry]
    return PairClaim(model.reference(), old, new, deltas, model=model)


def found_in(claim: PairClaim) -> Iterator[Finding]:
    """
    Find the differences that no delta declares, and whatever a delta says that is not so.
    """
    between = f"{claim.old} -> {claim.new}"
    yield from untrue_in(claim)
    lacking: dict[int, list[Facet]] = {}
    for group in claim.differences.groups():
        for left, facets in claim.lacking(group).items():
            lacking.setdefault(left, []).extend(facets)
    # Whatever it weighs, what is undeclared on the same pairs wants one delta: it is one finding.
    for left, facets in lacking.items():
        says = "; ".join(facet.says for facet in facets)
        yield Finding(
            code=Code.UNDECLARED,
            message=f"{between}: {says}: {undeclared(claim, left, 'on', 'pair')}",
            help=_NO_DELTA,
        )


def claims(specs: Sequence[Spec], model: Model) -> Iterator[PairClaim]:
    """
    Compare every two semantics that some delta of the specs is between.
    """
    deltas = [delta for spec in specs for delta in spec.deltas if not delta.entry]
    for old, new in dict.fromkeys((delta.old, delta.new) for delta in deltas):
        yield claim_of(specs, old, new, model)


def untrue_in(claim: Claim) -> Iterator[Finding]:
    """
    Find whatever a delta says of one page, or of a list, that is not so.
    """
    for declaration in claim.declarations:
        for untrue in declaration.untrue:
            file, _, line = untrue.at.rpartition(":")
            when = claim.situations(untrue.mask, most=1) if untrue.mask else ""
            yield Finding(
                code=Code.UNTRUE_DELTA,
                message=f'in the delta "{declaration.delta.name}": {untrue.says}'
                + (f"; for one, when {when}" if when else ""),
                file=file,
                line=int(line),
            )
