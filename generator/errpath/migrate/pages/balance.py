# SPDX-License-Identifier: GPL-2.0-only
"""
The balance after the caller's putback: everything is as before the run, or migrated.

Isolation took three things of each page and set its flags; putback_movable_pages() gives back
what migrate_pages() left. So nothing is held any more, every page is where it was isolated
from, NR_ISOLATED lost what isolation added, and the thread's own flags are what they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from errpath.kernel.calls.split import HPAGE_PMD_NR
from errpath.kernel.holds import NR_ISOLATED
from errpath.kernel.pages.listed_page import TAIL, tails
from errpath.kernel.target import Complaint
from errpath.migrate.pages.new_pages import one_fate_each
from errpath.vocabulary.hold import Family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.kernel.run import Run
    from errpath.kernel.target import Obligation

BALANCED: Final = "balanced"
"""The name of the contract."""


@dataclass(frozen=True, slots=True)
class _Home:
    """
    What pages were isolated from, in words, and the places where they are back there.
    """

    says: str
    places: frozenset[str]


_LRU: Final = _Home("the LRU", frozenset({"lru", "pagevec"}))
_ACTIVE: Final = _Home("hugepage_activelist", frozenset({"hugetlb"}))
_DRIVER: Final = _Home("its driver", frozenset({"driver"}))
# Nobody takes such a page back: the last reference frees it.
_DISOWNED: Final = _Home("a driver that let go of it", frozenset({"free"}))
_CLEARS_ISOLATED: Final = frozenset({"__ClearPageIsolated", "putback_movable_page"})


def balanced(pages: tuple[str, ...]) -> Obligation:
    """
    Give the obligation for a run on pages of those names that ends with the caller's putback.
    """
    every = (*pages, *tails(pages))
    fates = one_fate_each(pages)

    def balance(run: Run) -> Iterator[Complaint]:
        if run.bug is not None:
            return
        yield from _rows(run)
        open_ = {item.subject for item in run.ledger.held}
        final = run.final
        for name in every:
            # Where a page is of which something is held is told with that.
            if name not in open_ and not final[name].get("absent"):
                yield from _page(run, name)
        yield from _count(run, pages)
        for wrong in fates(run):
            yield Complaint(contract=BALANCED, says=wrong.says, marks=wrong.marks)

    return balance


def _wrong(says: str, step: int) -> Complaint:
    after = f", after {{{step}}}" if step else ""
    return Complaint(contract=BALANCED, says=f"{says}{after}", marks=(step,) if step else ())


def _rows(run: Run) -> Iterator[Complaint]:
    """
    Complain of what is held, and of a flag of the caller's thread that is not set any more.
    """
    ledger = run.ledger
    for item, since in ledger.open_rows():
        thing = f"{item.subject}'s {item.hold.noun}"
        if item.hold.family is Family.FLAG:
            if since:
                yield Complaint(contract=BALANCED, says=f"{thing} was clear, and is set at the end")
            continue
        verb = "are" if item.hold.family is Family.ENTRIES else "is"
        if since:
            says = f"{thing}, taken by {{{since}}}, {verb} still there after the putback"
            yield Complaint(contract=BALANCED, says=says, marks=(since,))
        else:
            says = f"{thing}, which the isolation took, {verb} still there at the end"
            yield _wrong(says, _last_call(run, item.subject))
    for item, start, end in ledger.spans:
        if start == 0 and item.hold.family is Family.FLAG and item not in ledger.held:
            says = f"{item.subject}'s {item.hold.noun} was set by the caller, and is not any more"
            yield _wrong(says, end)


def _page(run: Run, name: str) -> Iterator[Complaint]:
    """
    Complain of a page that is neither migrated nor what it was before the isolation.
    """
    end = run.final[name]
    place, last = end["on"], _last_call(run, name)
    freed = run.answered(f"page_count({name})", 1)
    if end["migrated"] or freed:
        if place != "free":
            what = "was migrated" if end["migrated"] else "had nobody but the isolation"
            yield _wrong(f"{name} {what}, but ends on {place}", last)
    else:
        home = _home(run, name)
        if place not in home.places:
            says = f"{name} was isolated from {home.says} and not migrated, but ends on {place}"
            yield _wrong(says, last)
        elif place == "lru" and not end["PageLRU"]:
            yield _wrong(f"{name} is on the LRU without PG_lru", last)
        elif home is _DISOWNED and not _calls(run, name, _CLEARS_ISOLATED):
            yield _wrong(f"{name} was isolated from {home.says}, and PG_isolated stays set", last)
        if end["poisoned"]:
            yield _wrong(f"{name} is poisoned, and was not migrated", last)
    yield from _page_tables(run, name, migrated=end["migrated"])


def _home(run: Run, name: str) -> _Home:
    choices = run.choices
    head = name.removesuffix(TAIL)
    if choices.get(f"PageHuge({head})") == 1:
        return _ACTIVE
    if choices.get(f"__PageMovable({head})") == 1:
        owned = [e.value for e in run.trace if e.call == f"PageMovable({name})"]
        return _DISOWNED if owned and not owned[-1] else _DRIVER
    return _LRU


def _page_tables(run: Run, name: str, *, migrated: bool) -> Iterator[Complaint]:
    """
    Complain if what mapped the page maps the other one of the two after the last attempt.
    """
    maps, at = None, 0
    for step, made in enumerate(run.trace, 1):
        if made.call == f"page_mapped({name})" and not made.value:
            maps = None
        elif made.primitive.name == "remove_migration_ptes" and made.subjects[0] == name:
            maps, at = made.subjects[1], step
    if maps is not None and (maps != name) is not migrated:
        was = "was" if migrated else "was not"
        says = f"{{{at}}} makes page tables map {maps}, and {name} {was} migrated"
        yield Complaint(contract=BALANCED, says=says, marks=(at,))


def _count(run: Run, pages: tuple[str, ...]) -> Iterator[Complaint]:
    """
    Complain of NR_ISOLATED if it has lost another number than that of the LRU's base pages.
    """
    if any(item.hold is NR_ISOLATED for item in run.ledger.held):
        return
    sizes = {
        name: HPAGE_PMD_NR if run.choices.get(f"PageTransHuge({name})") == 1 else 1
        for name in pages
        if _home(run, name) is _LRU
    }
    isolated, lost = sum(sizes.values()), -run.counters.get("NR_ISOLATED", 0)
    if isolated != lost:
        steps = [
            step
            for step, made in enumerate(run.trace, 1)
            if made.primitive.name == "mod_node_page_state"
        ]
        verb = "was" if len(sizes) == 1 else "were"
        says = (
            f"{', '.join(sizes) or 'no page'} {verb} counted as {isolated} when isolated, but "
            f"NR_ISOLATED changes by {-lost}"
        )
        yield _wrong(says, max(steps, default=0))


def _calls(run: Run, name: str, primitives: frozenset[str]) -> bool:
    return any(made.primitive.name in primitives and name in made.subjects for made in run.trace)


def _last_call(run: Run, name: str) -> int:
    for step in range(len(run.trace), 0, -1):
        made = run.trace[step - 1]
        if name in made.subjects and not made.primitive.test:
            return step
    return 0
