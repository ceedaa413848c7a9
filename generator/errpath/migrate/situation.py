# SPDX-License-Identifier: GPL-2.0-only
"""
The situations of page migration, in words; and what cannot be.
"""

from __future__ import annotations

from typing import Final

from errpath.kernel.caller import MIGRATE_SYNC, MODES, REASONS
from errpath.vocabulary.rule import Rule, Rules
from errpath.vocabulary.situation import Aspect, Word


def _word(name: str, says: str, **answers: int | str) -> Word:
    return Word(
        name=name, says=says, answers={_TEXTS.get(key, key): v for key, v in answers.items()}
    )


_TEXTS: Final = {
    "anon": "PageAnon(src)",
    "ksm": "PageKsm(src)",
    "movable": "__PageMovable(src)",
    "driver": "PageMovable(src)",
    "mapping": "src->mapping",
    "mapped": "page_mapped(src)",
    "private": "page_has_private(src)",
    "writeback": "PageWriteback(src)",
    "count": "page_count(src)",
    "thp": "PageTransHuge(src)",
    "thp_supported": "thp_migration_supported()",
    "lock": "trylock_page(src)",
}

_KIND: Final = Aspect(
    name="kind",
    subject="src",
    words=(
        _word("file", "a page cache page", anon=0, movable=0, ksm=0),
        _word("anon", "an anonymous page", anon=1, movable=0, ksm=0),
        _word("ksm", "an anonymous page that KSM has merged", anon=1, movable=0, ksm=1),
        _word("movable", "a page of a driver, not on the LRU", anon=0, movable=1, ksm=0),
    ),
)

ASPECTS: Final = (
    _KIND,
    Aspect(
        name="mapping",
        subject="src",
        words=(
            _word("in_mapping", "page->mapping is set", mapping="set"),
            _word("no_mapping", "page->mapping is NULL, as for an orphan", mapping="NULL"),
        ),
    ),
    Aspect(
        name="mapped",
        subject="src",
        words=(
            _word("mapped", "some page table maps it", mapped=1),
            _word("unmapped", "no page table maps it", mapped=0),
        ),
    ),
    Aspect(
        name="private",
        subject="src",
        words=(
            _word("no_private", "no fs-private data", private=0),
            _word("private", "fs-private data, as buffers", private=1),
        ),
    ),
    Aspect(
        name="writeback",
        subject="src",
        words=(
            _word("no_writeback", "not under writeback", writeback=0),
            _word("writeback", "under writeback", writeback=1),
        ),
    ),
    Aspect(
        name="lock",
        subject="src",
        words=(
            _word("unlocked", "nobody holds its lock", lock=1),
            _word("locked", "another thread holds its lock", lock=0),
        ),
    ),
    Aspect(
        name="count",
        subject="src",
        words=(
            _word("in_use", "others hold references too", count=2),
            _word("freed", "freed under us: only the isolation's reference is left", count=1),
        ),
    ),
    Aspect(
        name="driver",
        subject="src",
        words=(
            _word("owned", "the driver of a movable page still owns it", driver=1),
            _word("disowned", "the driver of a movable page has let go of it", driver=0),
        ),
    ),
    Aspect(
        name="size",
        subject="src",
        words=(
            _word("base", "a base page", thp=0),
            _word("thp", "a transparent huge page", thp=1),
        ),
    ),
    Aspect(
        name="mode",
        subject=None,
        words=tuple(
            _word(mode, "enum migrate_mode", mode=mode)
            for mode in sorted(MODES, key=lambda mode: mode != MIGRATE_SYNC)
        ),
    ),
    Aspect(
        name="force",
        subject=None,
        words=(
            _word("no", "passes 1 to 3 of migrate_pages()", force="no"),
            _word("yes", "pass 4 and later", force="yes"),
        ),
    ),
    Aspect(
        name="reason",
        subject=None,
        words=tuple(_word(reason, "enum migrate_reason", reason=reason) for reason in REASONS),
    ),
    Aspect(
        name="put_new_page",
        subject=None,
        words=(
            _word("given", "the caller gives a free_page_t", put_new_page="given"),
            _word("NULL", "the caller gives none", put_new_page="NULL"),
        ),
    ),
    Aspect(
        name="PF_MEMALLOC",
        subject=None,
        words=(
            _word("clear", "an ordinary thread", PF_MEMALLOC="clear"),
            _word("set", "a thread in direct reclaim or compaction", PF_MEMALLOC="set"),
        ),
    ),
    Aspect(
        name="thp_migration",
        subject=None,
        words=(
            _word("supported", "the architecture migrates THP whole", thp_supported=1),
            _word("unsupported", "it does not", thp_supported=0),
        ),
    ),
)


def _rule(says: str, **answers: int | str) -> Rule:
    return Rule(says=says, excludes={_TEXTS.get(key, key): v for key, v in answers.items()})


RULES: Final = Rules(
    (
        _rule("a KSM page is anonymous", ksm=1, anon=0),
        _rule("a movable page outside the LRU is not anonymous", movable=1, anon=1),
        _rule("a KSM page is not movable outside the LRU", movable=1, ksm=1),
        _rule("an anonymous page has a mapping: its anon_vma", anon=1, mapping="NULL"),
        _rule("a movable page has a mapping: its driver's", movable=1, mapping="NULL"),
        _rule("a page without a mapping is mapped by no page table", mapping="NULL", mapped=1),
        _rule("each page table that maps a page holds a reference", count=1, mapped=1),
        Rule(
            says="an anonymous page whose anon_vma is gone is mapped by no page table",
            excludes={
                "PageAnon(src)": 1,
                "PageKsm(src)": 0,
                "page_get_anon_vma(src)": "NULL",
                "page_mapped(src)": 1,
            },
        ),
    )
)
