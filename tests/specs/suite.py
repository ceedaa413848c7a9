# SPDX-License-Identifier: GPL-2.0-only
"""
The generated suite, run in this process: on a version of the model that has a bug in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from errpath.testing import ContractBroken

GENERATED = Path(__file__).parents[2] / "generated_tests"


class Case(NamedTuple):
    """
    One case of a generated test: its module, its function, and the arguments.
    """

    module: ModuleType
    function: Callable[..., None]
    arguments: dict[str, Any]


@cache
def modules() -> tuple[ModuleType, ...]:
    """
    Import every generated test module.
    """
    found = []
    for file in sorted(GENERATED.rglob("test_*.py")):
        spec = spec_from_file_location(f"generated_{file.stem}", file)
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        found.append(module)
    return tuple(found)


@cache
def cases(semantics: str) -> tuple[Case, ...]:
    """
    List every case of a semantics, but for laws about lists of any length: these take longer.
    """
    return tuple(
        Case(module, function, arguments)
        for module in modules()
        for name, function in vars(module).items()
        if name.startswith("test_") and name.endswith(f"__{semantics}")
        if {"lists", "each"}.isdisjoint(function.__code__.co_names)
        for arguments in _arguments(function)
    )


@cache
def cases_of_lists(semantics: str) -> tuple[Case, ...]:
    """
    List the cases that run a list of pages: `migrate.at(...)`.
    """
    return tuple(case for case in cases(semantics) if "at" in case.function.__code__.co_names)


def red(semantics: str, chosen: Callable[[str], tuple[Case, ...]] = cases) -> set[str]:
    """
    Run the chosen cases of a semantics, and give the names of the tests that fail.

    What is no broken contract, as a crash of errpath, passes through.
    """
    for module in modules():
        module.migrate.forget()
    found = set()
    for case in chosen(semantics):
        try:
            case.function(**case.arguments)
        except ContractBroken:
            found.add(case.function.__name__.removesuffix(f"__{semantics}"))
    for module in modules():
        module.migrate.forget()
    return found


def _arguments(function: Callable[..., None]) -> Iterator[dict[str, Any]]:
    marks = [m for m in getattr(function, "pytestmark", []) if m.name == "parametrize"]
    if not marks:
        yield {}
        return
    (mark,) = marks
    names, rows = mark.args
    for row in rows:
        values = getattr(row, "values", row)
        if isinstance(names, str):
            yield {names: values[0] if isinstance(values, tuple) else values}
        else:
            yield dict(zip(names, values, strict=True))
