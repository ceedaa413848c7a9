# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import product

import pytest

from errpath.contracts.broken import Kind
from errpath.contracts.check import Check
from errpath.explore.merged.marks.mark import How, Mark
from tests.toy import PATTERNS, check_of, run_of

AT = "a.errpath:1"
# A call that is named by the first pattern, by the second, by both, by none.
CALLS = ("a", "b", "c", "d")
P, Q = "a() | c()", "b() | c()"

Judge = Callable[[Check], None]

CLAUSES: dict[str, tuple[Mark, Judge]] = {
    "never P": (Mark(How.COUNT, (P,)), lambda run: run.never(P, at=AT)),
    "calls P exactly 2 times": (
        Mark(How.COUNT, (P,), 3),
        lambda run: run.calls(P, at_least=2, at_most=2, at=AT),
    ),
    "never P after Q": (Mark(How.AFTER, (P, Q)), lambda run: run.never(P, after=Q, at=AT)),
    "calls P at most 2 times after Q": (
        Mark(How.AFTER, (P, Q), 3),
        lambda run: run.calls(P, at_least=0, at_most=2, after=Q, at=AT),
    ),
    "never P before Q": (Mark(How.BEFORE, (P, Q)), lambda run: run.never(P, before=Q, at=AT)),
    "calls P once before Q": (
        Mark(How.BEFORE, (P, Q), 2),
        lambda run: run.calls(P, at_most=1, before=Q, at=AT),
    ),
    "P precedes Q": (Mark(How.PRECEDES, (P, Q)), lambda run: run.precedes((P,), (Q,), at=AT)),
    "P leads to Q": (Mark(How.LEADS_TO, (P, Q)), lambda run: run.leads_to((P,), (Q,), at=AT)),
    "order P < Q": (Mark(How.ORDER, (P, Q)), lambda run: run.order(P, Q, at=AT)),
    "order a < b < a": (
        Mark(How.ORDER, ("a()", "b()", "a()")),
        lambda run: run.order("a()", "b()", "a()", at=AT),
    ),
}


def _words() -> Iterator[tuple[str, ...]]:
    for length in range(7):
        yield from product(CALLS, repeat=length)


def _letter(mark: Mark, call: str) -> int:
    made = PATTERNS.meant_by(f"{call}()")
    return sum(1 << i for i, p in enumerate(mark.patterns) if made <= PATTERNS.meant_by(p))


def _verdict(judge: Judge, word: tuple[str, ...]) -> Kind | None:
    check = check_of(run_of(" ".join(word)))
    judge(check)
    broken = check.judged()
    return broken[0].kind if broken else None


@pytest.mark.parametrize(("mark", "judge"), CLAUSES.values(), ids=CLAUSES)
def test_state_of_a_mark_tells_the_verdict_of_its_clause(mark: Mark, judge: Judge) -> None:
    """
    All words of up to six calls that end in one state keep the clause, break it, or are idle alike.
    """
    verdicts: dict[int, set[Kind | None]] = defaultdict(set)
    for word in _words():
        letters = [letter for call in word if (letter := _letter(mark, call))]
        verdicts[reduce(mark.step, letters, 0)].add(_verdict(judge, word))
    assert {state: len(found) for state, found in verdicts.items()} == dict.fromkeys(verdicts, 1)
    assert max(verdicts) <= mark.last
    assert len(set.union(*verdicts.values())) > 1


WHILE: dict[str, tuple[Mark, Judge]] = {
    "never a": (
        Mark(How.HELD, ("a()",), held="REF(x)"),
        lambda run: run.never("a()", held="REF(x)", at=AT),
    ),
    "calls a once": (
        Mark(How.HELD, ("a()",), 2, "REF(x)"),
        lambda run: run.calls("a()", at_most=1, held="REF(x)", at=AT),
    ),
    "calls a at most 2 times": (
        Mark(How.HELD, ("a()",), 3, "REF(x)"),
        lambda run: run.calls("a()", at_least=0, at_most=2, held="REF(x)", at=AT),
    ),
}


def _while_held(word: tuple[str, ...]) -> list[int] | None:
    """
    Give the letters of a word, or None if it puts what it has not got.
    """
    held, letters = 0, []
    for call in word:
        held += {"get(x)": 1, "put(x)": -1}.get(call, 0)
        if held < 0:
            return None
        if call == "get(x)":
            letters.append(2)
        elif call == "a" and held:
            letters.append(1)
    return letters


@pytest.mark.parametrize(("mark", "judge"), WHILE.values(), ids=WHILE)
def test_state_of_a_mark_tells_the_verdict_of_a_clause_while_something_is_held(
    mark: Mark, judge: Judge
) -> None:
    """
    The same of words that take a reference, and one more, and call while they have it.
    """
    verdicts: dict[int, set[Kind | None]] = defaultdict(set)
    for length in range(7):
        for word in product(("get(x)", "put(x)", "a"), repeat=length):
            letters = _while_held(word)
            if letters is not None:
                verdicts[reduce(mark.step, letters, 0)].add(_verdict(judge, word))
    assert {state: len(found) for state, found in verdicts.items()} == dict.fromkeys(verdicts, 1)
    assert max(verdicts) <= mark.last
    assert len(set.union(*verdicts.values())) > 1
