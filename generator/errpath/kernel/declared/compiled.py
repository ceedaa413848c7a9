# SPDX-License-Identifier: GPL-2.0-only
"""
From the declaration of a primitive to the function that a machine calls.

A run makes some thirty calls, and the whole of it is to cost microseconds. So the function
is written for its primitive, once: with the steps that the declaration asks for and no
others, and with its events, items and choices at hand. This is unlock_page():

    def unlock_page(k_, page):
        try:
            made_, ref0_, given_ = rows_[page.name]
        except KeyError:
            raise undeclared_(page) from None
        k_.trace.append(made_)
        if ref0_ not in k_.held:
            k_.touch(ref0_)
        if given_ in k_.held and not k_.more:
            k_.spans.append((given_, k_.held.pop(given_), len(k_.trace)))
        else:
            k_.give_up(given_)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from textwrap import indent
from typing import Any, TypeAlias

from errpath.kernel.event import event
from errpath.kernel.findings import KernelBug
from errpath.kernel.holds import PAGE_REF
from errpath.vocabulary.choice import Choice
from errpath.vocabulary.hold import Family, item
from errpath.vocabulary.primitive import Primitive

Choices: TypeAlias = Mapping[tuple[str, ...], Choice]
"""What a call asks, for each combination of its subjects."""

Then: TypeAlias = Callable[..., Any]
"""What a call changes beside the ledger."""

_ROW = """\
try:
    {names} = rows_[{key}]
except KeyError:
    raise undeclared_({subjects}) from None
"""
_ONLY_ROW = """\
if {other}:
    raise undeclared_({subjects})
"""
# A test is answered once for a run, or by what was done since.
_TEST = """\
if text_ in k_.facts:
    value_ = k_.facts[text_]
else:
    ask_ = k_.environment
    value_ = k_.facts[text_] = k_.choices[text_] = ask_(choice_)
"""
# Where a run tries a page again, what is known of it can be forgotten and asked anew.
_TEST_AGAIN = """\
if text_ in k_.facts:
    value_ = k_.facts[text_]
else:
    if text_ in k_.choices:
        value_ = k_.facts[text_] = k_.ask(choice_)
    else:
        ask_ = k_.environment
        value_ = k_.facts[text_] = k_.choices[text_] = ask_(choice_)
"""
_ASK = """\
if text_ in k_.choices:
    value_ = k_.ask(choice_)
else:
    ask_ = k_.environment
    value_ = k_.choices[text_] = ask_(choice_)
"""
# A trylock of a lock that this thread holds fails, whatever others do.
_TRY = f"""\
if taken_ in k_.held:
    value_ = choice_.values[-1]
el{_ASK}"""
_CHECK = """\
if {item} not in k_.held:
    {finding}({item})
"""
_GIVE_UP = """\
if given_ in k_.held and not k_.more:
    k_.spans.append((given_, k_.held.pop(given_), len(k_.trace)))
else:
    k_.give_up(given_)
"""
_TAKE = """\
if taken_ in k_.held:
    k_.take(taken_)
else:
    k_.held[taken_] = len(k_.trace)
