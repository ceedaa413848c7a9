# SPDX-License-Identifier: GPL-2.0-only
"""
The parts of page migration that are walked: an entry, and what it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from errpath.migrate.migration import MIGRATE
from errpath.native.walk.page import PageWalk
from errpath.native.walk.pages import PagesWalk

if TYPE_CHECKING:
    from errpath.kernel.target import Model
    from errpath.native.walk.step import Walk

PAGE: Final = "unmap_and_move"
"""The entry that is given one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    An entry on pages of those names; behind `attempts` attempts not every answer is walked.
    """

    entry: str = PAGE
    pages: tuple[str, ...] = ()
    attempts: int | None = None

    @property
    def name(self) -> str:
        """
        Name it, as it is shown.
        """
        return f"{self.entry}() on {', '.join(self.pages)}" if self.pages else f"{self.entry}()"

    def model(self) -> Model:
        """
        Give the model of it.
        """
        return MIGRATE.at(self.entry, self.pages) if self.pages else MIGRATE

    def walk(self, target: Any, semantics: str) -> Walk:
        """
        Give the walk over a target that runs it.
        """
        model = self.model()
        if not self.pages:
            return PageWalk(target, semantics, model.vocabulary.rules)
        passes = MIGRATE.vocabulary.entries[self.entry].passes
        return PagesWalk(target, semantics, model, passes=passes, most=self.attempts)


PARTS: Final = (
    Part(),
    Part(entry="migrate_pages_and_putback", pages=("a",)),
    Part(entry="migrate_pages", pages=("a", "b"), attempts=2),
)
"""What is compared and recorded: the single page, and the driver."""
