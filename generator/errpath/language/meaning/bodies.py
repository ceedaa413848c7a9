# SPDX-License-Identifier: GPL-2.0-only
"""
The statements between the braces of an item, with what they use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from lark import Token

from errpath.language.meaning.contradictions import Placed
from errpath.language.meaning.definitions import DEEPEST, Body, Definition, too_deep, used
from errpath.language.meaning.entries import Entries
from errpath.language.meaning.names import Names
from errpath.language.meaning.parts import brought
from errpath.language.meaning.placement import SECTION, check_place, first_token
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Note
from errpath.language.report.problems import Problems
from errpath.language.syntax import tree

Visible: TypeAlias = "Mapping[str, Definition]"


class Bodies:
    """
    What reads the statements of items.
    """

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._within: list[Definition] = []

    def read(self, item: tree.Item, visible: Visible, problems: Problems) -> Body | None:
        """
        Read an item that sees the definitions in `visible`.

        Gives None if its `run` makes no sense: what its names mean depends on it.
        """
        place = item.keyword.value
        names = self._entries.names(item, problems)
        if names is None:
            return None
        reader = _Reader(self, names, visible, problems)
        for statement in item.body:
            if check_place(statement, place, problems):
                reader.statement(statement, place)
        return reader.body

    def define(self, definition: Definition) -> Body:
        """
        Read a definition, once.
        """
        if definition.body is None:
            problems = definition.problems
            before = len(problems.found)
            self._within.append(definition)
            body = self.read(definition.item, definition.visible, problems)
            body = definition.body = body or Body(names=self._entries.default, lost=True)
            self._within.pop()
            whole = not (definition.item.damaged or body.lost) and len(problems.found) == before
            if whole and not (body.parts or body.clauses):
                _empty(definition)
        return definition.body

    def used(
        self, token: Token, place: str, visible: Visible, problems: Problems
    ) -> Definition | None:
        """
        Find what a `use` means.
        """
        return used(token, place, visible=visible, within=self._within, problems=problems)


class _Reader:
    """
    One item being read.
    """

    def __init__(
        self,
        bodies: Bodies,
        names: Names,
        visible: Visible,
        problems: Problems,
    ) -> None:
        self.bodies = bodies
        self.names = names
        self.visible = visible
        self.problems = problems
        self.body = Body(names=names)

    def statement(self, statement: Any, place: str) -> None:
        match statement:
            case tree.Setting():
                self.body.parts += self.names.settings.setting(statement, self.problems)
            case tree.Fault():
                fault = self.names.faults.fault(statement, self.problems)
                self.body.parts += [fault] if fault else []
            case tree.Use(_, name):
                self._use(name, place, ())
            case tree.Citation():
                self.body.citations.append(statement)
            case tree.Except():
                self.body.exceptions.append(statement)
            case tree.Changes():
                self.body.changes.append(statement)
            case tree.Because() | tree.Only() | tree.When() | tree.Runs() | tree.Regression():
                self._once(statement)
            case tree.Section():
                self._section(statement)
            case _:
                self._clause(statement, ())

    def _once(self, statement: Any) -> None:
        first = self.body.once.setdefault(type(statement), statement)
        if first is not statement:
            self.problems.report(
                Code.STATEMENT_TWICE,
                f"`{statement.keyword}` stands twice",
                statement.keyword,
                notes=[Note(message="first stated here", at=self.problems.span(first.keyword))],
            )

    def _section(self, section: tree.Section) -> None:
        name = section.keyword
        known = self.names.lexicon.semantics
        if name.value not in known:
            self.problems.unknown(
                Code.UNKNOWN_SEMANTICS, "semantics", name, known, plural="semantics"
            )
        before = len(self.body.clauses)
        for statement in section.body:
            if not check_place(statement, SECTION, self.problems):
                continue
            if isinstance(statement, tree.Use):
                self._use(statement.name, SECTION, (str(name),))
            else:
                self._clause(statement, (str(name),))
        if name.value not in known:
            del self.body.clauses[before:]

    def _clause(self, statement: Any, semantics: tuple[str, ...]) -> None:
        clause = self.names.clauses.clause(statement, semantics, self.problems)
        if clause is not None:
            self.body.clauses.append((clause, first_token(statement)))

    def _use(self, token: Token, place: str, semantics: tuple[str, ...]) -> None:
        definition = self.bodies.used(token, place, self.visible, self.problems)
        if definition is None:
            return
        content = self.bodies.define(definition)
        if content.lost or content.names is not self.names:
            self.body.lost = True
            if not content.lost:
                self._foreign(definition, content, token)
            return
        self.body.depth = max(self.body.depth, content.depth + 1)
        if self.body.depth > DEEPEST:
            too_deep(token, self.problems)
            self.body.depth = 0
        span = self.problems.span(token)
        self.body.parts += [brought(part, span) for part in content.parts]
        clauses: list[Placed] = []
        for clause, _ in content.clauses:
            if not semantics or clause.semantics == semantics:
                clauses.append((clause, token))
            elif not clause.semantics:
                clauses.append((clause.model_copy(update={"semantics": semantics}), token))
        self.body.clauses += clauses
        if content.clauses and not clauses:
            self.problems.report(
                Code.USE_WITHOUT_EFFECT,
                f"the contract has no clause for `{semantics[0]}`",
                token,
                notes=[definition.note],
            )
        if definition.kind == "contract":
            self.body.uses.append((token, clauses))

    def _foreign(self, definition: Definition, content: Body, token: Token) -> None:
        about = f"and what uses it is about {self.names.about}"
        self.problems.report(
            Code.FOREIGN_USE,
            f"the {definition.kind} is about {content.names.about}, {about}",
            token,
            help="both have the same `run`, or neither has one",
            notes=[definition.note],
        )


def _empty(definition: Definition) -> None:
    situation = definition.kind == "situation"
    definition.problems.report(
        Code.EMPTY_SITUATION if situation else Code.NO_CLAUSE,
        "the situation states nothing" if situation else "the contract has no clause",
        definition.item.name,
    )