"""


def compiled(
    declaration: Primitive,
    choices: Choices,
    parameters: tuple[str, ...],
    then: Then | None,
    *,
    computed: Then | None = None,
    again: bool = False,
) -> Callable[..., Any]:
    """
    Make the function. It has the C's parameters, the subjects first; `then` is its effect.

    `computed` gives the value of what is no choice. `again` is for machines whose runs forget
    facts.
    """
    return _Function(declaration, choices, parameters, then, computed, again=again).made()


def source(
    declaration: Primitive, choices: Choices, parameters: tuple[str, ...], then: Then | None
) -> str:
    """
    Give the text of the function that `compiled` makes, for whoever wants to read it.
    """
    return _Function(declaration, choices, parameters, then).source()


class _Function:
    """
    The function of a primitive, as it is written.

    What its steps name is a parameter, or in the row of the subjects, or the same for all.
    """

    def __init__(
        self,
        declaration: Primitive,
        choices: Choices,
        parameters: tuple[str, ...],
        then: Then | None,
        computed: Then | None = None,
        *,
        again: bool = False,
    ) -> None:
        self.declaration = declaration
        self.computed = computed
        self.test = _TEST_AGAIN if again else _TEST
        self.parameters = parameters
        self.subjects = parameters[: len(declaration.subjects)]
        self.then = then
        self.rows = {
            names: _row(declaration, names, choices.get(names)) for names in declaration.named()
        }

    def made(self) -> Callable[..., Any]:
        """
        Compile what is written.
        """
        declared = self.declaration
        taking = {a.value for a in declared.answers if declared.takes_on_fault or not a.fault}
        scope: dict[str, Any] = {
            "rows_": {_key(names): tuple(row.values()) for names, row in self.rows.items()},
            "taking_": taking,
            "then_": self.then,
            "computed_": self.computed,
            "undeclared_": partial(_undeclared, declared.name),
        }
        if len(self.rows) == 1:
            scope |= next(iter(self.rows.values()))
        exec(self.source(), scope)  # noqa: S102 - it holds what stands above, and identifiers
        function: Callable[..., Any] = scope[declared.name]
        return function

    def source(self) -> str:
        """
        Write the function.
        """
        head = f"def {self.declaration.name}({', '.join(('k_', *self.parameters))}):\n"
        steps = (self._find_row(), self._record(), self._check(), self._count(), self._result())
        return head + indent("".join(chain.from_iterable(steps)), "    ")

    def _find_row(self) -> Iterator[str]:
        subjects = ", ".join(self.subjects)
        (only, row), *others = self.rows.items()
        if others:
            key = ", ".join(f"{subject}.name" for subject in self.subjects)
            names = ", ".join(row) if len(row) > 1 else f"{next(iter(row))},"
            yield _ROW.format(names=names, key=key, subjects=subjects)
        elif subjects:
            pairs = zip(self.subjects, only, strict=True)
            other = " or ".join(f"{subject}.name != {name!r}" for subject, name in pairs)
            yield _ONLY_ROW.format(other=other, subjects=subjects)

    def _record(self) -> Iterator[str]:
        declared = self.declaration
        if not declared.answers:
            yield "k_.trace.append(made_)\n"
            return
        if self.computed:
            yield f"value_ = computed_({', '.join(('k_', *self.subjects))})\n"
        elif declared.test:
            yield self.test
            yield indent(self._effect(), "    ")
        else:
            lock = declared.takes is not None and declared.takes.family is Family.LOCK
            yield _TRY if lock else _ASK
        yield "k_.trace.append(events_[value_])\n"

    def _check(self) -> Iterator[str]:
        every = range(len(self.subjects))
        for index in every if self.declaration.needs_reference else ():
            yield _CHECK.format(item=f"ref{index}_", finding="k_.touch")
        for index in every if self.declaration.requires else ():
            yield _CHECK.format(item=f"needed{index}_", finding="raise k_.missing")

    def _count(self) -> Iterator[str]:
        if self.declaration.gives_up:
            yield _GIVE_UP
        if self.declaration.takes and self.declaration.answers:
            yield "if value_ in taking_:\n" + indent(_TAKE, "    ")
        elif self.declaration.takes:
            yield _TAKE

    def _result(self) -> Iterator[str]:
        if self.declaration.answers and (self.declaration.test or not self.then):
            yield "return value_\n"
        elif self.then:
            yield f"return {self._effect()}"

    def _effect(self) -> str:
        given = self.parameters if self.computed else self.subjects
        given = (*given, "value_") if self.declaration.answers else self.parameters
        return f"then_({', '.join(('k_', *given))})\n" if self.then else ""


def _row(declaration: Primitive, names: tuple[str, ...], choice: Choice | None) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if choice:
        events = {value: event(declaration, names, value) for value in choice.values}
        row |= {"choice_": choice, "text_": choice.text, "events_": events}
    elif declaration.answers:
        answers = declaration.answers_on(names)
        row["events_"] = {a.value: event(declaration, names, a.value) for a in answers}
    else:
        row["made_"] = event(declaration, names)
    if declaration.needs_reference:
        row |= {f"ref{index}_": item(PAGE_REF, name) for index, name in enumerate(names)}
    if declaration.requires:
        lock = declaration.requires
        row |= {f"needed{index}_": item(lock, name) for index, name in enumerate(names)}
    if declaration.gives_up:
        row["given_"] = item(declaration.gives_up, names[0])
    if declaration.takes:
        row["taken_"] = item(declaration.takes, declaration.taken_on(names))
    return row


def _key(names: tuple[str, ...]) -> str | tuple[str, ...]:
    return names if len(names) > 1 else "".join(names)


def _undeclared(name: str, *subjects: Any) -> KernelBug:
    """
    Word a call on what the declaration does not name.
    """
    names = [subject.name for subject in subjects]
    if "NULL" in names:
        return KernelBug("null-dereference", f"{name}() is called on NULL", at_event=False)
    says = f"{name}({', '.join(names)}) is no call that the vocabulary declares"
    return KernelBug("undeclared-call", says, at_event=False)
