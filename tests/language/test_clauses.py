# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from pathlib import Path

import pytest

from errpath.spec.clause import (
    Breaks,
    Calls,
    Clause,
    FinallyCount,
    FinallyOn,
    FinallyState,
    LeadsTo,
    Never,
    Order,
    Precedes,
    Returns,
)
from errpath.spec.node import Location
from errpath.spec.pattern import Call, Outcome, Pattern
from errpath.spec.scope import After, Before, Between, While
from tests.language.reading import load_spec

AT = Location(file="a.errpath", line=3, column=5)


def call(primitive: str, *subjects: str, result: str | Outcome | None = None) -> Pattern:
    """
    Give the pattern of one call.
    """
    return Pattern(calls=(Call(primitive=primitive, subjects=subjects, result=result),))


LOCK = call("trylock_page", "src")
LOCK_DST = call("trylock_page", "dst")
GET = call("get_new_page", "src")
PUT = call("put_new_page", "dst")
UNLOCK = call("unlock_page", "src")

CLAUSES: dict[str, Clause] = {
    "returns -ENOMEM": Returns(at=AT, codes=(-12,)),
    "returns 0 | -EAGAIN | -EBUSY": Returns(at=AT, codes=(0, -11, -16)),
    "returns MIGRATEPAGE_SUCCESS": Returns(at=AT, codes=(0,)),
    "never trylock_page(src)": Never(at=AT, pattern=LOCK),
    "never trylock_page()": Never(at=AT, pattern=call("trylock_page")),
    "never get_new_page(src) = NULL": Never(
        at=AT, pattern=call("get_new_page", "src", result="NULL")
    ),
    "never move_to_new_page(src) = -EBUSY": Never(
        at=AT, pattern=call("move_to_new_page", "src", result="-EBUSY")
    ),
    "never trylock_page(src) fails": Never(
        at=AT, pattern=call("trylock_page", "src", result=Outcome.FAILS)
    ),
    "never trylock_page(src) succeeds": Never(
        at=AT, pattern=call("trylock_page", "src", result=Outcome.SUCCEEDS)
    ),
    "never get_new_page(src) while PG_locked(src)": Never(
        at=AT, pattern=GET, scope=While(hold="PG_locked", subject="src")
    ),
    "never get_new_page(src) before trylock_page(src)": Never(
        at=AT, pattern=GET, scope=Before(end=LOCK)
    ),
    "calls put_new_page(dst)": Calls(at=AT, pattern=PUT),
    "calls put_new_page(dst) once": Calls(at=AT, pattern=PUT, at_least=1, at_most=1),
    "calls put_new_page(dst) exactly once": Calls(at=AT, pattern=PUT, at_least=1, at_most=1),
    "calls put_new_page(dst) exactly 2 times": Calls(at=AT, pattern=PUT, at_least=2, at_most=2),
    "calls put_new_page(dst) at most 2 times": Calls(at=AT, pattern=PUT, at_least=0, at_most=2),
    "calls put_new_page(dst) at most once": Calls(at=AT, pattern=PUT, at_least=0, at_most=1),
    "calls put_new_page(dst) at least 2 times": Calls(at=AT, pattern=PUT, at_least=2),
    "calls put_new_page(dst) at least once": Calls(at=AT, pattern=PUT),
    "calls get_new_page(src) once after trylock_page(src)": Calls(
        at=AT, pattern=GET, at_least=1, at_most=1, scope=After(start=LOCK)
    ),
    "trylock_page(src) precedes get_new_page(src)": Precedes(at=AT, first=(LOCK,), then=(GET,)),
    "trylock_page(src), trylock_page(dst) precedes unlock_page(src), put_new_page(dst)": Precedes(
        at=AT, first=(LOCK, LOCK_DST), then=(UNLOCK, PUT)
    ),
    "get_new_page(src) = dst leads to put_new_page(dst) | put_page(dst)": LeadsTo(
        at=AT,
        cause=(call("get_new_page", "src", result="dst"),),
        effect=(
            Pattern(
                calls=(
                    Call(primitive="put_new_page", subjects=("dst",)),
                    Call(primitive="put_page", subjects=("dst",)),
                )
            ),
        ),
    ),
    "trylock_page(src) leads to unlock_page(src) between get_new_page(src) and put_page(dst)": (
        LeadsTo(
            at=AT,
            cause=(LOCK,),
            effect=(UNLOCK,),
            scope=Between(start=GET, end=call("put_page", "dst")),
        )
    ),
    "order trylock_page(src) < get_new_page(src) < unlock_page(src)": Order(
        at=AT, patterns=(LOCK, GET, UNLOCK)
    ),
    "finally src on lru": FinallyOn(at=AT, subject="src", place="lru"),
    "finally src not on lru": FinallyOn(at=AT, subject="src", place="lru", negated=True),
    "finally src locked": FinallyState(at=AT, subject="src", state="locked"),
    "finally src not locked": FinallyState(at=AT, subject="src", state="locked", negated=True),
    "finally NR_ISOLATED changed by -1": FinallyCount(at=AT, counter="NR_ISOLATED", change=-1),
    "finally NR_ISOLATED changed by +2": FinallyCount(at=AT, counter="NR_ISOLATED", change=2),
    "finally NR_ISOLATED changed by 0": FinallyCount(at=AT, counter="NR_ISOLATED", change=0),
    'breaks ownership because "32665f2bbfed: \\"so\\""': Breaks(
        at=AT, contract="ownership", because='32665f2bbfed: "so"'
    ),
}


@pytest.mark.parametrize("text", CLAUSES)
def test_a_clause_becomes_its_model(text: str, tmp_path: Path) -> None:
    """
    Every pattern and every scope, to the last field.
    """
    spec = load_spec(tmp_path, f'law "a" {{\n    because "A reason."\n    {text}\n}}\n')

    assert spec.laws[0].clauses == (CLAUSES[text],)


def test_clauses_know_their_semantics_and_their_place(tmp_path: Path) -> None:
    """
    A block holds several, a colon is followed by one; outside of both is every semantics.
    """
    spec = load_spec(
        tmp_path,
        'scenario "a" {\n'
        '    because "A reason."\n'
        "    returns 0\n"
        "    pre {\n"
        "        never get_new_page(src)\n"
        "        never trylock_page(src)\n"
        "    }\n"
        "    post: never put_page(dst)\n"
        "}\n",
    )

    places = [(c.semantics, c.at.line, c.at.column) for c in spec.scenarios[0].clauses]
    assert places == [((), 3, 5), (("pre",), 5, 9), (("pre",), 6, 9), (("post",), 8, 11)]


def test_a_line_that_ends_in_a_mark_goes_on(tmp_path: Path) -> None:
    """
    Also with a comment behind the mark, and below it.
    """
    spec = load_spec(
        tmp_path,
        'law "a" {\n'
        '    because "A reason."\n'
        "    order trylock_page(src) <  # first\n"
        "        # then\n"
        "\n"
        "        get_new_page(src) <\n"
        "        unlock_page(src)\n"
        "}\n",
    )

    assert spec.laws[0].clauses == (Order(at=AT, patterns=(LOCK, GET, UNLOCK)),)


def test_words_of_the_language_are_names_where_no_word_can_stand(tmp_path: Path) -> None:
    """
    Only what can stand in a place is special there, and nothing in a string.
    """
    spec = load_spec(
        tmp_path,
        'law "law { never } # no comment" {\n    because "calls src: any"\n    returns 0\n}\n',
    )

    assert spec.laws[0].name == "law { never } # no comment"
    assert spec.laws[0].because == "calls src: any"
