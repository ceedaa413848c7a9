# SPDX-License-Identifier: GPL-2.0-only
"""
Arguments that are decided when the code reads them.

A path asks only for what it reads: `mode`, `force`, `reason` and `put_new_page` are
passed as parameters, and an unread one is no choice of that path.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Self

from errpath.kernel import holds
from errpath.kernel.caller import PF_SWAPWRITE
from errpath.kernel.findings import KernelBug
from errpath.vocabulary.hold import item

if TYPE_CHECKING:
    from errpath.kernel.caller import Cleared, Flag
    from errpath.kernel.machine import Machine
    from errpath.vocabulary.choice import Choice, Value

SWAPWRITE: Final = item(holds.PF_SWAPWRITE, "current")
"""PF_SWAPWRITE, where the thread has it set."""


class Parameter:
    """
    An argument by the choice that decides it: compared, tested or called as C does it.
    """

    __slots__ = ("_call", "_choice", "_machine")

    def __init__(
        self, machine: Machine, choice: Choice, call: Callable[..., Any] | None = None
    ) -> None:
        self._machine = machine
        self._choice = choice
        self._call = call

    def _value(self) -> Value:
        facts = self._machine.facts
        text = self._choice.text
        value = facts.get(text)
        if value is None:
            value = facts[text] = self._machine.ask(self._choice)
        return value

    def __bool__(self) -> bool:
        return self._value() not in ("no", "NULL")

    def __eq__(self, other: object) -> bool:
        return self._value() == other

    __hash__ = None  # type: ignore[assignment]

    def __call__(self, *arguments: Any) -> Any:
        """
        Call the function that the choice decides on; through NULL, that is an oops.
        """
        if self._call is None:
            message = f"{self._choice.text} is no function"
            raise TypeError(message)
        if not self:
            says = f"{self._choice.text}() is called, and it is NULL"
            raise KernelBug("null-dereference", says, at_event=False)
        return self._call(*arguments)


class Flags:
    """
    `current->flags`: each flag is a choice of its own, how it was when the run began.

    It is asked when the code first tests it, or sets or clears it. PF_SWAPWRITE is a row of the
    ledger: what a run sets and does not clear is still there for whatever the thread does next,
    and what the caller has set, and the run clears, is not there any more.
    """

    __slots__ = ("_machine",)

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def __and__(self, flag: Choice) -> bool:
        value = self._machine.facts.get(flag.text)
        return (self._ask(flag) if value is None else value) == "set"

    def __ior__(self, flag: Flag) -> Self:
        k = self._change(flag, "set")
        if flag is PF_SWAPWRITE and SWAPWRITE not in k.held:
            # It is no event of its own: it stands before the next.
            k.held[SWAPWRITE] = len(k.trace) + 1
        return self

    def __iand__(self, others: Cleared) -> Self:  # type: ignore[misc]  # `&` tests
        k = self._change(others.flag, "clear")
        if others.flag is PF_SWAPWRITE and SWAPWRITE in k.held:
            k.give_up(SWAPWRITE)
        return self

    def _change(self, flag: Flag, value: Value) -> Machine:
        k = self._machine
        if flag.text not in k.choices:
            self._ask(flag)
        k.facts[flag.text] = value
        return k

    def _ask(self, flag: Choice) -> Value:
        value = self._machine.facts[flag.text] = self._machine.ask(flag)
        if flag is PF_SWAPWRITE and value == "set":
            # It is from before the run.
            self._machine.held[SWAPWRITE] = 0
        return value


class Task:
    """
    `current`, the thread that migrates.
    """

    __slots__ = ("flags",)

    def __init__(self, machine: Machine) -> None:
        self.flags = Flags(machine)
