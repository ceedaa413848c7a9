# SPDX-License-Identifier: GPL-2.0-only
"""
The pytest side: all that errpath knows of pytest's inside.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from errpath.kernel.target import Model


def pytest_addoption(parser: pytest.Parser) -> None:
    """
    Add the options for the target, and for what `errpath check` learns of the run.
    """
    group = parser.getgroup("errpath")
    group.addoption(
        "--errpath-target",
        metavar="TARGET",
        help="Run the kernel's own C in the place of the reference model: native:BUILD.",
    )
    group.addoption(
        "--errpath-tally", metavar="FILE", type=Path, help="Write what was run to FILE, as JSON."
    )


def pytest_configure(config: pytest.Config) -> None:
    """
    Announce the markers of a model when the first of its test modules asks for it.

    A session that has nothing to do with errpath loads no model.
    """
    from errpath import models  # noqa: PLC0415 - see above

    def announce(model: Model) -> None:
        vocabulary = model.vocabulary
        for semantics in vocabulary.semantics:
            config.addinivalue_line("markers", f"{semantics}: a contract in {semantics}")
        config.addinivalue_line("markers", "law: a property of every path")
        markers = dict(vocabulary.markers)
        for entry in vocabulary.entries.values():
            markers = {**entry.markers, **markers}
        for marker, says in markers.items():
            config.addinivalue_line("markers", f"{marker}: a fault is injected: {says}")

    models.when_loaded(announce)
    target = config.getoption("errpath_target")
    if target is not None or "errpath.testing" in sys.modules:
        from errpath.testing import run_on  # noqa: PLC0415 - it imports what tests need

        run_on(target)
    file = config.getoption("errpath_tally")
    if file and not hasattr(config, "workerinput"):
        from errpath.tally import Tally  # noqa: PLC0415 - only `errpath check` asks for it

        config.pluginmanager.register(Tally(file))
    if config.getoption("markers", default=False):
        models.model()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """
    Hand on the spec's place of each broken promise: to JUnit XML, and to `errpath check`.
    """
    places = getattr(call.excinfo.value, "errpath_places", ()) if call.excinfo else ()
    item.user_properties += [("errpath", place) for place in places]


def pytest_pycollect_makeitem(
    collector: pytest.Module | pytest.Class, name: str, obj: object
) -> list[pytest.Item] | None:
    """
    Collect the cases of a generated test as they are: with arguments, and with no fixtures.

    A generated test asks for nothing but its parameters, and for those pytest would make,
    set up and tear down a fixture each: with thousands of cases, that is most of the time.
    """
    if not name.startswith("test_") or not _is_generated(collector.obj):
        return None
    marks = list(getattr(obj, "pytestmark", []))
    tables = [mark for mark in marks if mark.name == "parametrize"]
    own = [mark for mark in marks if mark.name != "parametrize"]
    if not tables:
        return [Case.from_parent(collector, name=name, function=obj, arguments={}, marks=own)]
    names, rows = tables[0].args
    names = (names,) if isinstance(names, str) else names
    cases: list[pytest.Item] = []
    for row in rows:
        extra = getattr(row, "marks", ())
        values = getattr(row, "values", (row,) if isinstance(row, str) else row)
        cases.append(
            Case.from_parent(
                collector,
                name=f"{name}[{'-'.join(values)}]",
                function=obj,
                arguments=dict(zip(names, values, strict=True)),
                marks=[*own, *extra],
            )
        )
    return cases


def _is_generated(module: object) -> bool:
    """
    Tell a module that errpath wrote by its docstring, which asks pytest to leave it alone.
    """
    doc = getattr(module, "__doc__", None) or ""
    return (
        "PYTEST_DONT_REWRITE" in doc
        and "errpath.testing" in sys.modules
        and any(
            type(value) is sys.modules["errpath.testing"].Contracts
            for value in vars(module).values()
        )
    )


class Case(pytest.Item):
    """
    One case of a generated test.
    """

    def __init__(
        self,
        *,
        function: Callable[..., None],
        arguments: dict[str, str],
        marks: list[pytest.Mark],
        **common: Any,
    ) -> None:
        super().__init__(**common)
        self.function = function
        self._arguments = arguments
        self.own_markers.extend(marks)
        self.keywords.update((mark.name, mark) for mark in marks)

    def runtest(self) -> None:
        """
        Call the function.
        """
        self.function(**self._arguments)

    def reportinfo(self) -> tuple[Path, int, str]:
        """
        Give the place of the function, and the name of the case.
        """
        return self.path, self.function.__code__.co_firstlineno - 1, self.name
