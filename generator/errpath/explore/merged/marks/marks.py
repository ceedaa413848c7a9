# SPDX-License-Identifier: GPL-2.0-only
"""
Calls that are counted along the way, because a law asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from errpath.contracts.events import Patterns
from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.marks.mark import How
from errpath.kernel.event import event
from errpath.kernel.pages.listed_page import ENDINGS, TAIL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from errpath.explore.merged.marks.mark import Letter, Mark
    from errpath.kernel.event import Event
    from errpath.kernel.target import Model


class Letters(NamedTuple):
    """
    The calls of a page that are one of a mark's patterns, and what has to be held for them.
    """

    calls: frozenset[tuple[Event, Letter]]
    held: str = ""


Counted: TypeAlias = tuple[Letters, ...]
"""The letters of a page for each mark."""

_MADE: Final = frozenset(
    f"{tail}{ending}"
    for tail in ("", TAIL)
    for ending in ("", *ENDINGS)
    if ending != TAIL or not tail
)
"""How the names end of what the model makes of a page."""


def named(name: Any, old: str, new: str) -> Any:
    """
    Give the name of a page, or of what is made of it, for another page; others stay.
    """
    if isinstance(name, str) and name.startswith(old) and name[len(old) :] in _MADE:
        return f"{new}{name[len(old) :]}"
    return name


def asked_of(text: str, old: str, new: str) -> str:
    """
    Give the text of a choice about a page for another page.
    """
    call, bracket, subjects = text.partition("(")
    if bracket:
        names = [named(one, old, new) for one in subjects.removesuffix(")").split(", ")]
        return f"{call}({', '.join(names)})"
    page, arrow, member = text.partition("->")
    return f"{named(page, old, new)}{arrow}{member}" if arrow else text


class Marks:
    """
    Marks over all pages, as the events that each page alone makes of them.

    A pattern with a call that is about no page is an EntangledError: it is made once for all. So
    are patterns of several pages, if it matters which of their calls comes first.
    """

    def __init__(self, marks: Sequence[Mark], whole: Model, one: Model) -> None:
        self._one = one
        self._name = one.vocabulary.pages[0]
        self._pages = whole.vocabulary.pages
        self._marks = tuple(marks)
        self._letters: list[dict[Event, Letter]] = []
        if marks:
            patterns = Patterns(whole.vocabulary)
            self._letters = [
                {} if mark.how is How.TOLD else _letters(mark, patterns) for mark in marks
            ]
        for mark, letters in zip(marks, self._letters, strict=True):
            self._hold(mark, letters)

    def on(self, page: str) -> Counted:
        """
        Give for each mark the events of the page alone, which has its own name there.
        """
        return tuple(
            self._of(page, mark, letters)
            for mark, letters in zip(self._marks, self._letters, strict=True)
        )

    def _of(self, page: str, mark: Mark, letters: Mapping[Event, Letter]) -> Letters:
        primitives = self._one.vocabulary.primitives
        calls = frozenset(
            (
                event(
                    primitives[made.primitive.name],
                    tuple(named(subject, page, self._name) for subject in made.subjects),
                    named(made.value, page, self._name),
                ),
                letter,
            )
            for made, letter in letters.items()
            if self._owner(made) == page
        )
        return Letters(calls, asked_of(mark.held, page, self._name) if calls else "")

    def _hold(self, mark: Mark, letters: Iterable[Event]) -> None:
        owners = {self._owner(made) for made in letters}
        said = "`, `".join(mark.patterns)
        if None in owners:
            message = f"`{said}` is not made for one page, so that pages cannot be told apart"
            raise EntangledError(message)
        if len(owners) > 1 and not mark.sums:
            message = f"`{said}` are of several pages, and which comes first is not known"
            raise EntangledError(message)
        if mark.held:
            _, _, subject = mark.held.removesuffix(")").partition("(")
            every = {self._whose(one) for made in letters for one in made.subjects} - {None}
            if every != {self._whose(subject)}:
                message = f"`{said}` and `{mark.held}` are not of one page, and of it alone"
                raise EntangledError(message)

    def _whose(self, subject: str) -> str | None:
        """
        Name the page, or the tail, that a subject is or is made of.
        """
        for page in self._pages:
            rest = named(subject, page, "")
            if rest != subject:
                return f"{page}{TAIL}" if rest.startswith(TAIL) else page
        return None

    def _owner(self, made: Event) -> str | None:
        for subject in made.subjects:
            for page in self._pages:
                if named(subject, page, "") != subject:
                    return page
        return None


def _letters(mark: Mark, patterns: Patterns) -> dict[Event, Letter]:
    """
    Give all events that are one of a mark's patterns, with which.
    """
    found: dict[Event, Letter] = {}
    for place, text in enumerate(mark.patterns):
        for made in patterns.meant_by(text):
            found[made] = found.get(made, 0) | 1 << place
    return found
