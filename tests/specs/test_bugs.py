# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import pytest

from errpath.language.meaning.slug import slug
from tests.migrate import bugs_driver, bugs_post, bugs_pre
from tests.migrate.bugs_driver import DriverBug
from tests.migrate.mutants import AT, Mutant
from tests.specs.suite import cases, cases_of_lists, red

# By the commit that each bug is known by: the tests whose sentence is about that promise.
_ABOUT = {
    "32665f2bbfed": "a_page_that_cannot_be_moved_at_all_goes_back_to_the_lru",
    "2def7424c937": "a_busy_new_page_is_a_reason_to_retry",
    "ff59909a077b": "a_retry_for_writeback_keeps_the_page_isolated_and_counted",
    "6afcf8ef0ca0": "accounting_comes_before_the_page_is_let_go",
    "6afcf8ef0ca0, on success": "a_migrated_page_is_accounted_before_its_last_reference_goes",
    "98837c7f82ef": "a_failed_move_restores_the_page_tables",
    "3c226c637b69": "a_movable_page_that_cannot_be_moved_at_all_goes_back_to_its_driver",
    "41cddf83d8b0": ("without_a_callback_a_new_page_that_is_not_used_is_freed_mappings_that_stay"),
    "d776aaa9895e": "ebusy_on_writeback_unlocks_before_it_lets_go",
    "add05cecef80": "a_migrated_page_of_soft_offline_is_poisoned",
    "fb3592c41a44": "no_second_page_is_locked_while_writeback_is_waited_for",
}
# And the laws that say it of every path.
_LAWS = {
    "32665f2bbfed": "c1_who_owns_the_source_page_after_a_return_code",
    "2def7424c937": "c3_every_page_that_is_gotten_carries_the_data_or_goes_back",
    "ff59909a077b": "c1_who_owns_the_source_page_after_a_return_code",
    "6afcf8ef0ca0": "c5_nr_isolated_is_touched_once_for_a_page_that_leaves_the_list",
    "98837c7f82ef": "c9_no_migration_entry_is_left_after_a_failure",
    "41cddf83d8b0": "c3_every_page_that_is_gotten_carries_the_data_or_goes_back",
    "d776aaa9895e": "c4_no_page_lock_and_no_anon_vma_reference_outlives_the_call",
}

WAITS = Mutant(
    semantics="pre",
    depth=4,
    old="""
        k.wait_on_page_writeback(page)
    """,
    new="""
        k.lock_page(newpage)
        k.wait_on_page_writeback(page)
        k.unlock_page(newpage)
    """,
    words={"src": "writeback", "force": "yes"},
    returns=0,
    unasked=(),
    clause=lambda run: run.never("wait_on_page_writeback(src)", held="PG_locked(dst)", at=AT),
)
BUGS = {
    **{f"pre, {name}": mutant for name, mutant in bugs_pre.BUGS.items()},
    **{f"post, {name}": mutant for name, mutant in bugs_post.BUGS.items()},
    "pre, fb3592c41a44: waits for writeback with the new page locked": WAITS,
}


BUGS_OF_LISTS = {**bugs_driver.REAL, **bugs_driver.OTHERS}


def about(bug: str) -> str:
    """
    Give the commit that a bug is known by.
    """
    return bug.partition(", ")[2].partition(":")[0]


def name_of(sentence: str) -> str:
    """
    Name the test of a scenario.
    """
    return f"test_{slug(sentence)}"


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_no_contract_is_broken_without_a_bug(semantics: str) -> None:
    """
    What turns red below is green on the right version.
    """
    assert len(cases(semantics)) > 600
    assert red(semantics) == set()


@pytest.mark.parametrize(("name", "mutant"), BUGS.items(), ids=BUGS)
def test_bug_turns_the_suite_red_by_the_scenario_that_is_about_it(
    name: str, mutant: Mutant
) -> None:
    """
    A real bug is found by the contract whose sentence names the promise, and by its law.
    """
    commit = about(name)
    success = f"{commit}, on success"
    # Some bugs show where the migration succeeds, and have a scenario of their own there.
    sentence = _ABOUT[success] if mutant.returns == 0 and success in _ABOUT else _ABOUT[commit]
    expected = {f"test_{sentence}"}
    if commit in _LAWS:
        expected.add(f"test_{_LAWS[commit]}")

    with mutant.installed():
        found = red(mutant.semantics)

    assert expected <= found


@pytest.mark.parametrize("semantics", ["pre", "post"])
@pytest.mark.parametrize("bug", BUGS_OF_LISTS.values(), ids=BUGS_OF_LISTS)
def test_bug_of_a_list_turns_the_suite_red_by_the_scenario_that_is_about_it(
    bug: DriverBug, semantics: str
) -> None:
    """
    A bug of migrate_pages() and its relatives is found by the scenarios about what it breaks.
    """
    expected = {name_of(sentence) for sentence in bug.sentences}

    with bug.installed():
        found = red(semantics, cases_of_lists)

    assert expected - found == set()


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_right_driver_is_back(semantics: str) -> None:
    """
    A bug of the driver is gone with its block, and cases of lists are there to find it.
    """
    with bugs_driver.OTHERS["nine passes"].installed():
        pass
    assert len(cases_of_lists(semantics)) > 150
    assert red(semantics, cases_of_lists) == set()
