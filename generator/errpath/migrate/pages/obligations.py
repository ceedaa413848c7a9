# SPDX-License-Identifier: GPL-2.0-only
"""
What migrate_pages() owes beside what the ledger shows: counts, passes, and hands off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from errpath.kernel.target import Complaint
from errpath.migrate.pages.outcome import outcome_on

if TYPE_CHECKING:
    from errpath.kernel.run import Run
    from errpath.kernel.target import Obligation
    from errpath.migrate.pages.outcome import Outcome
    from errpath.vocabulary.hold import Item

_PASSES: Final = 10


def counted_right(pages: tuple[str, ...]) -> Obligation:
    """
    Give the obligation that counts agree with what became of the pages, and no page is lost.

    After an errno 5.8 counts what failed so far and the page that it stopped at; what was to
    be tried again, and what was never tried, is in no count.
    """
    outcome = outcome_on(pages)

    def counts(run: Run) -> Iterator[Complaint]:
        if run.returns is None:
            return
        found = outcome(run)
        failures = run.counters.get("PGMIGRATE_FAIL", 0)
        successes = run.counters.get("PGMIGRATE_SUCCESS", 0)
        returned = run.returns
        failed = found.failed | (found.left if returned >= 0 else {found.last} - found.done)
        if returned >= 0 and returned != len(failed):
            yield _wrong(f"{_pages(failed)} not migrated, but {returned} is returned", found)
        if failures != len(failed):
            says = f"{_pages(failed)} not migrated, but PGMIGRATE_FAIL changes by "
            yield _wrong(f"{says}{failures}", found)
        if successes != len(found.done):
            says = f"{_pages(found.done)} migrated, but PGMIGRATE_SUCCESS changes by "
            yield _wrong(f"{says}{successes}", found)
        if returned >= 0:
            yield from _given_up(run, found)

    return counts


def _wrong(says: str, found: Outcome) -> Complaint:
    return Complaint(
        contract="counts", says=f"{says}, as {{{found.end}}} tells", marks=(found.end,)
    )


def _pages(names: frozenset[str]) -> str:
    if not names:
        return "no page was"
    return f"{', '.join(sorted(names))} {'was' if len(names) == 1 else 'were'}"


def _given_up(run: Run, found: Outcome) -> Iterator[Complaint]:
    passes = len(run.passes)
    for page in sorted(found.left):
        if passes < _PASSES:
            says = f"{page} is left on the list after {passes} of {_PASSES} passes"
            yield Complaint(contract="walk", says=says)
        elif page not in found.tried_last:
            says = f"{page} is on the list, and the last pass does not try it"
            yield Complaint(contract="walk", says=says)


def _does(later: int) -> str:
    return "one later call does" if later == 1 else f"{later} later calls do"


def hands_off(run: Run) -> Iterator[Complaint]:
    """
    Complain of each page that was touched after this thread's last reference to it went.
    """
    first: dict[Item, tuple[int, int]] = {}
    for step, ref in run.touched:
        since, times = first.get(ref, (step, 0))
        first[ref] = (since, times + 1)
    for ref, (step, times) in first.items():
        put = max((end for row, _, end in run.ledger.spans if row is ref and end < step), default=0)
        later = times - 1
        again = f", as {_does(later)}" if later else ""
        went = f"this thread's last reference went with {{{put}}}" if put else "it holds none"
        yield Complaint(
            contract="touch",
            says=f"{{{step}}} touches {ref.subject}, and {went}: only others keep it{again}",
            marks=(put, step) if put else (step,),
        )
