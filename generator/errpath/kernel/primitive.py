# SPDX-License-Identifier: GPL-2.0-only
"""
The decorator that turns a declaration into a primitive of the little kernel.

A decorated method has no body: its signature says how the C calls it, the arguments of
the decorator what a call does. Methods are compiled once, as the class is made, into
closures that hold their events, items and choices ready: a run makes some twenty calls,
and the whole of it is to cost microseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from errpath.kernel.event import event
from errpath.vocabulary.choice import Choice
from errpath.kernel.findings import KernelBug
from errpath.kernel.holds import PAGE_REF
from errpath.vocabulary.hold import Family, Hold, item
from errpath.vocabulary.primitive import Answer, May, Primitive

if TYPE_CHECKING:
    from errpath.kernel.machine import Machine
    from errpath.kernel.page import Page
    from errpath.vocabulary.choice import Value

Method = TypeVar("Method", bound=Callable[..., Any])
Then = Callable[..., Any]

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
    then: Then | None = None,
) -> Callable[[Method], Method]:
    """
    Declare a primitive; the fields are those of `Primitive`.

    `then(machine, *subjects)` is what a call changes beside the ledger, and for a
    primitive with answers `then(machine, *subjects, value)`, which gives what C gets.
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
        )
        return cast("Method", _Slot(declaration, then))

    return declare


class _Slot:
    """
    Stands for the method until its class is made, then puts the compiled one in place.

    The place is the C's own name: Python would store `__PageMovable` under another.
    """

    def __init__(self, declaration: Primitive, then: Then | None) -> None:
        self.declaration = declaration
        self.then = then

    def __set_name__(self, owner: type, name: str) -> None:
        compiled = _compile(self.declaration, self.then)
        compiled.__name__ = self.declaration.name
        compiled.__doc__ = self.declaration.says
        compiled.declaration = self.declaration  # type: ignore[attr-defined]
        setattr(owner, self.declaration.name, compiled)


def primitives_of(machine: type) -> dict[str, Primitive]:
    """
    Collect the declarations of every primitive of a class of machines, by name.
    """
    found = {}
    for part in reversed(machine.__mro__):
        for method in vars(part).values():
            declaration = getattr(method, "declaration", None)
            if isinstance(declaration, Primitive) and not isinstance(method, _Slot):
                found[declaration.name] = declaration
    return found


@cache
def choices_of(declaration: Primitive) -> dict[tuple[str, ...], Choice]:
    """
    Give, for each combination of subjects, the choice that a call asks.
    """
    return {
        names: Choice(
            declaration.name,
            names[0] if names else None,
            tuple(answer.value for answer in declaration.answers),
            text=f"{declaration.name}({', '.join(names)})",
            faults={a.value: a.fault for a in declaration.answers if a.fault},
        )
        for names in product(*declaration.subjects)
    }


def _compile(declaration: Primitive, then: Then | None) -> Callable[..., Any]:
    if not declaration.answers:
        return _acting(declaration, then)
    return _test(declaration, then) if declaration.test else _asking(declaration, then)


class _Nobody:
    """
    The subject of a call that has none.
    """

    name = ""


_NOBODY: Any = _Nobody()


class _Row:
    """
    What a call on certain subjects needs, worked out before any run.
    """

    def __init__(self, declaration: Primitive, names: tuple[str, ...]) -> None:
        self.refs = tuple(item(PAGE_REF, n) for n in names) if declaration.needs_reference else ()
        required = declaration.requires
        self.required = tuple(item(required, n) for n in names) if required else ()
        self.given = item(declaration.gives_up, names[0]) if declaration.gives_up else None
        self.taken = None
        if declaration.takes:
            self.taken = item(declaration.takes, declaration.takes_on or names[0])

    def check(self, k: Machine, declaration: Primitive) -> None:
        """
        Stop on what the kernel would stop on: a page let go of, a lock that is not held.
        """
        for ref in self.refs:
            if ref not in k.held:
                raise k.touched_after_put(f"{declaration.name}()", ref)
        for needed in self.required:
            if needed not in k.held:
                raise k.missing(declaration, needed)


