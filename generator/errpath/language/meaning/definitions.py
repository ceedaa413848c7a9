# SPDX-License-Identifier: GPL-2.0-only
"""
Named situations and contracts, and finding the one that a `use` means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lark import Token

from errpath.language.meaning.contradictions import Placed
from errpath.language.meaning.names import Names
from errpath.language.meaning.parts import Part
from errpath.language.meaning.placement import SECTION
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Note
from errpath.language.report.problems import Problems
from errpath.language.syntax import tree
from errpath.language.syntax.text import text_of

DEEPEST: Final = 50
"""How deep definitions can use each other."""


@dataclass(slots=True, kw_only=True)
class Body:
    """
    What an item says.

    `names` is what resolved it, and `lost` tells that it could not be read as a whole, or what
    it uses. `parts` make up its situation. `once` has the statements that stand once, by type.
    `uses` has for each contract that is used its name and the clauses that it brought,
    `depth` is how deep definitions use each other below it.
    """

    names: Names
    lost: bool = False
    parts: list[Part] = field(default_factory=list)
    clauses: list[Placed] = field(default_factory=list)
    once: dict[type[Any], Any] = field(default_factory=dict)
    citations: list[tree.Citation] = field(default_factory=list)
    changes: list[tree.Changes] = field(default_factory=list)
    exceptions: list[tree.Except] = field(default_factory=list)
    uses: list[tuple[Token, list[Placed]]] = field(default_factory=list)
    depth: int = 0


@dataclass(slots=True, kw_only=True, eq=False)
class Definition:
    """
    A named situation or contract; `visible` are the definitions that its file sees.
    """

    name: str
    item: tree.Item
    problems: Problems
    visible: Mapping[str, Definition]
    body: Body | None = None

    @property
    def kind(self) -> str:
        """
        Which of the two it is.
        """
        return str(self.item.keyword)

    @property
    def note(self) -> Note:
        """
        Point to where it stands.
        """
        return Note(
            message=f"the {self.kind} is defined here", at=self.problems.span(self.item.name)
        )


def used(
    token: Token,
    place: str,
    *,
    visible: Mapping[str, Definition],
    within: Sequence[Definition],
    problems: Problems,
) -> Definition | None:
    """
    Find the definition that a `use` in a place means; `within` are those being read.

    Gives None, and reports why, if there is none that can be used there.
    """
    name = text_of(token, problems)
    definition = visible.get(name)
    if definition is None:
        what = "situation or contract"
        problems.unknown(Code.UNKNOWN_USE, what, token, visible, plural="definitions", name=name)
    elif place != "scenario" and (definition.kind == "situation") != (place == "situation"):
        where = "the block of a semantics" if place == SECTION else f"a {place}"
        problems.report(
            Code.MISPLACED_USE,
            f"a {definition.kind} cannot be used in {where}",
            token,
            notes=[definition.note],
        )
    elif definition in within:
        chain = [*within[within.index(definition) :], definition]
        problems.report(
            Code.USE_CYCLE,
            f"`{name}` uses itself",
            token,
            help=f"the chain is {' -> '.join(f'`{d.name}`' for d in chain)}",
        )
    elif len(within) > DEEPEST:
        too_deep(token, problems)
    else:
        return definition
    return None


def too_deep(token: Token, problems: Problems) -> None:
    """
    Report the `use` that is one too many below another.
    """
    problems.report(
        Code.NESTED_TOO_DEEP,
        "the definition is used too deep",
        token,
        help=f"definitions use each other at most {DEEPEST} deep",
    )
