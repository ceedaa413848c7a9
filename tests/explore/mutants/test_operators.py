# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from tests.explore.mutants.little import changed, made, names

LADDER = """
def f(k, put_new_page, page, newpage, force, mode):
    rc = -EAGAIN
    with out:
        with inner:
            if not k.trylock_page(page):
                goto(out)
            if k.PageWriteback(page) and not force:
                rc = -EBUSY
                goto(inner)
            rc = k.move_to_new_page(newpage, page, mode)
        k.unlock_page(page)
    if rc != -EAGAIN:
        k.list_del(page)
    return rc
"""

MOVED = "rc = k.move_to_new_page(newpage, page, mode)"
EXPECTED = {
    "skipped-removal": [
        "- k.list_del(page) + pass",
        "- k.list_del(page) + if rc == MIGRATEPAGE_SUCCESS: + k.list_del(page)",
        "- k.list_del(page) + if rc != MIGRATEPAGE_SUCCESS: + k.list_del(page)",
    ],
    "dropped-call": [
        "- rc = k.move_to_new_page(newpage, page, mode)",
        "- k.unlock_page(page)",
        "- k.list_del(page) + pass",
    ],
    "duplicated-call": [
        "+ rc = k.move_to_new_page(newpage, page, mode)",
        "+ k.unlock_page(page)",
        "+ k.list_del(page)",
    ],
    "guarded-call": [
        "- k.unlock_page(page) + if rc == MIGRATEPAGE_SUCCESS: + k.unlock_page(page)",
        "- k.unlock_page(page) + if rc != MIGRATEPAGE_SUCCESS: + k.unlock_page(page)",
        "- k.list_del(page) + if rc == MIGRATEPAGE_SUCCESS: + k.list_del(page)",
        "- k.list_del(page) + if rc != MIGRATEPAGE_SUCCESS: + k.list_del(page)",
    ],
    "always": [
        "- if not k.trylock_page(page): + if True:",
        "- if k.PageWriteback(page) and not force: + if True:",
        "- if rc != -EAGAIN: + if True:",
    ],
    "never": [
        "- if not k.trylock_page(page): + if False:",
        "- if k.PageWriteback(page) and not force: + if False:",
        "- if rc != -EAGAIN: + if False:",
    ],
    "negated": [
        "- if not k.trylock_page(page): + if k.trylock_page(page):",
        "- if k.PageWriteback(page) and not force: + if not (k.PageWriteback(page) and not force):",
        "- if rc != -EAGAIN: + if rc == -EAGAIN:",
        "- if k.PageWriteback(page) and not force: + if not k.PageWriteback(page) and not force:",
        "- if k.PageWriteback(page) and not force: + if k.PageWriteback(page) and force:",
    ],
    "dropped-operand": [
        "- if k.PageWriteback(page) and not force: + if not force:",
        "- if k.PageWriteback(page) and not force: + if k.PageWriteback(page):",
    ],
    "and-or": [
        "- if k.PageWriteback(page) and not force: + if k.PageWriteback(page) or not force:",
    ],
    "narrowed": [],
    "return-for-goto": [
        "- goto(out) + return rc",
        "- goto(inner) + return rc",
    ],
    "goto-for-return": [],
    "dropped-exit": [
        "- goto(out) + pass",
        "- goto(inner)",
    ],
    "errno": [
        "- rc = -EAGAIN + rc = -EBUSY",
        "- rc = -EAGAIN + rc = MIGRATEPAGE_SUCCESS",
        "- rc = -EBUSY + rc = -EAGAIN",
        "- rc = -EBUSY + rc = MIGRATEPAGE_SUCCESS",
        "- if rc != -EAGAIN: + if rc != -EBUSY:",
        "- if rc != -EAGAIN: + if rc != MIGRATEPAGE_SUCCESS:",
    ],
    "word": [],
    "dropped-assignment": ["- rc = -EBUSY"],
    "flag": [],
    "counted-twice": [],
    "off-by-one": [],
    "ignored-callback": [],
    "other-release": [],
    "other-subject": [
        "- if not k.trylock_page(page): + if not k.trylock_page(newpage):",
        "- if k.PageWriteback(page) and not force: + if k.PageWriteback(newpage) and not force:",
        f"- {MOVED} + rc = k.move_to_new_page(page, page, mode)",
        f"- {MOVED} + rc = k.move_to_new_page(newpage, newpage, mode)",
        "- k.unlock_page(page) + k.unlock_page(newpage)",
        "- k.list_del(page) + k.list_del(newpage)",
    ],
}
# What moves is compared as a whole.
WHOLE = {"swapped", "moved-call", "other-label"}


@pytest.mark.parametrize("operator", EXPECTED)
def test_what_an_operator_changes(operator: str) -> None:
    """
    An operator makes each change of its kind, at each place where it can be made.
    """
    assert changed(operator, LADDER) == EXPECTED[operator]


PASSES = """
def count(k, pages):
    number = 0
    for page in pages:
        if number >= 3:
            break
        number += 1
        k.current.flags |= page
    while number < 10 and pages:
        pages = k.rest(pages, number > 2)
    return number
"""


def test_what_counts_and_bounds_are_changed_to() -> None:
    """
    A count is forgotten or made twice; a flag is not set; a bound is one off, either way.
    """
    assert changed("dropped-assignment", PASSES) == ["- number += 1", "- k.current.flags |= page"]
    assert changed("counted-twice", PASSES) == ["+ number += 1"]
    assert changed("off-by-one", PASSES) == [
        "- if number >= 3: + if number >= 2:",
        "- if number >= 3: + if number >= 4:",
        "- while number < 10 and pages: + while number < 9 and pages:",
        "- while number < 10 and pages: + while number < 11 and pages:",
        "- pages = k.rest(pages, number > 2) + pages = k.rest(pages, number > 1)",
        "- pages = k.rest(pages, number > 2) + pages = k.rest(pages, number > 3)",
    ]


