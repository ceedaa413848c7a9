# SPDX-License-Identifier: GPL-2.0-only
"""
The functions in a file of a tree, by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from errpath.native.refusal import Problem, RefusedError
from errpath.native.tree.parse import ENCODING, below, declared, errors, line_of, parse, text_of
from errpath.native.tree.tree import MIGRATE

if TYPE_CHECKING:
    from tree_sitter import Node

    from errpath.native.tree.tree import Tree

PAGE: Final = ("__unmap_and_move", "unmap_and_move")
"""What runs for one page."""

DRIVER: Final = ("putback_movable_pages", "unmap_and_move_huge_page", "migrate_pages")
"""What runs for a list of pages, beside."""

UNDER_CONTRACT: Final = (*PAGE, *DRIVER)
"""The functions that are compiled and judged."""

NEEDED: Final = ("unmap_and_move", "putback_movable_pages", "migrate_pages")
"""Those that errpath calls itself; the others are built if something calls them."""

_FOLIO: Final = re.compile(r"(?<![a-z])folio")


@dataclass(frozen=True, slots=True)
class Parameter:
    """
    A parameter of a function: its type as it is written, and its name.
    """

    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Function:
    """
    A function as it stands in its file, from its line on; `sha256` is that of its text.

    `broken` has the lines in it that cannot be parsed.
    """

    name: str
    text: str
    line: int
    sha256: str
    parameters: tuple[Parameter, ...] = field(default=(), compare=False)
    broken: tuple[int, ...] = field(default=(), compare=False)

    @property
    def end(self) -> int:
        """
        The line of its last brace.
        """
        return self.line + self.text.count("\n")


def all_functions(text: str) -> dict[str, tuple[Function, ...]]:
    """
    Find every function that a file defines; a name that is there twice has two.
    """
    found: dict[str, tuple[Function, ...]] = {}
    for node in _definitions(parse(text)):
        name = declared(node)
        if name:
            found[name] = (*found.get(name, ()), _function(name, node))
    return found


def functions(
    text: str, names: Iterable[str] = UNDER_CONTRACT, *, file: str = MIGRATE
) -> dict[str, Function]:
    """
    Find functions by name, in the order of the file.

    RefusedError lists every one that is missing, there more than once, or not to be parsed.
    """
    every = all_functions(text)
    wanted = set(names)
    problems = [
        problem
        for name in sorted(wanted)
        for problem in problems_of(name, every.get(name, ()), file)
    ]
    if problems:
        raise RefusedError(*problems)
    found = [every[name][0] for name in wanted]
    return {function.name: function for function in sorted(found, key=lambda one: one.line)}


def under_contract(tree: Tree, text: str | None = None) -> dict[str, Function]:
    """
    Find the functions under contract in a tree's mm/migrate.c, or in `text` in its place.

    RefusedError tells of those that errpath calls itself and does not find, and of what it
    cannot parse. A tree that migrates folios is refused, with the functions that it has.
    """
    text = tree.text() if text is None else text
    every = all_functions(text)
    folios = [name for name in every if _FOLIO.search(name)]
    ours = [f for name in UNDER_CONTRACT for f in every.get(name, ())]
    missing = set(NEEDED) - every.keys()
    if any(_FOLIO.search(f.text) for f in ours) or (missing and folios):
        has = [*(f.name for f in ours if _FOLIO.search(f.text)), *folios]
        raise RefusedError(
            Problem(
                MIGRATE,
                f"Linux {tree.version} migrates folios, which errpath does not model yet",
                f"it models the page-based kernels from 4.9 to 5.15; the tree has "
                f"{', '.join(f'{name}()' for name in dict.fromkeys(has))}",
            )
        )
    return functions(text, {*NEEDED, *(name for name in UNDER_CONTRACT if name in every)})


def problems_of(name: str, found: tuple[Function, ...], file: str) -> Iterator[Problem]:
    """
    Give why a function by a name cannot be taken: it is missing, there twice, not to be parsed.
    """
    if not found:
        yield Problem(file, f"has no function {name}()", "errpath runs it by that name")
    elif len(found) > 1:
        lines = " and ".join(str(one.line) for one in found)
        says = f"{name}() is defined {len(found)} times, at lines {lines}"
        yield Problem(f"{file}:{found[1].line}", says, "errpath cannot tell which is built")
    else:
        for line in found[0].broken:
            says = f"{name}() cannot be parsed here"
            yield Problem(f"{file}:{line}", says, "errpath takes no text that it cannot read")


def _definitions(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.type == "function_definition":
            yield child
        elif child.type.startswith("preproc_") or child.type in {"ERROR", "linkage_specification"}:
            yield from _definitions(child)


def _function(name: str, node: Node) -> Function:
    text = text_of(node)
    return Function(
        name,
        text,
        line_of(node),
        sha256(text.encode(*ENCODING)).hexdigest(),
        tuple(_parameters(node)),
        tuple(dict.fromkeys(line_of(error) for error in errors(node))),
    )


def _parameters(node: Node) -> Iterator[Parameter]:
    found = next((one for one in below(node) if one.type == "parameter_list"), None)
    for one in found.named_children if found else ():
        if one.type == "parameter_declaration":
            name = declared(one)
            text = " ".join(text_of(one).split())
            yield Parameter(
                re.sub(rf"\s*\b{re.escape(name)}\b(?!.*\b{re.escape(name)}\b)", "", text), name
            )
