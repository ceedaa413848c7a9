# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.contracts.cleanup import complaints
from errpath.kernel.run import Run
from errpath.vocabulary.hold import Family, Hold, item
from tests.toy import LOCK, REF, model, run_of

HEIR = frozenset({item(REF, "x")})


def _complaints(run: Run) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(c.contract, c.says, c.marks) for c in complaints(run, model())]


def test_clean_run() -> None:
    """
    A run that gives up all it takes has nothing to complain of.
    """
    assert _complaints(run_of("lock(x) get(x) put(x) unlock(x)")) == []


def test_forgotten_lock() -> None:
    """
    What is still held is told with the event that took it and the exit that forgot it.
    """
    assert _complaints(run_of("a lock(x) b is_full(x) = 0", returns=-16)) == [
        (
            "locks",
            (
                "x's lock, taken by {2}, is still held at return: "
                "the exit after {3} that returns -EBUSY forgets it"
            ),
            (2,),
        )
    ]


def test_second_reference() -> None:
    """
    A reference that was taken twice and dropped once is held once.
    """
    assert _complaints(run_of("get(x) get(x) put(x)")) == [
        (
            "references",
            (
                "x's reference, taken by {1}, is still held at return: "
                "the exit after {3} that returns 0 forgets it"
            ),
            (1,),
        )
    ]


def test_more_than_the_caller_is_entitled_to() -> None:
    """
    One reference that the return code leaves with the caller does not excuse a second.
    """
    found = _complaints(run_of("get(x) a get(x)", entitled=HEIR))
    assert [(contract, marks) for contract, _, marks in found] == [("references", (3,))]


def test_entitled_and_held() -> None:
    """
    What the return code leaves with the caller may be held.
    """
    assert _complaints(run_of("get(x)", entitled=HEIR)) == []


def test_entitled_and_given_up() -> None:
    """
    What the return code leaves with the caller must not be given up.
    """
    assert _complaints(run_of("get(x) put(x)", returns=-11, entitled=HEIR)) == [
        ("references", "-EAGAIN leaves x's reference with the caller, but {2} gives it up", (2,))
    ]


def test_entitled_and_never_held() -> None:
    """
    What the return code leaves with the caller has to be there in the first place.
    """
    assert _complaints(run_of("a", returns=-11, entitled=HEIR)) == [
        ("references", "-EAGAIN leaves x's reference with the caller, but it was never held", ())
    ]


def test_losses_are_told_in_the_order_of_the_trace() -> None:
    """
    Of several things that were given up, the first one to go is told first.
    """
    both = frozenset({item(REF, "x"), item(REF, "y")})
    found = _complaints(run_of("get(x) get(y) put(y) put(x)", returns=-11, entitled=both))
    assert [marks for _, _, marks in found] == [(3,), (4,)]


def test_held_from_the_start() -> None:
    """
    What the caller held and the return code ends must be given up by the run.
    """
    run = run_of("a")
    run.ledger.held[item(LOCK, "x")] = 0
    assert _complaints(run) == [
        ("locks", "0 ends the caller's hold, but x's lock is still there at return", ())
    ]


def test_hold_that_no_contract_is_about() -> None:
    """
    A hold that no cleanup contract names is told under its family.
    """
    entries = Hold(name="ENTRIES", family=Family.ENTRIES, noun="entries")
    run = run_of("a")
    run.ledger.held[item(entries, "x")] = 1
    assert _complaints(run) == [
        (
            "migration entries",
            (
                "x's entries, taken by {1}, are still held at return: "
                "the exit after {1} that returns 0 forgets it"
            ),
            (1,),
        )
    ]
