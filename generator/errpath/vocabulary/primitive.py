# SPDX-License-Identifier: GPL-2.0-only
"""
A kernel function that modelled code calls, and what a call of it means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Flag, auto
from itertools import product

from errpath.vocabulary.choice import Fault, Value
from errpath.vocabulary.hold import Hold


class May(Flag):
    """
    What a call may do to the thread that makes it.
    """

    NOTHING = 0
    SLEEP = auto()
    ALLOCATE = auto()
    RECLAIM = auto()
    WRITE_BACK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    One result that a call can give, and the fault if it is one.

    `value` is what is asked and recorded, `shown` how a trace spells it.
    """

    value: Value
    shown: str
    fault: Fault | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Primitive:
    """
    The one declaration of a primitive.

    `subjects` holds, for each of its parameters in the kernel's order, the names of what
    can stand there. `answers` are the results that the environment chooses from, the
    caller's way first; a primitive without answers returns nothing that its caller reads.
    A `test` only reads: it is no part of the printed trace, its answer is. `gives_up` and
    `takes` name what a call does to the ledger, for its first subject or for `takes_on`; a
    call that fails takes nothing unless `takes_on_fault`. `requires` must be held on every
    subject. A primitive that needs no reference may be called on a page that the thread
    has let go of.
    """

    name: str
    subjects: tuple[tuple[str, ...], ...]
    says: str
    source: str
    test: bool = False
    answers: tuple[Answer, ...] = ()
    takes: Hold | None = None
    takes_on: str | None = None
    takes_on_fault: bool = False
    gives_up: Hold | None = None
    requires: Hold | None = None
    needs_reference: bool = True
    may: May = field(default=May.NOTHING)

    def calls(self) -> tuple[str, ...]:
        """
        List every call without its result: `trylock_page(src)`, `trylock_page(dst)`.
        """
        return tuple(f"{self.name}({', '.join(names)})" for names in product(*self.subjects))

    def faults(self) -> tuple[Answer, ...]:
        """
        List the answers that are made against the caller.
        """
        return tuple(answer for answer in self.answers if answer.fault)