class _Rows(dict[Any, Any]):
    """
    The rows of a primitive, by the names of a call's subjects.
    """

    def __init__(self, declaration: Primitive) -> None:
        super().__init__()
        self.name = declaration.name

    def __missing__(self, names: Any) -> NoReturn:
        subjects = names if isinstance(names, tuple) else (names,)
        if "NULL" in subjects:
            raise KernelBug("null-dereference", f"{self.name}() is called on NULL")
        says = f"{self.name}({', '.join(subjects)}) is no call that the vocabulary declares"
        raise KernelBug("undeclared-call", says)


def _key(names: tuple[str, ...]) -> Any:
    return names if len(names) > 1 else "".join(names)


def _acting(declaration: Primitive, then: Then | None) -> Callable[..., Any]:
    wide = len(declaration.subjects) > 1
    rows = _Rows(declaration)
    for names in product(*declaration.subjects):
        row = _Row(declaration, names)
        needed = (*row.refs, *row.required)
        rows[_key(names)] = (event(declaration, names), needed, row.given, row.taken, row)

    def call(k: Machine, page: Page = _NOBODY, *rest: Any) -> Any:
        made, needed, given, taken, row = rows[(page.name, rest[0].name) if wide else page.name]
        k.record(made)
        held = k.held
        for need in needed:
            if need not in held:
                row.check(k, declaration)
        if given is not None:
            if given in held and not k.more:
                k.spans.append((given, held.pop(given), len(k.trace)))
            else:
                k.give_up(given)
        if taken is not None:
            k.take(taken)
        if then is not None:
            return then(k, page, *rest)
        return None

    return call


def _test(declaration: Primitive, then: Then | None) -> Callable[..., Any]:
    rows = _Rows(declaration)
    for names, choice in choices_of(declaration).items():
        row = _Row(declaration, names)
        events = {value: event(declaration, names, value) for value in choice.values}
        rows[_key(names)] = (choice, choice.text, events, (*row.refs, *row.required), row)

    def call(k: Machine, page: Page = _NOBODY) -> Value:
        choice, text, events, needed, row = rows[page.name]
        facts = k.facts
        if text in facts:
            value = facts[text]
        else:
            value = facts[text] = k.choices[text] = k.environment(choice)
            if then is not None:
                then(k, page, value)
        k.record(events[value])
        held = k.held
        for need in needed:
            if need not in held:
                row.check(k, declaration)
        return value

    return call


def _asking(declaration: Primitive, then: Then | None) -> Callable[..., Any]:
    wide = len(declaration.subjects) > 1
    arity = len(declaration.subjects) - 1
    taking = {a.value for a in declaration.answers if declaration.takes_on_fault or not a.fault}
    # A trylock of a lock that this thread holds fails, whatever others do.
    is_lock = declaration.takes is not None and declaration.takes.family is Family.LOCK
    rows = _Rows(declaration)
    for names, choice in choices_of(declaration).items():
        row = _Row(declaration, names)
        events = {value: event(declaration, names, value) for value in choice.values}
        rows[_key(names)] = (choice, events, (*row.refs, *row.required), row.taken, row)

    def call(k: Machine, page: Page, *rest: Any) -> Any:
        choice, events, needed, taken, row = rows[(page.name, rest[0].name) if wide else page.name]
        held = k.held
        value = choice.values[-1] if is_lock and taken in held else k.ask(choice)
        k.record(events[value])
        for need in needed:
            if need not in held:
                row.check(k, declaration)
        if taken is not None and value in taking:
            if taken in held:
                k.take(taken)
            else:
                held[taken] = len(k.trace)
        if then is not None:
            return then(k, page, *rest[:arity], value)
        return value

    return call
