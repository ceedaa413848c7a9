# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path

import pytest

from errpath.contracts.picture import held_across, picture
from errpath.contracts.situation import Faults, Words
from errpath.vocabulary.hold import item
from tests.golden import check_golden
from tests.kernel.list_stage import Said
from tests.migrate.pages.running import run as run_list
from tests.runs import run
from tests.toy import REF, run_of

FOLDER = Path(__file__).parent / "pictures"

SITUATIONS: dict[str, tuple[Words, Faults]] = {
    "migrates": ({"src": ("anon", "mapped")}, {}),
    "no_memory": ({"src": ("anon", "mapped")}, {"get_new_page(src)": "NULL"}),
    "locked": ({"src": "locked"}, {}),
    "busy": ({"src": "movable"}, {"move_to_new_page(dst, src)": "-EBUSY"}),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_two_runs_side_by_side(name: str) -> None:
    """
    Two runs of one situation are drawn on one page, with all that each holds.
    """
    words, faults = SITUATIONS[name]
    found = picture(run("pre", words, faults), run("post", words, faults))
    check_golden(FOLDER / f"{name}.txt", "\n".join(found))


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_one_run(semantics: str) -> None:
    """
    One run is drawn alone.
    """
    words, faults = SITUATIONS["no_memory"]
    found = picture(run(semantics, words, faults))
    check_golden(FOLDER / f"no_memory_{semantics}.txt", "\n".join(found))


def test_picture_of_a_little_run() -> None:
    """
    A span begins with +, goes on with | and ends with -; nothing held is a dot.
    """
    assert picture(run_of("a lock(x) get(y) unlock(x) put(y) lock(x)", returns=-16)) == [
        "held:",
        "  a  LOCK(x)",
        "  b  REF(y)",
        "",
        "     old",
        "     ab",
        "  1  ..  a()",
        "  2  +.  lock(x)",
        "  3  |+  get(y)",
        "  4  -|  unlock(x)",
        "  5  .-  put(y)",
        "  6  +.  lock(x)",
        "     old returns -EBUSY",
    ]


def test_picture_of_runs_that_hold_nothing() -> None:
    """
    Runs that hold nothing have no legend, and a fault is said to be one.
    """
    assert picture(run_of("a b"), run_of("a try(x) = 0", returns=-16)) == [
        "     old                   old",
        "  1    a()                    1",
        "  2    b()",
        "       try(x) = 0 (fault)     2",
        "     old returns 0",
        "     old returns -EBUSY",
    ]


LISTS: dict[str, tuple[str, Words, Said]] = {
    "list_of_three_kinds": (
        "a b c",
        {"b": ("movable", "locked"), "c": "hugetlb"},
        {"move_to_new_page(a_new, a)": (-11, 0)},
    ),
    "list_that_is_split": (
        "a b",
        {"a": ("thp", "anon"), "thp_migration": "unsupported"},
        {"trylock_page(b)": (0, 1)},
    ),
    "long_names": (
        "the_first_page_that_is_on_the_list b",
        {"the_first_page_that_is_on_the_list": "hugetlb"},
        {},
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_list_is_drawn_in_few_columns(name: str) -> None:
    """
    Pages that are migrated one after the other share columns, and passes are told.
    """
    pages, words, said = LISTS[name]
    found = picture(*(run_list(semantics, pages, words, said) for semantics in ("pre", "post")))
    check_golden(FOLDER / f"{name}.txt", "\n".join(found))
    assert [line for line in found if len(line) > 75 or not line.isascii()] == []


def test_runs_that_hold_too_much_for_one_page_stand_one_above_the_other() -> None:
    """
    Sixteen tails are held at once: beside that there is room for the calls of one run.
    """
    names = [f"p{number}" for number in range(16)]
    words: Words = dict.fromkeys(names, "thp") | {"thp_migration": "unsupported"}
    runs = [run_list(semantics, " ".join(names), words) for semantics in ("pre", "post")]
    found = picture(*runs)
    assert found == [*picture(runs[0]), "", *picture(runs[1])]
    assert [line for line in found if len(line) > 75] == []


def test_more_than_a_page_can_show_is_named() -> None:
    """
    What has no column is told, and not left out in silence.
    """
    found = run_of("a")
    found.ledger.held.update({item(REF, f"page_{number}"): 1 for number in range(43)})
    drawn = picture(found)
    assert [line for line in drawn if "not drawn" in line] == [
        f"  not drawn: REF(page_{number})" for number in (40, 41, 42)
    ]
    assert (
        drawn[-4:]
        == [
            "",
            "     old",
            "     abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN",
            f"  1  {'+' * 40}  a()",
            "     old returns 0",
        ][-4:]
    )


def test_what_is_held_across_a_call_again_is_counted() -> None:
    """
    Ten passes that hold the same are one line.
    """
    words: Words = {"mode": "MIGRATE_ASYNC"}
    found = run_list("pre", "a", words, {"trylock_page(a)": 0})
    assert list(held_across([found])) == ["across get_new_page(a), pre holds nothing, 10 times"]


@pytest.mark.parametrize("name", SITUATIONS)
def test_picture_fits_into_a_mail(name: str) -> None:
    """
    A picture is ASCII and at most 75 columns wide.
    """
    words, faults = SITUATIONS[name]
    lines = picture(run("pre", words, faults), run("post", words, faults))
    wide = [line for line in lines if len(line) > 75 or not line.isascii()]
    assert wide == []


def test_what_is_held_across_an_allocation() -> None:
    """
    For each call that may allocate, each run says what it holds across it.
    """
    words, faults = SITUATIONS["no_memory"]
    runs = [run(semantics, words, faults) for semantics in ("pre", "post")]
    assert list(held_across(runs)) == [
        "across get_new_page(src), pre holds nothing",
        "across get_new_page(src), post holds PG_locked(src), anon_vma_ref(anon_vma)",
    ]


def test_what_an_allocation_takes_is_not_held_across_it() -> None:
    """
    The reference that a call itself takes, or a lock that it gives up, is not held across it.
    """
    assert list(held_across([run("pre", {"src": "anon"})])) == [
        "across get_new_page(src), pre holds nothing"
    ]


def test_nothing_allocates() -> None:
    """
    A run that allocates nothing has nothing to say.
    """
    assert list(held_across([run("post", {"src": "locked"})])) == []
