# SPDX-License-Identifier: GPL-2.0-only
"""
The words in which a scenario describes its situation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from errpath.vocabulary.choice import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """
    One value of an aspect, and the choices that it answers, by their text.
    """

    name: str
    answers: Mapping[str, Value]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """
    One dimension of a situation: the kind of the source page, the migrate mode.

    `subject` is the page whose line it stands on, or None for a setting that has a line of
    its own. The first word is the default. `label` is the name that is enough on that line,
    where it is another: `kind` for `a_kind`.
    """

    name: str
    subject: str | None
    words: tuple[Word, ...]
    label: str = ""

    @property
    def short(self) -> str:
        """
        The name that is enough on the line that it stands on.
        """
        return self.label or self.name

    @property
    def default(self) -> Word:
        """
        The word that holds when a scenario says nothing.
        """
        return self.words[0]

    def word(self, name: str) -> Word | None:
        """
        Give the word of that name, or None.
        """
        return next((word for word in self.words if word.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """
    A word for what is so at the end: `finally src locked`.

    On a path that never makes the choice that it `hinges_on`, it is open. A state that tells
    of `effort` says how much was done, and not what came of it.
    """

    name: str
    subjects: tuple[str, ...]
    says: str
    hinges_on: str | None = None
    effort: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleanup:
    """
    A contract that every test checks without being asked.

    `items` are the rows of the ledger that it is about, by their text. A contract without any
    is for the model's obligations to judge, and one with items never is. `findings` are the
    names of the debug checks that stop a run which breaks it.
    """

    name: str
    says: str
    items: frozenset[str] = frozenset()
    findings: frozenset[str] = frozenset()
