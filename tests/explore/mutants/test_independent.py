# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from errpath.explore.mutants.independent import independent
from errpath.explore.mutants.mutant import Mutant, mutants_of
from errpath.migrate.words import VOCABULARY
from tests.explore.mutants.little import HEAD, source_of

HEAD_OF_IT = "def it(k, page):\n"
NOTHING = "neither statement reads or sets what the other does"


def swapped(text: str) -> Mutant:
    """
    Give the mutant in which the first two statements of a function change places.
    """
    source = source_of(HEAD_OF_IT + indent(dedent(text).strip("\n"), "    ") + "\n")
    first = HEAD.count("\n") + 2
    return next(
        mutant
        for mutant in mutants_of(source, "little", VOCABULARY, ())
        if mutant.operator in {"swapped", "moved-call"} and mutant.line == first
    )


@pytest.mark.parametrize(
    "text",
    [
        "a = 0\nb = 1\nreturn a + b",
        "k.lock_page(page)\na = -EAGAIN\nreturn a",
        "a = 0\nif k.PageAnon(page):\n    return 1\nreturn a",
        "a = MIGRATE_SYNC\nk.lock_page(page)\nreturn a",
    ],
)
def test_who_sets_a_constant_is_nothing_to_who_never_looks(text: str) -> None:
    """
    Whatever the other calls, and if it returns.
    """
    assert independent(swapped(text)) == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "a = 0\nb = a\nreturn b",
        "a = 0\na = 1\nreturn a",
        "a = k.lock_page(page)\nk.unlock_page(page)\nreturn a",
        "a = page\nk.unlock_page(page)\nreturn a",
        "k.lock_page(page)\nk.unlock_page(page)\nreturn 0",
    ],
)
def test_who_looks_may_tell(text: str) -> None:
    """
    A call, or what is no constant, may be something else earlier or later.
    """
    assert independent(swapped(text)) is None


def test_who_jumps_may_land_where_it_is_read() -> None:
    """
    Nobody follows a jump here.
    """
    text = """
    with out:
        a = 0
        goto(out)
    return a
    """
    source = source_of(HEAD_OF_IT + indent(dedent(text).strip("\n"), "    ") + "\n")
    found = [
        mutant
        for mutant in mutants_of(source, "little", VOCABULARY, ())
        if mutant.operator == "swapped" and "goto" in source.lines[mutant.line]
    ]
    assert [independent(mutant) for mutant in found] == [None]


def test_other_changes_are_not_judged() -> None:
    """
    Only who changes places can be nothing to the other.
    """
    source = source_of(HEAD_OF_IT + "    a = 0\n    b = 1\n    return a + b\n")
    others = [
        mutant
        for mutant in mutants_of(source, "little", VOCABULARY, ())
        if mutant.operator != "swapped"
    ]
    assert [independent(mutant) for mutant in others] == [None] * len(others)
    assert others
