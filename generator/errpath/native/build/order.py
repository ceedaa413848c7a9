# SPDX-License-Identifier: GPL-2.0-only
"""
Which functions of a file are built, and in which order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from errpath.native.refusal import Problem, RefusedError
from errpath.native.tree.functions import problems_of
from errpath.native.tree.parse import below, parse, text_of
from errpath.native.tree.tree import MIGRATE

if TYPE_CHECKING:
    from errpath.native.tree.functions import Function


def with_helpers(
    under_contract: Mapping[str, Function],
    every: Mapping[str, tuple[Function, ...]],
    known: Iterable[str],
    file: str = MIGRATE,
) -> list[Function]:
    """
    Add what the functions under contract call of their file and is no primitive of errpath's.

    A function stands behind those that it calls, so that its calls of them can be told apart
    from others by macros; beyond that the order is the file's. RefusedError tells of what is
    called and there twice, or not to be parsed.
    """
    stub = frozenset(known)
    found: dict[str, Function] = {}
    open_: set[str] = set()
    problems: dict[Problem, None] = {}

    def add(function: Function) -> None:
        if function.name in found or function.name in open_:
            return
        open_.add(function.name)
        for name in called(function):
            if name in under_contract:
                add(under_contract[name])
            elif name not in stub and name in every:
                problems.update(dict.fromkeys(problems_of(name, every[name], file)))
                add(every[name][0])
        found[function.name] = function

    for function in under_contract.values():
        add(function)
    if problems:
        raise RefusedError(*problems)
    return list(found.values())


def called(function: Function) -> list[str]:
    """
    Name what a function calls by name, each once, in the order of its text.
    """
    names: dict[str, None] = {}
    for node in below(parse(function.text)):
        if node.type == "call_expression":
            callee = node.child_by_field_name("function")
            if callee is not None and callee.type == "identifier":
                names[text_of(callee)] = None
    return list(names)
