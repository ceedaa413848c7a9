# SPDX-License-Identifier: GPL-2.0-only
"""
A kernel function that modelled code calls, and what a call of it means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Flag, auto
from itertools import product

from errpath.vocabulary.choice import Fault, Value
from errpath.vocabulary.hold import Hold


class May(Flag):
    """
    What a call may do to the thread that makes it.

    RECLAIM is direct reclaim that may enter file systems (`__GFP_FS`); an allocation with
    GFP_NOFS or GFP_NOIO, as under `->writepage()`, is ALLOCATE alone.
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

    `value` is what is asked and recorded, `shown` how a trace spells it. An answer that is for
    calls on one first subject names it in `only`.
    """

    value: Value
    shown: str
    fault: Fault | None = None
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Primitive:
    """
    The one declaration of a primitive.

    `subjects` holds, for each of its parameters in the kernel's order, the names of what
    can stand there; if not all of them go together, `together` has those that do. `answers`
    are the results that the environment chooses from, the caller's way first; a primitive
    without answers returns nothing that its caller reads. A result that is `computed` from
    what else is asked is no choice.
    A `test` only reads: it is no part of the printed trace, its answer is. `gives_up` and
    `takes` name what a call does to the ledger, for its first subject or for `takes_on`, in
    which `{}` is the first subject's name; a call that fails takes nothing unless
    `takes_on_fault`. `requires` must be held on every subject. A primitive that needs no
    reference may be called on a page that the thread has let go of.
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
    together: tuple[tuple[str, ...], ...] = ()
    computed: bool = False

    def named(self) -> Iterable[tuple[str, ...]]:
        """
        List the subjects of every call.
        """
        return self.together or product(*self.subjects)

    def answers_on(self, names: tuple[str, ...]) -> tuple[Answer, ...]:
        """
        List the answers to a call on these subjects.
        """
        first = names[:1]
        return tuple(a for a in self.answers if not a.only or (a.only,) == first)

    def taken_on(self, names: tuple[str, ...]) -> str:
        """
        Name what a call on these subjects takes its hold on.
        """
        return self.takes_on.format(names[0]) if self.takes_on else names[0]

    def calls(self) -> tuple[str, ...]:
        """
        List every call without its result: `trylock_page(src)`, `trylock_page(dst)`.
        """
        return tuple(f"{self.name}({', '.join(names)})" for names in self.named())

    def faults(self) -> tuple[Answer, ...]:
        """
        List the answers that are made against the caller.
        """
        return tuple(answer for answer in self.answers if answer.fault)
