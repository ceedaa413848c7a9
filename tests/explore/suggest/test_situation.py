# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts.situation import Situations
from errpath.explore.suggest.situation import Told, told
from errpath.migrate.migration import MIGRATE
from errpath.vocabulary.choice import Value

VOCABULARY = MIGRATE.vocabulary


def _told(**choices: Value) -> Told:
    texts = {
        "movable": "__PageMovable(src)",
        "anon": "PageAnon(src)",
        "ksm": "PageKsm(src)",
        "count": "page_count(src)",
        "lock": "trylock_page(src)",
        "dst_lock": "trylock_page(dst)",
        "move": "move_to_new_page(dst, src)",
        "page": "get_new_page(src)",
    }
    found = told({texts.get(key, key): value for key, value in choices.items()}, VOCABULARY)
    assert found is not None
    return found


CASES = {
    "everything goes the caller's way": (_told(movable=0, anon=0), []),
    "an anonymous page that KSM has merged": (_told(anon=1, ksm=1), ["src: ksm"]),
    "another thread holds its lock; mode MIGRATE_ASYNC": (
        _told(lock=0, mode="MIGRATE_ASYNC"),
        ["src: locked", "mode: MIGRATE_ASYNC"],
    ),
    "trylock_page(dst): another thread holds the lock": (
        _told(dst_lock=0),
        ["fail trylock_page(dst)"],
    ),
    "move_to_new_page(dst, src): the page cannot be moved: -EIO": (
        _told(move=-5),
        ["fail move_to_new_page(dst, src) with -EIO"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_situation_is_told_by_what_is_not_the_default(name: str) -> None:
    """
    Words come first, then faults; what is as it is by default is not told.
    """
    found, lines = CASES[name]
    assert (found.name(VOCABULARY), list(found.lines(VOCABULARY))) == (name, lines)


def test_what_follows_is_not_stated() -> None:
    """
    A freed page is mapped by nobody: the path did not ask, so the spec does not say.
    """
    found = _told(count=1)
    assert list(found.lines(VOCABULARY)) == ["src: freed"]
    assert [word.name for _, word in found.implied] == ["unmapped"]


def test_the_situation_answers_as_the_path_did() -> None:
    """
    What is told is what happened.
    """
    found = _told(lock=0, page="NULL", anon=1, reason="MR_SYSCALL")
    answers = found.situation(Situations(VOCABULARY)).answers
    said = {choice.text: value for choice, value in answers.items()}
    assert (said["trylock_page(src)"], said["get_new_page(src)"]) == (0, "NULL")
    assert (said["PageAnon(src)"], said["reason"]) == (1, "MR_SYSCALL")


def test_what_has_no_words_is_not_told() -> None:
    """
    A second answer to the same question is nothing that a situation says.
    """
    assert told({"trylock_page(src)#2": 0}, VOCABULARY) is None
