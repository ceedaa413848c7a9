# SPDX-License-Identifier: GPL-2.0-only
"""
Versions with a bug in them: one text of pre.py or post.py replaced by another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from textwrap import dedent, indent
from types import ModuleType
from unittest.mock import patch

from errpath.contracts.check import Check
from errpath.contracts.situation import Faults, Words
from errpath.migrate.semantics import MODULES
from tests.migrate.sources import text_of

AT = "specs/bug.errpath:1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """
    A bug in one semantics, a situation that shows it, and what comes of it.

    `old` and `new` are texts without their common indentation; `depth` is that, in steps.
    `returns` is what the right version returns. `unasked` is what the checks find that
    nobody asks for: the name of a debug check or of a cleanup contract. `clause` is one that
    the right version keeps and this one breaks.
    """

    semantics: str
    old: str
    new: str
    depth: int
    words: Words
    faults: Faults = field(default_factory=dict)
    returns: int
    unasked: tuple[str, ...]
    clause: Callable[[Check], None]

    @contextmanager
    def installed(self) -> Iterator[None]:
        """
        Let the reference model run this version in the place of the right one.
        """
        module = ModuleType(MODULES[self.semantics].__name__)
        exec(self._code(), vars(module))  # noqa: S102 - it is our own source
        with patch.dict(MODULES, {self.semantics: module}):
            yield

    def _code(self) -> str:
        old, new = (
            indent(dedent(text).strip("\n"), "    " * self.depth) + "\n"
            for text in (self.old, self.new)
        )
        source = text_of(self.semantics)
        count = source.count(old)
        assert count == 1, f"the text to replace is there {count} times:\n{old}"
        return source.replace(old, new)
