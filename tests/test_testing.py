# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts.condition import Condition, Made, Not, Returned
from errpath.explore.merged.marks.followed import Followed
from errpath.models import UnknownModelError
from errpath.testing import Contracts, Excuse, Nth, contract
from tests import serving
from tests.explore.merged.cut import ASKED, ENTRY, Cut

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

BROKEN_LISTS = """\
contract broken in pre: it is tried (and on 1025 more of 1052 paths over 1
page)
  specs/a.errpath:3

  PF_SWAPWRITE: clear; PageHuge(page): 0; thp_migration_supported(): 1;
  page_count(page): 2; get_new_page(page): page_new; __PageMovable(page):
  0; trylock_page(page): 0; put_new_page: given; page_count(page)#2: 2;
  get_new_page(page)#2: page_new; trylock_page(page)#2: 1;
  PageWriteback(page): 0; PageAnon(page): 0; trylock_page(page_new): 1;
  page->mapping: set; page_mapped(page): 1; try_to_unmap(page): true;
  move_to_new_page(page_new, page): 0; PageTransHuge(page): 0; reason:
  MR_COMPACTION

1. specs/a.errpath:7: never trylock_page(page) fails
   - it is called: trylock_page(page) = 0 at 3

  trace, pre (reference model):
    1  cond_resched()
    2  get_new_page(page) = page_new
>   3  trylock_page(page) = 0          FAULT: another thread holds the lock
    4  put_new_page(page_new)
    5  cond_resched()
    6  get_new_page(page) = page_new
    7  trylock_page(page) = 1
    8  trylock_page(page_new) = 1
    9  try_to_unmap(page) = true
   10  move_to_new_page(page_new, page) = 0
   11  remove_migration_ptes(page, page_new)
   12  unlock_page(page_new)
   13  unlock_page(page)
   14  putback_lru_page(page_new)
   15  set_page_owner_migrate_reason(page_new)
   16  list_del(page)
   17  mod_node_page_state(page)
   18  put_page(page)
   19  count_vm_events(PGMIGRATE_SUCCESS)
   20  trace_mm_migrate_pages()
       returns 0

again: the same call"""

BROKEN_LIST = """\
contract broken in old: a busy page
  specs/a.errpath:3

  fault: try(p) = 0 in pass 1
  fault: try(p) = 0 from call 3  (did not fire)
  (the default situation)

1. specs/a.errpath:7: returns 1
   - it returns 0

2. every injected fault fires
   - the injected fault on try(p) did not fire on call 3: the run has 2
     such calls

  trace, old (reference model):
    1  try(p) = 0          FAULT: somebody else has it
    2  try(p) = 1
    3  copy(p, p_new) = 0
    4  unlock(p)
       returns 0

again: the same call"""

migrate = contract("migrate")


def test_contracts_of_a_model_are_made_once() -> None:
    """
    All modules of a session share the contracts of a model.
    """
    assert contract("migrate") is migrate


def test_contracts_of_a_list_are_made_once() -> None:
    """
    For each entry and list of pages.
    """
    toy = Contracts(serving.MODEL)

    assert toy.at("serve", "p", "q") is toy.at("serve", "p", "q")
    assert toy.at("serve", "p", "q") is not toy.at("serve", "q", "p")
    with pytest.raises(KeyError, match="wander"):
        toy.at("wander", "p")


def test_contract_of_a_list_that_is_kept() -> None:
    """
    A list is run like the model's own function.
    """
    with Contracts(serving.MODEL).at("serve", "p", "q")(
        "old", {"colour": "blue"}, {"try(p)": Nth("0", passes=(1, 2))}, at=AT
    ) as run:
        run.returns(0, at=AT)
        run.never("unlock(p)", passes=(1, 2), at=AT)
        run.changes("passes", 3, at=AT)
        run.ends("q", "sold", at=AT)
    assert run.run.passes == ((0, 4), (4, 5), (5, 8))


