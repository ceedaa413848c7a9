# SPDX-License-Identifier: GPL-2.0-only
"""
What a file defines beside functions: types, macros, variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from errpath.native.tree.parse import below, declared, line_of, parse, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_WORD: Final = re.compile(r"[A-Za-z_]\w*")
_TYPES: Final = frozenset({"struct_specifier", "union_specifier", "enum_specifier"})
_MACROS: Final = frozenset({"preproc_def", "preproc_function_def"})
_NAMES: Final = frozenset({"identifier", "type_identifier", "field_identifier"})


@dataclass(frozen=True, slots=True)
class Declaration:
    """
    A definition as it stands in its file, and the names that it gives.
    """

    names: frozenset[str]
    text: str
    line: int


def used(text: str, by: Iterable[str]) -> list[Declaration]:
    """
    Find what a file defines that texts of it use, and what those definitions use.

    What stands under a condition of the preprocessor is left out: only the kernel's own
    configuration tells which of several it is.
    """
    every = list(_declarations(parse(text)))
    names = {name for one in by for name in _names(parse(one))}
    found: dict[int, Declaration] = {}
    while new := [one for one in every if one.line not in found and one.names & names]:
        for one in new:
            found[one.line] = one
            names |= set(_WORD.findall(one.text))
    return [found[line] for line in sorted(found)]


def _declarations(root: Node) -> Iterator[Declaration]:
    for node in root.children:
        if node.has_error:
            continue
        if node.type in _TYPES and node.child_by_field_name("body") is not None:
            yield Declaration(frozenset(_given(node)), f"{text_of(node)};", line_of(node))
        elif node.type in _MACROS:
            name = node.child_by_field_name("name")
            text = text_of(node).rstrip("\n")
            yield Declaration(frozenset({text_of(name)} if name else ()), text, line_of(node))
        elif node.type in {"declaration", "type_definition"} and not _prototype(node):
            yield Declaration(frozenset(_given(node)), text_of(node), line_of(node))


def _given(node: Node) -> Iterator[str]:
    """
    Name what a definition gives: its tag, its enumerators, its variable or type.
    """
    for one in below(node):
        if (
            one.type in _TYPES and one.child_by_field_name("body") is not None
        ) or one.type == "enumerator":
            name = one.child_by_field_name("name")
            if name is not None:
                yield text_of(name)
    declarator = node.child_by_field_name("declarator")
    if declarator is not None:
        found = declared(node)
        if found:
            yield found
        elif declarator.type == "type_identifier":
            yield text_of(declarator)


def _prototype(node: Node) -> bool:
    return any(one.type == "function_declarator" for one in below(node))


def _names(root: Node) -> set[str]:
    return {text_of(node) for node in below(root) if node.type in _NAMES}
