# SPDX-License-Identifier: GPL-2.0-only
"""
What the parser makes of a file: the text in its structure, with no name resolved.

Names, numbers and strings stay tokens, which know where they stand.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from lark import Token


class Call(NamedTuple):
    """
    `trylock_page(src) fails`: the name, the subjects, and the result if `ending` is "=".
    """

    tokens: list[Token]
    ending: Literal["", "=", "fails", "succeeds", "each"] = ""


Pattern: TypeAlias = list[Call]
"""Alternatives: `put_new_page(dst) | put_page(dst)`."""

Chain: TypeAlias = list[Pattern]
"""Calls in a row: `lock_page(src), unlock_page(src)`."""


class Scope(NamedTuple):
    """
    `before P`, `after P`, `between P and Q`.
    """

    kind: Literal["before", "after", "between"]
    patterns: list[Pattern]


class While(NamedTuple):
    """
    `while PG_locked(src)`.
    """

    hold: Token
    subject: Token


class Passes(NamedTuple):
    """
    `in pass 1 | 2`, or `from pass 4` if `lasting`.
    """

    numbers: list[Token]
    lasting: bool


AnyScope: TypeAlias = Scope | While | Passes | None


class Because(NamedTuple):
    """
    `because "..."`.
    """

    keyword: Token
    text: Token


class Citation(NamedTuple):
    """
    `commit 32665f2bbfed "..."`.
    """

    keyword: Token
    id: Token
    title: Token


class Runs(NamedTuple):
    """
    `run migrate_pages(a, b)`: the function, and the pages that it is given.

    `run migrate_pages(each page)` names every page of a list of any length at once.
    """

    keyword: Token
    call: Call

    @property
    def each(self) -> bool:
        """
        Whether it names no list, but each page of any.
        """
        return self.call.ending == "each"


class Use(NamedTuple):
    """
    `use "an orphan"`.
    """

    keyword: Token
    name: Token


class Only(NamedTuple):
    """
    `only post`.
    """

    keyword: Token
    names: list[Token]


class Changes(NamedTuple):
    """
    `changes calls list_del(src) | put_page(src)`: the kind, and what differs in that way.
    """

    keyword: Token
    kind: Token
    of: list[Token | Call]


class AnyWord(NamedTuple):
    """
    `any`, or `any kind`.
    """

    keyword: Token
    aspect: Token | None = None


class Setting(NamedTuple):
    """
    `src: file | anon, mapped`: for each comma, the alternatives.
    """

    keyword: Token
    words: list[list[Token | AnyWord]]


class Fault(NamedTuple):
    """
    `fail move_to_new_page(src) with -EBUSY on call 2`.

    `results` is None, the token `any`, or the results. `lasting` tells `from call 2`, which
    has no end, from `on call 2`. A fault of `passes` has no calls.
    """

    keyword: Token
    call: Call
    results: Token | list[Token] | None
    on_call: Token | None
    times: Token | None
    lasting: bool
    passes: Passes | None = None


class Count(NamedTuple):
    """
    `exactly 2 times`: the bounds that `number` fills in (None: `once`).
    """

    kind: Literal["exactly", "at_most", "at_least"]
    number: Token | None


class Returns(NamedTuple):
    """
    `returns -ENOMEM | -EAGAIN`.
    """

    keyword: Token
    codes: list[Token]


class Never(NamedTuple):
    """
    `never P`.
    """

    keyword: Token
    pattern: Pattern
    scope: AnyScope = None


class Calls(NamedTuple):
    """
    `calls P exactly 2 times`.
    """

    keyword: Token
    pattern: Pattern
    bounds: Count | None
    scope: AnyScope


class Precedes(NamedTuple):
    """
    `P, Q precedes R`.
    """

    first: Chain
    then: Chain
    scope: AnyScope = None


class LeadsTo(NamedTuple):
    """
    `P leads to Q, R`.
    """

    cause: Chain
    effect: Chain
    scope: AnyScope = None


class Order(NamedTuple):
    """
    `order P < Q < R`.
    """

    keyword: Token
    patterns: list[Pattern]
    scope: AnyScope


class Finally(NamedTuple):
    """
    `finally src not on lru`: what it is said of, and the word for it.
    """

    keyword: Token
    subject: Token
    word: Token
    kind: Literal["on", "state", "changed"]
    negated: bool = False


class Breaks(NamedTuple):
    """
    `breaks ownership because "..."`.
    """

    keyword: Token
    contract: Token
    because: Token
    text: Token


class Keeps(NamedTuple):
    """
    `keeps ownership`.
    """

    keyword: Token
    contract: Token


Clause: TypeAlias = Returns | Never | Calls | Precedes | LeadsTo | Order | Finally | Breaks | Keeps


class Made(NamedTuple):
    """
    A condition: a call of the pattern was made.
    """

    pattern: Pattern


class Asked(NamedTuple):
    """
    A condition: `PageAnon(src) is asked`.
    """

    call: Call


class WordIs(NamedTuple):
    """
    A condition: `src is file | anon`.
    """

    subject: Token
    words: list[Token]


class Returned(NamedTuple):
    """
    A condition: `returns -EAGAIN`.
    """

    keyword: Token
    codes: list[Token]


class Combined(NamedTuple):
    """
    A condition: `and`, `or` or `not` of others. `depth` counts the nesting below.
    """

    kind: Literal["all", "some", "not"]
    conditions: list[Condition]
    depth: int


class Stopped(NamedTuple):
    """
    A condition: `stops`.
    """

    keyword: Token


Condition: TypeAlias = "Made | Asked | WordIs | Returned | Stopped | Combined"


class Regression(NamedTuple):
    """
    `regression`.
    """

    keyword: Token


class When(NamedTuple):
    """
    `when trylock_page(src) fails`.
    """

    keyword: Token
    condition: Condition


class Except(NamedTuple):
    """
    `except post when get_new_page(src) fails because "..."`.
    """

    keyword: Token
    names: list[Token]
    condition: Condition
    because: Token
    text: Token


class Section(NamedTuple):
    """
    `pre { ... }`, or `post: ...` with one statement.
    """

    keyword: Token
    body: list[Statement]


Statement: TypeAlias = (
    "Because | Citation | Runs | Use | Only | When | Except | Changes | Regression"
    " | Setting | Fault | Clause | Section"
)


class Include(NamedTuple):
    """
    `include "shared/pages.errpath"`.
    """

    keyword: Token
    path: Token


class Item(NamedTuple):
    """
    A situation, contract, scenario, law or delta; `ends` are a delta's two semantics.

    `damaged` if a statement was left out of `body` because of its syntax.
    """

    keyword: Token
    name: Token
    body: list[Statement]
    ends: tuple[Token, ...] = ()
    damaged: bool = False
