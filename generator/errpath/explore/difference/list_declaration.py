# SPDX-License-Identifier: GPL-2.0-only
"""
A delta about lists of pages, beside the attempts in which two semantics part.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from errpath.explore.difference.declaration import Declaration, Untrue
from errpath.explore.difference.differences import bits
from errpath.explore.difference.ending import state_of
from errpath.kernel.findings import KernelBug
from errpath.kernel.ledger import Ledger
from errpath.kernel.run import Run
from errpath.spec import clause as clauses
from errpath.spec.scope import InPass, While

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.contracts.events import Patterns
    from errpath.contracts.judge import Call
    from errpath.explore.difference.attempts import Attempts, Calls
    from errpath.explore.difference.binding import Binding
    from errpath.explore.lockstep.ends import So
    from errpath.kernel.target import Model
    from errpath.spec.clause import Clause
    from errpath.spec.contract import Change, Delta

_AT_THE_END: Final = (
    clauses.Returns,
    clauses.FinallyOn,
    clauses.FinallyState,
    clauses.FinallyCount,
)
_OF_CALLS: Final = (
    clauses.Never,
    clauses.Calls,
    clauses.Precedes,
    clauses.LeadsTo,
    clauses.Order,
)
_STATES: Final = ("migrated", "isolated", "counted", "locked", "PageLRU", "absent")
_COUNTERS: Final = ("NR_ISOLATED", "num_poisoned_pages", "PGMIGRATE_SUCCESS", "PGMIGRATE_FAIL")


def unjudged(clause: Clause) -> str:
    """
    Say what of a clause is not judged in a delta about lists; "" if all of it is.
    """
    match clause:
        case clauses.FinallyState(state=state) if state not in _STATES:
            return f"`{state}`"
        case clauses.FinallyCount(counter=counter) if counter not in _COUNTERS:
            return f"`{counter}`"
        case clauses.Breaks() | clauses.Keeps():
            return f"`{clause.kind}`"
    scope = getattr(clause, "scope", None)
    if isinstance(scope, InPass):
        return "a pass"
    return "what is held" if isinstance(scope, While) else ""


class ListDeclaration(Declaration):
    """
    What a delta declares: the joint attempts that it binds, and whether all that it says is so.

    Its condition and its clauses about calls are about an attempt, its clauses about the end are
    about every end to which the attempts that it binds lead. What changes is open: each attempt
    leads to some of what it says, on some of the ways from there.
    """

    what = "attempt"

    def __init__(
        self,
        delta: Delta,
        attempts: Attempts,
        binding: Binding,
        *,
        model: Model,
        patterns: Patterns,
    ) -> None:
        super().__init__(delta, attempts.masks, binding, model=model, patterns=patterns)
        self._attempts = attempts

    def _untrue(self) -> Iterator[Untrue]:
        if not self.bound:
            yield Untrue(at=str(self.delta.at), says="no attempt meets its condition")
            return
        apart = self.bound & ~self._attempts.parted
        if apart:
            says = (
                f"in {apart.bit_count()} of {self.bound.bit_count()} attempts that it binds, the "
                "two do not part: the delta is too wide"
            )
            yield Untrue(at=str(self.delta.at), says=says, mask=apart)
            return
        shown = 0
        for change in self.delta.changes:
            for at, of, means in _alternatives(change):
                mask = self._showing(change.kind, means)
                shown |= mask
                if not mask:
                    yield Untrue(at=at, says=f"no attempt that it binds leads to {of}")
        lacking = self.bound & ~shown
        if lacking and shown:
            says = (
                f"{lacking.bit_count()} of {self.bound.bit_count()} attempts that it binds lead "
                "to nothing that it says: the delta is too wide"
            )
            yield Untrue(at=str(self.delta.at), says=says, mask=lacking)
        for clause, call, semantics in self._clauses():
            if isinstance(clause, _AT_THE_END):
                yield from self._at_ends(clause, call, semantics)
            elif isinstance(clause, _OF_CALLS):
                yield from self._of_runs(clause, call, semantics)

    def _at_ends(self, clause: Clause, call: Call, semantics: str) -> Iterator[Untrue]:
        attempts = self._attempts
        wrong = 0
        got = ""
        for number in bits(attempts.ends_of(self.bound)):
            end = attempts.ends[number][semantics == self.delta.new]
            found = self._judge(call, self._ended(semantics, end))
            if found:
                wrong |= 1 << number
                got = got or (*found[0].got, found[0].clause)[0]
        if wrong:
            mask = attempts.leading_to(wrong) & self.bound
            says = (
                f"{semantics} breaks it behind {mask.bit_count()} of {self.bound.bit_count()} "
                f"attempts: {got}"
            )
            yield Untrue(at=str(clause.at), says=says, mask=mask, semantics=semantics)

    def _runs(self, semantics: str) -> Iterator[tuple[Run, int]]:
        masks: dict[str, tuple[Calls, int]] = {}
        for number in bits(self.bound):
            made = self._made(number, semantics)
            first, mask = masks.get(made.word, (made, 0))
            masks[made.word] = first, mask | 1 << number
        for made, mask in masks.values():
            yield _run(semantics, trace=list(made.trace)), mask

    def _broken(self, clause: Clause, call: Call, mask: int, semantics: str) -> Untrue:
        made = self._made(next(bits(mask)), semantics)
        first = self._judge(call, _run(semantics, trace=list(made.trace)))[0]
        count = f"{mask.bit_count()} of {self.bound.bit_count()} attempts"
        says = f"{semantics} breaks it in {count}: {first.clause}"
        return Untrue(at=str(clause.at), says=says, mask=mask, semantics=semantics)

    def _made(self, number: int, semantics: str) -> Calls:
        one = self._attempts.all[number]
        return one.new if semantics == self.delta.new else one.old

    def _ended(self, semantics: str, so: So) -> Run:
        end = so.end
        bug = None
        if end and end.bug:
            bug = KernelBug(end.bug, f"the run stops on {end.bug}", at_event=False)
        state: dict[str, dict[str, Any]] = {
            name: dict.fromkeys(_STATES, False) | {"on": "nothing", "absent": True}
            for name in self._model.vocabulary.subjects
        }
        state |= state_of(so)
        state["counters"] = dict.fromkeys(_COUNTERS, 0) | dict(so.became.counters)
        return _run(semantics, returns=end.returns if end else None, bug=bug, final=state)


def _run(semantics: str, **given: Any) -> Run:
    final = given.pop("final", {})
    whole: dict[str, Any] = {"trace": [], "returns": 0, **given}
    return Run(
        semantics,
        choices={},
        ledger=Ledger(()),
        entitled=frozenset(),
        final=partial(dict, final),
        **whole,
    )


def _alternatives(change: Change) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """
    Give for each thing that a delta says changes its place, how it is told, and what it means.
    """
    at = str(change.at)
    if not change.of:
        yield at, "another return code", ("",)
    for changed in change.of:
        yield at, f"a change of `{changed.text}` in that way", changed.means
