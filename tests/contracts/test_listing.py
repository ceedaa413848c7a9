# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts.listing import Listing, ending, fault_of, spans
from errpath.kernel.findings import KernelBug
from tests.toy import events, run_of

TRACE = "a is_full(x) = 0 try(x) = 0 is_full(y) = 1 b"


def test_listing_leaves_out_quiet_tests() -> None:
    """
    A listing has what acts and what fails; a test that goes the caller's way is left out.
    """
    rows = [(row.number, row.step, row.event.text) for row in Listing(run_of(TRACE)).rows]
    assert rows == [(1, 1, "a()"), (2, 3, "try(x) = 0"), (3, 4, "is_full(y) = 1"), (4, 5, "b()")]


def test_listing_has_what_is_marked() -> None:
    """
    A step that offends is in the listing whatever it is.
    """
    rows = [(row.number, row.step) for row in Listing(run_of(TRACE), [2]).rows]
    assert rows == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]


def test_lines() -> None:
    """
    Each line has its number; what offends is marked, a fault says what it is.
    """
    assert list(Listing(run_of(TRACE, returns=-12), [5]).lines()) == [
        "    1  a()",
        "    2  try(x) = 0      FAULT: somebody else has it",
        "    3  is_full(y) = 1  FAULT: nothing is left",
        ">   4  b()",
        "       returns -ENOMEM",
    ]


def test_lines_of_nothing() -> None:
    """
    A run without events has its ending.
    """
    assert list(Listing(run_of("")).lines()) == ["       returns 0"]


@pytest.mark.parametrize(
    ("sentence", "filled"),
    [
        ("nothing to fill", "nothing to fill"),
        ("{1}", "a() at 1"),
        ("no c() comes after {5}", "no c() comes after b() at 4"),
        ("{3} and {4}", "try(x) = 0 at 2 and is_full(y) = 1 at 3"),
        ("{2} is not listed", "is_full(x) = 0 at ? is not listed"),
    ],
)
def test_fill(sentence: str, filled: str) -> None:
    """
    A sentence names events by their text and their number in the listing.
    """
    assert Listing(run_of(TRACE)).fill(sentence) == filled


def test_fault_of() -> None:
    """
    An event is a fault if its result is one.
    """
    assert [fault_of(event) for event in events("a try(x) = 1 try(x) = 0 copy(x, y) = -EBUSY")] == [
        None,
        None,
        "somebody else has it",
        "somebody else has it",
    ]


def test_ending() -> None:
    """
    A run ends with its return code, or with the bug that ended it.
    """
    bug = KernelBug("vm-bug-on", "it does not hold")
    found = [ending(run_of("a", returns=-16)), ending(run_of("a", returns=None, bug=bug))]
    assert found == ["returns -EBUSY", "BUG: vm-bug-on"]


def test_spans() -> None:
    """
    Locks and references have spans, by step; one that is still open ends behind the last.
    """
    found = spans(run_of("lock(x) get(y) unlock(x) lock(x) a"))
    assert {item.text: pairs for item, pairs in found.items()} == {
        "LOCK(x)": [(1, 3), (4, 6)],
        "REF(y)": [(2, 6)],
    }
