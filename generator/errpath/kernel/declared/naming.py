# SPDX-License-Identifier: GPL-2.0-only
"""
From the primitives for one page to those for pages that are named by who runs them.

A primitive is declared for the roles in an attempt: `src`, `dst`, `anon_vma`. On the pages
a and b it is declared for a, a_new and a_anon_vma together, and for those of b.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from errpath.kernel.calls.hugetlb import Hugetlb
from errpath.kernel.calls.lru import EFFECTS
from errpath.kernel.calls.split import Split
from errpath.kernel.declared.primitive import Slot, primitives_of
from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.listed_page import ANON_VMA, MAPPING, NEW, tails

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.vocabulary.primitive import Answer, Primitive

_ROLES: Final = {"src": "", "dst": NEW, "anon_vma": ANON_VMA, "mapping": MAPPING}
_NEVER_TAILS: Final = frozenset(vars(Hugetlb)) | frozenset(vars(Split))


@cache
def primitives_on(pages: tuple[str, ...]) -> dict[str, Primitive]:
    """
    Declare every primitive for pages of those names.
    """
    every = (*pages, *tails(pages))
    return {
        name: _on(declared, pages if name in _NEVER_TAILS else every)
        for name, declared in primitives_of(ListMachine).items()
    }


@cache
def machine_on(pages: tuple[str, ...]) -> type[ListMachine]:
    """
    Make the class of machines that have a list of pages of those names.
    """
    members: dict[str, object] = {"names": pages}
    for name, declared in primitives_on(pages).items():
        slot: Slot = getattr(ListMachine, name).slot
        members[name] = slot.made(declared, EFFECTS.get(name, slot.then), again=True)
    return type("ListMachine", (ListMachine,), members)


def _on(declared: Primitive, owners: tuple[str, ...]) -> Primitive:
    if not any(role in _ROLES for column in declared.subjects for role in column):
        return declared
    together = tuple(
        dict.fromkeys(
            tuple(f"{owner}{_ROLES[role]}" for role in roles)
            for owner in owners
            for roles in declared.named()
        )
    )
    takes_on = declared.takes_on
    return replace(
        declared,
        subjects=tuple(tuple(dict.fromkeys(column)) for column in zip(*together, strict=True)),
        together=together,
        answers=tuple(one for a in declared.answers for one in _answers(a, owners)),
        takes_on=f"{{}}{_ROLES[takes_on]}" if takes_on else None,
    )


def _answers(answer: Answer, owners: tuple[str, ...]) -> Iterator[Answer]:
    """
    Give the answers that one for a role stands for: each for one page.
    """
    ending = _ROLES.get(str(answer.value))
    if ending is None:
        yield answer
        return
    for owner in owners:
        name = f"{owner}{ending}"
        yield replace(answer, value=name, shown=name, only=owner)
