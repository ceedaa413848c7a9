# SPDX-License-Identifier: GPL-2.0-only
"""
Scenarios, laws and deltas with their names resolved.
"""

from __future__ import annotations

import re
from typing import Any, Final

from lark import Token

from errpath.language.meaning.binding import bind
from errpath.language.meaning.bodies import Bodies, Visible
from errpath.language.meaning.changes import shared
from errpath.language.meaning.clashes import clashes
from errpath.language.meaning.clauses import location
from errpath.language.meaning.conditions import Conditions
from errpath.language.meaning.contradictions import contradictions
from errpath.language.meaning.definitions import Body
from errpath.language.meaning.slug import slug
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Span
from errpath.language.report.problems import Problems
from errpath.language.syntax import tree
from errpath.language.syntax.text import named, text_of
from errpath.spec.condition import Condition
from errpath.spec.contract import Commit, Delta, Entry, Exception_, Law, Scenario
from errpath.spec.merged import unjudged
from errpath.vocabulary.vocabulary import Vocabulary

_COMMIT_ID: Final = re.compile(r"[0-9a-f]{12}")


class Contracts:
    """
    What resolves the contracts of a file.
    """

    def __init__(self, vocabulary: Vocabulary, bodies: Bodies) -> None:
        self._semantics = vocabulary.semantics
        self._bodies = bodies

    def contract(
        self, item: tree.Item, visible: Visible, problems: Problems
    ) -> Scenario | Law | Delta | None:
        """
        Resolve one; None if it says nothing that makes sense.
        """
        before = len(problems.found)
        ends = self._ends(item, problems)
        body = self._bodies.read(item, visible, problems)
        if body is None:
            return None
        names = body.names
        only = self._only(body, problems)
        whole = not (item.damaged or body.lost) and len(problems.found) == before
        common = self._common(item, body, problems)
        among = ends or only or self._semantics
        semantics = bind(item, body, among, problems, explicit=bool(ends or only), whole=whole)
        binding = [
            (c, token)
            for c, token in body.clauses
            if not c.semantics or c.semantics[0] in semantics
        ]
        contradictions(binding, problems)
        names.reach.clauses(binding, semantics, problems)
        common["clauses"] = tuple([clause for clause, _ in binding])
        match str(item.keyword):
            case "scenario":
                return self._scenario(item, body, semantics, common, problems)
            case "law":
                when = self._when(body, semantics, problems)
                excused = self._exceptions(body, semantics, problems)
                law = Law(**common, when=when, semantics=semantics, exceptions=excused)
                _of_each(law, body, problems)
                return law
            case _:
                changes = names.changes.read(item, body.changes, problems)
                when = self._when(body, semantics, problems, names.of_attempts)
                shared(when, body.once.get(tree.When), problems)
                return Delta(
                    **common,
                    old=ends[0],
                    new=ends[-1],
                    when=when,
                    changes=changes,
                    regression=tree.Regression in body.once,
                )

    def _scenario(
        self,
        item: tree.Item,
        body: Body,
        semantics: tuple[str, ...],
        common: dict[str, Any],
        problems: Problems,
    ) -> Scenario | None:
        body.names.reach.faults(body.parts, semantics, problems)
        if clashes(body.parts, problems):
            return None
        table = body.names.cases.multiply(body.parts, problems.span(item.name), problems)
        if table is None:
            return None
        return Scenario(
            **common,
            situation=table.situation(body.parts),
            semantics=semantics,
            parameters=table.parameters,
            cases=table.cases,
        )

    def _common(self, item: tree.Item, body: Body, problems: Problems) -> dict[str, Any]:
        name = named(item.name, problems)
        because = body.once.get(tree.Because)
        if because is None and not item.damaged:
            problems.report(
                Code.NO_BECAUSE,
                f"the {item.keyword} gives no reason",
                item.name,
                help="one sentence of reason stands behind `because`",
            )
        return {
            "at": location(item.keyword, problems),
            "name": name,
            "identifier": slug(name),
            "because": named(because.text, problems) if because else "",
            "commits": tuple([_commit(citation, problems) for citation in body.citations]),
            "entry": _entry(body, problems),
        }

    def _ends(self, item: tree.Item, problems: Problems) -> tuple[str, ...]:
        for token in item.ends:
            self._known_semantics(token, problems)
        ends = tuple(str(token) for token in item.ends)
        if len(set(ends)) < len(ends):
            problems.report(
                Code.SELF_DELTA,
                f"a delta is between two semantics, and both are `{ends[0]}`",
                item.ends[1],
            )
        return ends

    def _only(self, body: Body, problems: Problems) -> tuple[str, ...]:
        statement = body.once.get(tree.Only)
        if statement is None:
            return ()
        if not statement.names:
            problems.report(Code.ONLY_NOTHING, "`only` names no semantics", statement.keyword)
        named_in_it = {
            token.value for token in statement.names if self._known_semantics(token, problems)
        }
        return tuple(name for name in self._semantics if name in named_in_it)

    def _known_semantics(self, token: Token, problems: Problems) -> bool:
        known = self._semantics
        if token.value not in known:
            problems.unknown(Code.UNKNOWN_SEMANTICS, "semantics", token, known, plural="semantics")
        return token.value in known

    def _when(
        self,
        body: Body,
        semantics: tuple[str, ...],
        problems: Problems,
        conditions: Conditions | None = None,
    ) -> Condition | None:
        statement = body.once.get(tree.When)
        if statement is None:
            return None
        condition = (conditions or body.names.conditions).when(statement, problems)
        body.names.reach.condition(condition, semantics, statement.keyword, problems)
        return condition

    def _exceptions(
        self, body: Body, semantics: tuple[str, ...], problems: Problems
    ) -> tuple[Exception_, ...]:
        found = []
        for statement in body.exceptions:
            when = body.names.conditions.when(statement, problems)
            because = named(statement.text, problems)
            among = self._excepted(statement, semantics, problems)
            if when is not None:
                body.names.reach.condition(when, among, statement.keyword, problems)
                at = location(statement.keyword, problems)
                found.append(Exception_(at=at, semantics=among, when=when, because=because))
        return tuple(found)

    def _excepted(
        self, statement: tree.Except, semantics: tuple[str, ...], problems: Problems
    ) -> tuple[str, ...]:
        for token in statement.names:
            if self._known_semantics(token, problems) and token.value not in semantics:
                problems.report(
                    Code.FOREIGN_SEMANTICS,
                    f"the law does not hold in `{token}`, so it has no exception there",
                    token,
                )
        return tuple(str(token) for token in statement.names) or semantics


