# SPDX-License-Identifier: GPL-2.0-only
"""
The decorator that turns a declaration into a primitive of the little kernel.

A decorated method has no body: its signature says how the C calls it, the arguments of
the decorator what a call does. `compiled` makes the function of the two, once, as the class
is made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from inspect import signature
from typing import Any, TypeVar, cast

from errpath.kernel.declared.compiled import Then, compiled
from errpath.vocabulary.choice import Choice
from errpath.vocabulary.hold import Hold
from errpath.vocabulary.primitive import Answer, May, Primitive

Method = TypeVar("Method", bound=Callable[..., Any])

SRC = ("src",)
DST = ("dst",)
PAGE = ("src", "dst")


def primitive(
    *subjects: tuple[str, ...],
    source: str,
    test: bool = False,
    answers: tuple[Answer, ...] = (),
    takes: Hold | None = None,
    takes_on: str | None = None,
    takes_on_fault: bool = False,
    gives_up: Hold | None = None,
    requires: Hold | None = None,
    needs_reference: bool = True,
    may: May = May.NOTHING,
    computed: Then | None = None,
    then: Then | None = None,
) -> Callable[[Method], Method]:
    """
    Declare a primitive; the fields are those of `Primitive`.

    `then(machine, *subjects)` is what a call changes beside the ledger, and for a
    primitive with answers `then(machine, *subjects, value)`, which gives what C gets.
    `computed(machine, *subjects)` gives the value of one that is no choice; its `then` has
    all parameters before the value.
    """

    def declare(method: Method) -> Method:
        name = method.__name__
        declaration = Primitive(
            name=name,
            subjects=subjects,
            says=(method.__doc__ or "").strip(),
            source=source,
            test=test,
            answers=answers,
            takes=takes,
            takes_on=takes_on,
            takes_on_fault=takes_on_fault,
            gives_up=gives_up,
            requires=requires,
            needs_reference=needs_reference,
            may=may,
            computed=computed is not None,
        )
        parameters = tuple(signature(method).parameters)[1:]
        return cast("Method", Slot(declaration, parameters, then, computed))

    return declare


class Slot:
    """
    Stands for the method until its class is made, then puts the compiled one in place.

    The place is the C's own name: Python would store `__PageMovable` under another. It stays
    with the function as its `slot`, for who makes the same of another declaration.
    """

    def __init__(
        self,
        declaration: Primitive,
        parameters: tuple[str, ...],
        then: Then | None,
        computed: Then | None,
    ) -> None:
        self.declaration = declaration
        self.parameters = parameters
        self.then = then
        self.computed = computed

    def __set_name__(self, owner: type, name: str) -> None:
        declaration = self.declaration
        setattr(owner, declaration.name, self.made(declaration, self.then))

    def made(
        self, declaration: Primitive, then: Then | None, *, again: bool = False
    ) -> Callable[..., Any]:
        """
        Make the function of a declaration that has this one's parameters.
        """
        function = compiled(
            declaration,
            choices_of(declaration),
            self.parameters,
            then,
            computed=self.computed,
            again=again,
        )
        function.__doc__ = declaration.says
        function.declaration = declaration  # type: ignore[attr-defined]
        function.slot = self  # type: ignore[attr-defined]
        return function


def primitives_of(machine: type) -> dict[str, Primitive]:
    """
    Collect the declarations of every primitive of a class of machines, by name.
    """
    found = {}
    for part in reversed(machine.__mro__):
        for method in vars(part).values():
            declaration = getattr(method, "declaration", None)
            if isinstance(declaration, Primitive) and not isinstance(method, Slot):
                found[declaration.name] = declaration
    return found


@cache
def choices_of(declaration: Primitive) -> dict[tuple[str, ...], Choice]:
    """
    Give, for each combination of subjects, the choice that a call asks, if it asks any.
    """
    if not declaration.answers or declaration.computed:
        return {}
    return {
        names: Choice(
            declaration.name,
            names[0] if names else None,
            tuple(answer.value for answer in declaration.answers_on(names)),
            text=f"{declaration.name}({', '.join(names)})",
            faults={a.value: a.fault for a in declaration.answers if a.fault},
        )
        for names in declaration.named()
    }
