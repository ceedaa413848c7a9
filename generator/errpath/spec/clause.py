# SPDX-License-Identifier: GPL-2.0-only
"""
One line of contract.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from errpath.spec.node import Node
from errpath.spec.pattern import Pattern
from errpath.spec.scope import Scope


class _Clause(Node):
    """
    `semantics` are those in which the clause holds; empty for all.
    """

    semantics: tuple[str, ...] = ()


class Returns(_Clause):
    """
    The return code is one of `codes` (0 or negative).
    """

    kind: Literal["returns"] = "returns"
    codes: tuple[int, ...]


class Never(_Clause):
    """
    Absence: no call of `pattern` in the scope.
    """

    kind: Literal["never"] = "never"
    pattern: Pattern
    scope: Scope | None = None


class Calls(_Clause):
    """
    Existence, bounded if `at_most` is set: so many calls of `pattern` in the scope.
    """

    kind: Literal["calls"] = "calls"
    pattern: Pattern
    at_least: int = 1
    at_most: int | None = None
    scope: Scope | None = None


class Precedes(_Clause):
    """
    Precedence: the chain `then` comes only after the chain `first`.
    """

    kind: Literal["precedes"] = "precedes"
    first: tuple[Pattern, ...]
    then: tuple[Pattern, ...]
    scope: Scope | None = None


class LeadsTo(_Clause):
    """
    Response: after each chain `cause` comes the chain `effect`.
    """

    kind: Literal["leads_to"] = "leads_to"
    cause: tuple[Pattern, ...]
    effect: tuple[Pattern, ...]
    scope: Scope | None = None


class Order(_Clause):
    """
    Chain: of the calls that `patterns` name, exactly these occur, in this order.
    """

    kind: Literal["order"] = "order"
    patterns: tuple[Pattern, ...]
    scope: Scope | None = None


class FinallyOn(_Clause):
    """
    Final state: where a page is, or is not.
    """

    kind: Literal["finally_on"] = "finally_on"
    subject: str
    place: str
    negated: bool = False


class FinallyState(_Clause):
    """
    Final state: what a subject is, or is not.
    """

    kind: Literal["finally_state"] = "finally_state"
    subject: str
    state: str
    negated: bool = False


class FinallyCount(_Clause):
    """
    Final state: by how much the run changed a counter.
    """

    kind: Literal["finally_count"] = "finally_count"
    counter: str
    change: int


class Breaks(_Clause):
    """
    A declared violation: the run breaks a cleanup contract, and has to.
    """

    kind: Literal["breaks"] = "breaks"
    contract: str
    because: str


class Keeps(_Clause):
    """
    The run keeps a cleanup contract: what every scenario checks unasked, said by a law.
    """

    kind: Literal["keeps"] = "keeps"
    contract: str


Clause: TypeAlias = Annotated[
    Returns
    | Never
    | Calls
    | Precedes
    | LeadsTo
    | Order
    | FinallyOn
    | FinallyState
    | FinallyCount
    | Breaks
    | Keeps,
    Field(discriminator="kind"),
]
"""Any line of contract."""