def _of_each(law: Law, body: Body, problems: Problems) -> None:
    """
    Report what a law about lists of any length says that is not judged on them.
    """
    if law.entry is None or not law.entry.each:
        return
    places = {id(clause): token for clause, token in body.clauses}
    for node, what in unjudged(law, body.names.lexicon.vocabulary.settings):
        problems.report(
            Code.NOT_OF_EACH,
            f"{what} is not judged on lists of any length",
            places.get(id(node)) or Span.of(node.at),
            help="judged are cleanup contracts, return codes, calls by their number, and of one "
            "page the order of its calls and what it calls while it holds something",
        )


def _entry(body: Body, problems: Problems) -> Entry | None:
    run = body.once.get(tree.Runs)
    if run is None:
        return None
    pages = body.names.lexicon.vocabulary.pages
    name = str(run.call.tokens[0])
    return Entry(at=location(run.keyword, problems), name=name, pages=pages, each=run.each)


def _commit(citation: tree.Citation, problems: Problems) -> Commit:
    if not _COMMIT_ID.fullmatch(citation.id):
        problems.report(
            Code.BAD_COMMIT_ID,
            f"`{citation.id}` is no commit id",
            citation.id,
            help="a commit id is the first 12 hex digits, in lower case",
        )
    named(citation.title, problems)
    return Commit(id=str(citation.id), title=text_of(citation.title, problems))
