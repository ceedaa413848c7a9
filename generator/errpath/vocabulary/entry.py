# SPDX-License-Identifier: GPL-2.0-only
"""
The functions that can be run: each by its name, on pages that are named by who runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    One function that is given a list of pages.

    `on(pages)` is the vocabulary of its runs on pages of those names, at most `most` of
    them, none of which ends in one of the `endings`: so end names of the model's own. A run has
    at most so many `passes` over the list (0: the function has none), and where it `counts`, a
    return code may be a number above 0. `markers` are those of faults that only its runs have.
    """

    name: str
    says: str
    most: int
    on: Callable[[tuple[str, ...]], Vocabulary]
    endings: tuple[str, ...] = ()
    passes: int = 0
    counts: bool = False
    markers: Mapping[str, str] = field(default_factory=dict)
