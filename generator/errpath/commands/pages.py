# SPDX-License-Identifier: GPL-2.0-only
"""
The option that says how long the lists of pages are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from errpath.commands.status import unusable

if TYPE_CHECKING:
    from errpath.kernel.target import Model

Command = TypeVar("Command", bound=Callable[..., Any])
Lengths = range

_SAID: Final = re.compile(r"([0-9]{1,9})(?:\.\.([0-9]{1,9}))?")


class _Lengths(click.ParamType):  # type: ignore[type-arg]
    """
    A length, or the first and the last of some.
    """

    name = "lengths"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Lengths:
        """
        Read `3` or `1..6`.
        """
        if isinstance(value, Lengths):
            return value
        said = _SAID.fullmatch(value)
        if said is None:
            self.fail(f"{value!r} is no length of a list, and no `1..6`.", param, ctx)
        first = int(said[1])
        last = int(said[2] or first)
        if not 1 <= first <= last:
            self.fail(f"{value!r} has no list: lengths begin at 1, and go up.", param, ctx)
        return range(first, last + 1)


def pages_option(default: str, says: str) -> Callable[[Command], Command]:
    """
    Add the option `--pages`, as `pages`.
    """
    return click.option(
        "--pages", type=_Lengths(), default=default, show_default=True, metavar="K|K..L", help=says
    )


def hold_to_most(pages: Lengths, entries: Iterable[str], model: Model) -> None:
    """
    End with status 2 if an entry takes no list as long as the longest.
    """
    for name in entries:
        most = model.vocabulary.entries[name].most
        if pages[-1] > most:
            raise unusable(f"`{name}` takes at most {most} pages, and {pages[-1]:,} are asked for")
