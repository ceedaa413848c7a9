# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from errpath.commands.list_claims import found_in_list, not_compared
from errpath.commands.list_differing import objects, report
from errpath.explore.difference.list_claim import ListClaim
from errpath.explore.difference.story import story
from tests.explore.lockstep.cuts import lockstep, model_of
from tests.golden import check_golden
from tests.language.reading import load_spec

CUT = "where they part"
HEAD = 'delta pre -> post "d" {{\nbecause "B."\nrun migrate_pages({})\n'
LOST = "when get_new_page(a) fails and PageTransHuge(a) = 0 and trylock_page(a) succeeds and"
READY = "PageWriteback(a) = 0"
BOTH = "pre: returns -ENOMEM\npost: never split_huge_page_to_list(a)"


@cache
def _claim(*texts: str, root: Path | None = None) -> ListClaim:
    deltas = [delta for text in texts if root for delta in load_spec(root, text).deltas]
    return ListClaim(lockstep(CUT), "pre", "post", deltas, model=model_of(CUT))


def _untrue(root: Path, lines: str) -> list[str]:
    claim = _claim(f"{HEAD.format('a')}{lines}\n}}\n", root=root)
    (declaration,) = claim.declarations
    return [one.says for one in declaration.untrue]


def test_printed_condition_binds_just_what_it_is_printed_for(tmp_path: Path) -> None:
    """
    Read back by the language, the condition of each part holds on its attempts and no other.
    """
    claim = _claim()
    assert len(claim.parts) > 5
    for part in claim.parts:
        when = claim.situations(part.mask)
        lines = f"when {when}\nchanges returns\npre: returns 0\npost: returns 0"
        delta = load_spec(tmp_path, f"{HEAD.format('a')}{lines}\n}}\n").deltas[0]
        bound = _claim(f"{HEAD.format('a')}{lines}\n}}\n", root=tmp_path).declarations[0].bound
        assert delta.when is not None
        assert bound == part.mask, when


TRUE = (
    f"{LOST} {READY}\nchanges final a | NR_ISOLATED\nchanges touches a\nreturns -ENOMEM\n"
    "pre {\nnever list_del(a)\nfinally a on from_list\nfinally a isolated\n}\n"
    "post {\nget_new_page(a) precedes list_del(a)\nfinally a on pagevec\n}"
)


def test_delta_that_is_true_declares_what_it_names(tmp_path: Path) -> None:
    """
    What a true delta says that changes is declared, and the attempts of others are not.
    """
    claim = _claim(f"{HEAD.format('a')}{TRUE}\n}}\n", root=tmp_path)
    (declaration,) = claim.declarations
    assert declaration.untrue == ()
    mine = [part for part in claim.parts if part.mask & declaration.bound]
    assert [(part.old, part.new) for part in mine] == [
        (
            "leaves a on the list and returns -ENOMEM",
            "takes a off the list, which is then on pagevec and returns -ENOMEM",
        )
    ]
    assert [claim.undeclared(part) == 0 for part in claim.parts].count(True) == 1
    assert [one.delta.name for one in claim.declared(mine[0])] == ["d"]


UNTRUE = {
    "no attempt": (
        f"when get_new_page(a) fails and get_new_page(a) succeeds\nchanges returns\n{BOTH}",
        ["no attempt meets its condition"],
    ),
    "not parted": (
        f"when PageTransHuge(a) = 0\nchanges returns\n{BOTH}",
        ["in 4 of 10 attempts that it binds, the two do not part: the delta is too wide"],
    ),
    "too wide": (
        (
            "when get_new_page(a) fails\nchanges touches a\npre: never list_del(a)\n"
            "post: never move_to_new_page(a_new, a)"
        ),
        ["10 of 18 attempts that it binds lead to nothing that it says: the delta is too wide"],
    ),
    "nothing of it": (
        f"{LOST} {READY}\nchanges final a_tail\n{BOTH}",
        ["no attempt that it binds leads to a change of `a_tail` in that way"],
    ),
    "the same code": (
        f"{LOST} {READY}\nchanges returns\n{BOTH}",
        ["no attempt that it binds leads to another return code"],
    ),
    "an end": (
        f"{LOST} {READY}\nchanges touches a\npre: returns 0\npost: finally a isolated",
        [
            "pre breaks it behind 2 of 2 attempts: it returns -ENOMEM",
            "post breaks it behind 2 of 2 attempts: a ends not isolated",
        ],
    ),
    "a call": (
        (
            f"{LOST} {READY}\nchanges touches a\npre: never get_new_page(a)\n"
            "post: trylock_page(a) precedes list_del(a)"
        ),
        ["pre breaks it in 2 of 2 attempts: never get_new_page(a)"],
    ),
    "an idle clause": (
        (
            f"{LOST} {READY}\nchanges touches a\npre: list_del(a) precedes put_page(a)\n"
            "post: never split_huge_page_to_list(a)"
        ),
        ["no attempt of pre that it binds could break the clause"],
    ),
}


