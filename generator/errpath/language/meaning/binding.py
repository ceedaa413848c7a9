# SPDX-License-Identifier: GPL-2.0-only
"""
In which semantics a contract holds, and whether it says something in each.
"""

from __future__ import annotations

from lark import Token

from errpath.language.meaning.definitions import Body
from errpath.language.report.code import Code
from errpath.language.report.problems import Problems
from errpath.language.report.suggest import listed
from errpath.language.syntax import tree


def bind(
    item: tree.Item,
    body: Body,
    among: tuple[str, ...],
    problems: Problems,
    *,
    explicit: bool,
    whole: bool,
) -> tuple[str, ...]:
    """
    Give the semantics that a contract holds in, out of those `among`.

    `explicit` tells that the contract names them. What is missing is reported only if the
    item is `whole`: if no statement of it was left out because of another problem.
    """
    brought = {id(clause) for _, clauses in body.uses for clause, _ in clauses}
    stated = {name for clause, _ in body.clauses for name in clause.semantics or among}
    for clause, token in body.clauses:
        if id(clause) not in brought and not set(clause.semantics) <= {*among}:
            _foreign(item, clause.semantics[0], among, token, problems)
    for token, clauses in body.uses:
        if clauses and all(c.semantics and c.semantics[0] not in among for c, _ in clauses):
            problems.report(
                Code.USE_WITHOUT_EFFECT,
                f"the contract has no clause for {listed(among)}",
                token,
            )
    if not whole:
        return among
    if not body.clauses:
        problems.report(
            Code.NO_CLAUSE,
            f"the {item.keyword} has no clause",
            item.name,
            help="what must hold stands in it: `returns -ENOMEM`, `never trylock_page(dst)`",
        )
        return among
    if item.keyword == "law" and not explicit:
        return tuple(name for name in among if name in stated)
    for name in among:
        if name not in stated:
            others = [other for other in among if other in stated]
            problems.report(
                Code.NO_CLAUSE_IN_SEMANTICS,
                f"the {item.keyword} has no clause for `{name}`",
                item.name,
                help=f"`only {', '.join(others)}` leaves `{name}` out"
                if item.keyword == "scenario" and others
                else None,
            )
    return among


def _foreign(
    item: tree.Item, name: str, among: tuple[str, ...], token: Token, problems: Problems
) -> None:
    problems.report(
        Code.FOREIGN_SEMANTICS,
        f"the {item.keyword} has no part in `{name}`",
        token,
        help=f"it holds in {listed(among)}",
    )
