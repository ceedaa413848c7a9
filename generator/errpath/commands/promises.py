# SPDX-License-Identifier: GPL-2.0-only
"""
Promises that are broken, by their line in a spec, and those that are declared so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from errpath.commands.loading import counted
from errpath.commands.screen import fold
from errpath.contracts.broken import Kind
from errpath.language.report.annotation import annotation
from errpath.spec.clause import Breaks

if TYPE_CHECKING:
    from errpath.spec.contract import Spec

KINDS: Final[Mapping[Kind, str]] = {
    Kind.CONTRACT: "a clause, or the cleanup, does not hold",
    Kind.KERNEL_BUG: "a debug option of the kernel stops on it",
    Kind.UNCHECKED: "a clause is about nothing, or a fault never fired",
}
"""What each kind of failing test means."""

_PLACED: Final = re.compile(r"(.*?):(\d+) (.*)", re.DOTALL)


def lines(broken: Counter[tuple[str, str]], output_format: str) -> Iterator[str]:
    """
    Write a line for each broken promise, as `concise` and `github` have it.

    Keys of `broken` are the promise, behind its place in the spec, and the semantics.
    """
    promises: dict[str, list[str]] = {}
    for (promise, semantics), cases in broken.items():
        promises.setdefault(promise, []).append(f"{semantics} ({counted(cases, 'case')})")
    for promise, where in promises.items():
        placed = _PLACED.fullmatch(promise)
        file, line, clause = placed.groups() if placed else ("", "", promise)
        said = f"in {', '.join(where)}: {clause}"
        if output_format == "github":
            yield annotation(said, file=file, line=line, title="contract broken")
        elif output_format == "concise":
            yield f"{file}:{line}: broken {said}"


def declared(specs: Sequence[Spec]) -> Iterator[str]:
    """
    Keep in sight what is broken and declared so: a table counts it as kept.
    """
    found: dict[str, dict[str, dict[str, None]]] = {}
    for what, because, semantics in _declarations(specs):
        names = found.setdefault(what, {}).setdefault(because, {})
        names.update(dict.fromkeys(semantics))
    if found:
        yield "declared violations:"
    for what, reasons in found.items():
        yield fold(f"  {what}")
        for because, names in reasons.items():
            yield fold(f"    {', '.join(names)}: {because}")


def _declarations(specs: Sequence[Spec]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """
    Give what each declaration excuses, its reason, and the semantics in which it does.
    """
    for scenario in (scenario for spec in specs for scenario in spec.scenarios):
        for clause in scenario.clauses:
            if isinstance(clause, Breaks):
                yield clause.contract, clause.because, clause.semantics or scenario.semantics
    for law in (law for spec in specs for law in spec.laws):
        for exception in law.exceptions:
            yield f'law "{law.name}"', exception.because, exception.semantics
