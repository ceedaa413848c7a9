# SPDX-License-Identifier: GPL-2.0-only
"""
The vocabulary of page migration.
"""

from __future__ import annotations

from typing import Final

from errpath.kernel.caller import FORCE, MODE, PF_MEMALLOC, PUT_NEW_PAGE, REASON
from errpath.kernel.calls.page_tests import MAPPING
from errpath.kernel.declared.primitive import choices_of, primitives_of
from errpath.kernel.holds import HOLDS
from errpath.kernel.linux import Linux
from errpath.migrate.entries import ENTRIES
from errpath.migrate.semantics import SEMANTICS
from errpath.migrate.situation import ASPECTS, RULES
from errpath.vocabulary.situation import Cleanup, State
from errpath.vocabulary.vocabulary import Vocabulary

_PAGES: Final = ("src", "dst")
_PRIMITIVES: Final = primitives_of(Linux)
_CHOICES: Final = (
    *(c for p in _PRIMITIVES.values() if p.answers for c in choices_of(p).values()),
    MAPPING,
    MODE,
    FORCE,
    REASON,
    PUT_NEW_PAGE,
    PF_MEMALLOC,
)

PLACES: Final = {
    "from_list": "the list that migrate_pages() was given",
    "lru": "its LRU list",
    "free": "free, for its last reference went",
    "driver": "with the driver that owns it",
    "caller": "with the caller again, through its put_new_page()",
    "nothing": "no list and nobody has it",
}

STATES: Final = (
    State(name="locked", subjects=_PAGES, says="PG_locked is held"),
    State(name="isolated", subjects=("src",), says="the isolation's reference is held"),
    State(
        name="counted",
        subjects=("src",),
        says="it is counted in NR_ISOLATED",
        hinges_on="__PageMovable(src)",
    ),
    State(name="unmapped", subjects=("src",), says="no page table maps it"),
    State(name="poisoned", subjects=("src",), says="PG_hwpoison is set"),
    State(name="absent", subjects=("dst",), says="no page was allocated", effort=True),
    State(name="migrated", subjects=("dst",), says="it carries the data"),
    State(name="given_back", subjects=("dst",), says="put_new_page() took it back", effort=True),
)

COUNTERS: Final = {
    "NR_ISOLATED": "NR_ISOLATED_ANON and NR_ISOLATED_FILE; a huge page counts as one",
    "num_poisoned_pages": "hardware-poisoned pages",
}

CLEANUP: Final = (
    Cleanup(
        name="locks",
        says="no page lock is held at return",
        items=frozenset({"PG_locked(src)", "PG_locked(dst)"}),
    ),
    Cleanup(
        name="references",
        says="no reference to an anon_vma or to the new page is held at return",
        items=frozenset({"anon_vma_ref(anon_vma)", "page_ref(dst)"}),
    ),
    Cleanup(
        name="ownership",
        says=(
            "after -EAGAIN and -ENOMEM the source page is the caller's: on its list, counted, "
            "with the isolation's reference; after any other return code it is not"
        ),
        items=frozenset({"page_ref(src)", "from_list(src)", "NR_ISOLATED(src)"}),
    ),
    Cleanup(
        name="new_page",
        says=(
            "the new page carries the data, or goes back once and untouched: through "
            "put_new_page(), or through put_page() if the caller gives none"
        ),
    ),
    Cleanup(
        name="entries",
        says="no migration entry is left at return",
        items=frozenset({"migration_entries(src)"}),
    ),
)

VOCABULARY: Final = Vocabulary(
    model="migrate",
    subjects=("src", "dst", "anon_vma"),
    primitives=_PRIMITIVES,
    choices={choice.text: choice for choice in _CHOICES},
    aspects=ASPECTS,
    rules=RULES,
    holds={hold.name: hold for hold in HOLDS},
    places=PLACES,
    back=frozenset({"caller", "free"}),
    states=STATES,
    counters=COUNTERS,
    cleanup={contract.name: contract for contract in CLEANUP},
    reach={
        name: frozenset(_PRIMITIVES) & semantics.names() for name, semantics in SEMANTICS.items()
    },
    entry="unmap_and_move",
    entries=ENTRIES,
)
