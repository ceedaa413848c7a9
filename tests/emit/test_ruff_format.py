# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from errpath.emit.render import render
from errpath.spec.contract import Spec
from tests.emit.strategies import HOSTILE, PLAIN, WIDE, specs
from tests.ruff import reformatted
from tests.serving import VOCABULARY


@settings(max_examples=12)
@given(st.lists(specs(PLAIN | HOSTILE | WIDE), min_size=1, max_size=5))
def test_ruff_leaves_modules_as_they_are(batch: list[Spec]) -> None:
    """
    A rendered module is what `ruff format` would make of it.
    """
    texts = {f"test_{n}.py": render(one, VOCABULARY) for n, one in enumerate(batch)}
    with TemporaryDirectory() as folder:
        assert reformatted(Path(folder), texts) == ""


def test_ruff_sees_what_is_not_formatted(tmp_path: Path) -> None:
    """
    The comparison is one: a file that `ruff format` would change gives a diff.
    """
    diff = reformatted(tmp_path, {"a.py": "x = 1\n", "b.py": "x  = 'y'\n"})
    assert diff.splitlines()[2:] == ["@@ -1 +1 @@", "-x  = 'y'", '+x = "y"', ""]
