# SPDX-License-Identifier: GPL-2.0-only
"""
What a delta says that changes, with its names resolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lark import Token

from errpath.language.meaning.calls import Calls
from errpath.language.meaning.clauses import location
from errpath.language.meaning.lexicon import Lexicon
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Note
from errpath.language.report.problems import Problems
from errpath.language.syntax import tree
from errpath.spec import condition as spec
from errpath.spec.change import CHANGES
from errpath.spec.contract import Change, Changed

_NAMES: Final = {
    "final": "pages and counters: `changes final src | NR_ISOLATED`",
    "touches": "pages: `changes touches a`",
    "calls": "calls: `changes calls list_del(src) | put_page(src)`",
    "order": "the calls that moved: `changes order get_new_page(src)`",
    "holds": "what is held: `changes holds PG_locked(src)`",
}


class Changes:
    """
    What resolves `changes`.
    """

    def __init__(self, lexicon: Lexicon, calls: Calls) -> None:
        self._vocabulary = lexicon.vocabulary
        self._calls = calls

    def read(
        self, item: tree.Item, statements: Sequence[tree.Changes], problems: Problems
    ) -> tuple[Change, ...]:
        """
        Resolve every `changes` of a delta.
        """
        if not statements and not item.damaged:
            problems.report(
                Code.NO_CHANGES,
                "the delta does not say what changes",
                item.name,
                help="what differs stands behind `changes`: `changes returns`",
            )
        first: dict[str, Token] = {}
        found = []
        for statement in statements:
            kind = statement.kind.value
            if first.setdefault(kind, statement.kind) is not statement.kind:
                note = Note(message="first stated here", at=problems.span(first[kind]))
                says = f"`changes {kind}` stands twice"
                problems.report(Code.STATEMENT_TWICE, says, statement.kind, notes=[note])
            elif kind not in CHANGES:
                what, plural = "kind of difference", "kinds of difference"
                problems.unknown(Code.UNKNOWN_CHANGE, what, statement.kind, CHANGES, plural=plural)
            elif self._fits(statement, problems):
                found.append(self._change(statement, problems))
        return tuple(found)

    def _fits(self, statement: tree.Changes, problems: Problems) -> bool:
        """
        Tell whether names stand where a kind has some, and are of the form that it has.
        """
        kind = statement.kind.value
        names = _NAMES.get(kind)
        if names is None and statement.of:
            says = f"behind `changes {kind}` stands nothing"
            problems.report(Code.BAD_CHANGE, says, _token(statement.of[0]))
            return False
        if names is None:
            return True
        simple = kind in {"final", "touches"}
        wrong = next((of for of in statement.of if isinstance(of, Token) is not simple), None)
        if statement.of and wrong is None:
            return True
        at = statement.kind if wrong is None else _token(wrong)
        says = f"`changes {kind}` does not name what" if wrong is None else f"`{at}` does not fit"
        problems.report(Code.BAD_CHANGE, says, at, help=f"behind it stand {names}")
        return False

    def _change(self, statement: tree.Changes, problems: Problems) -> Change:
        named = [self._changed(statement.kind.value, of, problems) for of in statement.of]
        return Change(
            at=location(statement.keyword, problems),
            kind=statement.kind.value,
            of=tuple(changed for changed in named if changed),
        )

    def _changed(self, kind: str, of: Token | tree.Call, problems: Problems) -> Changed | None:
        if isinstance(of, Token):
            known = (*self._vocabulary.subjects, *self._vocabulary.counters)
            if of.value not in known:
                what, plural = "page or counter", "pages and counters"
                problems.unknown(Code.UNKNOWN_SUBJECT, what, of, known, plural=plural)
                return None
            return Changed(text=of.value, means=(of.value,))
        text = f"{of.tokens[0]}({', '.join(of.tokens[1:])})"
        if kind == "holds":
            return self._held(text, of, problems)
        primitive = self._calls.primitive(of.tokens[0], problems)
        means = self._calls.matching(of, primitive, problems) if primitive else ()
        return Changed(text=text, means=means) if means else None

    def _held(self, text: str, of: tree.Call, problems: Problems) -> Changed | None:
        if len(of.tokens) != 2:  # noqa: PLR2004 - the hold, and what it is on
            says = f"`{text}` does not fit"
            help_ = f"behind it stand {_NAMES['holds']}"
            problems.report(Code.BAD_CHANGE, says, of.tokens[0], help=help_)
            return None
        held = self._calls.held(of.tokens[0], of.tokens[1], problems)
        return Changed(text=text, means=(held.item,)) if held else None


def shared(when: spec.Condition | None, statement: tree.When | None, problems: Problems) -> None:
    """
    Report a condition that the two runs of a delta do not share.
    """
    if when is not None and statement is not None and _about_code(when):
        problems.report(
            Code.UNSHARED_CONDITION,
            "each semantics ends in its own way, and the condition is about both",
            statement.keyword,
            help="what each returns is said by clauses: `pre: returns -ENOMEM`",
        )


def _about_code(condition: spec.Condition) -> bool:
    match condition:
        case spec.Returned() | spec.Stopped():
            return True
        case spec.Not():
            return _about_code(condition.condition)
        case spec.All() | spec.Some():
            return any(map(_about_code, condition.conditions))
        case _:
            return False


def _token(of: Token | tree.Call) -> Token:
    return of if isinstance(of, Token) else of.tokens[0]
