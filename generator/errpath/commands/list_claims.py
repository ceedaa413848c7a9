# SPDX-License-Identifier: GPL-2.0-only
"""
What is found when two semantics are compared on a list, and held against the deltas about it.
"""

from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING

from errpath.cache import Cache
from errpath.commands.claims import untrue_in
from errpath.commands.declared import undeclared
from errpath.commands.finding import Code, Finding
from errpath.commands.loading import counted
from errpath.commands.status import unusable
from errpath.explore.difference.list_claim import ListClaim
from errpath.explore.difference.list_declaration import unjudged
from errpath.explore.lockstep.lockstep import Lockstep
from errpath.explore.lockstep.moves import Mover
from errpath.explore.lockstep.places import FORCED_FROM, Passes
from errpath.explore.lockstep.side import Side
from errpath.kernel.caller import Flag
from errpath.models import model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from errpath.explore.difference.facet import Facet
    from errpath.spec.contract import Delta, Spec

PAGE = "a"
"""What the page is called, unless a delta names it."""

_KINDS = ("returns", "final", "touches")


def list_claim_of(
    specs: Sequence[Spec],
    old: str,
    new: str,
    *,
    entry: str,
    page: str = PAGE,
    jobs: int | None = None,
) -> ListClaim:
    """
    Compare two semantics on a list of one page, and with the deltas about that.
    """
    found = model()
    jobs = jobs or len(os.sched_getaffinity(0))
    passes = Passes(found.vocabulary.entries[entry].passes, FORCED_FROM)
    try:
        lockstep = Lockstep(partial(_mover, old, new, entry, page), passes, jobs=jobs)
    except BrokenProcessPool:
        message = "a process that compared lists was ended by somebody else"
        raise unusable(message) from None
    deltas = [delta for delta in _on_lists(specs) if _judged(delta)]
    return ListClaim(lockstep, old, new, deltas, model=found.at(entry, (page,)))


def _mover(old: str, new: str, entry: str, page: str) -> Mover:
    found = model().at(entry, (page,))
    choices = found.vocabulary.choices.values()
    # The code sets and clears these, and no attempt reads them.
    fixed = {choice.text: choice.default for choice in choices if isinstance(choice, Flag)}
    older = Side(found.reference(), old, found, fixed)
    return Mover(older, Side(found.reference(), new, found, fixed), found)


def claimed_on_lists(specs: Sequence[Spec]) -> list[tuple[str, str, str, str]]:
    """
    List what some delta is about that is compared on lists: semantics, function and page.
    """
    return list(
        dict.fromkeys(
            (delta.old, delta.new, delta.entry.name, delta.entry.pages[0])
            for delta in _on_lists(specs)
            if delta.entry and _judged(delta)
        )
    )


class Compared:
    """
    What came of a comparison on lists: findings, and one line; both may be known from before.
    """

    def __init__(self, says: str, findings: list[Finding]) -> None:
        self.says = says
        self.findings = findings


def compared_on_lists(
    specs: Sequence[Spec], root: Path, jobs: int | None = None
) -> Iterator[Compared]:
    """
    Compare on lists whatever some delta is about; what was found clean is not compared again.
    """
    cache = Cache(root)
    files = {spec.file: spec.sha256 for spec in specs if any(d.entry for d in spec.deltas)}
    for old, new, entry, page in claimed_on_lists(specs):
        question = f"deltas {old} {new} {entry} {page}: {' '.join(sorted(files))}"
        says = cache.clean(question)
        if says is not None:
            yield Compared(says, [])
            continue
        claim = list_claim_of(specs, old, new, entry=entry, page=page, jobs=jobs)
        findings = list(found_in_list(claim))
        says = summary(claim)
        if not findings:
            cache.note(question, files, says)
        yield Compared(says, findings)


def summary(claim: ListClaim) -> str:
    """
    Say in a line what was compared, and how many deltas there are.
    """
    attempts = claim.attempts
    return (
        f"{claim.old} -> {claim.new}, {claim.entry}: they part in "
        f"{attempts.parted.bit_count():,} of {len(attempts.all):,} attempts, in "
        f"{counted(len(claim.parts), 'way')}; {counted(len(claim.declarations), 'delta')}"
    )


def found_in_list(claim: ListClaim) -> Iterator[Finding]:
    """
    Find the differences that no delta declares, and whatever a delta says that is not so.
    """
    yield from untrue_in(claim)
    between = f"{claim.old} -> {claim.new}, {claim.entry}"
    run = f"run {claim.entry}"
    for part in claim.parts:
        left = claim.undeclared(part)
        if left:
            facets = {f: None for found in claim.lacking(part).values() for f in found}
            yield Finding(
                code=Code.UNDECLARED,
                message=f"{between}: {claim.old} {part.old}, {claim.new} {part.new}: "
                f"{'; '.join(folded(facets))}: {undeclared(claim, left, 'in', 'attempt')}",
                help=f'a delta declares it: `delta {claim.old} -> {claim.new} "..." {{ {run} }}`',
            )


def folded(facets: Iterable[Facet]) -> list[str]:
    """
    Word facets, those that tell of one thing together: `returns 0, where it returned 1 | 2`.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    order = {kind: number for number, kind in enumerate(_KINDS)}
    for facet in sorted(facets, key=lambda f: (order[f.kind], f.of.endswith("_new"), f.of, f.says)):
        says = facet.says
        for between in (", where it returned ", ", not on ", ", not by "):
            head, middle, tail = says.partition(between)
            if middle:
                found.setdefault((head, middle), {})[tail] = None
                break
        else:
            found.setdefault((says, ""), {})
    return [f"{head}{middle}{' | '.join(tails)}" for (head, middle), tails in found.items()]


def _on_lists(specs: Sequence[Spec]) -> list[Delta]:
    return [delta for spec in specs for delta in spec.deltas if delta.entry]


def _judged(delta: Delta) -> bool:
    return not _why_not(delta)


def _why_not(delta: Delta) -> tuple[str, int] | None:
    entry = delta.entry
    if entry is None:
        return None
    if entry.each or len(entry.pages) != 1:
        return f"`run {entry}`: deltas are compared on lists of one named page", entry.at.line
    for change in delta.changes:
        if change.kind not in _KINDS:
            known = ", ".join(f"`changes {kind}`" for kind in _KINDS)
            return f"`changes {change.kind}`: on lists, {known} are compared", change.at.line
    for clause in delta.clauses:
        what = unjudged(clause)
        if what:
            return f"{what}: no clause about it is judged on lists", clause.at.line
    return None


def not_compared(specs: Sequence[Spec]) -> Iterator[Finding]:
    """
    Find the deltas about lists that say what is not compared there.
    """
    for delta in _on_lists(specs):
        why = _why_not(delta)
        if why:
            yield Finding(
                code=Code.NOT_JUDGED,
                message=f'the delta "{delta.name}" is not judged, for {why[0]}',
                file=delta.at.file,
                line=why[1],
            )
