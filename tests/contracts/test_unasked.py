# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from errpath.contracts.broken import Broken, Kind
from errpath.contracts.check import Check
from errpath.contracts.situation import Faults, Nth, Situations
from errpath.kernel.findings import KernelBug
from errpath.kernel.run import Run
from errpath.kernel.target import Complaint
from errpath.vocabulary.choice import Value
from errpath.vocabulary.hold import item
from tests.toy import REF, VOCABULARY, check_of, run_of

AT = "specs/toy.errpath:7"
SITUATIONS = Situations(VOCABULARY)
QUIET = SITUATIONS.situation({})

Clause: TypeAlias = Callable[[Check], None]


def _finish(run: Run, *clauses: Clause) -> list[Broken]:
    check = check_of(run)
    for clause in clauses:
        clause(check)
    return check.finish(QUIET)


def _unchecked(clause: str, got: str, at: str | None = None) -> Broken:
    return Broken(kind=Kind.UNCHECKED, clause=clause, got=(got,), at=at)


NOTHING = "none of its calls is made, so the clause checks nothing"

VACUOUS: dict[str, tuple[Clause, str, str]] = {
    "precedes": (
        lambda run: run.precedes(("a()",), ("b()",), at=AT),
        "a() precedes b()",
        NOTHING,
    ),
    "leads to": (
        lambda run: run.leads_to(("c()",), ("d()",), at=AT),
        "c() leads to d()",
        NOTHING,
    ),
    "never entered": (
        lambda run: run.never("a()", after="b()", at=AT),
        "never a() after b()",
        "the run never calls b(), so the clause checks nothing",
    ),
    "never closed": (
        lambda run: run.never("a()", between=("a()", "b()"), at=AT),
        "never a() between a() and b()",
        "the run never calls a() and then b(), so the clause checks nothing",
    ),
    "never held": (
        lambda run: run.calls("a()", held="LOCK(x)", at=AT),
        "calls a() while LOCK(x)",
        "the run never holds LOCK(x), so the clause checks nothing",
    ),
}


@pytest.mark.parametrize("name", VACUOUS)
def test_clause_that_checks_nothing(name: str) -> None:
    """
    A clause that no event of the run could have broken is no success.
    """
    clause, text, got = VACUOUS[name]
    assert _finish(run_of("a"), clause) == [_unchecked(text, got, AT)]


def test_no_clause() -> None:
    """
    A scenario without a clause checks no contract, however clean its run.
    """
    assert _finish(run_of("a")) == [
        _unchecked("the scenario has no clause", "the test checks no contract")
    ]


FAULTS: dict[str, tuple[Faults, dict[str, Value], list[Clause], bool]] = {
    "fires": ({"try(x)": "0"}, {"try(x)": 0}, [], True),
    "does not get there": ({"try(x)": "0"}, {}, [], False),
    "is answered otherwise": ({"try(x)": "0"}, {"try(x)": 1}, [], False),
    "fires at a later call": (
        {"try(x)": Nth("0", on_call=2)},
        {"try(x)": 1, "try(x)#2": 0},
        [],
        True,
    ),
    "is for a call too late": ({"try(x)": Nth("0", on_call=2)}, {"try(x)": 1}, [], False),
    "is excused": ({"try(x)": "0"}, {}, [lambda run: run.never("try(x)", at=AT)], True),
    "is excused for all": ({"try(x)": "0"}, {}, [lambda run: run.never("try()", at=AT)], True),
    "is not excused by less": (
        {"try(x)": "0"},
        {},
        [lambda run: run.never("try(x) fails", at=AT)],
        False,
    ),
    "is not excused by another": (
        {"try(x)": "0"},
        {},
        [lambda run: run.never("try(y)", at=AT)],
        False,
    ),
    "is not excused in a scope": (
        {"try(x)": "0"},
        {},
        [lambda run: run.never("try(x)", after="a()", at=AT)],
        False,
    ),
}

WHERE = {"is for a call too late": " on call 2: the run has 1 such call"}


@pytest.mark.parametrize("name", FAULTS)
def test_injected_fault(name: str) -> None:
    """
    A fault has to fire, unless a clause says that its call is never made at all.
    """
    faults, choices, clauses, kept = FAULTS[name]
    check = check_of(run_of("a", choices=choices))
    check.returns(0, at=AT)
    for clause in clauses:
        clause(check)
    where = WHERE.get(name, ": the run never got there")
    got = f"the injected fault on try(x) did not fire{where}"
    expected = [] if kept else [_unchecked("every injected fault fires", got)]
    assert check.finish(SITUATIONS.situation({}, faults)) == expected


def test_fault_of_a_word_has_to_fire_too() -> None:
    """
    A word that goes against the caller is an injected fault like any other.
    """
    check = check_of(run_of("a"))
    check.returns(0, at=AT)
    got = "the injected fault on is_full(x) did not fire: the run never got there"
    assert check.finish(SITUATIONS.situation({"x": "full"})) == [
        _unchecked("every injected fault fires", got)
    ]


