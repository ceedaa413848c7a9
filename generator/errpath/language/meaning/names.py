# SPDX-License-Identifier: GPL-2.0-only
"""
All that resolves the names of one vocabulary.
"""

from __future__ import annotations

from functools import cached_property

from errpath.language.meaning.calls import Calls
from errpath.language.meaning.cases import Cases
from errpath.language.meaning.changes import Changes
from errpath.language.meaning.clauses import Clauses
from errpath.language.meaning.conditions import Conditions
from errpath.language.meaning.faults import Faults
from errpath.language.meaning.lexicon import Lexicon
from errpath.language.meaning.reach import Reach
from errpath.language.meaning.settings import Settings


class Names:
    """
    What the names in an item mean: an item of one function, and of one list of pages.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.calls = calls = Calls(lexicon)
        self.conditions = Conditions(lexicon, calls)
        self.clauses = Clauses(lexicon, calls)
        self.settings = Settings(lexicon)
        self.faults = Faults(lexicon, calls)
        self.cases = Cases(lexicon.vocabulary)
        self.reach = Reach(lexicon)
        self.changes = Changes(lexicon, calls)

    @cached_property
    def of_attempts(self) -> Conditions:
        """
        What resolves conditions about an attempt on a page: the run's, if none makes attempts.
        """
        lexicon = self.lexicon
        if lexicon.entry is None:
            return self.conditions
        return Conditions(Lexicon(lexicon.vocabulary.of_attempts, lexicon.entry), self.calls)

    @property
    def about(self) -> str:
        """
        How a message names the function and its pages.
        """
        function, pages = self.lexicon.function, self.lexicon.vocabulary.pages
        each = "each " if self.lexicon.each else ""
        return f"`{function}({each}{', '.join(pages)})`" if self.lexicon.entry else f"`{function}`"
