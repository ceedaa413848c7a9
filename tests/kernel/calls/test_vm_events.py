# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.kernel.caller import PF_SWAPWRITE, Flag
from errpath.kernel.calls.vm_events import PGMIGRATE_FAIL, PGMIGRATE_SUCCESS
from errpath.kernel.parameter import SWAPWRITE
from tests.kernel.list_stage import list_stage
from tests.kernel.stage import stage


def test_vm_events_add_up() -> None:
    """
    count_vm_events() adds to its counter, under the kernel's name.
    """
    k = list_stage("a")
    k.count_vm_events(PGMIGRATE_SUCCESS, 2)
    k.count_vm_events(PGMIGRATE_FAIL, 1)
    k.count_vm_events(PGMIGRATE_SUCCESS, 1)
    assert k.counters == {"PGMIGRATE_SUCCESS": 3, "PGMIGRATE_FAIL": 1}
    assert [event.text for event in k.trace] == [
        "count_vm_events(PGMIGRATE_SUCCESS)",
        "count_vm_events(PGMIGRATE_FAIL)",
        "count_vm_events(PGMIGRATE_SUCCESS)",
    ]


def test_report_ends_a_pass_that_was_jumped_out_of() -> None:
    """
    The first report behind a pass that did not end by its walk ends it, and is no part of it.
    """
    for report in ("count_vm_events", "trace_mm_migrate_pages"):
        k = list_stage("a")
        k.begin_pass(1)
        k.cond_resched()
        if report == "count_vm_events":
            k.count_vm_events(PGMIGRATE_FAIL, 1)
        k.trace_mm_migrate_pages(0, 1, "MIGRATE_SYNC", "MR_SYSCALL")
        assert k.passes == [(0, 1)]


def test_flag_that_was_clear_is_set_and_cleared() -> None:
    """
    PF_SWAPWRITE is a row of the ledger while this run has it set.
    """
    k = list_stage("a")
    assert not k.current.flags & PF_SWAPWRITE
    k.current.flags |= PF_SWAPWRITE
    k.cond_resched()
    assert (k.current.flags & PF_SWAPWRITE, {row.text: at for row, at in k.held.items()}) == (
        True,
        {"page_ref(a)": 0, "from_list(a)": 0, "NR_ISOLATED(a)": 0, "PF_SWAPWRITE(current)": 1},
    )
    k.current.flags &= ~PF_SWAPWRITE
    assert not k.current.flags & PF_SWAPWRITE
    assert [row.text for row, *_ in k.ledger.spans] == ["PF_SWAPWRITE(current)"]
    assert k.choices == {"PF_SWAPWRITE": "clear"}


def test_flag_that_was_never_set_is_cleared_without_a_trace() -> None:
    """
    Clearing a bit that is clear is no bug.
    """
    k = list_stage("a")
    k.current.flags &= ~PF_SWAPWRITE
    assert (k.trace, k.ledger.spans, k.choices) == ([], [], {"PF_SWAPWRITE": "clear"})


def test_flag_that_the_caller_has_set_is_held_from_before_the_run() -> None:
    """
    It stays so if it is set again, and is the caller's loss when it is cleared.
    """
    k = list_stage("a", said={"PF_SWAPWRITE": "set"})
    assert k.current.flags & PF_SWAPWRITE
    k.cond_resched()
    k.current.flags |= PF_SWAPWRITE
    assert k.held[SWAPWRITE] == 0
    k.current.flags &= ~PF_SWAPWRITE
    assert (k.current.flags & PF_SWAPWRITE, k.ledger.spans) == (False, [(SWAPWRITE, 0, 1)])


def test_flag_that_is_changed_unread_is_asked() -> None:
    """
    How it was before decides whether the change is one, so the first change asks.
    """
    for change, before, held in [
        ("set", "set", {SWAPWRITE: 0}),
        ("set", "clear", {SWAPWRITE: 1}),
        ("clear", "set", {}),
    ]:
        k = list_stage("a", said={"PF_SWAPWRITE": before})
        if change == "set":
            k.current.flags |= PF_SWAPWRITE
        else:
            k.current.flags &= ~PF_SWAPWRITE
        assert k.choices == {"PF_SWAPWRITE": before}
        assert {row: at for row, at in k.held.items() if row is SWAPWRITE} == held


def test_other_flags_have_no_row() -> None:
    """
    The ledger has the flag that migrate_pages() sets, and no other.
    """
    other = Flag("PF_MEMALLOC_NOIO", None, ("clear", "set"), text="PF_MEMALLOC_NOIO")
    for before in other.values:
        k = list_stage("a", said={"PF_MEMALLOC_NOIO": before})
        k.current.flags |= other
        assert (k.current.flags & other, k.choices) == (True, {"PF_MEMALLOC_NOIO": before})
        assert [row.text for row in k.held if row.subject == "current"] == []


def test_flags_of_a_machine_for_one_page_change_as_well() -> None:
    """
    What the C does there is no error of the machine's.
    """
    k, *_ = stage()
    k.current.flags |= PF_SWAPWRITE
    assert (k.current.flags & PF_SWAPWRITE, SWAPWRITE in k.held) == (True, True)
    k.current.flags &= ~PF_SWAPWRITE
    assert (k.current.flags & PF_SWAPWRITE, SWAPWRITE in k.held) == (False, False)