def test_declared_violation() -> None:
    """
    A cleanup contract that the spec says is broken may be, and its neighbours may not.
    """
    found = _finish(run_of("lock(x) get(y)"), lambda run: run.breaks("locks", at=AT))
    assert [(one.clause, one.at) for one in found] == [
        ("cleanup, references: no reference is held at return", None)
    ]


def test_declared_violation_that_is_gone() -> None:
    """
    A declared violation that the run does not show any more is broken itself.
    """
    assert _finish(run_of("a"), lambda run: run.breaks("locks", at=AT)) == [
        Broken(
            kind=Kind.CONTRACT,
            clause="breaks locks",
            got=("the run keeps it: the declared violation is not there any more",),
            at=AT,
        )
    ]


def test_obligation_of_the_model() -> None:
    """
    What a model obliges every run to is checked beside the ledger.
    """
    check = check_of(
        run_of("lock(x) a"),
        lambda run: [Complaint(contract="taste", says=f"{run.semantics} has none", marks=(2,))],
    )
    check.returns(0, at=AT)
    assert [(one.clause, one.got, one.marks) for one in check.finish(QUIET)] == [
        (
            "cleanup, locks: no lock is held at return",
            (
                (
                    "x's lock, taken by {1}, is still held at return: "
                    "the exit after {2} that returns 0 forgets it"
                ),
            ),
            (1,),
        ),
        ("cleanup, taste: it is done in good taste", ("old has none",), (2,)),
    ]


def test_kernel_bug_stands_alone() -> None:
    """
    A run that a bug has ended is judged up to there: nothing that it did not get to counts.
    """
    bug = KernelBug("unlock-unlocked", "unlocks y, which is not locked", since=1)

    def clauses(run: Check) -> None:
        run.returns(-12, at=AT)
        run.precedes(("c()",), ("d()",), at=AT)
        run.never("b()", after="d()", at=AT)

    assert _finish(run_of("lock(x) a", returns=None, bug=bug), clauses) == [
        Broken(
            kind=Kind.KERNEL_BUG,
            clause="unlock-unlocked",
            got=("{2} unlocks y, which is not locked; it was let go of by {1}",),
            marks=(1, 2),
        )
    ]


@pytest.mark.parametrize(
    ("bug", "got", "marks"),
    [
        (KernelBug("b", "does it"), "{2} does it", (2,)),
        (KernelBug("b", "waits", since=1, way="taken"), "{2} waits; it was taken by {1}", (1, 2)),
        (KernelBug("b", "it is so", at_event=False), "it is so; the last event is {2}", (2,)),
        (KernelBug("b", "does it", since=0, way="taken"), "{2} does it", (2,)),
    ],
)
def test_wording_of_a_kernel_bug(bug: KernelBug, got: str, marks: tuple[int, ...]) -> None:
    """
    A bug goes on from its event if it has one, and names the event that explains it.
    """
    (found,) = _finish(run_of("a b", returns=None, bug=bug), lambda run: run.returns(0, at=AT))
    assert (found.got, found.marks) == ((got,), marks)


def test_kernel_bug_before_any_event() -> None:
    """
    A bug before the first event has no event to show.
    """
    bug = KernelBug("null-dereference", "a() is called on NULL", at_event=False)
    (found,) = _finish(run_of("", returns=None, bug=bug), lambda run: run.returns(0, at=AT))
    assert (found.got, found.marks) == (("a() is called on NULL",), ())


def test_second_reference_beside_an_entitled_one() -> None:
    """
    What the return code leaves with the caller excuses no second hold on the same thing.
    """
    run = run_of("get(x) get(x)", entitled=frozenset({item(REF, "x")}))
    found = _finish(run, lambda run: run.returns(0, at=AT))
    assert [(one.clause, one.marks) for one in found] == [
        ("cleanup, references: no reference is held at return", (2,))
    ]


def test_clause_about_cleanup() -> None:
    """
    A clause that holds the run to a cleanup contract is one, and names the contract.
    """
    kept = _finish(run_of("a"), lambda run: run.keeps("locks", at=AT))
    broken, unasked = _finish(run_of("lock(x)"), lambda run: run.keeps("locks", at=AT))
    assert (kept, broken.clause, broken.at, unasked.at) == (
        [],
        "keeps locks: no lock is held at return",
        AT,
        None,
    )


def test_judged_leaves_out_what_nobody_asked() -> None:
    """
    Without its end a check gives what its clauses found, and declarations that are gone.
    """
    check = check_of(run_of("lock(x) a"))
    check.never("a()", at=AT)
    check.breaks("locks", at=AT)
    check.breaks("references", at=AT)
    assert [one.clause for one in check.judged()] == ["never a()", "breaks references"]
