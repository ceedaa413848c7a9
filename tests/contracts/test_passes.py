# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import pytest

from errpath.contracts.broken import Broken, Kind
from errpath.contracts.check import Check
from errpath.contracts.events import Patterns
from errpath.contracts.situation import Faults, Nth, Situations
from tests import serving

MODEL = serving.MODEL.at("serve", ("p", "q"))
SITUATIONS = Situations(MODEL.vocabulary)
PATTERNS = Patterns(MODEL.vocabulary)
AT = "specs/toy.errpath:7"


def check_of(faults: Faults) -> Check:
    """
    Run `serve` on p and q with these faults.
    """
    run = MODEL.reference().run("old", SITUATIONS.situation({}, faults).environment())
    return Check(run, model=MODEL, patterns=PATTERNS)


def unfired(faults: Faults) -> tuple[str, ...]:
    """
    Run with these faults, and give what is said of those that did not fire.
    """
    check = check_of(faults)
    check.returns(0, 1, 2, at=AT)
    broken = check.finish(SITUATIONS.situation({}, faults))
    assert {(one.kind, one.clause) for one in broken} <= {
        (Kind.UNCHECKED, "every injected fault fires")
    }
    return tuple(got for one in broken for got in one.got)


@pytest.mark.parametrize(
    ("nth", "calls"),
    [
        (Nth("0", passes=(1,)), ["0", "1"]),
        (Nth("0", passes=(1, 2)), ["0", "0", "1"]),
        (Nth("0", passes=(2,)), ["1"]),
        (Nth("0", from_pass=1), ["0", "0", "0"]),
        (Nth("0", from_pass=2), ["1"]),
    ],
)
def test_a_fault_of_passes_fails_there_and_nowhere_else(nth: Nth, calls: list[str]) -> None:
    """
    The page is tried in each pass until it is served.
    """
    run = check_of({"try(p)": nth}).run

    assert [text[-1] for text in run.calls() if text.startswith("try(p)")] == calls


def test_a_call_fails_in_one_way_and_then_in_another() -> None:
    """
    Each at its time, and not at all in between.
    """
    faults = {"copy(p, p_new)": (Nth("-EBUSY", passes=(1,)), Nth("-ENOMEM", passes=(3,)))}

    assert [text for text in check_of(faults).run.calls() if text.startswith("copy(p")] == [
        "copy(p, p_new) = -EBUSY",
        "copy(p, p_new) = 0",
    ]
    assert unfired(faults) == (
        "the injected fault on copy(p, p_new) did not fire in pass 3: the run has 2 passes",
    )


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        ({"try(p)": Nth("0", passes=(1, 2, 3))}, ()),
        ({"try(p)": Nth("0", from_pass=1)}, ()),
        ({"try(p)": Nth("0", times=3)}, ()),
        (
            {"try(p)": Nth("0", on_call=2)},
            ("try(p) did not fire on call 2: the run has 1 such call",),
        ),
        (
            {"try(p)": Nth("0", passes=(1, 3))},
            ("try(p) did not fire in pass 3: the run has 2 passes",),
        ),
        (
            {"try(p)": Nth("0", passes=(1,)), "copy(q, q_new)": Nth("-EBUSY", passes=(2,))},
            ("copy(q, q_new) did not fire in pass 2: the pass never gets there",),
        ),
        (
            {"try(p)": Nth("0", passes=(2, 3))},
            (
                "try(p) did not fire in pass 2: the run has 1 pass",
                "try(p) did not fire in pass 3: the run has 1 pass",
            ),
        ),
        (
            {"try(p)": Nth("0", from_pass=2)},
            ("try(p) did not fire from pass 2 on: the run has 1 pass",),
        ),
        (
            {"try(p)": Nth("0", passes=(1,)), "try(q)": Nth("0", from_pass=2)},
            ("try(q) did not fire from pass 2 on: none of these passes gets there",),
        ),
        (
            {"try(p)": Nth("0", times=2), "copy(p, p_new)": Nth("-EBUSY", times=2)},
            ("copy(p, p_new) did not fire on call 2: the run has 1 such call",),
        ),
        (
            {"make(p)": Nth("NULL", passes=(1,))},
            ("make(p) did not fire in pass 1: the pass never gets there",),
        ),
    ],
)
def test_a_fault_fires_wherever_it_is_to(faults: Faults, expected: tuple[str, ...]) -> None:
    """
    In each pass that it names, on each call that it counts, or the test checks nothing.
    """
    assert unfired(faults) == tuple(f"the injected fault on {says}" for says in expected)


def test_a_fault_in_a_pass_of_a_function_without_passes_does_not_fire() -> None:
    """
    There is no pass in which it could.
    """
    faults = {"try(p)": Nth("0", passes=(1,))}
    run = check_of({}).run
    run.passes = ()
    check = Check(run, model=MODEL, patterns=PATTERNS)
    check.returns(0, at=AT)

    (broken,) = check.finish(SITUATIONS.situation({}, faults))
    assert broken.got == (
        "the injected fault on try(p) did not fire in pass 1: the run has no passes",
    )


def test_clauses_look_into_passes() -> None:
    """
    Into each that they name.
    """
    check = check_of({"try(p)": Nth("0", passes=(1, 2))})
    check.never("unlock(p)", passes=(1, 2), at=AT)
    check.calls("try(p)", at_most=1, passes=(1, 2, 3), at=AT)
    check.calls("try(p)", at_most=1, from_pass=2, at=AT)
    check.order("try(p)", "copy(p, p_new)", "unlock(p)", passes=(3,), at=AT)
    check.changes("passes", 3, at=AT)

    assert check.judged() == []


def test_a_clause_is_broken_in_one_of_the_passes() -> None:
    """
    What it wants in each of them is missing in one.
    """
    check = check_of({"try(p)": Nth("0", passes=(1,))})
    check.calls("unlock(p)", passes=(1, 2), at=AT)
    check.never("unlock(p)", from_pass=2, at=AT)

    assert check.judged() == [
        Broken(
            kind=Kind.CONTRACT,
            clause="calls unlock(p) in pass 1 | 2",
            got=("it is never called",),
            at=AT,
            marks=(4,),
        ),
        Broken(
            kind=Kind.CONTRACT,
            clause="never unlock(p) from pass 2",
            got=("it is called: {7}",),
            at=AT,
            marks=(7,),
        ),
    ]


@pytest.mark.parametrize(
    ("scope", "clause", "lacks"),
    [
        ({"passes": (1, 3)}, "never make(p) in pass 1 | 3", 3),
        ({"passes": (2,)}, "never make(p) in pass 2", 2),
        ({"from_pass": 2}, "never make(p) from pass 2", 2),
    ],
)
def test_a_clause_about_a_pass_that_never_comes_checks_nothing(
    scope: dict[str, object], clause: str, lacks: int
) -> None:
    """
    It is told so, with the first that is not there.
    """
    check = check_of({})
    check.never("make(p)", at=AT, **scope)

    got = f"the run has no pass {lacks}, so the clause checks nothing"
    assert check.judged() == [Broken(kind=Kind.UNCHECKED, clause=clause, got=(got,), at=AT)]
