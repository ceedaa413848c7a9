# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.vocabulary.situation import Aspect, Word

EMPTY = Word(name="empty", answers={"is_full(x)": 0}, says="there is room")
FULL = Word(name="full", answers={"is_full(x)": 1}, says="there is none")
FILL = Aspect(name="fill", subject="x", words=(EMPTY, FULL))


def test_default_is_the_first_word() -> None:
    """
    An aspect that a scenario does not mention has its first word.
    """
    assert FILL.default is EMPTY


def test_word_by_name() -> None:
    """
    A word is found by its name, and a name that is none gives None.
    """
    assert [FILL.word("full"), FILL.word("half")] == [FULL, None]
