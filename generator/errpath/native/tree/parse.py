# SPDX-License-Identifier: GPL-2.0-only
"""
C as a syntax tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

ENCODING: Final = "utf-8", "surrogateescape"
WALK: Final = "list_for_each_entry_safe"
"""The macro whose body follows it like a statement that lacks its semicolon."""


@cache
def _parser() -> Parser:
    from tree_sitter import Language, Parser  # noqa: PLC0415 - who uses it pays for it
    from tree_sitter_c import language  # noqa: PLC0415

    return Parser(Language(language()))


@lru_cache(64)
def parse(text: str) -> Node:
    """
    Parse C, each text once; what cannot be parsed is in the tree as an error.
    """
    return _parser().parse(text.encode(*ENCODING)).root_node


def text_of(node: Node) -> str:
    """
    Give the text that a node stands for, unchanged.
    """
    return (node.text or b"").decode(*ENCODING)


def line_of(node: Node) -> int:
    """
    Give the line at which a node begins, from 1.
    """
    return node.start_point.row + 1


def below(node: Node) -> Iterator[Node]:
    """
    Give a node and all that is in it, in the order of the text.
    """
    open_ = [node]
    while open_:
        one = open_.pop()
        yield one
        open_ += reversed(one.children)


def declared(node: Node) -> str:
    """
    Give the name that a declaration or definition declares; empty if it declares none.
    """
    found: Node | None = node
    while found is not None and found.type != "identifier":
        inner = found.child_by_field_name("declarator")
        if inner is None and found.type == "parenthesized_declarator":
            inner = found.named_children[0] if found.named_children else None
        found = inner
    return text_of(found) if found is not None else ""


def errors(node: Node) -> Iterator[Node]:
    """
    Give the places in a function that cannot be parsed, without the two that are known.
    """
    if node.has_error:
        for one in below(node):
            if (one.is_error or one.is_missing) and not (_walk(one) or _specifier(one)):
                yield one


def _specifier(node: Node) -> bool:
    """
    Tell whether it is a macro among the specifiers of a function, as ICE_noinline is in 4.9.
    """
    function = node.parent
    if function is None or function.type != "function_definition":
        return False
    declarator = function.child_by_field_name("declarator")
    return declarator is not None and node.end_byte <= declarator.start_byte


def _walk(node: Node) -> bool:
    """
    Tell whether it is the semicolon that is missing between a walk and its body.
    """
    before = node.prev_sibling
    if not (node.is_missing and node.type == ";" and before and before.type == "call_expression"):
        return False
    function = before.child_by_field_name("function")
    return function is not None and text_of(function) == WALK
