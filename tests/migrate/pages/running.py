# SPDX-License-Identifier: GPL-2.0-only
"""
Runs over a list of pages, and how a test reads them.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType

from errpath.contracts.cleanup import complaints
from errpath.contracts.situation import Situations, Words
from errpath.kernel.run import Run
from errpath.migrate import driver
from errpath.migrate.migration import MIGRATE
from errpath.migrate.pages.reference import ListReference
from tests.kernel.list_stage import Answers, Said

SEMANTICS = ("pre", "post")
ATTEMPT = {
    "pre": """
        get_new_page({0}) = {0}_new | trylock_page({0}) = 1 | trylock_page({0}_new) = 1
        | try_to_unmap({0}) = true | move_to_new_page({0}_new, {0}) = 0
        | remove_migration_ptes({0}, {0}_new) | unlock_page({0}_new) | unlock_page({0})
        | putback_lru_page({0}_new) | set_page_owner_migrate_reason({0}_new)
    """,
    "post": """
        trylock_page({0}) = 1 | get_new_page({0}) = {0}_new | trylock_page({0}_new) = 1
        | try_to_unmap({0}) = true | move_to_new_page({0}_new, {0}) = 0
        | remove_migration_ptes({0}, {0}_new) | unlock_page({0}_new)
        | set_page_owner_migrate_reason({0}_new) | putback_lru_page({0}_new) | unlock_page({0})
    """,
}
LEFT = "list_del({0}) | mod_node_page_state({0}) | {1}({0})"


@cache
def _situations(pages: tuple[str, ...]) -> Situations:
    return Situations(MIGRATE.at("migrate_pages", pages).vocabulary)


def run(
    semantics: str,
    pages: str = "a",
    words: Words | None = None,
    said: Said | None = None,
    *,
    putback: bool = False,
    by: ModuleType = driver,
) -> Run:
    """
    Run the situation of words, with what is said of single choices in place of it.
    """
    names = tuple(pages.split())
    situation = _situations(names).situation(words or {})
    answers = {choice.text: value for choice, value in situation.answers.items()}
    reference = ListReference(names, putback=putback, by=by)
    return reference.run(semantics, Answers({**answers, **(said or {})}))


def complaints_of(found: Run, pages: str = "a") -> list[str]:
    """
    Name the contract of each complaint about a run.
    """
    model = MIGRATE.at("migrate_pages", tuple(pages.split()))
    return [one.contract for one in complaints(found, model)]


def sentences_of(found: Run, pages: str = "a") -> list[str]:
    """
    Give the sentence of each complaint about a run, with the events in their places.
    """
    model = MIGRATE.at("migrate_pages", tuple(pages.split()))
    return [
        re.sub(r"\{(\d+)\}", lambda step: f"[{found.trace[int(step[1]) - 1].text}]", one.says)
        for one in complaints(found, model)
    ]


def calls(text: str) -> list[str]:
    """
    Split calls that are written with bars between them.
    """
    return [" ".join(call.split()) for call in text.split("|") if call.strip()]


def migrated(semantics: str, page: str) -> list[str]:
    """
    Give the calls of an attempt that succeeds, for an LRU page.
    """
    return calls(f"cond_resched() | {ATTEMPT[semantics]} | {LEFT}".format(page, "put_page"))


def place(found: Run, *names: str) -> dict[str, str]:
    """
    Give where pages are at the end.
    """
    return {name: found.final[name]["on"] for name in names}


def changed(found: Run) -> dict[str, int]:
    """
    Give the counters that changed, and the passes.
    """
    return {name: by for name, by in found.final["counters"].items() if by}


def held(found: Run) -> list[str]:
    """
    Give the rows of the ledger that are open at the end.
    """
    return [item.text for item, _ in found.ledger.open_rows()]
