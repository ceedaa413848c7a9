# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import errpath
from errpath.kernel.ledger import Ledger
from errpath.kernel.pages.list_head import ListHead
from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.snapshot import Snapshot
from errpath.migrate.pages.reference import ListReference
from errpath.vocabulary.choice import Choice, Value

NOT_KEPT = {
    *("environment", "attempt_ended", "_forget", "_begin_pass"),  # who runs it
    *("choices", "again", "progress"),  # what the run tells of itself
    "_choices",  # what is made once
}


class StopError(Exception):
    """
    The attempt that was waited for asks its first question.
    """


def _so(value: Any) -> object:
    if isinstance(value, ListHead):
        return value.says, value.next.says, value.prev.says, repr(value.list), value.poisoned
    if isinstance(value, Ledger):
        return dict(value.held), [*value.more], [*value.spans]
    if isinstance(value, tuple):
        return tuple(map(_so, value))
    copies: Mapping[type, Any] = {dict: dict, list: list, set: set}
    return copies.get(type(value), lambda same: same)(value)


def _state(k: ListMachine) -> dict[str, object]:
    return {name: _so(value) for name, value in vars(k).items() if name not in NOT_KEPT}


class Until:
    """
    Answers as is said or by default, up to what is asked after so many attempts.

    With a snapshot it goes on from there in the first pass.
    """

    def __init__(self, target: ListReference, said: Mapping[str, Value], attempts: int) -> None:
        self._target = target
        self._k = target.machine
        self._said = said
        self._due = attempts
        self._from: tuple[Snapshot, bool, bool] | None = None
        self.kept: Snapshot

    def go_on(self, *, walk: bool, again: bool) -> None:
        """
        Begin with what was kept in the next run.
        """
        self._from, self._due = (self.kept, walk, again), 0

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a question, or stop.
        """
        if not self._due and choice.subject:
            raise StopError
        return self._said.get(choice.text, choice.default)

    def begin_pass(self, number: int) -> None:
        """
        Go on from what was kept.
        """
        if self._from and number == 1:
            kept, walk, again = self._from
            self._k.go_on_from(kept, walk=walk, again=again)

    def ended(self, k: Any) -> None:
        """
        Keep what is so where the last attempt ended.
        """
        self._due -= 1
        self.kept = k.snapshot()

    def run(self) -> dict[str, object]:
        """
        Run, and give what is so where it stops.
        """
        with pytest.raises(StopError):
            self._target.run("pre", self, self.ended)
        return _state(self._k)


BUSY: dict[str, Value] = {"trylock_page(a)": 0, "trylock_page(b)": 0}
SPLIT: dict[str, Value] = {"PageTransHuge(a)": 1, "thp_migration_supported()": 0}
MOVED: dict[str, Value] = {"PageHuge(a)": 1, "trylock_page(a)": 0}


@pytest.mark.parametrize(
    ("said", "attempts", "walk", "again"),
    [
        (BUSY, 1, True, False),
        (BUSY, 2, False, False),
        (BUSY, 5, True, False),
        (SPLIT, 1, True, True),
        (SPLIT, 2, True, False),
        (SPLIT | BUSY, 3, True, False),
        (SPLIT | BUSY, 4, False, False),
        (MOVED, 2, False, False),
        (MOVED | {"trylock_page(b)": 0, "get_new_page(b)": "b_new"}, 3, True, False),
    ],
)
def test_run_that_goes_on_from_a_snapshot_is_where_the_other_was(
    said: Mapping[str, Value], attempts: int, *, walk: bool, again: bool
) -> None:
    """
    All of the machine is as it was when the next attempt asks its first question.
    """
    target = ListReference(("a", "b"))
    until = Until(target, said, attempts)
    there = until.run()
    until.go_on(walk=walk, again=again)
    target.run("pre", lambda choice: choice.default)
    again_there = until.run()
    assert again_there == there


def test_snapshot_is_not_changed_by_the_runs_from_it() -> None:
    """
    Any number of runs can go on from it.
    """
    target = ListReference(("a", "b"))
    until = Until(target, SPLIT, 1)
    there = until.run()
    until.go_on(walk=True, again=True)
    kept = until.kept
    for _ in range(2):
        assert until.run() == there
        until._due = 99
        target.run("pre", until, lambda _: None)
        until._due = 0
    assert kept is until.kept


def test_only_tests_look_whether_a_fact_is_there() -> None:
    """
    What is compiled for a test asks right after that; nobody else may look and not ask.
    """
    places = set()
    package = Path(errpath.__file__).parent
    for file in (*package.glob("kernel/**/*.py"), *package.glob("migrate/**/*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and any(
                isinstance(op, ast.In | ast.NotIn) and "facts" in ast.unparse(right)
                for op, right in zip(node.ops, node.comparators, strict=True)
            ):
                places.add(f"{file.name}: {ast.unparse(node)}")
    assert places == set()
    compiled = (package / "kernel/declared/compiled.py").read_text(encoding="utf-8")
    assert (
        compiled.count("in k_.facts") == compiled.count("if text_ in k_.facts:\n    value_ =") == 2
    )
