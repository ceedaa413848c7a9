# SPDX-License-Identifier: GPL-2.0-only
"""
Faults with their names resolved: `fail move_to_new_page(src) with -EBUSY on call 2`.
"""

from __future__ import annotations

from lark import Token

from errpath.language.meaning.calls import Calls
from errpath.language.meaning.clauses import location
from errpath.language.meaning.lexicon import Lexicon, can_fail
from errpath.language.meaning.parts import Failing
from errpath.language.meaning.passes import passes_of
from errpath.language.report.code import Code
from errpath.language.report.problems import Problems
from errpath.language.report.suggest import listed
from errpath.language.syntax import tree
from errpath.language.syntax.text import number_of
from errpath.spec.scope import InPass
from errpath.spec.situation import Injection
from errpath.vocabulary.primitive import Answer, Primitive


class Faults:
    """
    What resolves faults.
    """

    def __init__(self, lexicon: Lexicon, calls: Calls) -> None:
        self._lexicon = lexicon
        self._calls = calls

    def fault(self, fault: tree.Fault, problems: Problems) -> Failing | None:
        """
        Resolve a fault: the one call that it is about, and the results to fail with.
        """
        call = self._call(fault.call, problems)
        if call is None:
            return None
        primitive = self._lexicon.vocabulary.calls[call]
        faults = self._results(fault, call, primitive, problems)
        if not faults:
            return None
        on_call, times = _span(fault, problems)
        passes = passes_of(fault.passes, self._lexicon, problems) if fault.passes else InPass()
        if passes is None:
            return None
        span = problems.span(fault.call.tokens[0])
        return Failing(
            injection=Injection(
                at=location(fault.keyword, problems),
                call=call,
                results=tuple(answer.shown for answer in faults),
                on_call=on_call,
                times=times,
                passes=passes.passes,
                from_pass=passes.from_pass,
            ),
            values=tuple(answer.value for answer in faults),
            wide=isinstance(fault.results, Token),
            at=span,
            origin=span,
        )

    def _call(self, call: tree.Call, problems: Problems) -> str | None:
        token = call.tokens[0]
        primitive = self._calls.primitive(token, problems)
        found = self._calls.matching(call, primitive, problems) if primitive else ()
        if primitive is None or not found:
            return None
        if not can_fail(primitive):
            problems.report(
                Code.CANNOT_FAIL,
                f"what `{primitive.name}` gives follows from other answers"
                if primitive.computed
                else f"`{primitive.name}` has no fault",
                token,
                help=f"what can fail is {listed(p.name for p in self._lexicon.fallible)}",
            )
            return None
        if len(found) > 1:
            problems.report(
                Code.AMBIGUOUS_CALL,
                f"a fault is for one call, and {listed(found)} fit",
                token,
                help=f"`fail {found[0]}` is for one of them",
            )
            return None
        return found[0]

    def _results(
        self, fault: tree.Fault, call: str, primitive: Primitive, problems: Problems
    ) -> tuple[Answer, ...]:
        answers = self._lexicon.answers_to(primitive, (call,))
        faults = {answer.shown: answer for answer in answers if answer.fault}
        if isinstance(fault.results, list):
            return self._chosen(fault.results, primitive, answers, problems)
        if fault.results is None and len(faults) > 1:
            problems.report(
                Code.RESULT_OMITTED,
                f"`{primitive.name}` fails in several ways",
                fault.call.tokens[0],
                help=f"its faults are {listed(faults)}; `with any` takes them all",
            )
            return ()
        return tuple(faults.values())

    def _chosen(
        self,
        tokens: list[Token],
        primitive: Primitive,
        answers: tuple[Answer, ...],
        problems: Problems,
    ) -> tuple[Answer, ...]:
        faults = {answer.shown: answer for answer in answers if answer.fault}
        chosen: dict[str, Answer] = {}
        for token in tokens:
            result = token.value
            if result in faults and result not in chosen:
                chosen[result] = faults[result]
                continue
            if result in chosen:
                problems.report(Code.FAULT_TWICE, f"`{token}` is stated twice", token)
            elif any(answer.shown == result for answer in answers):
                problems.report(
                    Code.NOT_A_FAULT,
                    f"`{primitive.name}` does not fail with `{token}`",
                    token,
                    help=f"its faults are {listed(faults)}",
                )
            else:
                self._calls.no_result(primitive, answers, token, problems)
            return ()
        return tuple(chosen.values())


def _span(fault: tree.Fault, problems: Problems) -> tuple[int, int | None]:
    """
    Give the first call that fails, and how many do; None for all from then on.
    """
    on_call = times = None
    if fault.on_call is not None:
        on_call = number_of(fault.on_call, problems)
        times = None if fault.lasting else 1
    if fault.times is not None:
        times = number_of(fault.times, problems)
    return on_call or 1, times
