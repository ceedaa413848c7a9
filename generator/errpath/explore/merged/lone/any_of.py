# SPDX-License-Identifier: GPL-2.0-only
"""
An answer that stands for several, as long as nobody tells these apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from errpath.kernel.event import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from errpath.vocabulary.choice import Value

Classes: TypeAlias = "Mapping[str, tuple[frozenset[Value], ...]]"
"""For the text of a choice, classes of answers that may be taken as one."""


class TellsApartError(BaseException):
    """
    The code asks more of an answer than whether it is another one: `other` is of its class.

    None tells that it is not compared, but used.
    """

    def __init__(self, text: str, values: frozenset[Value], other: Value | None) -> None:
        super().__init__(text)
        self.text = text
        self.values = values
        self.other = other

    def finer(self, classes: Classes) -> Classes:
        """
        Give the classes with what is told apart taken out, of this call and of it on other pages.
        """
        name = self.text.partition("(")[0]
        out = self.values if self.other is None else {self.other}
        return {
            text: tuple(some - out for some in every if len(some - out) > 1)
            if text.partition("(")[0] == name
            else every
            for text, every in classes.items()
        }


class AnyOf:
    """
    Any of these values, to who compares it with others.
    """

    __slots__ = ("_values", "text")

    def __init__(self, text: str, values: frozenset[Value]) -> None:
        self.text = text
        self._values = values

    def __eq__(self, other: object) -> bool:
        if isinstance(other, AnyOf):
            self.use()
        if other in self._values:
            told: Any = other
            raise TellsApartError(self.text, self._values, told)
        return False

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __bool__(self) -> bool:
        if not all(self._values):
            self.use()
        return True

    def use(self, *_: object) -> NoReturn:
        """
        Tell that more is asked.
        """
        raise TellsApartError(self.text, self._values, None)

    __hash__ = use
    __lt__ = __le__ = __gt__ = __ge__ = use
    __neg__ = __pos__ = __abs__ = __invert__ = use
    __int__ = __index__ = __float__ = __str__ = __repr__ = __format__ = use
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = use
    __mod__ = __rmod__ = __floordiv__ = __rfloordiv__ = use
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = use


class AnyEvent(Event):
    """
    The event of such an answer, to who may ask no more of that than whether it is another one.
    """

    __slots__ = ("value",)

    def __init__(self, event: Event, value: AnyOf) -> None:
        self.primitive = event.primitive
        self.subjects = event.subjects
        self.call = event.call
        self.value: Any = value

    def __getattr__(self, name: str) -> NoReturn:
        # Its text and its letter tell which it is.
        raise self.value.use(name)


def giving(primitive: Callable[..., Any], given: Callable[[], AnyOf | None]) -> Callable[..., Any]:
    """
    Give a primitive with what it gives in place of one of several answers, if it is asked so.
    """

    def call(*arguments: Any) -> Any:
        value = primitive(*arguments)
        any_of = given()
        return value if any_of is None else any_of

    return call
