# SPDX-License-Identifier: GPL-2.0-only
"""
The situations of a list of pages: those of one page, for each by its name, and more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from errpath.kernel.pages.listed_page import KINDS, TAIL
from errpath.migrate.situation import ASPECTS, RULES
from errpath.vocabulary.choice import Choice, Value
from errpath.vocabulary.rule import Rule, Rules
from errpath.vocabulary.situation import Aspect, Word

_FORCE: Final = "force"
_OF_A_TAIL: Final = frozenset({"mapping", "mapped", "private", "writeback", "lock", "count"})


def _word(name: str, says: str, answers: Mapping[str, Value]) -> Word:
    return Word(name=name, says=says, answers=answers)


_SIZE: Final = Aspect(
    name="size",
    subject="src",
    words=(
        _word("base", "a base page", {"PageHuge(src)": 0, "PageTransHuge(src)": 0}),
        _word("thp", "a transparent huge page", {"PageHuge(src)": 0, "PageTransHuge(src)": 1}),
        _word("hugetlb", "a page of hugetlbfs", {"PageHuge(src)": 1, "PageTransHuge(src)": 1}),
    ),
)
_MORE: Final = (
    Aspect(
        name="pins",
        subject="src",
        words=(
            _word("unpinned", "no other thread has a transient pin on it", {"src->extra_pins": 0}),
            _word("pinned", "another thread has a transient pin on it", {"src->extra_pins": 1}),
        ),
    ),
    Aspect(
        name="swap_cache",
        subject="src",
        words=(
            _word("no_swap_cache", "not in the swap cache", {"PageSwapCache(src)": 0}),
            _word("swap_cache", "in the swap cache, which holds it", {"PageSwapCache(src)": 1}),
        ),
    ),
    Aspect(
        name="hugetlb_migration",
        subject="src",
        words=(
            _word(
                "migratable",
                "hugetlb pages of its size can be migrated",
                {"hugepage_migration_supported(src)": 1},
            ),
            _word("unmigratable", "they cannot", {"hugepage_migration_supported(src)": 0}),
        ),
    ),
    Aspect(
        name="subpool",
        subject="src",
        words=(
            _word("no_subpool", "a hugetlb page without a subpool", {"page_private(src)": 0}),
            _word("subpool", "a hugetlb page of a subpool", {"page_private(src)": 1}),
        ),
    ),
    Aspect(
        name="hugetlb_mapping",
        subject="src",
        words=(
            _word("hugetlb_mapped", "page_mapping() gives its mapping", {"page_mapping(src)": 1}),
            _word("hugetlb_orphan", "page_mapping() gives NULL", {"page_mapping(src)": 0}),
        ),
    ),
)
FORCED: Final = next(aspect for aspect in ASPECTS if aspect.name == _FORCE)
"""What an attempt is told of its pass: no part of the situation, the number of passes decides."""

WALK: Final = Choice("walk", None, ("on_list", "astray"), text="walk")
WALKS: Final = Aspect(
    name=WALK.text,
    subject=None,
    words=(
        _word("on_list", "the walk is on the caller's list", {WALK.text: "on_list"}),
        _word("astray", "it has left that list, for the LRU list", {WALK.text: "astray"}),
    ),
)
"""Where an attempt is made: what was done before has decided that."""

_SWAPWRITE: Final = Aspect(
    name="PF_SWAPWRITE",
    subject=None,
    words=(
        _word("clear", "an ordinary thread", {"PF_SWAPWRITE": "clear"}),
        _word("set", "a thread that may write to swap already", {"PF_SWAPWRITE": "set"}),
    ),
)


def _rule(says: str, **answers: Value) -> Rule:
    return Rule(says=says, excludes={_TEXTS[key]: value for key, value in answers.items()})


_TEXTS: Final = {
    "thp": "PageTransHuge(src)",
    "huge": "PageHuge(src)",
    "ksm": "PageKsm(src)",
    "movable": "__PageMovable(src)",
    "anon": "PageAnon(src)",
    "swap_cache": "PageSwapCache(src)",
    "count": "page_count(src)",
    "pins": "src->extra_pins",
}
_RULES: Final = (
    *RULES.rules,
    _rule("KSM merges base pages only", thp=1, ksm=1),
    _rule("a page of a driver is no transparent huge page", thp=1, movable=1),
    _rule("a hugetlb page is a compound page", huge=1, thp=0),
    _rule("KSM does not merge hugetlb pages", huge=1, ksm=1),
    _rule("a page of a driver is no hugetlb page", huge=1, movable=1),
    _rule("only anonymous pages are in the swap cache here", swap_cache=1, anon=0),
    _rule("a pin is a reference", count=1, pins=1),
)


@cache
def aspects_on(pages: tuple[str, ...]) -> tuple[Aspect, ...]:
    """
    Give the aspects of pages of those names, of the tails they can give, and the settings.
    """
    of_one = [_SIZE if a.name == _SIZE.name else a for a in ASPECTS if a.subject]
    settings = [a for a in ASPECTS if not a.subject and a.name != _FORCE]
    return (
        *(_on(aspect, page) for page in pages for aspect in (*of_one, *_MORE)),
        *(_on(a, f"{page}{TAIL}") for page in pages for a in of_one if a.name in _OF_A_TAIL),
        *settings,
        _SWAPWRITE,
    )


@cache
def rules_on(pages: tuple[str, ...]) -> Rules:
    """
    Give what cannot be of pages of those names.
    """
    return Rules(one for page in pages for one in _rules(page))


def _rules(page: str) -> Iterator[Rule]:
    for rule in _RULES:
        yield replace(rule, excludes=_named(rule.excludes, page))
    for rule in RULES.rules:
        # A tail is of the kind that its head is, nobody asks it; and a page that can be split
        # is of neither of two kinds.
        excludes = {t: v for t, v in rule.excludes.items() if (t, v) not in _NO_TAIL_IS}
        possible = not any(value for text, value in excludes.items() if text in _NEVER_SPLIT)
        if possible and not set(excludes) <= _KIND_TEXTS:
            yield replace(rule, excludes=_named(excludes, f"{page}{TAIL}", kind_of=page))


_KIND_TEXTS: Final = frozenset(f"{kind}(src)" for kind in KINDS)
_NEVER_SPLIT: Final = ("PageKsm(src)", "__PageMovable(src)")
_NO_TAIL_IS: Final = frozenset((text, 0) for text in _NEVER_SPLIT)


def _named(
    answers: Mapping[str, Value], name: str, *, kind_of: str | None = None
) -> dict[str, Value]:
    return {
        text.replace("src", (kind_of or name) if text in _KIND_TEXTS else name): value
        for text, value in answers.items()
    }


def _on(aspect: Aspect, page: str) -> Aspect:
    words = tuple(replace(w, answers=_named(w.answers, page)) for w in aspect.words)
    name = f"{page}_{aspect.name}"
    return replace(aspect, name=name, subject=page, words=words, label=aspect.name)
