# SPDX-License-Identifier: GPL-2.0-only
"""
Which statement may stand where.
"""

from __future__ import annotations

from typing import Any, Final

from lark import Token

from errpath.language.report.code import Code
from errpath.language.report.problems import Problems
from errpath.language.syntax import tree

_CLAUSES: Final = frozenset(
    {
        tree.Returns,
        tree.Never,
        tree.Calls,
        tree.Precedes,
        tree.LeadsTo,
        tree.Order,
        tree.Finally,
        tree.Breaks,
        tree.Keeps,
    }
)
_SITUATION: Final = frozenset({tree.Setting, tree.Fault, tree.Use, tree.Runs})
_CONTRACT: Final = _CLAUSES | {tree.Section, tree.Use, tree.Runs}
_REASON: Final = frozenset({tree.Because, tree.Citation})

SECTION: Final = "section"
"""The place between the braces of `pre { ... }`."""

_ALLOWED: Final = {
    "situation": _SITUATION,
    "contract": _CONTRACT,
    "scenario": _SITUATION | _CONTRACT | _REASON | {tree.Only},
    "law": _CONTRACT | _REASON | {tree.Only, tree.When, tree.Except},
    "delta": _CONTRACT | _REASON | {tree.When, tree.Changes, tree.Regression},
    SECTION: _CLAUSES | {tree.Use},
}

_SAYS: Final = {
    ("situation", "clause"): "a situation has settings and faults; a contract has clauses",
    ("contract", "situation"): "a contract has clauses; a situation has settings and faults",
    (
        "scenario",
        "when",
    ): "a scenario states its situation: `src: mapped`, `fail get_new_page(src)`",
    ("scenario", "except"): "a scenario declares what it breaks: `breaks ownership because ...`",
    ("law", "situation"): "a law is about every path; `when` says which of them it binds",
    ("delta", "situation"): "a delta is about every path; `when` says which of them it binds",
    (SECTION, "situation"): "the situation is the same in each semantics: it stands outside",
    (SECTION, "run"): "each semantics runs the same function: `run` stands outside",
    (SECTION, "section"): "semantics stand beside each other",
}


def check_place(statement: Any, place: str, problems: Problems) -> bool:
    """
    Tell whether a statement may stand in a place, and report it if not.
    """
    kind = type(statement)
    if kind in _ALLOWED[place]:
        return True
    token = first_token(statement)
    where = "the block of a semantics" if place == SECTION else f"a {place}"
    problems.report(
        Code.MISPLACED_STATEMENT,
        f"{_named(statement)} cannot stand in {where}",
        token,
        help=_SAYS.get((place, _group(kind, token))),
    )
    return False


def first_token(statement: Any) -> Token:
    """
    Give the token that a statement begins with.
    """
    first = statement[0]
    while not isinstance(first, Token):
        first = first[0]
    return first


def _group(kind: type[Any], token: Token) -> str:
    if kind in _CLAUSES:
        return "clause"
    if kind in {tree.Setting, tree.Fault}:
        return "situation"
    return "section" if kind is tree.Section else str(token)


def _named(statement: Any) -> str:
    match statement:
        case tree.Setting():
            return "a setting"
        case tree.Section():
            return "a block of a semantics"
        case tree.Precedes() | tree.LeadsTo():
            return "a clause"
        case _:
            return f"`{first_token(statement)}`"