@pytest.mark.parametrize(("lines", "says"), UNTRUE.values(), ids=UNTRUE)
def test_what_a_delta_says_that_is_not_so(tmp_path: Path, lines: str, says: list[str]) -> None:
    """
    A condition, a change or a clause that is not true is told, each with how many show it.
    """
    assert _untrue(tmp_path, lines) == says


NOT_COMPARED = {
    "two pages": (
        HEAD.format("a, b") + f"changes returns\n{BOTH}\n}}\n",
        3,
        "`run migrate_pages(a, b)`: deltas are compared on lists of one named page",
    ),
    "each page": (
        HEAD.format("each page") + "changes returns\npre: returns 0\npost: returns 1\n}\n",
        3,
        "`run migrate_pages(each page)`: deltas are compared on lists of one named page",
    ),
    "calls": (
        HEAD.format("a") + f"changes calls list_del(a)\n{BOTH}\n}}\n",
        4,
        (
            "`changes calls`: on lists, `changes returns`, `changes final`, `changes touches` are "
            "compared"
        ),
    ),
    "a pass": (
        HEAD.format("a")
        + "changes returns\npre: never list_del(a) in pass 1\npost: returns 1\n}\n",
        5,
        "a pass: no clause about it is judged on lists",
    ),
    "what is held": (
        HEAD.format("a")
        + "changes returns\npre: never list_del(a) while PG_locked(a)\npost: returns 1\n}\n",
        5,
        "what is held: no clause about it is judged on lists",
    ),
    "a state": (
        HEAD.format("a") + "changes returns\npre: finally a unmapped\npost: returns 1\n}\n",
        5,
        "`unmapped`: no clause about it is judged on lists",
    ),
    "a counter": (
        HEAD.format("a")
        + "changes returns\npre: finally passes changed by 1\npost: returns 1\n}\n",
        5,
        "`passes`: no clause about it is judged on lists",
    ),
    "a contract": (
        HEAD.format("a") + 'changes returns\npost: breaks touch because "B."\npre: returns 1\n}\n',
        5,
        "`breaks`: no clause about it is judged on lists",
    ),
}


@pytest.mark.parametrize(("text", "line", "says"), NOT_COMPARED.values(), ids=NOT_COMPARED)
def test_what_no_comparison_on_lists_can_tell_is_a_finding(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    """
    A delta that asks for more than is compared is E612 at that line, and never green.
    """
    (found,) = not_compared([load_spec(tmp_path, text)])
    assert (found.code.code, found.line) == ("E612", line)
    assert found.message == f'the delta "d" is not judged, for {says}'


def test_everything_undeclared_is_found_part_by_part() -> None:
    """
    Without a delta there is one finding for each way in which the two part.
    """
    claim = _claim()
    found = list(found_in_list(claim))
    assert len(found) == len(claim.parts)
    assert {one.code.code for one in found} == {"E608"}
    assert found[0].help == (
        'a delta declares it: `delta pre -> post "..." { run migrate_pages(a) }`'
    )


def test_report_is_as_expected(tmp_path: Path) -> None:
    """
    Each way to part stands with its condition, its ends, who declares it, and an example.
    """
    text = f"{HEAD.format('a')}regression\n{TRUE}\n}}\n"
    claim = _claim(text, root=tmp_path)
    lines = list(report(claim, "all", declaring=True))
    assert max(map(len, lines)) <= 75
    check_golden(Path(__file__).parent / "list_report.txt", "\n".join(lines))


def test_regression_is_marked_in_the_data(tmp_path: Path) -> None:
    """
    Who reads JSON is told which declared difference is a regression, and why.
    """
    text = f"{HEAD.format('a')}regression\n{TRUE}\n}}\n"
    found = [one for one in objects(_claim(text, root=tmp_path)) if one["declared"]]
    assert [one["declared"] for one in found] == [
        [{"delta": "d", "at": "a.errpath:1", "attempts": 2, "regression": True, "because": "B."}]
    ]
    assert found[0]["undeclared"] == 0
    assert found[0]["example"]["new"]["story"][-1] == (
        "PageTransHuge(a) = 0 at 8 touches a all the same: only others keep it"
    )


def test_data_has_what_differs_in_the_order_of_the_ends() -> None:
    """
    It is the same in every run.
    """
    found = next(one for one in objects(_claim()) if len(one["changes"]) == 12)
    assert [change["says"] for change in found["changes"]] == [
        "touches a after its last reference went",
        "finally a on free, not on from_list",
        "finally a migrated",
        "finally PGMIGRATE_FAIL changed by 0, not by 1",
        "finally PGMIGRATE_SUCCESS changed by 1, not by 0",
        "finally a on lru, not on from_list",
        "finally NR_ISOLATED changed by -2, not by 0",
        "finally a_new on lru, not on nothing",
        "stops on wrong-list, where it returned -EBUSY",
        "stops on list-head-as-page, where it returned -EBUSY",
        "returns 0, where it returned -EBUSY",
        "returns 1, where it returned -EBUSY",
    ]


def test_no_story_is_told_of_a_run_that_lets_go_of_nothing_too_early() -> None:
    """
    A page that is not touched after its last reference went gives nothing to tell.
    """
    claim = _claim()
    for part in claim.parts:
        assert story(claim.attempts.smallest(part).old) == []
