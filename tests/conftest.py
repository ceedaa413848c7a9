# SPDX-License-Identifier: GPL-2.0-only
"""
What every test of the project runs under.
"""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from hypothesis import settings

from tests.shell import Shell

pytest_plugins = ["pytester"]

# The same examples on every machine and in every order: a failure is one for everybody.
settings.register_profile("errpath", derandomize=True, deadline=None)
settings.load_profile("errpath")

# What explorations keep is no garbage: to look for some among it as often as Python does took a
# third of the time of those that keep every path.
gc.set_threshold(50_000, 20, 100)


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Shell:
    """
    Stand in an empty folder.
    """
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capfd)
