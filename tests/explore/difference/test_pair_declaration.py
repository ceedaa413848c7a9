# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import indent
from typing import TypeAlias

import pytest

from errpath.contracts.broken import Broken, Kind
from errpath.contracts.events import Patterns
from errpath.explore.difference.declaration import Untrue
from errpath.explore.difference.differences import Differences
from errpath.explore.difference.facet import Facet
from errpath.explore.difference.pair_declaration import PairDeclaration
from errpath.explore.difference.pairs import Pair
from errpath.kernel.findings import KernelBug
from tests.explore.difference.comparing import TOY, beside, binding_of, mask_of
from tests.language.reading import load_spec
from tests.toy import model, run_of

BUG = KernelBug("vm-bug-on", "it does not hold", at_event=False)

# In red, the new run calls b() where the old one called a(), and returns an error.
PAIRS = [
    beside(
        run_of("a c", choices={"colour": "red"}),
        run_of("b c", choices={"colour": "red"}, returns=-12),
    ),
    beside(
        run_of("a c d", choices={"colour": "red"}),
        run_of("b d c", choices={"colour": "red"}, returns=-12),
    ),
    beside(run_of("a", choices={"colour": "blue"}), run_of("a", choices={"colour": "blue"})),
    beside(run_of("a c"), run_of("b c")),
]
A, B = Facet("calls", "a()", "no longer calls a()"), Facet("calls", "b()", "now calls b()")
CODE = Facet("returns", "", "returns -ENOMEM, not 0")

Declare: TypeAlias = Callable[[str], PairDeclaration]


def _declaration(folder: Path, statements: str, pairs: Sequence[Pair]) -> PairDeclaration:
    inside = indent(statements, "    ")
    text = f'delta old -> new "it changes" {{\n    because "It is so."\n{inside}\n}}\n'
    (delta,) = load_spec(folder, text, vocabulary=TOY).deltas
    return PairDeclaration(
        delta,
        Differences(pairs, TOY),
        binding_of(pairs, TOY),
        model=model(),
        patterns=Patterns(TOY),
    )


@pytest.fixture
def declare(tmp_path: Path) -> Declare:
    """
    Hold a delta of these statements against the pairs; the first of them is on line 3.
    """

    def declaration(statements: str) -> PairDeclaration:
        return _declaration(tmp_path, statements, PAIRS)

    return declaration


def test_true_delta(declare: Declare) -> None:
    """
    A delta whose every word is so is not complained about, and shows what it declares.
    """
    found = declare(
        "when colour is red and d()\nchanges returns\nchanges calls a() | b()\nchanges order d()\n"
        "old: calls a() once\nnew {\n    never a()\n    returns -ENOMEM\n}"
    )
    assert found.untrue == ()
    assert {facet.says for facet in found.shown} == {
        "no longer calls a()",
        "now calls b()",
        "d() comes earlier",
        "returns -ENOMEM, not 0",
    }


def test_delta_without_a_condition(declare: Declare) -> None:
    """
    A delta without a condition binds every pair.
    """
    found = declare("changes calls a() | b()\nnew: never d()\nold: never get(x)")
    assert found.bound == mask_of(0, 1, 2, 3)


def test_no_pair_meets_the_condition(declare: Declare) -> None:
    """
    A delta that binds no pair checks nothing, and nothing more is said of it.
    """
    found = declare("when lock(x)\nchanges returns\nnever d()")
    assert found.untrue == (Untrue(at="a.errpath:1", says="no pair of paths meets its condition"),)


def test_return_code_that_does_not_change(declare: Declare) -> None:
    """
    A return code that no pair shows to change is told where it is declared.
    """
    found = declare("when colour is blue\nchanges returns\nnever d()")
    assert found.untrue == (
        Untrue(at="a.errpath:4", says="no pair that it binds returns another code"),
    )


def test_alternative_that_never_shows(declare: Declare) -> None:
    """
    Each alternative shows on some pair, though the others show on all.
    """
    found = declare(
        "when c()\nchanges calls a() | d() | c()\nold: calls a() once\nnew: never get(x)"
    )
    assert found.untrue == tuple(
        Untrue(
            at="a.errpath:4",
            says=f"no pair of paths shows that `{call}` changes in that way",
        )
        for call in ("d()", "c()")
    )


def test_kind_that_is_another(declare: Declare) -> None:
    """
    A call that is made as often does not show as one that is not, and the other way round.
    """
    found = declare("when d()\nchanges calls d()\nold: calls a() once\nnew: never get(x)")
    says = "no pair of paths shows that `d()` changes in that way"
    assert found.untrue == (Untrue(at="a.errpath:4", says=says),)


def test_delta_that_is_too_wide(declare: Declare) -> None:
    """
    A pair that it binds and that shows none of the alternatives makes a delta too wide.
    """
    found = declare("changes calls a() | b()\nnever get(x)\ncalls a() | b() once")
    says = "1 of 4 pairs that it binds do not show it: the delta is too wide"
    assert found.untrue == (Untrue(at="a.errpath:3", says=says, mask=mask_of(2)),)


def test_each_kind_has_to_show(declare: Declare) -> None:
    """
    What shows in one kind does not stand for another.
    """
    found = declare(
        "when c()\nchanges returns\nchanges calls a()\nold: calls a() once\nnew: never get(x)"
    )
    says = "1 of 3 pairs that it binds do not show it: the delta is too wide"
    assert found.untrue == (Untrue(at="a.errpath:4", says=says, mask=mask_of(3)),)


