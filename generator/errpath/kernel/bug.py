# SPDX-License-Identifier: GPL-2.0-only
"""
Bugs that the modelled code really had, each as the change that brings it back.

Beside them, changes that change nothing to anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent, indent

_DEEPEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBug:
    """
    A bug by the commit that fixed it, and what was wrong, in one sentence.

    `changes` are lines of the source of `semantics` and the lines in whose place they
    bring the bug back; all are written without their common indentation.
    """

    commit: str
    says: str
    semantics: str
    changes: tuple[tuple[str, str], ...]

    def places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """
        Find what is to change in a source: where it starts and ends, and what it becomes.

        Each old text is there once, at whatever indentation, or it is a ValueError.
        """
        return _places(text, self.changes, f"{self.commit} in {self.semantics}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalent:
    """
    A change of a source that nobody can tell, and why, in one sentence.
    """

    says: str
    changes: tuple[tuple[str, str], ...]

    def places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """
        Find what changes, as for a bug.
        """
        return _places(text, self.changes, self.says)


def _places(
    text: str, changes: tuple[tuple[str, str], ...], what: str
) -> Iterator[tuple[int, int, str]]:
    for old, new in changes:
        found = list(_found(text, old, new))
        if len(found) != 1:
            raise ValueError(f"{what}: `{old.strip()}` is there {len(found)} times")
        yield found[0]


def _found(text: str, old: str, new: str) -> Iterator[tuple[int, int, str]]:
    for depth in range(_DEEPEST):
        # It begins where a line begins: what is indented further is another text.
        wanted = "\n" + _indented(old, depth)
        start = text.find(wanted)
        while start >= 0:
            yield start + 1, start + len(wanted), _indented(new, depth)
            start = text.find(wanted, start + 1)


def _indented(text: str, depth: int) -> str:
    lines = dedent(text).strip("\n")
    return indent(lines, "    " * depth) + "\n" if lines else ""
