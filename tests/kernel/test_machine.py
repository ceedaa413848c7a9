# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.calls.page_tests import MAPPING
from errpath.kernel.machine import Machine
from errpath.vocabulary.choice import Choice, Value
from tests.kernel.stage import held, stage, trace


def _default(choice: Choice) -> Value:
    return choice.default


def test_begin_forgets_the_last_run() -> None:
    """
    A machine that begins anew has no event, answer, fact or hold of the run before.
    """
    k, src, _ = stage()
    k.PageAnon(src)
    k.trylock_page(src)
    k.num_poisoned_pages_inc()
    k.begin(_default, held=(), on={})
    assert (k.trace, k.choices, k.facts, k.held, k.counters, k.on) == ([], {}, {}, {}, {}, {})


def test_begin_leaves_what_the_last_run_gave() -> None:
    """
    The trace, answers and ledger of a run stay as they are when the next begins.
    """
    k, src, _ = stage()
    k.trylock_page(src)
    before = (k.trace, k.choices, k.ledger)
    k.begin(_default, held=(), on={})
    k.num_poisoned_pages_inc()
    events, choices, ledger = before
    assert ([e.text for e in events], choices, [i.text for i in ledger.held][-1]) == (
        ["trylock_page(src) = 1"],
        {"trylock_page(src)": 1},
        "PG_locked(src)",
    )


def test_ask_numbers_repeated_questions() -> None:
    """
    A question that is asked again is written down under its number.
    """
    answers = iter((1, 0, 1))
    k = Machine("src")
    k.begin(lambda _: next(answers), held=(), on={})
    trylock = Choice("trylock_page", "src", (1, 0), text="trylock_page(src)")
    found = [k.ask(trylock) for _ in range(3)]
    assert (found, k.choices) == (
        [1, 0, 1],
        {"trylock_page(src)": 1, "trylock_page(src)#2": 0, "trylock_page(src)#3": 1},
    )


def test_ask_passes_on_what_the_environment_raises() -> None:
    """
    An environment that gives no answer ends the run with its own exception.
    """

    def refuse(choice: Choice) -> Value:
        raise LookupError(choice.text)

    k = Machine("src")
    k.begin(refuse, held=(), on={})
    with pytest.raises(LookupError, match=r"^src->mapping$"):
        k.ask(MAPPING)


def test_mapping_is_asked_of_the_page_that_it_is_read_of() -> None:
    """
    Each page has a page->mapping of its own, which is asked once and is no event.
    """
    k = Machine("src", "dst")
    pages = k.pages["src"], k.pages["dst"]
    answers = {"src->mapping": "set", "dst->mapping": "NULL"}
    k.begin(lambda choice: answers[choice.text], held=tuple(page.ref for page in pages), on={})
    assert [page.mapping for page in (*pages, *pages)] == [True, False, True, False]
    assert k.choices == answers
    assert k.trace == []


def test_facts_are_shared_by_those_who_ask() -> None:
    """
    What one call was answered, another test of the same thing does not ask again.
    """
    k, src, _ = stage(answers={"PageAnon(src)": 1})
    k.PageAnon(src)
    k.PageAnon(src)
    assert (trace(k), k.choices, held(k)[0]) == (
        ["PageAnon(src) = 1"] * 2,
        {"PageAnon(src)": 1},
        "page_ref(src)",
    )
