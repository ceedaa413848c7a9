# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.pages.attempts import Attempts
from errpath.kernel.pages.walk import list_for_each_entry_safe
from errpath.vocabulary.choice import Value
from tests.kernel.list_stage import Answers, list_stage


def test_kinds_stay_and_the_rest_is_asked_anew() -> None:
    """
    In the next attempt a page is of the same kind; whether it is mapped is another question.
    """
    k = list_stage("a", said={"page_mapped(a)": (0, 1), "PageAnon(a)": (1, 0)})
    page = k.listed["a"]
    for _ in range(2):
        k.try_page(page)
        seen = k.PageAnon(page), k.page_mapped(page), k.page_mapped(page)
    assert seen == (1, 1, 1)
    assert k.choices == {"PageAnon(a)": 1, "page_mapped(a)": 0, "page_mapped(a)#2": 1}


def test_third_answer_is_the_third() -> None:
    """
    Answers to the same choice are numbered from the second on.
    """
    k = list_stage("a", said={"trylock_page(a)": 0})
    for _ in range(4):
        k.trylock_page(k.listed["a"])
    assert [*k.choices] == ["trylock_page(a)", *(f"trylock_page(a)#{n}" for n in (2, 3, 4))]


def test_other_pages_are_not_forgotten() -> None:
    """
    An attempt on one page changes nothing that is known of another.
    """
    k = list_stage("a", "b", said={"page_mapped(b)": (0, 1)})
    for name in ("b", "a", "a"):
        k.try_page(k.listed[name])
        k.page_mapped(k.listed["b"])
    assert k.page_mapped(k.listed["b"]) == 0


def test_environment_is_told_what_is_out_of_date() -> None:
    """
    With the second attempt an environment hears of the choices whose answers do not hold on.
    """
    answers = Answers()
    k = list_stage("a")
    k.start(answers)
    page = k.listed["a"]
    k.try_page(page)
    assert answers.forgotten == []
    k.try_page(page)
    assert answers.forgotten == [
        "page_count(a)",
        "PageMovable(a)",
        "PageWriteback(a)",
        "page_has_private(a)",
        "page_mapped(a)",
        "page_private(a)",
        "page_mapping(a)",
        "trylock_page(a)",
        "page_get_anon_vma(a)",
        "try_to_unmap(a)",
        "a->mapping",
        "a->extra_pins",
        "PageSwapCache(a)",
    ]


def test_method_that_answers_is_told_too() -> None:
    """
    An environment can be a method: its object is told.
    """
    answers = Answers()
    k = list_stage("a")
    k.start(answers.__call__)
    for _ in range(2):
        k.try_page(k.listed["a"])
    assert "page_count(a)" in answers.forgotten


def test_passes_are_told_and_kept() -> None:
    """
    A pass begins with its number, and ends with the walk.
    """
    answers = Answers()
    k = list_stage("a")
    k.start(answers)
    for number in (1, 2):
        k.begin_pass(number)
        for page in list_for_each_entry_safe(k, k.from_):
            k.PageHuge(page)
    assert (answers.passes, k.passes) == ([1, 2], [(0, 1), (1, 2)])


def test_walk_outside_a_pass_ends_none() -> None:
    """
    The caller's putback walks over the list as well, and it is no pass.
    """
    k = list_stage("a")
    assert [page.name for page in list_for_each_entry_safe(k, k.from_)] == ["a"]
    assert k.passes == []


class _Ended(Exception):  # noqa: N818 - it is no error
    pass


def test_end_of_an_attempt_is_told() -> None:
    """
    What is called there has the machine, and what it raises passes through.
    """
    k = list_stage("a", "b")
    seen = []

    def ended(of: Attempts) -> None:
        seen.append((of.progress, of.state()[:3]))
        raise _Ended

    walk = list_for_each_entry_safe(k, k.from_)
    next(walk)
    k.attempt_done(walk, 0, 1, 0, 0)
    k.attempt_ended = ended
    with pytest.raises(_Ended):
        k.attempt_done(walk, 0, 1, 0, 0)
    assert seen == [((0, 1, 0, 0), ((0, 1, 0, 0), "b", ("a", "b")))]


def test_state_forgets_what_is_asked_anew() -> None:
    """
    What other threads can change is no part of the state, what a page is is.
    """
    states = []
    for said in ({}, {"page_mapped(a)": 0}, {"PageAnon(a)": 1}):
        k = list_stage("a", said=said)
        k.PageAnon(k.listed["a"])
        k.page_mapped(k.listed["a"])
        states.append(k.state())
    assert states[0] == states[1] != states[2]


def test_state_forgets_what_became_of_pages_that_are_gone() -> None:
    """
    Of a page that has left the list nothing counts; what became of it stands apart.
    """
    keys = []
    for anon, thp in ((0, 0), (1, 0), (0, 1)):
        said: dict[str, Value] = {"PageAnon(a)": anon, "PageTransHuge(a)": thp}
        k = list_stage("a", "b", said=said)
        page = k.listed["a"]
        k.PageAnon(page)
        k.list_del(page)
        k.mod_node_page_state(page, 0, -k.hpage_nr_pages(page))
        k.put_page(page)
        keys.append((k.state(), k.outcome()))
    assert keys[0] == keys[1]
    assert (keys[0][0], keys[0][1] == keys[2][1]) == (keys[2][0], False)


def test_state_knows_of_pages_on_the_lru_list() -> None:
    """
    Where a walk strays to differs with what is on the LRU list, or waits for it.
    """
    states = []
    for thp in (None, 0, 1):
        k = list_stage("a", "b", said={"PageTransHuge(a)": thp or 0})
        k.list_del(k.listed["a"])
        (k.put_page if thp is None else k.putback_lru_page)(k.listed["a"])
        states.append(k.state())
    assert len(set(states)) == 3


@pytest.mark.parametrize("change", ["list_del", "lock_page", "PageHuge"])
def test_state_has_what_later_steps_read(change: str) -> None:
    """
    Lists, rows of the ledger and kinds are each part of the state.
    """
    k = list_stage("a", "b")
    before = k.state()
    getattr(k, change)(k.listed["a"])
    assert k.state() != before
