# SPDX-License-Identifier: GPL-2.0-only
"""
Calls, patterns and scopes with their names resolved.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from lark import Token

from errpath.language.meaning.lexicon import Lexicon
from errpath.language.meaning.passes import passes_of
from errpath.language.report.code import Code
from errpath.language.report.problems import Problems
from errpath.language.report.suggest import listed
from errpath.language.syntax import tree
from errpath.spec.pattern import Call, Outcome, Pattern
from errpath.spec.scope import After, Before, Between, Scope, While
from errpath.vocabulary.primitive import Answer, Primitive

_Key: TypeAlias = "tuple[str, ...]"
_OUTCOMES: Final = {"fails": Outcome.FAILS, "succeeds": Outcome.SUCCEEDS}
_NOTHING: Final = Pattern(calls=())


class Calls:
    """
    What resolves calls; one that was resolved before is the same object.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._vocabulary = lexicon.vocabulary
        self._calls: dict[_Key, Call] = {}
        self._patterns: dict[tuple[_Key, ...], Pattern] = {}

    def pattern(self, pattern: tree.Pattern, problems: Problems) -> Pattern:
        """
        Resolve alternatives; what has no meaning is reported and left out.
        """
        keys = tuple([(call.ending, *[t.value for t in call.tokens]) for call in pattern])
        found = self._patterns.get(keys)
        if found is None:
            calls = [self._call(k, call, problems) for k, call in zip(keys, pattern, strict=True)]
            good = tuple(call for call in calls if call)
            if len(good) < len(calls):
                return _NOTHING
            found = self._patterns[keys] = Pattern(calls=good)
        return found

    def chain(self, chain: tree.Chain, problems: Problems) -> tuple[Pattern, ...]:
        """
        Resolve calls in a row.
        """
        return tuple([self.pattern(pattern, problems) for pattern in chain])

    def scope(self, scope: tree.AnyScope, problems: Problems) -> Scope | None:
        """
        Resolve the scope of a clause.
        """
        if scope is None:
            return None
        if isinstance(scope, tree.While):
            return self.held(scope.hold, scope.subject, problems)
        if isinstance(scope, tree.Passes):
            return passes_of(scope, self._lexicon, problems)
        first, *rest = self.chain(scope.patterns, problems)
        match scope.kind:
            case "before":
                return Before(end=first)
            case "after":
                return After(start=first)
            case "between":
                return Between(start=first, end=rest[0])

    def primitive(self, token: Token, problems: Problems) -> Primitive | None:
        """
        Look a primitive up.
        """
        found = self._vocabulary.primitives.get(token.value)
        if found is None:
            known = self._vocabulary.primitives
            problems.unknown(Code.UNKNOWN_PRIMITIVE, "primitive", token, known)
        return found

    def matching(
        self, call: tree.Call, primitive: Primitive, problems: Problems
    ) -> tuple[str, ...]:
        """
        Give the calls that a call pattern names, in full; at least one, or it is reported.
        """
        subjects = call.tokens[1:-1] if call.ending == "=" else call.tokens[1:]
        found = self._lexicon.calls_of(primitive, [token.value for token in subjects])
        if not found:
            wanted = ", ".join(subjects)
            calls = primitive.calls()
            problems.report(
                Code.UNKNOWN_CALL,
                f"no call fits `{primitive.name}({wanted})`",
                call.tokens[0],
                help=f"the calls are {listed(calls)}"
                if len(calls) > 1
                else f"the call is `{calls[0]}`",
            )
        return found

    def _call(self, key: _Key, call: tree.Call, problems: Problems) -> Call | None:
        found = self._calls.get(key)
        if found is not None:
            return found
        primitive = self.primitive(call.tokens[0], problems)
        matching = self.matching(call, primitive, problems) if primitive else ()
        if primitive is None or not matching:
            return None
        if not self._gives(primitive, matching, call, problems):
            return None
        names = key[2:-1] if call.ending == "=" else key[2:]
        result = key[-1] if call.ending == "=" else _OUTCOMES.get(call.ending)
        found = Call(primitive=primitive.name, subjects=names, result=result)
        self._calls[key] = found
        return found

    def _gives(
        self, primitive: Primitive, matching: tuple[str, ...], call: tree.Call, problems: Problems
    ) -> bool:
        match call.ending:
            case "":
                return True
            case "=":
                token = call.tokens[-1]
                answers = self._lexicon.answers_to(primitive, matching)
                if any(answer.shown == token.value for answer in answers):
                    return True
                self.no_result(primitive, answers, token, problems)
                return False
            case _:
                if primitive.faults():
                    return True
                why = f"`{primitive.name}` has no fault: it neither fails nor succeeds"
                problems.report(Code.UNKNOWN_RESULT, why, call.tokens[0])
                return False

    def no_result(
        self,
        primitive: Primitive,
        answers: tuple[Answer, ...],
        token: Token,
        problems: Problems,
    ) -> None:
        """
        Report a result that is none of these `answers` of a primitive.
        """
        results = [answer.shown for answer in answers]
        if not results:
            problems.report(Code.UNKNOWN_RESULT, f"`{primitive.name}` gives no result", token)
            return
        problems.report(
            Code.UNKNOWN_RESULT,
            f"`{primitive.name}` does not give `{token}`",
            token,
            help=f"it gives {listed(results)}",
        )

    def subject(self, token: Token, problems: Problems) -> str | None:
        """
        Look up what a clause is about.
        """
        subjects = self._vocabulary.subjects
        if token.value in subjects:
            return str(token.value)
        problems.unknown(Code.UNKNOWN_SUBJECT, "subject", token, subjects)
        return None

    def held(self, hold: Token, on: Token, problems: Problems) -> While | None:
        """
        Look up a hold on a subject.
        """
        subject = self.subject(on, problems)
        holds = self._vocabulary.holds
        name = hold.value
        if name not in holds:
            problems.unknown(Code.UNKNOWN_HOLD, "hold", hold, holds)
            return None
        among = self._lexicon.held_on[name]
        if subject is None or (among and subject not in among):
            if subject is not None:
                problems.report(
                    Code.UNKNOWN_HOLD,
                    f"`{name}` is never held on `{subject}`",
                    on,
                    help=f"it is held on {listed(among)}",
                )
            return None
        return While(hold=name, subject=subject)
