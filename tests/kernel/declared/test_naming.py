# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.declared.naming import machine_on, primitives_on
from errpath.kernel.declared.primitive import choices_of, primitives_of
from errpath.kernel.linux import Linux
from tests.kernel.list_stage import bug_of, list_stage

AB = primitives_on(("a", "b"))


@pytest.mark.parametrize(
    ("name", "calls"),
    [
        ("cond_resched", ["cond_resched()"]),
        (
            "trylock_page",
            [
                *("trylock_page(a)", "trylock_page(a_new)", "trylock_page(b)"),
                *("trylock_page(b_new)", "trylock_page(a_tail)", "trylock_page(a_tail_new)"),
                *("trylock_page(b_tail)", "trylock_page(b_tail_new)"),
            ],
        ),
        (
            "move_to_new_page",
            [
                *("move_to_new_page(a_new, a)", "move_to_new_page(b_new, b)"),
                *("move_to_new_page(a_tail_new, a_tail)", "move_to_new_page(b_tail_new, b_tail)"),
            ],
        ),
        ("put_anon_vma", [f"put_anon_vma({n}_anon_vma)" for n in ("a", "b", "a_tail", "b_tail")]),
        ("split_huge_page_to_list", ["split_huge_page_to_list(a)", "split_huge_page_to_list(b)"]),
        (
            "i_mmap_unlock_write",
            ["i_mmap_unlock_write(a_mapping)", "i_mmap_unlock_write(b_mapping)"],
        ),
        (
            "count_vm_events",
            ["count_vm_events(PGMIGRATE_SUCCESS)", "count_vm_events(PGMIGRATE_FAIL)"],
        ),
    ],
)
def test_calls_are_those_of_each_page(name: str, calls: list[str]) -> None:
    """
    A primitive is declared for each page and what belongs to it, and for nothing crosswise.
    """
    assert [*AB[name].calls()] == calls


def test_every_primitive_of_an_attempt_is_there() -> None:
    """
    What an attempt on one page calls is declared for named pages, with the same words.
    """
    for name, declared in primitives_of(Linux).items():
        named = AB[name]
        same = ("says", "source", "test", "takes", "gives_up", "requires", "may", "takes_on_fault")
        assert [getattr(named, key) for key in same] == [getattr(declared, key) for key in same]


def test_answers_are_those_of_each_page() -> None:
    """
    get_new_page() gives the page's own new page, or NULL; so does page_get_anon_vma().
    """
    values = {
        (name, names): choice.values
        for name in ("get_new_page", "page_get_anon_vma")
        for names, choice in choices_of(AB[name]).items()
    }
    assert values["get_new_page", ("a",)] == ("a_new", "NULL")
    assert values["get_new_page", ("b_tail",)] == ("b_tail_new", "NULL")
    assert values["page_get_anon_vma", ("a_tail",)] == ("a_tail_anon_vma", "NULL")


def test_what_a_call_takes_is_the_page_s() -> None:
    """
    Each page's allocation takes the reference of its own new page.
    """
    k = list_stage("a", "b")
    for name in "ba":
        k.get_new_page(k.listed[name], 0)
    assert [row.text for row in k.held if row.subject.endswith("_new")] == [
        "page_ref(b_new)",
        "page_ref(a_new)",
    ]


def test_result_of_a_split_is_no_choice() -> None:
    """
    The result follows from what the split asks.
    """
    assert choices_of(AB["split_huge_page_to_list"]) == {}


def test_call_crosswise_is_no_call() -> None:
    """
    A move of one page to the new page of another is found as undeclared.
    """
    k = list_stage("a", "b")
    a, b = k.listed["a"], k.listed["b"]
    assert bug_of(lambda: k.move_to_new_page(a.new, b, "MIGRATE_SYNC")) == (
        "undeclared-call",
        "move_to_new_page(a_new, b) is no call that the vocabulary declares",
    )


def test_class_is_made_once() -> None:
    """
    Machines on pages of the same names are of one class.
    """
    assert machine_on(("a", "b")) is machine_on(("a", "b"))
    assert machine_on(("a",)) is not machine_on(("b",))
