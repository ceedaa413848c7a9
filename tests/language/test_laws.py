# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from pathlib import Path

from errpath.spec.clause import Keeps
from errpath.spec.condition import Made
from errpath.spec.contract import Exception_
from errpath.spec.node import Location
from errpath.spec.pattern import Call, Outcome, Pattern
from tests.language.reading import load_spec, load_texts, problems

LAW = """\
law "the caller keeps the page" {
    because "It retries it."
    keeps ownership
    except post when get_new_page(src) fails because "it is taken for permanent"
    except when trylock_page(dst) because "of that"
}
"""


def at(line: int, column: int) -> Location:
    """
    Give a place in the file of `load_spec`.
    """
    return Location(file="a.errpath", line=line, column=column)


def made(line: int, column: int, call: Call) -> Made:
    """
    Give the condition that a call was made.
    """
    return Made(at=at(line, column), pattern=Pattern(calls=(call,)))


def test_a_law_says_which_cleanup_contract_is_kept_and_where_it_is_not(tmp_path: Path) -> None:
    """
    `keeps` names a cleanup contract, and `except` the semantics and paths that break the law.
    """
    (law,) = load_spec(tmp_path, LAW).laws

    assert law.clauses == (Keeps(at=at(3, 5), contract="ownership"),)
    assert law.exceptions == (
        Exception_(
            at=at(4, 5),
            semantics=("post",),
            when=made(
                4, 22, Call(primitive="get_new_page", subjects=("src",), result=Outcome.FAILS)
            ),
            because="it is taken for permanent",
        ),
        Exception_(
            at=at(5, 5),
            semantics=("pre", "post"),
            when=made(5, 17, Call(primitive="trylock_page", subjects=("dst",))),
            because="of that",
        ),
    )


def test_what_is_wrong_in_an_exception_is_told(tmp_path: Path) -> None:
    """
    Semantics, calls, reasons and cleanup contracts are resolved in it like anywhere.
    """
    text = """\
law "a" {
    because "It is so."
    only pre
    keeps owners
    except past when get_new_page(src) fails because "x"
    except post when get_new_pag(src) fails because ""
}
scenario "b" {
    because "It is so."
    returns 0
    except when get_new_page(src) because "x"
}
"""
    loaded = load_texts(tmp_path, {"a.errpath": text})

    assert problems(loaded) == (
        "a.errpath:4:11: E214 no cleanup contract is named `owners`\n"
        "a.errpath:5:12: E213 no semantics is named `past`\n"
        "a.errpath:6:12: E413 the law does not hold in `post`, so it has no exception there\n"
        "a.errpath:6:22: E203 no primitive is named `get_new_pag`\n"
        "a.errpath:6:53: E405 the string is empty\n"
        "a.errpath:11:5: E106 `except` cannot stand in a scenario"
    )
