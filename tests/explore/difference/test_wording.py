# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.explore.difference.formula import Term
from errpath.explore.difference.wording import Wording
from errpath.vocabulary.choice import Value
from tests.explore.difference.comparing import MIGRATION

WORDING = Wording(MIGRATION)
TRYLOCK, ALLOCATION, WRITEBACK = "trylock_page(src)", "get_new_page(src)", "PageWriteback(src)"
MOVE = "move_to_new_page(dst, src)"


def _term(**answers: object) -> Term:
    texts = {
        "lock": TRYLOCK,
        "memory": ALLOCATION,
        "writeback": WRITEBACK,
        "move": MOVE,
        "mapping": "src->mapping",
    }
    return tuple(
        (texts.get(name, name), frozenset(values if isinstance(values, set) else {values}))
        for name, values in answers.items()
    )


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        (TRYLOCK, {0}, "trylock_page(src) fails"),
        (TRYLOCK, {1}, "trylock_page(src) succeeds"),
        (TRYLOCK, {0, 1}, "trylock_page(src)"),
        (ALLOCATION, {"NULL"}, "get_new_page(src) fails"),
        (WRITEBACK, {1}, "PageWriteback(src) = 1"),
        (WRITEBACK, {0}, "PageWriteback(src) = 0"),
        (WRITEBACK, {0, 1}, "PageWriteback(src) is asked"),
        (MOVE, {0}, "move_to_new_page(dst, src) succeeds"),
        (MOVE, {-16}, "move_to_new_page(dst, src) = -EBUSY"),
        (
            MOVE,
            {0, -11},
            "move_to_new_page(dst, src) = 0 | move_to_new_page(dst, src) = -EAGAIN",
        ),
        ("mode", {"MIGRATE_ASYNC"}, "mode is MIGRATE_ASYNC"),
        (
            "mode",
            {"MIGRATE_SYNC_LIGHT", "MIGRATE_ASYNC"},
            "mode is MIGRATE_ASYNC | MIGRATE_SYNC_LIGHT",
        ),
        ("src->mapping", {"NULL"}, "src is no_mapping"),
        ("put_new_page", {"given"}, "put_new_page is given"),
    ],
)
def test_answer(text: str, values: set[Value], expected: str) -> None:
    """
    The answers to one choice are a condition of the language.
    """
    assert WORDING.answer((text, frozenset(values))) == expected


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"mode": "MIGRATE_SYNC", "src->mapping": "set", "PageAnon(src)": 0}, ""),
        ({TRYLOCK: 0, MOVE: -16}, ""),
        ({"mode": "MIGRATE_ASYNC", "PageAnon(src)": 1}, "mode is MIGRATE_ASYNC, PageAnon(src) = 1"),
        ({"PageWriteback(src)#2": 1}, "PageWriteback(src) = 1"),
    ],
)
def test_what_is_unusual(choices: dict[str, Value], expected: str) -> None:
    """
    What a trace does not show is told, where it is not what a spec leaves unsaid.
    """
    assert WORDING.unusual(choices) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([], ""),
        ([_term(lock=0)], "trylock_page(src) fails"),
        ([_term(force="no", lock=0)], "trylock_page(src) fails and force is no"),
        (
            [_term(mode="MIGRATE_ASYNC"), _term(lock=0)],
            "mode is MIGRATE_ASYNC or trylock_page(src) fails",
        ),
        (
            [_term(lock=0, force="no"), _term(lock=0, mode="MIGRATE_ASYNC")],
            "trylock_page(src) fails and (force is no or mode is MIGRATE_ASYNC)",
        ),
        (
            [
                _term(lock=0, memory="NULL", force="no"),
                _term(lock=0, memory="NULL", writeback=1),
                _term(mapping="NULL"),
            ],
            (
                "trylock_page(src) fails and get_new_page(src) fails and "
                "(force is no or PageWriteback(src) = 1) or src is no_mapping"
            ),
        ),
        ([_term(lock=0), _term(lock=0, force="no")], "trylock_page(src) fails"),
        (
            [_term(lock=0, move={-16, -12}), _term(lock=0, move={-5, -22})],
            (
                "trylock_page(src) fails and (move_to_new_page(dst, src) = -EIO | "
                "move_to_new_page(dst, src) = -EINVAL or move_to_new_page(dst, src) = -EBUSY | "
                "move_to_new_page(dst, src) = -ENOMEM)"
            ),
        ),
    ],
)
def test_condition(terms: list[Term], expected: str) -> None:
    """
    Alternatives stand behind `or`, what they share is said once, and calls come before settings.
    """
    assert WORDING.condition(terms) == expected


@pytest.mark.parametrize(
    ("text", "rank"), [(TRYLOCK, 0), ("mode", 1), ("src->mapping", 1), (WRITEBACK, 2)]
)
def test_rank(text: str, rank: int) -> None:
    """
    A call that acts says more than a setting, and a setting more than a test.
    """
    assert WORDING.rank(text) == rank


def test_result_that_does_not_tell_the_answer() -> None:
    """
    A call that may give another result later is worded by the word of its answer.
    """
    wording = Wording(MIGRATION, ["page_mapped(src)"])
    unmapped = ("page_mapped(src)", frozenset({0}))
    assert (WORDING.answer(unmapped), wording.answer(unmapped)) == (
        "page_mapped(src) = 0",
        "src is unmapped",
    )
    assert "page_mapped(src)" in wording.settings


def test_result_that_does_not_tell_the_answer_and_has_no_word() -> None:
    """
    A call whose answers no word stands for stays a call.
    """
    assert ALLOCATION not in Wording(MIGRATION, [ALLOCATION]).settings
