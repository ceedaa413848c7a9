# SPDX-License-Identifier: GPL-2.0-only
"""
Whether the functions of a tree are still those that a certificate is of.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

from errpath.native.tree.parse import ENCODING, below, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from errpath.native.tree.functions import Function


class Fate(Enum):
    """
    What became of a function since it was recorded.
    """

    SAME = "the same"
    CHANGED = "changed"
    GONE = "gone"
    SEVERAL = "there twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """
    A function, what became of it, and its line in the tree; 0 if it is gone.
    """

    name: str
    fate: Fate
    line: int


def code_hash(function: Function) -> str:
    """
    Give the sha256 of a function's code: its text without comments and white space.

    Trees that differ in comments have the same code, and so the same certificate.
    """
    leaves = [
        text_of(node)
        for node in below(parse(function.text))
        if node.type != "comment" and not node.children
    ]
    return sha256("\0".join(filter(None, leaves)).encode(*ENCODING)).hexdigest()


def hashes(functions: Iterable[Function]) -> dict[str, str]:
    """
    Give the hash of each function's code by its name.
    """
    return {one.name: code_hash(one) for one in functions}


def drift(
    recorded: Mapping[str, str], functions: Mapping[str, Sequence[Function]]
) -> Iterator[Drift]:
    """
    Compare what is recorded with the functions of a file by their names, in that order.
    """
    for name, before in recorded.items():
        found = functions.get(name, ())
        if not found:
            yield Drift(name=name, fate=Fate.GONE, line=0)
        elif len(found) > 1:
            yield Drift(name=name, fate=Fate.SEVERAL, line=found[1].line)
        else:
            fate = Fate.SAME if code_hash(found[0]) == before else Fate.CHANGED
            yield Drift(name=name, fate=fate, line=found[0].line)
