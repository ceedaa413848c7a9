# SPDX-License-Identifier: GPL-2.0-only
"""
The laws of lists, each against a driver that breaks it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from errpath.explore.merged.lists import Lists
from errpath.explore.merged.on_lists import judged
from errpath.kernel.target import Model
from errpath.language import load
from errpath.migrate.pages.bugs import BUGS
from errpath.migrate.pages.reference import ListReference
from errpath.migrate.words import VOCABULARY
from errpath.spec.contract import Law
from tests.explore.merged.cut import ASKED, PUTBACK, Asked, Cut
from tests.migrate.bugs_driver import OTHERS
from tests.migrate.pages.drivers import changed_driver

ROOT = Path(__file__).parents[2]
LAWS = ROOT / "specs" / "laws_lists.errpath"

Changes = tuple[tuple[str, str], ...]

HUGE: Asked = {
    "PageHuge(P)": (0, 1),
    "PageTransHuge(P)": (0, 1),
    "get_new_page(P)": ("new", "NULL"),
    "hugepage_migration_supported(P)": (1, 0),
    "page_mapped(P)": (1, 0),
    "move_to_new_page(P_new, P)": (0, -11, -16),
}
MOVE: Asked = {
    "PageTransHuge(P)": (0, 1),
    "get_new_page(P)": ("new", "NULL"),
    "move_to_new_page(P_new, P)": (0, -11, -5),
    "P->extra_pins": (0, 1),
}
SPLIT = ASKED["a split"]

_FAILED_FOR_GOOD = """
# It failed for good, and is not on the list any more.
nr_failed += 1
"""
_GOTTEN = "new_hpage = get_new_page(hpage, private)"
_MOVED = """
rc = unmap_and_move(
    k, get_new_page, put_new_page, private, page, pass_ > 2, mode, reason
)
"""
_GIVEN_UP = """
nr_failed += 1
goto(out)
"""


class Broken(NamedTuple):
    """
    What a driver has to be asked of each page, and have in it, to break a law.
    """

    asked: Asked
    changes: Changes


def real(says: str) -> Changes:
    """
    Give the changes of a bug that the driver really had.
    """
    return next(bug.changes for bug in BUGS if bug.says == says)


KILLED: dict[str, Broken] = {
    "C1, what is left on the list is its caller's, and nothing else is": Broken(
        SPLIT, real("The exit for -ENOMEM lost the tails of a split page.")
    ),
    "C2, a page that left the list is neither looked at nor split": Broken(
        MOVE, ((_FAILED_FOR_GOOD, "nr_failed += 1\nk.PageTransHuge(page)"),)
    ),
    "C2, only memory makes the driver touch what it gave away": Broken(
        MOVE, ((_FAILED_FOR_GOOD, "nr_failed += 1\nk.PageTransHuge(page)"),)
    ),
    "C2, before the patch no failed allocation does": Broken(
        HUGE, real("-ENOMEM tried to split a hugetlb page.")
    ),
    "C3, every new page carries the data or goes back": Broken(
        HUGE, OTHERS["a new hugetlb page goes back and carries the data"].changes
    ),
    "C4, no lock and no flag of the thread outlives the call": Broken(
        HUGE, OTHERS["i_mmap_rwsem stays taken"].changes
    ),
    "C5, after the caller's putback everything is as before, or migrated": Broken(
        ASKED["a busy lock"], OTHERS["putback forgets the count"].changes
    ),
    "C6, nothing that may reclaim runs with the page locked": Broken(
        HUGE, ((_GOTTEN, f"k.lock_page(hpage)\n{_GOTTEN}\nk.unlock_page(hpage)"),)
    ),
    "C8, what is returned and counted is what was not migrated": Broken(
        MOVE, real("What failed for good was in no count.")
    ),
    "C9, no migration entry is left": Broken(
        HUGE, OTHERS["migration entries of a hugetlb page stay after a failure"].changes
    ),
    "C10, a new page goes back unlocked": Broken(HUGE, (("k.unlock_page(new_hpage)", "pass"),)),
    "asynchronous migration waits for no I/O": Broken(
        ASKED["a busy lock"], ((_MOVED, _MOVED.replace("mode", "MIGRATE_SYNC")),)
    ),
    "a list is given up for memory alone": Broken(
        MOVE, ((_FAILED_FOR_GOOD, "nr_failed += 1\nrc = -ENOMEM\ngoto(out)"),)
    ),
    "without memory the list is given up, unless a page is split": Broken(
        SPLIT, ((_GIVEN_UP, "retry += 1"),)
    ),
    "every page is tried, unless the list is given up": Broken(
        MOVE, OTHERS["a permanent error stops the list"].changes
    ),
    "the tail of a page that is split is tried as well": Broken(
        MOVE, OTHERS["a permanent error stops the list"].changes
    ),
}
"""For each law a driver that breaks it."""


@cache
def laws() -> dict[str, Law]:
    """
    Read the laws.
    """
    (spec,) = load([LAWS], root=ROOT, vocabulary=VOCABULARY).specs
    return {law.name: law for law in spec.laws}


def _red(name: str, changes: Changes) -> bool:
    driver, law = changed_driver(*changes), laws()[name]
    assert law.entry is not None

    def target_on(model: Model) -> ListReference:
        putback = model.vocabulary.entry == PUTBACK
        return ListReference(model.vocabulary.pages, putback=putback, by=driver)

    model = Cut(passes=10, asked=KILLED[name].asked).model()
    lists = Lists(model, law.entry.name, target_on=target_on)
    found, _ = judged(law, "pre", lists, (1, 2))
    return found.broken_paths > 0


def test_every_law_is_broken_by_some_driver() -> None:
    """
    No law is left that nothing is known to break.
    """
    assert list(KILLED) == list(laws())


@pytest.mark.parametrize("law", KILLED)
def test_driver_that_breaks_a_law_is_found(law: str) -> None:
    """
    The law is kept by the driver as it is, and broken by one with a bug.
    """
    assert (_red(law, ()), _red(law, KILLED[law].changes)) == (False, True)