def test_broken_clause(declare: Declare) -> None:
    """
    A clause that some pair breaks is told with the semantics, their number, and what was got.
    """
    found = declare("when c()\nchanges calls a()\nnew: returns -ENOMEM\nold: never get(x)")
    broken = Broken(
        kind=Kind.CONTRACT, clause="returns -ENOMEM", got=("it returns 0",), at="a.errpath:5"
    )
    assert found.untrue == (
        Untrue(
            at="a.errpath:5",
            says="new breaks `returns -ENOMEM` on 1 of 3 pairs: it returns 0",
            mask=mask_of(3),
            semantics="new",
            broken=broken,
        ),
    )


def test_clause_of_both(declare: Declare) -> None:
    """
    A clause for both semantics is judged in each.
    """
    found = declare("when c()\nchanges calls a()\nnever a()\nnever b()")
    assert [(one.at, one.says, one.semantics) for one in found.untrue] == [
        ("a.errpath:5", "old breaks `never a()` on 3 of 3 pairs: it is called: a() at 1", "old"),
        ("a.errpath:6", "new breaks `never b()` on 3 of 3 pairs: it is called: b() at 1", "new"),
    ]


def test_broken_clause_is_shown_on_the_smallest_pair(declare: Declare) -> None:
    """
    Of the pairs that break a clause, what the smallest one got is kept.
    """
    found = declare("when c()\nchanges calls a()\nnew: c() precedes b()\nold: never get(x)")
    (untrue,) = found.untrue
    assert (untrue.says, untrue.broken and untrue.broken.marks) == (
        "new breaks `c() precedes b()` on 3 of 3 pairs: b() at 1 comes with no c() before it",
        (1,),
    )


def test_idle_clause(declare: Declare) -> None:
    """
    A clause that no run could break says nothing; one that some run could says something.
    """
    found = declare(
        "when c()\nchanges calls a()\nold: lock(x) precedes put(x)\nnew: b() precedes d()"
    )
    says = "no path of old that it binds could break the clause"
    assert found.untrue == (Untrue(at="a.errpath:5", says=says),)


def test_all_that_is_untrue(declare: Declare) -> None:
    """
    Everything that is not so is told in one go, from top to bottom.
    """
    found = declare("changes returns\nchanges calls c()\nnever b()\nold: lock(x) precedes put(x)")
    assert [(one.at, one.says) for one in found.untrue] == [
        ("a.errpath:3", "2 of 4 pairs that it binds do not show it: the delta is too wide"),
        ("a.errpath:4", "no pair of paths shows that `c()` changes in that way"),
        ("a.errpath:5", "new breaks `never b()` on 3 of 4 pairs: it is called: b() at 1"),
        ("a.errpath:6", "no path of old that it binds could break the clause"),
    ]


@pytest.mark.parametrize(
    ("statements", "facet", "covered"),
    [
        ("when c()\nchanges calls a()", A, mask_of(0, 1, 3)),
        ("when c()\nchanges calls a()", B, 0),
        ("when c()\nchanges calls a() | b()", B, mask_of(0, 1, 3)),
        ("when c()\nchanges calls a()\nchanges calls_", CODE, 0),
        ("when colour is red\nchanges returns", CODE, mask_of(0, 1)),
        ("when colour is red\nchanges returns", A, 0),
        ("changes order a()", A, 0),
        ("changes returns", CODE, mask_of(0, 1, 2, 3)),
    ],
)
def test_what_a_delta_covers(declare: Declare, statements: str, facet: Facet, covered: int) -> None:
    """
    A delta covers what it names, of the kind that it names, on the pairs that surely meet it.
    """
    kept = "\n".join(line for line in statements.splitlines() if not line.endswith("_"))
    assert declare(f"{kept}\nnever get(x)").covers(facet) == covered


def test_open_pair_is_bound_and_not_covered(declare: Declare) -> None:
    """
    A pair that may meet the condition has to keep what is said, and has nothing declared by it.
    """
    found = declare(
        "when colour is red\nchanges calls a()\nnew: returns -ENOMEM\nold: never get(x)"
    )
    assert (found.bound, found.covers(A)) == (mask_of(0, 1, 3), mask_of(0, 1))
    assert [one.mask for one in found.untrue] == [mask_of(3)]


@pytest.mark.parametrize("statement", ["calls a() | b()", "calls b()"])
def test_shown(declare: Declare, statement: str) -> None:
    """
    What a delta shows is in the order in which it was found, and each facet once.
    """
    found = declare(f"when c()\nchanges {statement}\nnever get(x)")
    assert found.shown == ((A, B) if "a()" in statement else (B,))


def test_debug_check_breaks_every_clause(tmp_path: Path) -> None:
    """
    A run that a debug check has stopped keeps no clause.
    """
    pairs = [beside(run_of("a"), run_of("a", returns=None, bug=BUG))]
    found = _declaration(tmp_path, "changes returns\nnever b()", pairs)
    assert [(one.at, one.says) for one in found.untrue] == [
        (
            "a.errpath:4",
            (
                "new stops on `vm-bug-on` on 1 of 1 pairs: it does not hold; "
                "the last event is a() at 1"
            ),
        )
    ]
