# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts.condition import Condition, Made, Returned
from errpath.models import UnknownModelError
from errpath.testing import Excuse, Nth, contract

AT = "specs/a.errpath:3"

MESSAGE = """\
contract broken in pre: a locked page
  specs/a.errpath:3

  fault: trylock_page(src) = 0
  src: locked

1. specs/a.errpath:7: returns 0
   - it returns -EAGAIN

  trace, pre (reference model):
    1  get_new_page(src) = dst
    2  trylock_page(src) = 0    FAULT: another thread holds the lock
    3  put_new_page(dst)
       returns -EAGAIN

again: """

BROKEN_LAW = """\
contract broken in pre: it is so (and on 2 more of 323 paths)
  specs/a.errpath:3

  thp_migration_supported(): 0; PageTransHuge(src): 1

1. specs/a.errpath:7: calls list_del(src)
   - it is never called

  trace, pre (reference model):
>   1  PageTransHuge(src) = 1
       returns -ENOMEM

again: the same call"""

migrate = contract("migrate")


def test_contracts_of_a_model_are_made_once() -> None:
    """
    All modules of a session share the contracts of a model.
    """
    assert contract("migrate") is migrate


def test_unknown_model() -> None:
    """
    A model that is not installed is told when the module is imported.
    """
    with pytest.raises(UnknownModelError, match=r"^no model is named 'past'; installed: "):
        contract("past")


def test_contract_that_is_kept() -> None:
    """
    A block whose clauses hold ends without a word.
    """
    with migrate("post", {"src": "locked"}, at=AT) as run:
        run.returns(-11, at="specs/a.errpath:7")
    assert run.run.calls() == ["trylock_page(src) = 0"]


def test_default_situation_and_nth_fault() -> None:
    """
    Without words the situation is the default; a fault can be one of the n-th call.
    """
    with migrate("pre", at=AT) as plain:
        plain.returns(0, at=AT)
    with migrate("pre", {}, {"get_new_page(src)": Nth("NULL", times=1)}, at=AT) as failing:
        failing.returns(-12, at=AT)
    assert [plain.run.returns, failing.run.returns] == [0, -12]


def test_contract_that_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A block that breaks a clause ends in the whole explanation, and the places in the spec.
    """
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    with (
        pytest.raises(pytest.fail.Exception) as found,
        migrate("pre", {"src": "locked"}, at=AT, scenario="a locked page") as run,
    ):
        run.returns(0, at="specs/a.errpath:7")
    assert str(found.value) == f"{MESSAGE}the same call"
    assert getattr(found.value, "errpath_places", None) == ["specs/a.errpath:7 returns 0"]


def test_command_that_shows_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The last line is the command that runs the failing test alone.
    """
    monkeypatch.setenv("PYTEST_CURRENT_TEST", "tests/test_a.py::test_b__pre[x (y)] (call)")
    with (
        pytest.raises(pytest.fail.Exception) as found,
        migrate("pre", {"src": "locked"}, at=AT, scenario="a locked page") as run,
    ):
        run.returns(0, at="specs/a.errpath:7")
    assert str(found.value) == f'{MESSAGE}pytest "tests/test_a.py::test_b__pre[x (y)]"'


def test_scenario_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without a name a scenario is called by its place.
    """
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    with pytest.raises(pytest.fail.Exception) as found, migrate("pre", at=AT):
        pass
    assert str(found.value).splitlines()[:2] == [f"checked nothing in pre: {AT}", f"  {AT}"]


def test_error_in_the_block_stays_what_it_is() -> None:
    """
    A typo in a clause is an error of its own, not a broken contract.
    """
    with pytest.raises(KeyError, match=r"^'drop_page\(src\)'$"), migrate("pre", at=AT) as run:
        run.never("drop_page(src)", at=AT)


@pytest.mark.parametrize(
    ("semantics", "words", "faults"),
    [
        ("past", {}, {}),
        ("pre", {"src": "square"}, {}),
        ("pre", {}, {"get_new_page(src)": "-ENOMEM"}),
    ],
)
def test_situation_that_there_is_not(
    semantics: str, words: dict[str, str], faults: dict[str, str]
) -> None:
    """
    A semantics, a word or a result that there is not is a KeyError.
    """
    with pytest.raises(KeyError), migrate(semantics, words, faults, at=AT) as run:
        run.returns(0, at=AT)


def test_runs_do_not_touch_each_other() -> None:
    """
    A run that is looked at later is as it was when it ended.
    """
    with migrate("pre", {"src": "locked"}, at=AT) as first:
        first.returns(-11, at=AT)
    before = first.run.calls()
    with migrate("post", at=AT) as second:
        second.returns(0, at=AT)
    assert (first.run.calls(), first.run.final["src"]["on"]) == (before, "from_list")


def _always_listed(when: Condition) -> None:
    for run in migrate.paths("pre", when, at=AT, law="it is so"):
        run.calls("list_del(src)", at="specs/a.errpath:7")


def test_law_that_is_kept() -> None:
    """
    A law's loop goes over every path that its condition binds, and ends without a word.
    """
    returns = []
    for run in migrate.paths("post", Returned(-12), at=AT, law="it is so"):
        run.calls("list_del(src)", at_least=0, at_most=1, at=AT)
        returns.append(run.run.returns)
    assert returns == [-12] * 417


def test_law_that_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Of the paths that break a law the smallest is explained, and the others are counted.
    """
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    with pytest.raises(pytest.fail.Exception) as found:
        _always_listed(Returned(-12))
    assert str(found.value) == BROKEN_LAW
    assert getattr(found.value, "errpath_places", None) == ["specs/a.errpath:7 calls list_del(src)"]


def test_law_that_checks_nothing() -> None:
    """
    A law that no path meets, or that no path could break, is no success.
    """
    with pytest.raises(pytest.fail.Exception) as found:
        _always_listed(Returned(-99))
    assert str(found.value) == (
        f"checked nothing in pre: it is so\n  {AT}\n\n1. no path meets the condition of the law"
    )


def test_excuse_of_a_law() -> None:
    """
    A declared violation has to be one: on all paths that meet it, and on some at least.
    """
    excuse = Excuse(Made("list_del(src)"), at="specs/a.errpath:9")
    for run in migrate.paths("post", Returned(-12), excuse, at=AT, law="it is so"):
        run.never("list_del(src)", at=AT)
    assert (excuse.excused, excuse.kept) == (416, 0)