def test_every_operator_is_told() -> None:
    """
    There is no operator that no test shows.
    """
    assert set(names()) == EXPECTED.keys() | WHOLE


def test_neighbours_change_places() -> None:
    """
    Statements change places with the one below, whole; a call beside a block moves instead.
    """
    text = """
    def f(k, page):
        # Nothing of it.
        k.ClearPageActive(page)
        rc = -EBUSY
        if rc:
            k.put_page(page)
        k.list_del(page)
    """
    swapped = """\
def f(k, page):
    # Nothing of it.
    rc = -EBUSY
    k.ClearPageActive(page)
    if rc:
        k.put_page(page)
    k.list_del(page)
"""
    block_first = """\
def f(k, page):
    # Nothing of it.
    k.ClearPageActive(page)
    if rc:
        k.put_page(page)
    rc = -EBUSY
    k.list_del(page)
"""
    moved = """\
def f(k, page):
    # Nothing of it.
    k.ClearPageActive(page)
    rc = -EBUSY
    k.list_del(page)
    if rc:
        k.put_page(page)
"""
    assert (made("swapped", text), made("moved-call", text)) == ([swapped, block_first], [moved])


def test_a_call_moves_across_a_label() -> None:
    """
    What a jump to a label skips, and what it gets to, changes with the side of a call.
    """
    text = """
    def f(k, page):
        with out:
            if page:
                goto(out)
            k.list_del(page)
        # out:
        k.unlock_page(page)
    """
    exchanged = """\
def f(k, page):
    with out:
        k.list_del(page)
        if page:
            goto(out)
    # out:
    k.unlock_page(page)
"""
    around = """\
def f(k, page):
    k.unlock_page(page)
    # out:
    with out:
        if page:
            goto(out)
        k.list_del(page)
"""
    above = """\
def f(k, page):
    with out:
        if page:
            goto(out)
        k.list_del(page)
        k.unlock_page(page)
    # out:
"""
    behind = """\
def f(k, page):
    with out:
        if page:
            goto(out)
    k.list_del(page)
    # out:
    k.unlock_page(page)
"""
    assert sorted(made("moved-call", text)) == sorted([exchanged, around, above, behind])


def test_a_goto_reaches_every_label_that_c_reaches() -> None:
    """
    A label that lies ahead is reached, too: its block begins where the goto stands then.
    """
    text = """
    def f(k, page):
        with out:
            if not k.trylock_page(page):
                goto(out)
            k.ClearPageActive(page)
            with inner:
                k.list_del(page)
            # inner:
            k.unlock_page(page)
    """
    ahead = """\
def f(k, page):
    with out:
        with inner:
            if not k.trylock_page(page):
                goto(inner)
            k.ClearPageActive(page)
            k.list_del(page)
        # inner:
        k.unlock_page(page)
"""
    assert made("other-label", text) == [ahead]


def test_a_return_is_replaced_by_a_goto() -> None:
    """
    A return inside the blocks of labels can be a jump to each of them.
    """
    text = """
    def f(k, page):
        rc = -EAGAIN
        with out:
            with inner:
                if k.PageAnon(page):
                    return rc
        return rc
    """
    assert changed("goto-for-return", text) == [
        "- return rc + goto(out)",
        "- return rc + goto(inner)",
    ]
    assert changed("dropped-exit", text) == ["- return rc + pass"]


def test_a_page_is_let_go_of_in_every_other_way() -> None:
    """
    What gives up the same hold stands for each other; a callback's neglect has its own name.
    """
    text = """
    def f(k, put_new_page, newpage, private, page):
        if put_new_page:
            put_new_page(newpage, private)
        else:
            k.put_page(newpage)
        k.putback_lru_page(page)
    """
    assert changed("ignored-callback", text) == [
        "- put_new_page(newpage, private) + k.put_page(newpage)",
        "- put_new_page(newpage, private) + k.putback_lru_page(newpage)",
    ]
    assert changed("other-release", text) == [
        "- k.put_page(newpage) + put_new_page(newpage, private)",
        "- k.put_page(newpage) + k.putback_lru_page(newpage)",
        "- k.putback_lru_page(page) + put_new_page(page, private)",
        "- k.putback_lru_page(page) + k.put_page(page)",
    ]


def test_values_are_others_of_their_kind() -> None:
    """
    A mode is another mode that the module knows, and a flag is set the other way.
    """
    text = """
    def f(k, mode):
        was_mapped = 0
        if mode == MIGRATE_ASYNC:
            was_mapped = 1
        return was_mapped
    """
    assert changed("word", text) == ["- if mode == MIGRATE_ASYNC: + if mode == MIGRATE_SYNC:"]
    assert changed("flag", text) == [
        "- was_mapped = 0 + was_mapped = 1",
        "- was_mapped = 1 + was_mapped = 0",
    ]


def test_a_condition_is_narrowed_where_the_return_code_is_open() -> None:
    """
    What is done anyway is done on success only, or on failure only.
    """
    text = """
    def f(k, page, newpage, mode):
        rc = -EAGAIN
        if page:
            k.ClearPageActive(page)
        rc = k.move_to_new_page(newpage, page, mode)
        if page or newpage:
            k.unlock_page(page)
        return rc
    """
    assert changed("narrowed", text) == [
        "- if page or newpage: + if (page or newpage) and rc == MIGRATEPAGE_SUCCESS:",
        "- if page or newpage: + if (page or newpage) and rc != MIGRATEPAGE_SUCCESS:",
    ]
