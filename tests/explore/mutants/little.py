# SPDX-License-Identifier: GPL-2.0-only
"""
A little function in the style of the modelled code, to see what operators make of it.
"""

from __future__ import annotations

import linecache
from collections.abc import Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

from errpath.explore.mutants.code import Code
from errpath.explore.mutants.operator import Change
from errpath.explore.mutants.registry import OPERATORS
from errpath.explore.source import Source
from errpath.migrate.words import VOCABULARY

HEAD = """\
from errpath.kernel.caller import MIGRATE_ASYNC, MIGRATE_SYNC
from errpath.kernel.goto import Label, goto
from errpath.vocabulary.errno import EAGAIN, EBUSY, MIGRATEPAGE_SUCCESS

out = Label("out")
inner = Label("inner")


"""


def source_of(text: str, name: str = "little") -> Source:
    """
    Make a module of a text, with a source to read.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder, f"{name}.py")
        file.write_text(HEAD + dedent(text).lstrip("\n"), encoding="utf-8")
        spec = spec_from_file_location(name, file)
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        linecache.checkcache()
        return Source(module)


def made(operator: str, text: str) -> list[str]:
    """
    Give what an operator makes of a text: for each change, the text without the head.
    """
    source = source_of(text)
    return [source.edited(edits).removeprefix(HEAD) for _, edits in _changes(operator, source)]


def changed(operator: str, text: str) -> list[str]:
    """
    Give, for each change, the lines that are gone and those that are new: "- a + b".
    """
    before = dedent(text).lstrip("\n").splitlines()
    found = []
    for one in made(operator, text):
        after = one.splitlines()
        start = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
        end = 0
        while before[len(before) - end - 1] == after[len(after) - end - 1] and end < min(
            len(before) - start, len(after) - start
        ):
            end += 1
        gone, new = before[start : len(before) - end], after[start : len(after) - end]
        found.append(
            " ".join([*(f"- {g.strip()}" for g in gone), *(f"+ {n.strip()}" for n in new)])
        )
    return found


def _changes(operator: str, source: Source) -> Iterator[Change]:
    by_name = {one.name: one for one in OPERATORS}
    yield from by_name[operator].changes(Code(source, VOCABULARY))


@cache
def names() -> tuple[str, ...]:
    """
    Name the operators.
    """
    return tuple(one.name for one in OPERATORS)
