# SPDX-License-Identifier: GPL-2.0-only
"""
A clause as one readable call on the run.
"""

from __future__ import annotations

from errpath.emit.layout import Expression, Group, before, tuple_of
from errpath.emit.literal import literal, name
from errpath.spec.clause import Clause
from errpath.spec.judgement import Argument, judgement
from errpath.vocabulary.errno import spell


def clause_call(clause: Clause) -> Expression:
    """
    Write a clause as a call of the method that judges it.
    """
    how = judgement(clause)
    write = return_code if how.method == "returns" else _argument
    arguments = [write(argument) for argument in how.arguments]
    arguments += [_keyword(key, value) for key, value in how.keywords.items()]
    return Group(f"run.{how.method}(", [*arguments, f"at={literal(str(clause.at))}"])


def _argument(value: Argument) -> Expression:
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, tuple):
        return tuple_of([_argument(one) for one in value])
    return repr(value)


def _keyword(key: str, value: Argument) -> Expression:
    return before(f"{key}=", _argument(value))


def return_code(code: Argument) -> str:
    """
    Write a return code by its kernel name: `-ENOMEM`; 0 and counts are numbers.
    """
    spelled = spell(int(code)) if isinstance(code, int) else str(code)
    return f"-{name(spelled[1:])}" if spelled[1:].isidentifier() else spelled
