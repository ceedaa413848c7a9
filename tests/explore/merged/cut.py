# SPDX-License-Identifier: GPL-2.0-only
"""
migrate_pages() with fewer passes, and with fewer answers, so that all of its paths can be walked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from re import sub

from errpath.explore.paths.enumerate import paths
from errpath.kernel.pages.listed_page import NEW
from errpath.kernel.run import Run
from errpath.kernel.target import Model
from errpath.migrate.migration import MIGRATE
from errpath.migrate.pages.reference import ListReference
from errpath.vocabulary.choice import Value
from errpath.vocabulary.rule import Rule, Rules
from tests.migrate.pages.drivers import changed_driver

ENTRY = "migrate_pages"
PUTBACK = "migrate_pages_and_putback"
Asked = Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, kw_only=True)
class Cut:
    """
    A migrate_pages() of some passes, which asks of each page only what is `asked` of P.

    `new` stands for the new page; empty for all questions. `changes` are those of its source.
    """

    passes: int
    asked: Asked
    changes: tuple[tuple[str, str], ...] = ()

    def model(self) -> Model:
        """
        Give the model of migration with this entry.
        """
        return replace(
            MIGRATE, entries={name: partial(self._on, name) for name in (ENTRY, PUTBACK)}
        )

    def _on(self, entry: str, pages: tuple[str, ...]) -> Model:
        model = MIGRATE.at(entry, pages)
        vocabulary = model.vocabulary
        rules = (*vocabulary.rules.rules, *self._cuts(model, pages))
        return replace(model, vocabulary=replace(vocabulary, rules=Rules(rules)))

    def _cuts(self, model: Model, pages: tuple[str, ...]) -> Iterator[Rule]:
        if not self.asked:
            return
        kept: dict[str, tuple[Value, ...]] = {
            sub(r"\bP(?=\b|_)", page, text): tuple(
                f"{page}{NEW}" if v == "new" else v for v in values
            )
            for text, values in self.asked.items()
            for page in (*pages, *(f"{page}_tail" for page in pages))
            if "(P" in text or "P->" in text
        }
        kept |= self.asked
        for text, choice in model.vocabulary.choices.items():
            for value in choice.values:
                if value not in kept.get(text, choice.values[:1]):
                    yield Rule(says="nobody asks", excludes={text: value})

    def target(self, model: Model) -> ListReference:
        """
        Give the target on the pages of a model.
        """
        fewer = ("while pass_ < 10 and retry:", f"while pass_ < {self.passes} and retry:")
        driver = changed_driver(fewer, *self.changes)
        putback = model.vocabulary.entry == PUTBACK
        return ListReference(model.vocabulary.pages, putback=putback, by=driver)

    def runs(self, pages: tuple[str, ...], semantics: str, *, entry: str = ENTRY) -> Iterator[Run]:
        """
        Walk every path.
        """
        model = self.model().at(entry, pages)
        target = self.target(model)
        return paths(lambda environment: target.run(semantics, environment), model.vocabulary.rules)


ASKED: Mapping[str, Asked] = {
    "a busy lock": {
        "trylock_page(P)": (1, 0),
        "get_new_page(P)": ("new", "NULL"),
        "PageWriteback(P)": (0, 1),
        "mode": ("MIGRATE_SYNC", "MIGRATE_ASYNC", "MIGRATE_SYNC_NO_COPY"),
        "PF_MEMALLOC": ("clear", "set"),
    },
    "a split": {
        "PageTransHuge(P)": (0, 1),
        "get_new_page(P)": ("new", "NULL"),
        "P->extra_pins": (0, 1),
        "trylock_page(P)": (1, 0),
        "PF_SWAPWRITE": ("clear", "set"),
    },
    "a tail": {
        "PageTransHuge(P)": (0, 1),
        "thp_migration_supported()": (1, 0),
        "trylock_page(P)": (1, 0),
        "reason": ("MR_COMPACTION", "MR_SYSCALL", "MR_MEMORY_FAILURE"),
    },
    "kinds": {
        "PageHuge(P)": (0, 1),
        "PageAnon(P)": (0, 1),
        "PageTransHuge(P)": (0, 1),
        "__PageMovable(P)": (0, 1),
        "trylock_page(P_new)": (1, 0),
        "put_new_page": ("given", "NULL"),
    },
}
"""What is asked of a page that is called P, or of its tail."""
