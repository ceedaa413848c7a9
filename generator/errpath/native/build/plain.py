# SPDX-License-Identifier: GPL-2.0-only
"""
What C may say that is compiled and run here.

A patch comes from whoever sends a mail. Its C can compute, and call the primitives; it cannot
reach what is behind the stub: assembly, the compiler's own functions, those of the C library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from errpath.native.refusal import Problem
from errpath.native.tree.parse import below, declared, line_of, parse, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from errpath.native.tree.declarations import Declaration
    from errpath.native.tree.functions import Function

_WORD: Final = re.compile(
    r"\b(?:asm|__asm|__asm__|extern|__attribute__|__attribute|_Pragma|__pragma|__label__"
    r"|__builtin_\w+|errpath_\w+)\b|##|%:|\?\?="
)
_ALLOWED: Final = frozenset(
    {"__builtin_expect", "__builtin_unreachable", "__builtin_trap", "__builtin_constant_p"}
)
_SPLICE: Final = re.compile(r"\\[ \t]*\n")
_POINTER: Final = re.compile(r"\*|_page_t\b|\btypeof\b|\b__typeof__\b")
_COMMENT: Final = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_TEXTS: Final = frozenset({"comment", "string_content", "character"})
_DIRECTIVES: Final = "preproc_"
_LOOKED_AT: Final = frozenset(
    {
        "assignment_expression",
        "call_expression",
        "cast_expression",
        "function_declarator",
    }
)
_HELP: Final = "errpath runs what computes and calls primitives, and nothing else"


def not_plain(
    functions: list[Function], declarations: list[Declaration], file: str
) -> Iterator[Problem]:
    """
    Give what is not to be compiled, each with its place.
    """
    for one in declarations:
        yield from _words(_COMMENT.sub(" ", one.text), file, one.line)
    for function in functions:
        for found in _SPLICE.finditer(function.text):
            line = function.line + function.text.count("\n", 0, found.start())
            yield Problem(f"{file}:{line}", "a line goes on behind a backslash", _HELP)
        nodes = list(below(parse(function.text)))
        variables = _variables(nodes)
        for node in nodes:
            kind = node.type
            if kind in _LOOKED_AT or kind.startswith(_DIRECTIVES):
                for says in _problems(node, function, variables):
                    yield Problem(_place(function, node, file), says, _HELP)
            elif not node.child_count and kind not in _TEXTS and _WORD.search(text_of(node)):
                yield from _words(text_of(node), file, function.line + line_of(node) - 1)


def _place(function: Function, node: Node, file: str) -> str:
    return f"{file}:{function.line + line_of(node) - 1}"


def _words(text: str, file: str, line: int) -> Iterator[Problem]:
    for found in _WORD.finditer(_SPLICE.sub("", text)):
        if found[0] not in _ALLOWED:
            yield Problem(f"{file}:{line}", f"`{found[0]}` is not compiled", _HELP)


def _problems(node: Node, function: Function, variables: set[str]) -> Iterator[str]:
    if node.type.startswith(_DIRECTIVES) and node.type != "preproc_arg":
        yield "a directive of the preprocessor is inside a function"
    elif node.type == "function_declarator" and _inner(node):
        yield f"{declared(node)}() is declared inside a function"
    elif node.type == "call_expression":
        callee = node.child_by_field_name("function")
        if callee is None or callee.type != "identifier":
            yield "a function is called that an expression gives"
        elif text_of(callee) in variables:
            yield f"`{text_of(callee)}` is a variable, and is called"
    elif node.type == "assignment_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        given = text_of(right) if right is not None else ""
        if left is not None and given != "NULL" and _callback(text_of(left), function):
            yield f"`{text_of(left)}` becomes another function"
    elif node.type == "cast_expression":
        type_ = node.child_by_field_name("type")
        if type_ is not None and _POINTER.search(text_of(type_)):
            yield "a pointer is made by a cast"


def _inner(node: Node) -> bool:
    parent = node.parent
    while parent is not None and parent.type.endswith("declarator"):
        parent = parent.parent
    return parent is None or parent.type != "function_definition"


def _variables(nodes: list[Node]) -> set[str]:
    found = {
        declared(one)
        for node in nodes
        if node.type == "declaration"
        for one in node.children_by_field_name("declarator")
    }
    return found - {""}


def _callback(name: str, function: Function) -> bool:
    return any(
        one.name == name and one.type.rstrip("* ").endswith("_page_t")
        for one in function.parameters
    )
