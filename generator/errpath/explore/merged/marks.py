# SPDX-License-Identifier: GPL-2.0-only
"""
Calls that are counted along the way, because a law asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from errpath.contracts.events import Patterns
from errpath.explore.merged.leaf import EntangledError
from errpath.kernel.event import event
from errpath.kernel.pages.listed_page import ENDINGS, TAIL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.kernel.event import Event
    from errpath.kernel.target import Model

Counted: TypeAlias = "tuple[frozenset[Event], ...]"


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
    Patterns over all pages, as the events that each page alone makes of them.

    `caps` has for each how far it is counted. A pattern with a call that is about no page is
    an EntangledError: it is made once for all.
    """

    def __init__(self, marks: Sequence[tuple[str, int]], whole: Model, one: Model) -> None:
        self.caps = tuple(cap for _, cap in marks)
        self._one = one
        self._name = one.vocabulary.pages[0]
        self._pages = whole.vocabulary.pages
        meant_by = Patterns(whole.vocabulary).meant_by if marks else None
        self._meant = [(text, meant_by(text)) for text, _ in marks if meant_by]
        for text, events in self._meant:
            if any(self._owner(made) is None for made in events):
                message = f"`{text}` is not made for one page, so that pages cannot be told apart"
                raise EntangledError(message)

    def on(self, page: str) -> Counted:
        """
        Give for each pattern the events of the page alone, which has its own name there.
        """
        primitives = self._one.vocabulary.primitives
        return tuple(
            frozenset(
                event(
                    primitives[made.primitive.name],
                    tuple(named(subject, page, self._name) for subject in made.subjects),
                    named(made.value, page, self._name),
                )
                for made in events
                if self._owner(made) == page
            )
            for _, events in self._meant
        )

    def _owner(self, made: Event) -> str | None:
        for subject in made.subjects:
            for page in self._pages:
                if named(subject, page, "") != subject:
                    return page
        return None
