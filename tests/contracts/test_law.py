# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from errpath.contracts.broken import Broken, Kind
from errpath.contracts.check import Check
from errpath.contracts.condition import EVERY_PATH, Condition, Made, Returned, Said, Terms
from errpath.contracts.law import Excuse, Law
from errpath.kernel.findings import KernelBug
from errpath.kernel.run import Run
from tests.toy import PATTERNS, VOCABULARY, model, run_of

AT = "specs/toy.errpath:7"
TERMS = Terms(VOCABULARY, PATTERNS)

Clause: TypeAlias = Callable[[Check], None]


def _never_b(run: Check) -> None:
    run.never("b()", at=AT)


def _judge(
    runs: Sequence[Run],
    clause: Clause = _never_b,
    when: Condition = EVERY_PATH,
    excuses: Sequence[Excuse] = (),
) -> Law:
    law = Law(model=model(), patterns=PATTERNS, terms=TERMS)
    for check in law.paths([[run] for run in runs], when, excuses):
        clause(check)
    return law


def test_law_that_every_path_keeps() -> None:
    """
    A law that no path breaks has bound them all, and nothing is left to tell.
    """
    law = _judge([run_of("a"), run_of("c")])
    assert (law.bound, law.broken, law.idle, law.unchecked(())) == (2, [], {}, [])


def test_paths_that_break_the_law() -> None:
    """
    Each path that breaks the law is kept with what it breaks.
    """
    bad = run_of("a b")
    law = _judge([run_of("a"), bad])
    broken = Broken(
        kind=Kind.CONTRACT, clause="never b()", got=("it is called: {2}",), at=AT, marks=(2,)
    )
    assert (law.bound, law.broken) == (2, [(bad, [broken])])


def test_condition_binds() -> None:
    """
    A path that cannot meet the condition is not judged; one that may is.
    """
    red, blue = (run_of("b", choices={"colour": colour}) for colour in ("red", "blue"))
    unread = run_of("b")
    law = _judge([red, blue, unread], when=Said("colour", "red"))
    assert (law.bound, [run for run, _ in law.broken]) == (2, [red, unread])


def test_law_that_binds_nothing() -> None:
    """
    A condition that no path meets makes a law that checks nothing.
    """
    law = _judge([run_of("a")], when=Returned(-12))
    assert (law.bound, law.unchecked(())) == (0, ["no path meets the condition of the law"])


def test_clause_that_no_path_could_break() -> None:
    """
    A clause that binds nothing on any path is told; on some paths it may.
    """

    def clauses(run: Check) -> None:
        run.precedes(("a()",), ("d()",), at="specs/toy.errpath:8")
        run.precedes(("a()",), ("b()",), at="specs/toy.errpath:9")

    law = _judge([run_of("a"), run_of("a b")], clauses)
    assert (law.broken, law.unchecked(())) == (
        [],
        ["specs/toy.errpath:8: a() precedes d()\n   - no path could break it"],
    )


def test_excused_paths() -> None:
    """
    A declared violation takes the paths that meet it out of what is broken.
    """
    excuse = Excuse(Made("c()"), at="specs/toy.errpath:9")
    law = _judge([run_of("a"), run_of("b c")], excuses=[excuse])
    assert (law.broken, law.unchecked([excuse]), excuse.excused) == ([], [], 1)


def test_excuse_that_is_not_needed() -> None:
    """
    A declared violation that no path shows any more is told.
    """
    excuse = Excuse(Made("c()"), at="specs/toy.errpath:9")
    law = _judge([run_of("a"), run_of("c")], excuses=[excuse])
    assert law.unchecked([excuse]) == [
        "specs/toy.errpath:9: except\n   - no path that meets it breaks the law"
    ]


def test_excuse_that_is_too_wide() -> None:
    """
    A declared violation that takes in paths which keep the law is told.
    """
    excuse = Excuse(Made("c()"), at="specs/toy.errpath:9")
    law = _judge([run_of("b c"), run_of("c"), run_of("a c")], excuses=[excuse])
    assert law.unchecked([excuse]) == [
        "specs/toy.errpath:9: except\n   - 2 of 3 paths that meet it keep the law: it is too wide"
    ]


def test_excuse_that_may_hold_excuses_nothing() -> None:
    """
    A path that meets a declared violation on some completions only is not excused.
    """
    excuse = Excuse(Said("colour", "red"), at="specs/toy.errpath:9")
    law = _judge([run_of("b")], excuses=[excuse])
    assert (len(law.broken), excuse.excused) == (1, 0)


def test_kernel_bug_breaks_every_law() -> None:
    """
    A path that a debug check has ended breaks whatever law binds it.
    """
    bug = KernelBug("vm-bug-on", "it does not hold", at_event=False)
    law = _judge([run_of("a", returns=None, bug=bug)])
    ((_, broken),) = law.broken
    assert [(one.kind, one.clause) for one in broken] == [(Kind.KERNEL_BUG, "vm-bug-on")]


def test_law_about_cleanup() -> None:
    """
    A law can hold every path to a cleanup contract, by name.
    """
    leak = run_of("lock(x) a")
    law = _judge([run_of("a"), leak], lambda run: run.keeps("locks", at=AT))
    assert [(run, broken[0].clause) for run, broken in law.broken] == [
        (leak, "keeps locks: no lock is held at return")
    ]


def test_cleanup_is_no_part_of_other_laws() -> None:
    """
    What is checked unasked in every scenario is not judged again by every law.
    """
    assert _judge([run_of("lock(x)")]).broken == []


def test_smallest_example() -> None:
    """
    Of all paths that break a law, the one with the fewest faults is shown, then the shortest.
    """
    faulty = run_of("b", choices={"try(x)": 0})
    long = run_of("a a b", choices={"try(x)": 1})
    short = run_of("a b", choices={"try(x)": 1, "try(x)#2": 1})
    law = _judge([faulty, long, short])
    assert law.smallest()[0] is short
