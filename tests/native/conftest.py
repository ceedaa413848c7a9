# SPDX-License-Identifier: GPL-2.0-only
"""
Builds that tests share: each text is compiled once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from errpath.native.build.build import Build, build
from tests.native.trees import tree

BuildOf: TypeAlias = Callable[..., Build]


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Give the folder that builds of the whole session go to.
    """
    return tmp_path_factory.mktemp("builds")


@pytest.fixture
def built(tmp_path: Path, builds: Path) -> BuildOf:
    """
    Build our own C, with changes: `built((old, new), version="5.8.18")`.
    """

    def of(*changes: tuple[str, str], version: str = "5.8.18", text: str | None = None) -> Build:
        return build(tree(tmp_path, *changes, version=version, text=text), folder=builds)

    return of