def test_contract_of_a_list_that_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The fault is told with its passes, and what did not fire.
    """
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    with (
        pytest.raises(pytest.fail.Exception) as found,
        Contracts(serving.MODEL).at("serve", "p")(
            "old",
            {},
            {"try(p)": (Nth("0", passes=(1,)), Nth("0", on_call=3))},
            at=AT,
            scenario="a busy page",
        ) as run,
    ):
        run.returns(1, at="specs/a.errpath:7")
    assert str(found.value) == BROKEN_LIST


def test_law_of_a_list_that_is_kept() -> None:
    """
    Every path of the list is walked.
    """
    toy = Contracts(serving.MODEL).at("serve", "p")
    bound = 0
    for run in toy.paths("old", Returned(1), at=AT, law="it is so"):
        run.calls("try(p)", at_most=1, passes=(1, 2, 3), at=AT)
        bound += 1
    assert bound == 27


def test_paths_are_forgotten() -> None:
    """
    Those of each list too: what is run has changed.
    """
    toy = Contracts(serving.MODEL)
    listed = toy.at("serve", "p")

    def bound() -> int:
        return len(list(listed.paths("old", at=AT, law="it is so")))

    assert bound() == 40
    listed.most = 39
    assert bound() == 40
    toy.forget()
    with pytest.raises(pytest.fail.Exception, match="more than 39 paths"):
        bound()


def test_law_of_a_list_that_has_too_many_paths() -> None:
    """
    It is not judged, which is no success.
    """
    toy = Contracts(serving.MODEL.at("serve", ("p",)), most=39)
    with pytest.raises(pytest.fail.Exception) as found:
        for _ in toy.paths("old", at=AT, law="it is so"):
            pass
    assert str(found.value) == (
        "checked nothing in old: it is so\n"
        f"  {AT}\n\n"
        "1. there are more than 39 paths: the law is not judged"
    )
    assert len(list(Contracts(toy.model, most=40).paths("old", at=AT, law="it is so"))) == 40


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
    A law's loop goes over what the paths that it binds do, and ends without a word.
    """
    found = []
    for run in migrate.paths("post", Returned(-12), at=AT, law="it is so"):
        run.calls("list_del(src)", at_least=0, at_most=1, at=AT)
        found.append((run.run.returns, run.run.word))
    assert ({code for code, _ in found}, len({word for _, word in found})) == ({-12}, 209)


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


def _split() -> Contracts:
    """
    Give the contracts of migration, where nothing but a split and its causes is asked.
    """
    return Contracts(Cut(passes=10, asked=ASKED["a split"]).model())


def test_law_of_lists_that_is_kept() -> None:
    """
    The loop gets what takes note of the clauses, and then a check for each class of paths.
    """
    found = _split().lists(ENTRY, pages=2)
    checks = []
    for run in found.paths("pre", Made("get_new_page() fails"), at=AT, law="it is so"):
        run.keeps("counts", at=AT)
        checks.append(run)
    assert isinstance(checks[0], Followed)
    assert {check.run.returns for check in checks[1:]} == {-12, -16, 0, 1, 2, 3, 4}


def test_law_of_each_page_that_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The smallest path is shown, and how many others there are.
    """
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    listed = _split().each(ENTRY, "page", pages=1)

    def judge() -> None:
        for run in listed.paths("pre", Not(Returned(-12, -16)), at=AT, law="it is tried"):
            run.never("trylock_page(page) fails", at="specs/a.errpath:7")

    with pytest.raises(pytest.fail.Exception) as found:
        judge()
    assert str(found.value) == BROKEN_LISTS


def test_law_of_lists_that_checks_nothing() -> None:
    """
    It binds no path over any list.
    """
    listed = _split().lists(ENTRY, pages=2)

    def judge() -> None:
        for run in listed.paths("pre", Made("lock_page(page_1_new)"), at=AT, law="it is so"):
            run.keeps("counts", at=AT)

    with pytest.raises(pytest.fail.Exception, match="no path meets the condition of the law"):
        judge()


def test_clause_that_is_not_judged_on_lists() -> None:
    """
    The test fails, and names the clause.
    """
    listed = _split().each(ENTRY, "page", pages=2)

    def judge() -> None:
        for run in listed.paths("pre", at=AT, law="it is so"):
            run.ends_on("page", "from_list", at="specs/a.errpath:7")

    with pytest.raises(pytest.fail.Exception) as found:
        judge()
    assert str(found.value) == (
        "checked nothing in pre: it is so\n"
        f"  {AT}\n\n"
        "1. specs/a.errpath:7: what becomes of a page in the end is not judged where\n"
        "   paths are merged"
    )
