# SPDX-License-Identifier: GPL-2.0-only
"""
The contract of one run: what a generated test calls, clause by clause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from errpath.contracts import ordering, regular
from errpath.contracts.broken import Broken, Kind
from errpath.contracts.cleanup import complaints, complaints_of, contracts_broken
from errpath.contracts.fired import unfired
from errpath.contracts.window import Scope
from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from errpath.contracts.events import Patterns
    from errpath.contracts.ordering import Fault
    from errpath.contracts.situation import Situation
    from errpath.kernel.findings import KernelBug
    from errpath.kernel.run import Run
    from errpath.kernel.target import Complaint, Model


class Check:
    """
    Judges a run by one clause after another, and keeps what is broken.

    Each method is one clause; `at` is its place in the spec. `finish()` adds what is
    checked without being asked, and gives everything that is broken.
    """

    __slots__ = (
        "_at_the_stop",
        "_broken",
        "_clauses",
        "_declared",
        "_model",
        "_nevers",
        "_patterns",
        "_word",
        "run",
    )

    def __init__(self, run: Run, *, model: Model, patterns: Patterns) -> None:
        self.run = run
        self._word = run.word
        self._model = model
        self._patterns = patterns
        self._broken: list[Broken] = []
        self._clauses = 0
        self._declared: dict[str, str] = {}
        self._nevers: list[str] = []
        # What clauses find on a run that a bug has ended: it counts if the bug is declared.
        self._at_the_stop: list[Broken] = []

    def returns(self, *codes: int, at: str) -> None:
        """
        Hold the return code to one of `codes`.
        """
        self._clauses += 1
        returned = self.run.returns
        if returned not in codes:
            clause = f"returns {' | '.join(map(spell, codes))}"
            got = "it does not return" if returned is None else f"it returns {spell(returned)}"
            self._end(clause, got, at)

    def never(self, pattern: str, *, at: str, **scope: Any) -> None:
        """
        Absence: no call of the pattern.
        """
        self._clauses += 1
        if not scope:
            self._nevers.append(pattern)
        if scope or not regular.never(self._patterns, pattern)(self._word):
            fault = self._look(scope, ordering.never, self._patterns.meant_by(pattern))
            self._judge(fault, f"never {pattern}", scope, at)

    def calls(
        self,
        pattern: str,
        *,
        at: str,
        at_least: int = 1,
        at_most: int | None = None,
        **scope: Any,
    ) -> None:
        """
        Existence: at least, and at most, so many calls of the pattern.
        """
        self._clauses += 1
        if scope or not regular.calls(self._patterns, pattern, at_least, at_most)(self._word):
            # A lock that is taken twice is one thing that is held, in two spans.
            count = partial(ordering.calls, together=True) if "held" in scope else ordering.calls
            fault = self._look(scope, count, self._patterns.meant_by(pattern), (at_least, at_most))
            self._judge(fault, f"calls {pattern}{_bound(at_least, at_most)}", scope, at)

    def precedes(
        self, first: tuple[str, ...], then: tuple[str, ...], *, at: str, **scope: Any
    ) -> None:
        """
        Precedence: `then` comes only after `first`.
        """
        self._clauses += 1
        if scope or not regular.precedes(self._patterns, first, then)(self._word):
            chain = self._patterns.chain
            fault = self._look(scope, ordering.precedes, chain(first), chain(then))
            self._judge(fault, f"{', '.join(first)} precedes {', '.join(then)}", scope, at)

    def leads_to(
        self, cause: tuple[str, ...], effect: tuple[str, ...], *, at: str, **scope: Any
    ) -> None:
        """
        Response: after `cause` comes `effect`.
        """
        self._clauses += 1
        if scope or not regular.leads_to(self._patterns, cause, effect)(self._word):
            chain = self._patterns.chain
            fault = self._look(scope, ordering.leads_to, chain(cause), chain(effect))
            self._judge(fault, f"{', '.join(cause)} leads to {', '.join(effect)}", scope, at)

    def order(self, *patterns: str, at: str, **scope: Any) -> None:
        """
        Chain: of the calls named, exactly these occur, in this order.
        """
        self._clauses += 1
        if scope or not regular.order(self._patterns, patterns)(self._word):
            fault = self._look(scope, ordering.order, self._patterns.chain(patterns))
            self._judge(fault, f"order {' < '.join(patterns)}", scope, at)

    def ends_on(self, subject: str, place: str, *, at: str, so: bool = True) -> None:
        """
        Hold the final state to it: the page is, or is not, at that place.
        """
        self._clauses += 1
        found = self.run.final[subject]["on"]
        if (found == place) is not so:
            clause = f"finally {subject} {'' if so else 'not '}on {place}"
            self._end(clause, f"{subject} ends on {found}", at, self._last_touch(subject))

    def ends(self, subject: str, state: str, *, at: str, so: bool = True) -> None:
        """
        Hold the final state to it: the subject is, or is not, so.
        """
        self._clauses += 1
        if self.run.final[subject][state] is not so:
            clause = f"finally {subject} {'' if so else 'not '}{state}"
            got = f"{subject} ends {'not ' if so else ''}{state}"
            self._end(clause, got, at, self._last_touch(subject))

    def changes(self, counter: str, by: int, *, at: str) -> None:
        """
        Hold the final state to it: the run changed the counter by so much.
        """
        self._clauses += 1
        found = self.run.final["counters"][counter]
        if found != by:
            clause = f"finally {counter} changed by {by}"
            self._end(clause, f"{counter} changes by {found}", at)

    def breaks(self, contract: str, *, at: str) -> None:
        """
        Declare a violation: the run breaks that cleanup contract, and has to.
        """
        self._clauses += 1
        self._declared[contract] = at

    def keeps(self, contract: str, *, at: str) -> None:
        """
        Hold the run to a cleanup contract, by name.
        """
        self._clauses += 1
        if self.run.bug is None:
            found = complaints_of(self.run, self._model, contract)
            if found:
                clause = f"keeps {contract}: {self._model.vocabulary.cleanup[contract].says}"
                self._broken.append(_of_complaints(clause, found, at))

    def judged(self) -> list[Broken]:
        """
        Give what the clauses found broken, and the bug that ended the run.
        """
        if self.run.bug is not None:
            self._stop(self.run.bug)
        elif self._declared:
            self._declarations(complaints(self.run, self._model))
        return self._broken

    def finish(self, situation: Situation) -> list[Broken]:
        """
        Judge what is checked without being asked, and give all that is broken.
        """
        run = self.run
        broken = self._broken
        if run.bug is not None:
            self._stop(run.bug)
        else:
            self._cleanup()
        if not self._clauses:
            broken.append(_unchecked("the scenario has no clause", "the test checks no contract"))
        if situation.faults:
            for text, got in unfired(situation, run).items():
                self._unfired(text, got)
        return broken

    def _stop(self, bug: KernelBug) -> None:
        """
        Judge a run that a bug has ended: the bug is broken, or declared and all else holds.
        """
        contract = self._model.vocabulary.stopped_by.get(bug.name)
        if contract not in self._declared:
            self._broken.insert(0, _stopped(self.run, bug))
            return
        self._broken += self._at_the_stop
        for other in sorted(self._declared.keys() - {contract}):
            got = f"the run stops on {bug.name} before it shows that"
            self._break(f"breaks {other}", got, self._declared[other])

    def _cleanup(self) -> None:
        if contracts_broken(self.run, self._model) == self._declared.keys():
            return
        found = complaints(self.run, self._model)
        promises = self._model.vocabulary.cleanup
        for contract in dict.fromkeys(complaint.contract for complaint in found):
            if contract not in self._declared:
                mine = [complaint for complaint in found if complaint.contract == contract]
                clause = f"cleanup, {contract}: {promises[contract].says}"
                self._broken.append(_of_complaints(clause, mine))
        if self._declared:
            self._declarations(found)

    def _declarations(self, found: Sequence[Complaint]) -> None:
        kept = self._declared.keys() - {complaint.contract for complaint in found}
        for contract in sorted(kept):
            got = "the run keeps it: the declared violation is not there any more"
            self._break(f"breaks {contract}", got, self._declared[contract])

    def _unfired(self, text: str, got: tuple[str, ...]) -> None:
        # A clause that forbids the call has said that the fault cannot fire.
        if text in self._model.vocabulary.calls:
            fired = self._patterns.meant_by(text)
            if any(fired <= self._patterns.meant_by(never) for never in self._nevers):
                return
        self._broken.append(_unchecked("every injected fault fires", *got))

    def _look(
        self, scope: dict[str, Any], pattern: Callable[..., Fault | None], *what: Any
    ) -> Fault | None:
        """
        Apply a pattern of `ordering` to the windows of a scope; most clauses have none.
        """
        run = self.run
        if not scope:
            return pattern(run.trace, None, *what)
        where = Scope(**scope)
        windows = where.windows(run, self._patterns)
        fault = pattern(run.trace, windows, *what) if windows else ordering.NOT_ENTERED
        return ordering.NOT_ENTERED if fault is None and where.missing(run) else fault

    def _judge(self, fault: Fault | None, clause: str, scope: dict[str, Any], at: str) -> None:
        if fault is None:
            return
        where = Scope(**scope)
        clause += str(where)
        if fault is ordering.VACUOUS:
            got = "none of its calls is made, so the clause checks nothing"
        elif fault is ordering.NOT_ENTERED:
            got = f"the run {where.unmet(self.run)}, so the clause checks nothing"
        else:
            got = fault[0] + self._since(scope.get("held"), fault[1])
            self._break(clause, got, at, fault[1])
            return
        # A run that a bug has ended did not get to every place that a clause is about.
        found = self._at_the_stop if self.run.bug else self._broken
        found.append(Broken(kind=Kind.UNCHECKED, clause=clause, got=(got,), at=at))

    def _since(self, held: str | None, marks: tuple[int, ...]) -> str:
        """
        Say which call took what a scope is about, if the trace has it.
        """
        ledger = self.run.ledger
        still = [(it, start, len(self.run.trace) + 1) for it, start in ledger.open_rows()]
        for item, start, end in (*ledger.spans, *still):
            if item.text == held and marks and start <= marks[0] <= end and start:
                return f"; {held} is held since {{{start}}}"
        return ""

    def _end(self, clause: str, got: str, at: str, marks: tuple[int, ...] = ()) -> None:
        """
        Enter what is wrong at the end of a run, which a bug may have brought about.
        """
        found = self._at_the_stop if self.run.bug else self._broken
        found.append(Broken(kind=Kind.CONTRACT, clause=clause, got=(got,), at=at, marks=marks))

    def _break(self, clause: str, got: str, at: str, marks: tuple[int, ...] = ()) -> None:
        self._broken.append(
            Broken(kind=Kind.CONTRACT, clause=clause, got=(got,), at=at, marks=marks)
        )

    def _last_touch(self, subject: str) -> tuple[int, ...]:
        for step in range(len(self.run.trace), 0, -1):
            made = self.run.trace[step - 1]
            if subject in made.subjects and not made.primitive.test:
                return (step,)
        return ()


def _stopped(run: Run, bug: KernelBug) -> Broken:
    last = len(run.trace)
    got = f"{{{last}}} {bug.says}" if bug.at_event else bug.says
    if bug.since:
        got += f"; it was {bug.way} by {{{bug.since}}}"
    if last and not bug.at_event:
        got += f"; the last event is {{{last}}}"
    marks = tuple(step for step in (bug.since, last) if step)
    return Broken(kind=Kind.KERNEL_BUG, clause=bug.name, got=(got,), marks=marks)


def _of_complaints(clause: str, found: Sequence[Complaint], at: str | None = None) -> Broken:
    return Broken(
        kind=Kind.CONTRACT,
        clause=clause,
        got=tuple(complaint.says for complaint in found),
        at=at,
        marks=tuple(mark for complaint in found for mark in complaint.marks),
    )


def _unchecked(clause: str, *got: str) -> Broken:
    return Broken(kind=Kind.UNCHECKED, clause=clause, got=got)


def _bound(at_least: int, at_most: int | None) -> str:
    if at_most is None:
        return "" if at_least == 1 else f" at least {at_least} times"
    if at_least == at_most:
        return " once" if at_most == 1 else f" exactly {at_most} times"
    return " at most once" if at_most == 1 else f" at most {at_most} times"
