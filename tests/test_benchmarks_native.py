# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from errpath.native.review.case import case_of

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def native(monkeypatch: pytest.MonkeyPatch) -> Any:
    """
    Give the module, as benchmarks/run.py imports it.
    """
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return import_module("native")


def test_own_c_is_reviewed(native: Any, tmp_path: Path) -> None:
    """
    The change applies to the tree, and calls something with a lock held.
    """
    tree, mail = native._own(tmp_path)
    case = case_of(mail, tree)
    assert len(case.hunks) == 1
    assert case.after.count("lock_page(page);\n\t\tnewpage = get_new_page(page, private);") == 1


def test_tree_of_somebody(native: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    It is taken from the environment, with the mail.
    """
    assert native._given() is None
    monkeypatch.setenv("ERRPATH_LINUX", str(tmp_path / "linux"))
    monkeypatch.setenv("ERRPATH_MAIL", str(tmp_path / "mail"))
    assert native._given() == (tmp_path / "linux", tmp_path / "mail")


def test_paths_are_counted(native: Any) -> None:
    """
    A round that warms up is not counted, and the others have every path.
    """
    clock = iter(range(100))
    model = import_module("errpath.migrate.migration").MIGRATE
    rates = list(native._rates(model.reference(), 2, lambda: next(clock)))
    assert rates == [3151.0, 3151.0]
