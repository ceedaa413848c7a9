# SPDX-License-Identifier: GPL-2.0-only
"""
The vocabulary of runs over a list of pages.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from errpath.kernel.caller import FORCE, MODE, PF_MEMALLOC, PF_SWAPWRITE, PUT_NEW_PAGE, REASON
from errpath.kernel.declared.naming import primitives_on
from errpath.kernel.declared.primitive import choices_of
from errpath.kernel.holds import LIST_HOLDS
from errpath.kernel.page import mapping_of
from errpath.kernel.pages.listed_page import (
    ANON_VMA,
    KINDS,
    MAPPING,
    NEW,
    extra_pins_of,
    in_swap_cache_of,
    tails,
)
from errpath.migrate import driver
from errpath.migrate.pages.balance import BALANCED
from errpath.migrate.pages.final_state import COUNTERS
from errpath.migrate.pages.situation import FORCED, WALK, WALKS, aspects_on, rules_on
from errpath.migrate.semantics import SEMANTICS, names_in
from errpath.migrate.words import PLACES as PLACES_OF_ONE
from errpath.vocabulary.situation import Cleanup, State
from errpath.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.vocabulary.choice import Choice

PLACES: Final = PLACES_OF_ONE | {
    "pagevec": "the per-CPU pagevec, on its way to its LRU list",
    "hugetlb": "hugepage_activelist",
}

PUTBACK: Final = "migrate_pages_and_putback"
"""The entry that ends with the caller's putback."""

_FUNCTIONS: Final = {
    "migrate_pages": (driver.migrate_pages, driver.unmap_and_move_huge_page),
    PUTBACK: (
        driver.migrate_pages,
        driver.unmap_and_move_huge_page,
        driver.putback_movable_pages,
    ),
}


@cache
def vocabulary_of(entry: str, pages: tuple[str, ...]) -> Vocabulary:
    """
    Give the vocabulary of an entry on pages of those names.
    """
    split = tails(pages)
    every = (*pages, *split)
    primitives = primitives_on(pages)
    above = names_in(*_FUNCTIONS[entry])
    return Vocabulary(
        model="migrate",
        subjects=(
            *every,
            *(f"{name}{NEW}" for name in every),
            *(f"{name}{ANON_VMA}" for name in every),
            *(f"{name}{MAPPING}" for name in pages),
            "current",
        ),
        primitives=primitives,
        choices={choice.text: choice for choice in _choices(pages)},
        aspects=aspects_on(pages),
        rules=rules_on(pages),
        holds={hold.name: hold for hold in LIST_HOLDS},
        places=PLACES,
        back=frozenset({"caller", "free"}),
        states=tuple(_states(pages)),
        counters=COUNTERS,
        cleanup={contract.name: contract for contract in _cleanup(pages, putback=entry == PUTBACK)},
        reach={
            name: frozenset(primitives) & (semantics.names() | above)
            for name, semantics in SEMANTICS.items()
        },
        entry=entry,
        pages=pages,
        told=((FORCED, FORCE), (WALKS, WALK)),
    )


def _choices(pages: tuple[str, ...]) -> Iterator[Choice]:
    split = frozenset(tails(pages))
    for name, declared in primitives_on(pages).items():
        for choice in choices_of(declared).values():
            # A tail is of the kind that its head is: nobody asks it.
            if not (name in KINDS and choice.subject in split):
                yield choice
    for name in (*pages, *tails(pages)):
        yield mapping_of(name)
        yield extra_pins_of(name)
        yield in_swap_cache_of(name)
    yield from (MODE, REASON, PUT_NEW_PAGE, PF_MEMALLOC, PF_SWAPWRITE)


def _states(pages: tuple[str, ...]) -> Iterator[State]:
    split = tails(pages)
    every = (*pages, *split)
    new = tuple(f"{name}{NEW}" for name in every)
    yield State(name="locked", subjects=(*every, *new), says="PG_locked is held")
    yield State(name="isolated", subjects=every, says="the isolation's reference is held")
    for name in pages:
        yield State(
            name="counted",
            subjects=(name,),
            says="it is counted in NR_ISOLATED",
            hinges_on=f"__PageMovable({name})",
        )
    yield State(name="counted", subjects=split, says="it is counted in NR_ISOLATED")
    yield State(name="unmapped", subjects=every, says="no page table maps it")
    yield State(name="poisoned", subjects=every, says="PG_hwpoison is set")
    yield State(name="PageLRU", subjects=(*every, *new), says="PG_lru is set: it can be isolated")
    yield State(
        name="absent",
        subjects=(*split, *new),
        says="it is not there: nothing was split, or allocated",
        effort=True,
    )
    yield State(name="migrated", subjects=(*every, *new), says="the new page carries the data")
    yield State(
        name="given_back", subjects=new, says="put_new_page() took it back last", effort=True
    )


def _cleanup(pages: tuple[str, ...], *, putback: bool) -> Iterator[Cleanup]:
    every = (*pages, *tails(pages))
    new = [f"{name}{NEW}" for name in every]
    yield Cleanup(
        name="locks",
        says="no page lock and no i_mmap_rwsem is held at return",
        items=frozenset(
            (
                *(f"PG_locked({name})" for name in (*every, *new)),
                *(f"i_mmap_rwsem({name}{MAPPING})" for name in pages),
            )
        ),
    )
    yield Cleanup(
        name="references",
        says="no reference to an anon_vma or to a new page is held at return",
        items=frozenset(
            (
                *(f"anon_vma_ref({name}{ANON_VMA})" for name in every),
                *(f"page_ref({name})" for name in new),
            )
        ),
    )
    yield Cleanup(
        name="ownership",
        says=(
            "a page that is left on the list is the caller's: counted, with the isolation's "
            "reference; no other page is"
        ),
        items=frozenset(
            f"{hold}({name})" for name in every for hold in ("page_ref", "from_list", "NR_ISOLATED")
        ),
    )
    yield Cleanup(
        name="new_page",
        says=(
            "each new page carries the data, or goes back once and untouched: through "
            "put_new_page(), or by its last reference if the caller gives none"
        ),
    )
    yield Cleanup(
        name="entries",
        says="no migration entry is left at return",
        items=frozenset(f"migration_entries({name})" for name in every),
    )
    yield Cleanup(
        name="counts",
        says=(
            "what is returned, unless it is an errno, and PGMIGRATE_FAIL are the number of pages "
            "that were not migrated; PGMIGRATE_SUCCESS is the number of those that were"
        ),
    )
    yield Cleanup(
        name="walk",
        says=(
            "the walk stays on the caller's list, takes pages off no other, and gives no page up "
            "before its tenth pass unless it failed for good"
        ),
        findings=frozenset({"list-head-as-page", "list-poison", "wrong-list"}),
    )
    yield Cleanup(
        name="touch",
        says="nothing is touched after its last reference went",
        findings=frozenset({"freed-on-list", "use-after-put"}),
    )
    yield Cleanup(
        name="flags",
        says="PF_SWAPWRITE is as it was before",
        items=frozenset({"PF_SWAPWRITE(current)"}),
    )
    if putback:
        yield Cleanup(
            name=BALANCED,
            says=(
                "after the caller's putback each page is migrated, or where it was isolated from "
                "with nothing held, counted or flagged for it; each new page has one fate, and the "
                "thread has its flags"
            ),
        )
