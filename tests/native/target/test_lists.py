# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.migrate.pages.reference import ListReference
from errpath.migrate.pages.situation import rules_on
from tests.native.conftest import BuildOf
from tests.native.target.seen import Answers, every, seen

A_AND_B = ("a", "b")


@pytest.mark.parametrize("entry", ["migrate_pages", "migrate_pages_and_putback"])
@pytest.mark.parametrize("pages", [("a",), A_AND_B])
def test_paths_of_the_c_are_the_models(built: BuildOf, entry: str, pages: tuple[str, ...]) -> None:
    """
    Over a list, too, the C gives what the model gives, on the first paths of very many.
    """
    model = ListReference(pages, putback=entry.endswith("putback"))
    rules = rules_on(pages)
    ours = every(built().target(entry, pages), "pre", rules, 300)
    assert list(ours) == list(every(model, "pre", rules, 300))


@pytest.mark.parametrize(
    "answers",
    [
        {"PageTransHuge(a)": 1, "thp_migration_supported()": 0},
        {"PageTransHuge(a)": 1, "get_new_page(a)": "NULL", "a->extra_pins": 1},
        {"PageTransHuge(b)": 1, "get_new_page(b)": "NULL", "trylock_page(b_tail)": 0},
        {"PageHuge(a)": 1, "trylock_page(a)": 0, "mode": "MIGRATE_SYNC"},
        {"PageHuge(a)": 1, "hugepage_migration_supported(a)": 0},
        {"PageHuge(b)": 1, "page_private(b)": 1, "page_mapping(b)": 0},
        {"PageHuge(b)": 1, "hugetlb_page_mapping_lock_write(b)": "NULL"},
        {"__PageMovable(a)": 1, "move_to_new_page(a_new, a)": -11},
        {"__PageMovable(a)": 1, "trylock_page(a)": 0, "PageMovable(a)": 0},
        {"trylock_page(a)": 0, "trylock_page(b)": 0, "PF_SWAPWRITE": "set"},
        {"get_new_page(b)": "NULL", "put_new_page": "NULL", "reason": "MR_MEMORY_FAILURE"},
        {"move_to_new_page(a_new, a)": -11, "try_to_unmap(b)": "false"},
    ],
)
def test_situation_ends_as_the_models(built: BuildOf, answers: dict[str, int | str]) -> None:
    """
    Splits, pages of hugetlbfs and of drivers, retries and putback end as the model has it.
    """
    entry = "migrate_pages_and_putback"
    model = ListReference(A_AND_B, putback=True)
    found = seen(built().target(entry, A_AND_B).run("pre", Answers(**answers)))
    assert found == seen(model.run("pre", Answers(**answers)))


def test_passes_are_told_to_the_environment(built: BuildOf) -> None:
    """
    An environment whose answers depend on the pass is told when one begins.
    """
    begun = []

    class Counting(Answers):
        def begin_pass(self, number: int) -> None:
            begun.append(number)

    run = built().target("migrate_pages", ("a",)).run("pre", Counting(**{"trylock_page(a)": 0}))
    assert begun == list(range(1, 11))
    assert (run.returns, len(run.passes)) == (1, 10)


def test_attempts_end_where_the_models_do(built: BuildOf) -> None:
    """
    Who watches a run is called with the same state, but for what the C counts in its locals.
    """
    answers = Answers(
        **{"PageTransHuge(a)": 1, "thp_migration_supported()": 0, "trylock_page(b)": 0}
    )
    model = ListReference(A_AND_B)
    target = built().target("migrate_pages", A_AND_B)
    wanted: list[object] = []
    found: list[object] = []
    model.run("pre", answers, lambda k: wanted.append(k.state()[1:]))
    target.run("pre", answers, lambda k: found.append(k.state()[1:]))
    assert len(wanted) > 10
    assert found == wanted


def test_lookahead_that_the_c_changes_is_followed(built: BuildOf) -> None:
    """
    The page that the walk goes on with is what the C's own variable says.
    """
    again = (
        "			cond_resched();\n",
        "			cond_resched();\n			after = page;\n",
    )
    run = built(again).target("migrate_pages", ("a",)).run("pre", Answers())
    assert str(run.bug) == (
        "list-poison: the walk over the caller's list goes on through the poisoned link of a"
    ) or str(run.bug).startswith("wrong-list: ")


def test_lines_go_on_over_putback(built: BuildOf) -> None:
    """
    The events of migrate_pages() and of the putback behind it all have their lines.
    """
    build = built()
    target = build.target("migrate_pages_and_putback", ("a",))
    run = target.run("pre", Answers(**{"trylock_page(a)": 0}))
    spans = {f.name: (f.line, f.end) for f in build.functions}
    start, end = spans["putback_movable_pages"]
    assert len(target.lines) == len(run.trace)
    assert start < target.lines[-1] < end
    assert run.trace[-1].text == "putback_lru_page(a)"
