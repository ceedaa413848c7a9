# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.migrate.pages.obligations import counted_right
from tests.kernel.list_stage import Said
from tests.migrate.pages.drivers import changed_driver
from tests.migrate.pages.running import complaints_of, run, sentences_of

NO_MEMORY: Said = {"get_new_page(a)": "NULL"}
CLEARS = """
if not swapwrite:
    k.current.flags &= ~PF_SWAPWRITE
"""
BUSY: Said = {"trylock_page(a)": 0}


def test_returned_count_that_is_wrong() -> None:
    """
    The sentence names the pages that were not migrated, and both counts are told.
    """
    by = changed_driver(("nr_failed += retry", ""))
    found = run("pre", "a b c", {"mode": "MIGRATE_ASYNC"}, {**BUSY, "trylock_page(b)": 0}, by=by)
    told = "as [trace_mm_migrate_pages()] tells"
    assert sentences_of(found, "a b c") == [
        f"a, b were not migrated, but 0 is returned, {told}",
        f"a, b were not migrated, but PGMIGRATE_FAIL changes by 0, {told}",
    ]


def test_success_that_is_not_there() -> None:
    """
    Where no page was migrated, none may be counted.
    """
    by = changed_driver(("nr_succeeded = 0", "nr_succeeded = 1"))
    told = "as [trace_mm_migrate_pages()] tells"
    assert sentences_of(run("pre", "a", said=NO_MEMORY, by=by)) == [
        f"no page was migrated, but PGMIGRATE_SUCCESS changes by 1, {told}"
    ]


def test_page_that_is_given_up_on_early() -> None:
    """
    A page that is left is left after ten passes.
    """
    by = changed_driver(("while pass_ < 10 and retry:", "while pass_ < 4 and retry:"))
    found = run("pre", "a b", {"mode": "MIGRATE_ASYNC"}, BUSY, by=by)
    assert sentences_of(found, "a b") == ["a is left on the list after 4 of 10 passes"]


def test_page_that_the_last_pass_leaves_out() -> None:
    """
    Ten passes are not enough if the last has no attempt on the page.
    """
    by = changed_driver(
        (
            "for page in walk:",
            """
            for page in walk:
                if pass_ == 9 and page.name == "a":
                    retry += 1
                    continue
            """,
        )
    )
    said: Said = {**BUSY, "trylock_page(b)": 0}
    found = run("pre", "a b", {"mode": "MIGRATE_ASYNC"}, said, by=by)
    assert sentences_of(found, "a b") == ["a is on the list, and the last pass does not try it"]


def test_report_that_is_left_out() -> None:
    """
    Without the tracepoint the end of the run is what counts.
    """
    by = changed_driver(("k.trace_mm_migrate_pages(nr_succeeded, nr_failed, mode, reason)", ""))
    assert sentences_of(run("pre", by=by)) == []


def test_unused_new_page_that_goes_the_wrong_way() -> None:
    """
    The sentence tells the allocation, why, and what is right.
    """
    by = changed_driver(
        ("put_new_page(new_hpage, private)", "k.putback_active_hugepage(new_hpage)")
    )
    said: Said = {"move_to_new_page(a_new, a)": (-11, 0)}
    found = run("pre", "a", {"a": "hugetlb"}, said, by=by)
    does = "[putback_active_hugepage(a_new)] does"
    why = "is not used, and the caller gives put_new_page(), so put_new_page() is to let go of it"
    assert sentences_of(found) == [
        f"the new page for a, gotten by [get_new_page(a) = a_new], {why}, but {does}"
    ]


def test_flag_that_is_forgotten() -> None:
    """
    PF_SWAPWRITE is the thread's: the sentence is that of every row of the ledger.
    """
    by = changed_driver(("k.current.flags &= ~PF_SWAPWRITE", "pass"))
    where = "the exit after [trace_mm_migrate_pages()] that returns 0 forgets it"
    assert sentences_of(run("pre", by=by)) == [
        f"current's PF_SWAPWRITE, set before [cond_resched()], is still set at return: {where}"
    ]


def test_flag_that_is_set_when_all_is_done() -> None:
    """
    There is no call any more that it could be told by.
    """
    by = changed_driver((CLEARS, f"{CLEARS}k.current.flags |= PF_SWAPWRITE"))
    where = "the exit after [trace_mm_migrate_pages()] that returns 0 forgets it"
    assert sentences_of(run("pre", by=by)) == [
        f"current's PF_SWAPWRITE, set after the last call, is still set at return: {where}"
    ]


def test_flag_of_the_caller_that_is_lost() -> None:
    """
    A thread that came with PF_SWAPWRITE goes without it: the sentence tells where it went.
    """
    by = changed_driver((CLEARS, "k.current.flags &= ~PF_SWAPWRITE"))
    found = run("pre", "a", {"PF_SWAPWRITE": "set"}, by=by)
    where = "it is cleared after [trace_mm_migrate_pages()]"
    assert sentences_of(found) == [
        f"0 leaves current's PF_SWAPWRITE with the caller, but {where}",
    ]
    assert complaints_of(found) == ["flags"]


def test_flag_of_the_caller_that_is_lost_at_once() -> None:
    """
    Before the first call there is none to tell it by.
    """
    by = changed_driver(
        ("swapwrite = k.current.flags & PF_SWAPWRITE", "k.current.flags &= ~PF_SWAPWRITE"),
        ("if not swapwrite:\n    k.current.flags |= PF_SWAPWRITE", ""),
        (CLEARS, ""),
    )
    found = run("pre", "a", {"PF_SWAPWRITE": "set"}, by=by)
    assert sentences_of(found) == [
        "0 leaves current's PF_SWAPWRITE with the caller, but it is cleared at once"
    ]


def test_run_that_did_not_return_is_not_judged() -> None:
    """
    A run that a finding ended has no counts to hold.
    """
    found = run("post", "a", {"a": ("thp", "unmapped", "no_mapping")}, NO_MEMORY)
    assert found.bug is not None
    assert [*counted_right(("a",))(found)] == []
