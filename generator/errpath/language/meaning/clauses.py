# SPDX-License-Identifier: GPL-2.0-only
"""
Clauses with their names resolved.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from lark import Token

from errpath.language.meaning.calls import Calls
from errpath.language.meaning.lexicon import Lexicon
from errpath.language.report.code import Code
from errpath.language.report.problems import Problems
from errpath.language.syntax import tree
from errpath.language.syntax.text import change_of, named, number_of
from errpath.spec import clause as spec
from errpath.spec.node import Location
from errpath.vocabulary.errno import ERRNOS, MIGRATEPAGE_SUCCESS

_CODES: Final = {
    "0": 0,
    "MIGRATEPAGE_SUCCESS": MIGRATEPAGE_SUCCESS,
    **{f"-{name}": -number for name, number in ERRNOS.items()},
}


def location(token: Token, problems: Problems) -> Location:
    """
    Give the place of a token in the form in which a spec keeps it.
    """
    return Location(file=problems.file, line=token.line or 0, column=token.column or 0)


def return_codes(
    tokens: list[Token], problems: Problems, *, counts: bool = False
) -> tuple[int, ...]:
    """
    Resolve return codes by their kernel names; where the function `counts`, numbers are codes.
    """
    codes: dict[int, None] = {}
    for token in tokens:
        code = _CODES.get(token.value)
        if code is None and counts and token.value.isdecimal():
            code = number_of(token, problems)
        if code is not None:
            codes[code] = None
            continue
        problems.unknown(
            Code.UNKNOWN_RETURN_CODE,
            "return code",
            token,
            _CODES,
            otherwise="the return codes are 0, MIGRATEPAGE_SUCCESS and errnos, as `-ENOMEM`"
            + (", and counts" if counts else ""),
        )
    return tuple(codes)


Semantics: TypeAlias = "tuple[str, ...]"
_Resolver: TypeAlias = "Callable[[Any, Semantics, Problems], spec.Clause | None]"


class Clauses:
    """
    What resolves clauses.
    """

    def __init__(self, lexicon: Lexicon, calls: Calls) -> None:
        self._vocabulary = vocabulary = lexicon.vocabulary
        self._counts = lexicon.counts
        self._calls = calls
        self._states = {(s.name, on): s for s in vocabulary.states for on in s.subjects}
        self._by_type: dict[type[Any], _Resolver] = {
            tree.Returns: self._returns,
            tree.Never: self._never,
            tree.Calls: self._calls_clause,
            tree.Precedes: self._precedes,
            tree.LeadsTo: self._leads_to,
            tree.Order: self._order,
            tree.Finally: self._finally,
            tree.Breaks: self._breaks,
            tree.Keeps: self._keeps,
        }
        self.types = frozenset(self._by_type)

    def clause(
        self, clause: tree.Clause, semantics: Semantics, problems: Problems
    ) -> spec.Clause | None:
        """
        Resolve a clause of those semantics; None if it says nothing that makes sense.
        """
        return self._by_type[type(clause)](clause, semantics, problems)

    def _returns(
        self, clause: tree.Returns, semantics: Semantics, problems: Problems
    ) -> spec.Returns:
        return spec.Returns(
            at=location(clause.keyword, problems),
            semantics=semantics,
            codes=return_codes(clause.codes, problems, counts=self._counts),
        )

    def _never(self, clause: tree.Never, semantics: Semantics, problems: Problems) -> spec.Never:
        return spec.Never(
            at=location(clause.keyword, problems),
            semantics=semantics,
            pattern=self._calls.pattern(clause.pattern, problems),
            scope=self._calls.scope(clause.scope, problems),
        )

    def _calls_clause(
        self, clause: tree.Calls, semantics: Semantics, problems: Problems
    ) -> spec.Calls:
        at_least, at_most = _bounds(clause.bounds, problems)
        return spec.Calls(
            at=location(clause.keyword, problems),
            semantics=semantics,
            pattern=self._calls.pattern(clause.pattern, problems),
            at_least=at_least,
            at_most=at_most,
            scope=self._calls.scope(clause.scope, problems),
        )

    def _precedes(
        self, clause: tree.Precedes, semantics: Semantics, problems: Problems
    ) -> spec.Precedes:
        return spec.Precedes(
            at=location(_head(clause.first), problems),
            semantics=semantics,
            first=self._calls.chain(clause.first, problems),
            then=self._calls.chain(clause.then, problems),
            scope=self._calls.scope(clause.scope, problems),
        )

    def _leads_to(
        self, clause: tree.LeadsTo, semantics: Semantics, problems: Problems
    ) -> spec.LeadsTo:
        return spec.LeadsTo(
            at=location(_head(clause.cause), problems),
            semantics=semantics,
            cause=self._calls.chain(clause.cause, problems),
            effect=self._calls.chain(clause.effect, problems),
            scope=self._calls.scope(clause.scope, problems),
        )

    def _order(self, clause: tree.Order, semantics: Semantics, problems: Problems) -> spec.Order:
        if len(clause.patterns) < 2:  # noqa: PLR2004 - an order is between two
            problems.report(
                Code.SHORT_ORDER,
                "an order has at least two calls",
                clause.keyword,
                help="`calls P` says that a call is made",
            )
        return spec.Order(
            at=location(clause.keyword, problems),
            semantics=semantics,
            patterns=self._calls.chain(clause.patterns, problems),
            scope=self._calls.scope(clause.scope, problems),
        )

    def _finally(
        self, clause: tree.Finally, semantics: Semantics, problems: Problems
    ) -> spec.Clause | None:
        at = location(clause.keyword, problems)
        if clause.kind == "changed":
            return spec.FinallyCount(
                at=at,
                semantics=semantics,
                counter=self._counter(clause.subject, problems),
                change=change_of(clause.word, problems),
            )
        subject = self._subject(clause.subject, problems)
        if clause.kind == "on":
            return spec.FinallyOn(
                at=at,
                semantics=semantics,
                subject=subject or "",
                place=self._place(clause.word, problems),
                negated=clause.negated,
            )
        if subject is None:
            return None
        return spec.FinallyState(
            at=at,
            semantics=semantics,
            subject=subject,
            state=self._state(clause.word, subject, problems),
            negated=clause.negated,
        )

    def _breaks(self, clause: tree.Breaks, semantics: Semantics, problems: Problems) -> spec.Breaks:
        because = named(clause.text, problems)
        return spec.Breaks(
            at=location(clause.keyword, problems),
            semantics=semantics,
            contract=self._cleanup(clause.contract, problems),
            because=because,
        )

    def _keeps(self, clause: tree.Keeps, semantics: Semantics, problems: Problems) -> spec.Keeps:
        return spec.Keeps(
            at=location(clause.keyword, problems),
            semantics=semantics,
            contract=self._cleanup(clause.contract, problems),
        )

    def _cleanup(self, token: Token, problems: Problems) -> str:
        cleanup = self._vocabulary.cleanup
        if token.value not in cleanup:
            problems.unknown(Code.UNKNOWN_CLEANUP, "cleanup contract", token, cleanup)
        return str(token)

    def _subject(self, token: Token, problems: Problems) -> str | None:
        if token.value in self._vocabulary.counters:
            problems.report(
                Code.UNKNOWN_SUBJECT,
                f"`{token}` is a counter",
                token,
                help=f"what is said of a counter is `finally {token} changed by -1`",
            )
            return None
        return self._calls.subject(token, problems)

    def _counter(self, token: Token, problems: Problems) -> str:
        if token.value not in self._vocabulary.counters:
            counters = self._vocabulary.counters
            problems.unknown(Code.UNKNOWN_COUNTER, "counter", token, counters)
        return str(token.value)

    def _place(self, token: Token, problems: Problems) -> str:
        places = self._vocabulary.places
        if token.value not in places:
            problems.unknown(Code.UNKNOWN_PLACE, "place", token, places)
        return str(token.value)

    def _state(self, token: Token, subject: str, problems: Problems) -> str:
        if (token.value, subject) not in self._states:
            known = [name for name, on in self._states if on == subject]
            problems.unknown(
                Code.UNKNOWN_STATE,
                f"state of `{subject}`",
                token,
                known,
                plural=f"states of `{subject}`",
            )
        return str(token.value)


def _bounds(count: tree.Count | None, problems: Problems) -> tuple[int, int | None]:
    if count is None:
        return 1, None
    number = 1
    if count.number is not None:
        number = number_of(count.number, problems)
    match count.kind:
        case "exactly":
            return number, number
        case "at_most":
            return 0, number
        case "at_least":
            return number, None


def _head(chain: tree.Chain) -> Token:
    return chain[0][0].tokens[0]
