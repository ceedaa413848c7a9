# SPDX-License-Identifier: GPL-2.0-only
"""
Generating beside parsing.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus import write
from measure import BIN, Command, in_turn
from table import Row

# A process that makes Lark's parser of the project's grammar, and parses every file with
# positions, and nothing besides.
_LARK = """
import sys
from pathlib import Path
from lark import Lark
parser = Lark(Path(sys.argv[1]).read_text(), parser="lalr", propagate_positions=True)
for file in sorted(Path("specs").rglob("*.errpath")):
    parser.parse(file.read_text())
"""


def rows(root: Path, *, scenarios: int, rounds: int) -> Iterator[Row]:
    """
    Measure `errpath generate` on so many scenarios, and again when nothing has changed.
    """
    from errpath.language.syntax.grammar import grammar_path  # noqa: PLC0415 - not at start-up

    cold, warm = root / "cold", root / "warm"
    for folder in (cold, warm):
        write(folder, scenarios=scenarios)
    lark = Command(argv=[sys.executable, "-c", _LARK, grammar_path()], folder=cold)
    generate = Command(argv=[BIN / "errpath", "generate"], folder=cold, before=_anew(cold))
    again = Command(argv=[BIN / "errpath", "generate"], folder=warm)
    parsed, generated, unchanged = in_turn(lark, generate, again, rounds=rounds)
    name = f"generate, {scenarios:,} scenarios / Lark's parse"
    yield Row(name, generated.seconds / parsed.seconds, 1.5)
    yield Row("the same again, unchanged / Lark's parse", unchanged.seconds / parsed.seconds, 0.2)


def _anew(folder: Path) -> Callable[[], None]:
    def remove() -> None:
        for name in ("generated_tests", ".errpath_cache"):
            shutil.rmtree(folder / name, ignore_errors=True)

    return remove
