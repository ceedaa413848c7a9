# SPDX-License-Identifier: GPL-2.0-only
"""
The C that is compiled: the tree's functions, unchanged, and what stands around them.

A parameter that is decided when it is read is a cell behind a pointer. A macro makes
`*errpath_mode` of its name, so each read is an access that the sanitizer's instrumentation
tells, and to hand it on is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from errpath.native.build.flags import FlagUse, flag_uses
from errpath.native.refusal import Problem, RefusedError
from errpath.native.tree.parse import parse

if TYPE_CHECKING:
    from errpath.native.tree.declarations import Declaration
    from errpath.native.tree.functions import Function, Parameter

LAZY: Final = {
    "mode": re.compile(r"enum migrate_mode"),
    "force": re.compile(r"int|bool"),
    "reason": re.compile(r"int|enum migrate_reason"),
    "put_new_page": re.compile(r"free_page_t\s*\*?"),
}
"""The parameters that are decided when they are read, and of which type they are."""

ENTRIES: Final = ("unmap_and_move", "migrate_pages", "putback_movable_pages")
"""The functions that are called from outside, if they are built; their index is their number."""

_SUBJECTS: Final = {"unmap_and_move": "struct page *"}
_LIST: Final = "struct list_head *"
_GIVEN: Final = {
    "new_page_t": "errpath_get_new_page",
    "unsigned long": "0",
    # Where a page goes that failed for good, and who does not ask how many succeeded.
    _LIST: "errpath_list(NULL)",
    "unsigned int *": "NULL",
}


def unit(functions: list[Function], declarations: list[Declaration], file: str) -> str:
    """
    Write the C of a build: what is declared, and the functions in the order that is given.

    RefusedError lists what cannot be called, or does to current->flags what is not modelled.
    """
    problems: list[Problem] = []
    parts = ['#include "linux.h"\n#include "room.h"\n']
    parts += (f'#line {one.line} "{file}"\n{one.text}\n' for one in declarations)
    uses: list[FlagUse] = []
    for function in functions:
        parts += _around(function, file)
        try:
            uses += flag_uses(parse(function.text), function.line, file)
        except RefusedError as refused:
            problems += refused.problems
    by_name = {function.name: function for function in functions}
    calls = []
    for name in ENTRIES:
        if name in by_name:
            try:
                calls.append(_entry(by_name[name], file))
            except RefusedError as refused:
                problems += refused.problems
    if problems:
        raise RefusedError(*problems)
    rows = "".join(f"\t{{ {use.line}, {use.flag}, {use.use} }},\n" for use in sorted(uses))
    table = "".join(f"\t{f'entry_{name}' if name in by_name else 0},\n" for name in ENTRIES)
    return "".join(
        (
            *parts,
            *calls,
            f"long (*const errpath_entries[])(void) = {{\n{table}}};\n",
            f"const struct flag_at errpath_flags[] = {{\n{rows}\t{{ 0, 0, 0 }}\n}};\n",
        )
    )


def _around(function: Function, file: str) -> Iterator[str]:
    lazy = [parameter.name for parameter in function.parameters if _lazy(parameter)]
    yield from (f"#define {name} (*errpath_{name})\n" for name in lazy)
    yield f'#line {function.line} "{file}"\n{function.text}\n#line 1 "errpath"\n'
    yield from (f"#undef {name}\n" for name in lazy)
    if len(function.parameters) > 1 or lazy:
        yield _macro(function)


def _macro(function: Function) -> str:
    """
    Write the macro through which a function is called: arguments in order, cells unread.
    """
    indexes = range(len(function.parameters))
    values = "".join(
        f"__auto_type errpath_{i}_ = {_argument(f'a{i}', function.parameters[i])}; "
        for i in indexes
    )
    taken, given = (
        ", ".join(f"{a}{i}{b}" for i in indexes) for a, b in (("a", ""), ("errpath_", "_"))
    )
    return f"#define {function.name}({taken}) ({{ {values}({function.name})({given}); }})\n"


def _argument(name: str, parameter: Parameter) -> str:
    if _lazy(parameter):
        return f"ERRPATH_PASS(__typeof__({parameter.type.rstrip('* ')}), #{name}, {name})"
    return f"({name})"


def _lazy(parameter: Parameter) -> bool:
    wanted = LAZY.get(parameter.name)
    return wanted is not None and wanted.fullmatch(parameter.type) is not None


def _entry(function: Function, file: str) -> str:
    """
    Write the function without parameters that calls a function from outside.
    """
    arguments = []
    for parameter in function.parameters:
        if _lazy(parameter):
            arguments.append(f"errpath_argument(PARAM_{parameter.name})")
        elif parameter.type == _SUBJECTS.get(function.name, _LIST):
            arguments.append("errpath_subject()")
        elif parameter.type in _GIVEN:
            arguments.append(_GIVEN[parameter.type])
        else:
            says = f"{function.name}() has a parameter `{parameter.type} {parameter.name}`"
            help_ = "errpath does not know what its callers give there"
            raise RefusedError(Problem(f"{file}:{function.line}", says, help_))
    call = f"({function.name})({', '.join(arguments)})"
    result = function.text.split(function.name, 1)[0].split()
    gives = f"{call}; return 0" if "void" in result else f"return {call}"
    return f"static long entry_{function.name}(void) {{ {gives}; }}\n"
