# SPDX-License-Identifier: GPL-2.0-only
"""
What a pytest session was to run and did run, for `errpath check`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest


class Tally:
    """
    A pytest plugin that writes its counts to a file when the session ends.

    Tests are counted by their module and the semantics in their name: those that were
    `selected`, and the `outcomes` of those that ran.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._selected: Counter[tuple[str, str]] = Counter()
        self._outcomes: Counter[tuple[str, str, str]] = Counter()
        self._broken: Counter[tuple[str, str]] = Counter()
        self._unread: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """
        Count what is to run.
        """
        if session.items:
            self._select(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: Iterable[str]) -> None:
        """
        Count what is to run; every worker of pytest-xdist collects the same.
        """
        del node
        self._select(ids)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """
        Note a module that cannot be imported.
        """
        if report.failed and report.nodeid not in self._unread:
            self._unread.append(report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """
        Count a test when its call, or what went wrong around it, is reported.
        """
        if report.when != "call" and report.passed:
            return
        module, semantics = _key(report.nodeid)
        # What is expected to fail and does not is no contract that is kept.
        outcome = "skipped" if hasattr(report, "wasxfail") else report.outcome
        self._outcomes[module, semantics, outcome] += 1
        for name, place in report.user_properties:
            if name == "errpath":
                self._broken[str(place), semantics] += 1

    def pytest_sessionfinish(self) -> None:
        """
        Write the counts.
        """
        self._file.write_text(
            json.dumps(
                {
                    "selected": _rows(self._selected),
                    "outcomes": _rows(self._outcomes),
                    "broken": _rows(self._broken),
                    "unread": self._unread,
                }
            )
        )

    def _select(self, ids: Iterable[str]) -> None:
        self._selected = Counter(map(_key, ids))


def _key(nodeid: str) -> tuple[str, str]:
    module, _, function = nodeid.partition("::")
    return module, function.partition("[")[0].rpartition("__")[2]


def _rows(counts: Counter[Any]) -> list[list[Any]]:
    return [[*key, count] for key, count in counts.items()]
