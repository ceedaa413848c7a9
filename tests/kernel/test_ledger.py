# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.findings import KernelBug
from errpath.kernel.holds import ANON_VMA_REF, PAGE_REF, PG_LOCKED
from errpath.kernel.ledger import Ledger
from errpath.vocabulary.hold import item

REF = item(PAGE_REF, "src")
LOCK = item(PG_LOCKED, "src")
ANON = item(ANON_VMA_REF, "anon_vma")


def test_rows_at_entry_have_step_0() -> None:
    """
    What is held before the run was taken at step 0.
    """
    assert Ledger((REF, LOCK)).held == {REF: 0, LOCK: 0}


def test_open_rows_are_in_order_of_taking() -> None:
    """
    Open rows are listed by the step that took them, further rows of an item among them.
    """
    ledger = Ledger((REF,))
    ledger.held[LOCK] = 5
    ledger.held[ANON] = 2
    ledger.take_again(ANON, 3)
    assert ledger.open_rows() == [(REF, 0), (ANON, 2), (ANON, 3), (LOCK, 5)]


def test_take_back_closes_the_last_further_row() -> None:
    """
    Of an item's further rows the last one goes first; an item that has none gives None.
    """
    ledger = Ledger(())
    ledger.take_again(REF, 3)
    ledger.take_again(ANON, 4)
    ledger.take_again(REF, 5)
    assert [ledger.take_back(REF), ledger.take_back(REF), ledger.take_back(REF)] == [5, 3, None]


def test_own_lock_taken_again_hangs() -> None:
    """
    A thread that waits for a lock of its own waits for ever: the bug names the first take.
    """
    ledger = Ledger(())
    ledger.held[LOCK] = 4
    with pytest.raises(KernelBug) as found:
        ledger.take_again(LOCK, 7)
    assert (found.value.name, found.value.since, found.value.way) == ("self-deadlock", 4, "taken")


def test_given_up_at_names_the_last_time() -> None:
    """
    An item that was given up more than once was last given up by its last span.
    """
    ledger = Ledger(())
    ledger.spans += [(LOCK, 1, 2), (REF, 0, 3), (LOCK, 4, 5)]
    assert [ledger.given_up_at(i) for i in (LOCK, REF, ANON)] == [5, 3, None]
