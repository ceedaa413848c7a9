# SPDX-License-Identifier: GPL-2.0-only
"""
A law as a test function.
"""

from __future__ import annotations

from errpath.emit.clauses import clause_call
from errpath.emit.conditions import condition_expression
from errpath.emit.entry import PAGES, called, called_on_lists
from errpath.emit.function import Function
from errpath.emit.layout import Expression, Group, lay
from errpath.emit.literal import docstring, literal, name
from errpath.spec.contract import Law, Spec

_INDENT = 1


def law_function(law: Law, semantics: str, spec: Spec) -> Function:
    """
    Write the test of a law in one semantics: its clauses, on every path that it binds.
    """
    test = name(f"test_{law.identifier}__{semantics}")
    arguments: list[Expression] = [literal(semantics)]
    excuses = [excuse for excuse in law.exceptions if semantics in excuse.semantics]
    if law.when is not None:
        arguments.append(condition_expression(law.when))
    elif excuses:
        arguments.append("EVERY_PATH")
    arguments += [
        Group("Excuse(", [condition_expression(e.when), f"at={literal(str(e.at))}"])
        for e in excuses
    ]
    arguments += [f"at={literal(str(law.at))}", f"law={literal(law.name)}"]
    because = law.because
    if law.entry and law.entry.each:
        paths = called_on_lists(law, spec, arguments)
        because += f" On lists of {PAGES} pages."
    else:
        paths = called("for run in", law, spec, ".paths", arguments)
    return Function(
        decorators=(f"@pytest.mark.{name(semantics)}", "@pytest.mark.law"),
        signature=f"def {test}():",
        docstring=docstring(because),
        run=lay(paths, indent=_INDENT, tail=":"),
        clauses=tuple(
            lay(clause_call(clause), indent=_INDENT + 1) for clause in law.clauses_in(semantics)
        ),
    )
