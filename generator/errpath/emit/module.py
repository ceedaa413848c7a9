# SPDX-License-Identifier: GPL-2.0-only
"""
What a generated test module holds, before it is text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from errpath.emit.conditions import classes_of, errnos_of
from errpath.emit.function import Function
from errpath.emit.law import law_function
from errpath.emit.layout import LINE_LENGTH, Group, lay
from errpath.emit.literal import literal, name, prose
from errpath.emit.scenario import is_plain, scenario_functions
from errpath.spec.clause import Returns
from errpath.spec.contract import Spec
from errpath.vocabulary.errno import spell
from errpath.vocabulary.vocabulary import Vocabulary

_PROSE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """
    One test module, as source.
    """

    spec: str
    sha256: str
    says: str
    model: str
    model_literal: str
    imports: tuple[str, ...]
    product: bool
    functions: tuple[Function, ...]


def module(spec: Spec, vocabulary: Vocabulary) -> Module:
    """
    Lay out the tests of one spec file: a function a scenario and semantics.
    """
    scenarios = [
        function
        for scenario in spec.scenarios
        for function in scenario_functions(scenario, spec, vocabulary)
    ]
    laws = [law_function(law, semantics, spec) for law in spec.laws for semantics in law.semantics]
    text = "".join(line for function in scenarios for line in function.decorators)
    return Module(
        spec=name_path(spec.file),
        sha256=spec.sha256,
        says="\n".join(prose(line) for line in wrap(spec.says, _PROSE)) or prose(spec.file),
        model=name(spec.model),
        model_literal=literal(spec.model),
        imports=tuple(_imports(spec)),
        product="product(" in text,
        functions=(*scenarios, *laws),
    )


def _imports(spec: Spec) -> Iterator[str]:
    excuses = [excuse for law in spec.laws for excuse in law.exceptions]
    conditions = [law.when for law in spec.laws if law.when is not None]
    conditions += [excuse.when for excuse in excuses]
    classes = set().union(*map(classes_of, conditions))
    if any(law.exceptions and law.when is None for law in spec.laws):
        classes.add("EVERY_PATH")
    if classes:
        yield _import("errpath.contracts.condition", sorted(classes, key=_as_isort))
    faults = [fault for scenario in spec.scenarios for fault in scenario.situation.faults]
    names = ["Nth"] if any(not is_plain(fault) for fault in faults) else []
    names += ["Excuse"] if excuses else []
    yield _import("errpath.testing", [*sorted(names), "contract"])
    codes = {code for when in conditions for code in errnos_of(when)}
    for contract in (*spec.scenarios, *spec.laws):
        for clause in contract.clauses:
            if isinstance(clause, Returns):
                codes |= set(clause.codes)
    errnos = sorted(name(spell(code)[1:]) for code in codes if code < 0)
    if errnos:
        yield _import("errpath.vocabulary.errno", errnos)


def _as_isort(text: str) -> tuple[bool, str]:
    """
    Sort constants before classes.
    """
    return not text.isupper(), text


def _import(module_: str, names: list[str]) -> str:
    head = f"from {module_} import "
    flat = head + ", ".join(names)
    return flat if len(flat) <= LINE_LENGTH else lay(Group(f"{head}(", names), indent=0)


def name_path(path: str) -> str:
    """
    Let a path through that can stand in a comment: a ValueError is a bug of the caller's.
    """
    if not path.isprintable():
        message = f"{path!r} cannot stand in a comment"
        raise ValueError(message)
    return path
