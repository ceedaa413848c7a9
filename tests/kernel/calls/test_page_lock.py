# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from tests.kernel.stage import held, spans, stage, taken, trace


def test_trylock_page_takes_a_free_lock() -> None:
    """
    trylock_page() of a free page gives 1, and the lock is held from that event on.
    """
    k, src, _ = stage()
    assert (k.trylock_page(src), trace(k), taken(k), k.choices) == (
        1,
        ["trylock_page(src) = 1"],
        {"PG_locked(src)": 1},
        {"trylock_page(src)": 1},
    )


def test_trylock_page_fails_if_another_has_the_lock() -> None:
    """
    trylock_page() of a page that another thread has locked gives 0 and takes nothing.
    """
    k, src, _ = stage(answers={"trylock_page(src)": 0})
    assert (k.trylock_page(src), trace(k), taken(k)) == (0, ["trylock_page(src) = 0"], {})


def test_trylock_page_of_own_lock_fails_unasked() -> None:
    """
    A lock that this thread holds is not free, whatever the environment would say.
    """
    k, src, _ = stage()
    k.lock_page(src)
    assert (k.trylock_page(src), trace(k), taken(k), k.choices) == (
        0,
        ["lock_page(src)", "trylock_page(src) = 0"],
        {"PG_locked(src)": 1},
        {},
    )


def test_trylock_page_asks_each_time() -> None:
    """
    Another thread can take the lock in between, so each call is a choice of its own.
    """
    k, src, _ = stage()
    k.trylock_page(src)
    k.unlock_page(src)
    k.trylock_page(src)
    assert k.choices == {"trylock_page(src)": 1, "trylock_page(src)#2": 1}


def test_lock_page_waits_and_takes() -> None:
    """
    lock_page() is no choice: it takes the lock in the end.
    """
    k, src, _ = stage()
    k.lock_page(src)
    assert (trace(k), taken(k), k.choices) == (["lock_page(src)"], {"PG_locked(src)": 1}, {})


def test_unlock_page_gives_the_lock_up() -> None:
    """
    unlock_page() closes the ledger's row of the lock.
    """
    k, src, _ = stage()
    k.lock_page(src)
    k.unlock_page(src)
    assert (trace(k), taken(k), spans(k)) == (
        ["lock_page(src)", "unlock_page(src)"],
        {},
        [("PG_locked(src)", 1, 2)],
    )


@pytest.mark.parametrize("order", [("src", "dst"), ("dst", "src")])
def test_locks_of_two_pages_are_two(order: tuple[str, str]) -> None:
    """
    The locks of the two pages are taken and given up apart.
    """
    k, *_ = stage("page_ref(src)", "page_ref(dst)")
    first, second = (k.pages[name] for name in order)
    k.trylock_page(first)
    k.lock_page(second)
    k.unlock_page(first)
    assert held(k)[2:] == [f"PG_locked({order[1]})"]
