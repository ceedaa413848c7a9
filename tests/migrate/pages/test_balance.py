# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from errpath.contracts.cleanup import complaints
from errpath.contracts.situation import Words
from errpath.kernel.run import Run
from errpath.migrate.migration import MIGRATE
from errpath.migrate.pages.balance import balanced
from tests.kernel.list_stage import Said
from tests.migrate.pages.drivers import changed_driver
from tests.migrate.pages.running import SEMANTICS, run

BUSY: Said = {"trylock_page(a)": 0}
ASYNC: dict[str, str | tuple[str, ...]] = {"mode": "MIGRATE_ASYNC"}
NO_MEMORY: Said = {"get_new_page(a)": "NULL"}
UNCOUNT = """
k.mod_node_page_state(
    k.page_pgdat(page),
    NR_ISOLATED_ANON + k.page_is_file_lru(page),
    -k.hpage_nr_pages(page),
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tipped:
    """
    A change of the driver, a situation in pre that shows it, and what is out of balance.
    """

    changes: tuple[tuple[str, str], ...]
    pages: str = "a"
    words: Words = field(default_factory=dict)
    said: Said = field(default_factory=dict)
    says: tuple[str, ...]


TIPPED = {
    "a page that stays on the list": Tipped(
        changes=(
            (
                """
                if k.PageHuge(page):
                    k.putback_active_hugepage(page)
                    continue
                k.list_del(page)
                """,
                """
                if k.PageHuge(page):
                    break
                k.list_del(page)
                """,
            ),
        ),
        words={"a": "hugetlb"},
        said=NO_MEMORY,
        says=(
            (
                "a's reference, which the isolation took, is still there at the end, after "
                "[get_new_page(a) = NULL]"
            ),
            (
                "a's place on the caller's list, which the isolation took, is still there at the "
                "end, after [get_new_page(a) = NULL]"
            ),
        ),
    ),
    "a page that stays locked": Tipped(
        changes=(
            (
                """
                rc = k.split_huge_page_to_list(page, from_)
                k.unlock_page(page)
                """,
                "rc = k.split_huge_page_to_list(page, from_)",
            ),
        ),
        words={"a": ("thp", "pinned"), "thp_migration": "unsupported"},
        says=("a's page lock, taken by [lock_page(a)], is still there after the putback",),
    ),
    "an LRU page that is freed": Tipped(
        changes=(("k.putback_lru_page(page)", "k.put_page(page)"),),
        words=ASYNC,
        said=BUSY,
        says=(
            "a was isolated from the LRU and not migrated, but ends on free, after [put_page(a)]",
        ),
    ),
    "a movable page that its driver does not get": Tipped(
        changes=(("k.putback_movable_page(page)", "pass"),),
        words=ASYNC | {"a": "movable"},
        said=BUSY,
        says=(
            (
                "a was isolated from its driver and not migrated, but ends on free, after "
                "[put_page(a)]"
            ),
        ),
    ),
    "a disowned page with PG_isolated": Tipped(
        changes=(("k.__ClearPageIsolated(page)", "pass"),),
        words=ASYNC | {"a": ("movable", "disowned")},
        said=BUSY,
        says=(
            (
                "a was isolated from a driver that let go of it, and PG_isolated stays set, after "
                "[put_page(a)]"
            ),
        ),
    ),
    "a disowned page that its driver gets": Tipped(
        changes=(("k.__ClearPageIsolated(page)", "k.putback_movable_page(page)"),),
        words=ASYNC | {"a": ("movable", "disowned")},
        said=BUSY,
        says=(
            (
                "a was isolated from a driver that let go of it and not migrated, but ends on "
                "driver, after [put_page(a)]"
            ),
        ),
    ),
    "a hugetlb page on no list": Tipped(
        changes=(
            (
                """
                if k.PageHuge(page):
                    k.putback_active_hugepage(page)
                    continue
                """,
                """
                if k.PageHuge(page):
                    k.list_del(page)
                    k.put_page(page)
                    continue
                """,
            ),
        ),
        words={"a": "hugetlb"},
        said=NO_MEMORY,
        says=(
            (
                "a was isolated from hugepage_activelist and not migrated, but ends on free, after "
                "[put_page(a)]"
            ),
        ),
    ),
    "a huge page that is counted as one": Tipped(
        changes=((UNCOUNT, UNCOUNT.replace("-k.hpage_nr_pages(page)", "-1")),),
        words={"a": ("thp", "pinned"), "thp_migration": "unsupported"},
        says=(
            (
                "a was counted as 2 when isolated, but NR_ISOLATED changes by -1, after "
                "[mod_node_page_state(a)]"
            ),
        ),
    ),
    "two pages, one of which is counted twice": Tipped(
        changes=((UNCOUNT, UNCOUNT.replace("-k.hpage_nr_pages(page)", "-2")),),
        pages="a b",
        words=ASYNC,
        said=BUSY,
        says=(
            (
                "a, b were counted as 2 when isolated, but NR_ISOLATED changes by -3, after "
                "[mod_node_page_state(a)]"
            ),
        ),
    ),
    "a page that is still counted": Tipped(
        changes=((UNCOUNT, ""),),
        words=ASYNC,
        said=BUSY,
        says=(
            (
                "a's count in NR_ISOLATED, which the isolation took, is still there at the end, "
                "after [putback_lru_page(a)]"
            ),
        ),
    ),
    "page tables that map a new page which goes back": Tipped(
        changes=(
            (
                """
                hpage, new_hpage if rc == MIGRATEPAGE_SUCCESS else hpage, True
                """,
                "hpage, new_hpage, True",
            ),
        ),
        words={"a": ("hugetlb", "mapped")},
        said={"move_to_new_page(a_new, a)": -16},
        says=(
            (
                "[remove_migration_ptes(a, a_new)] makes page tables map a_new, and a was not "
                "migrated"
            ),
        ),
    ),
    "page tables that map a page whose data went": Tipped(
        changes=(
            (
                """
                hpage, new_hpage if rc == MIGRATEPAGE_SUCCESS else hpage, True
                """,
                "hpage, hpage, True",
            ),
        ),
        words={"a": ("hugetlb", "mapped")},
        says=("[remove_migration_ptes(a, a)] makes page tables map a, and a was migrated",),
    ),
    "a new page that goes past the callback": Tipped(
        changes=(("put_new_page(new_hpage, private)", "k.putback_active_hugepage(new_hpage)"),),
        words={"a": "hugetlb"},
        said={"move_to_new_page(a_new, a)": -16},
        says=(
            (
                "the new page for a, gotten by [get_new_page(a) = a_new], is not used, and the "
                "caller gives put_new_page(), so put_new_page() is to let go of it, but "
                "[putback_active_hugepage(a_new)] does"
            ),
        ),
    ),
    "a flag that stays set": Tipped(
        changes=(("k.current.flags &= ~PF_SWAPWRITE", "pass"),),
        says=("current's PF_SWAPWRITE was clear, and is set at the end",),
    ),
    "a flag of the caller's that is lost": Tipped(
        changes=(
            (
                """
                if not swapwrite:
                    k.current.flags &= ~PF_SWAPWRITE
                """,
                "k.current.flags &= ~PF_SWAPWRITE",
            ),
        ),
        words={"PF_SWAPWRITE": "set"},
        says=(
            (
                "current's PF_SWAPWRITE was set by the caller, and is not any more, after "
                "[trace_mm_migrate_pages()]"
            ),
        ),
    ),
}


def sentences(found: Run, pages: str) -> tuple[str, ...]:
    """
    Give what is said to be out of balance, with the events in their places.
    """
    model = MIGRATE.at("migrate_pages_and_putback", tuple(pages.split()))
    return tuple(
        re.sub(r"\{(\d+)\}", lambda step: f"[{found.trace[int(step[1]) - 1].text}]", one.says)
        for one in complaints(found, model)
        if one.contract == "balanced"
    )


@pytest.mark.parametrize("tipped", TIPPED.values(), ids=TIPPED)
def test_what_is_out_of_balance_is_told_with_its_page_and_its_event(tipped: Tipped) -> None:
    """
    The driver under contract is in balance in the same situation.
    """
    situation = (tipped.pages, tipped.words, tipped.said)
    clean = run("pre", *situation, putback=True)
    assert (clean.bug, sentences(clean, tipped.pages)) == (None, ())
    found = run("pre", *situation, putback=True, by=changed_driver(*tipped.changes))
    assert (found.bug, sentences(found, tipped.pages)) == (None, tipped.says)


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_failed_attempts_are_no_imbalance(semantics: str) -> None:
    """
    What earlier attempts took and gave back does not count: only the end does.
    """
    words: Words = {"a": ("anon", "mapped")}
    said: Said = {"move_to_new_page(a_new, a)": (-11, -11, 0), "page_mapped(a)": (1, 1, 0)}
    found = run(semantics, "a", words, said, putback=True)
    assert (found.returns, len(found.passes), sentences(found, "a")) == (0, 3, ())


def test_page_that_was_freed_is_in_balance() -> None:
    """
    A page that only the isolation kept is free in the end, and that is as it should be.
    """
    said: Said = {"page_count(a)": 1, "page_mapped(a)": 0, "trylock_page(b)": 0}
    found = run("pre", "a b", ASYNC, said, putback=True)
    assert (found.final["a"]["on"], sentences(found, "a b")) == ("free", ())


def test_tails_of_a_page_that_was_split_on_the_lru() -> None:
    """
    They are there without PG_lru, so that nobody can isolate them again.
    """
    words: Words = {"a": ("thp", "pinned")}
    said: Said = {"move_to_new_page(a_new, a)": -12, "get_new_page(a)": ("a_new", "NULL")}
    found = run("pre", "a", words, said, putback=True)
    assert sentences(found, "a") == ("a_tail is on the LRU without PG_lru",)


def test_run_that_a_finding_ended_is_not_judged() -> None:
    """
    Its putback did not come to pass.
    """
    found = run("post", "a", {"a": ("thp", "unmapped", "no_mapping")}, NO_MEMORY, putback=True)
    assert found.bug is not None
    assert [*balanced(("a",))(found)] == []
