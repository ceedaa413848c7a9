# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.vocabulary.choice import Value
from tests.kernel.stage import stage, trace


@pytest.mark.parametrize(
    ("value", "facts"),
    [
        ("true", {"PageHWPoison(src)": 1}),
        ("false", {}),
    ],
)
def test_set_hwpoison_free_buddy_page(value: str, facts: dict[str, Value]) -> None:
    """
    set_hwpoison_free_buddy_page() works on a page that was just freed, if it is free.
    """
    k, src, _ = stage(answers={"set_hwpoison_free_buddy_page(src)": value})
    k.list_del(src)
    k.put_page(src)
    assert (k.set_hwpoison_free_buddy_page(src), trace(k)[2], k.facts) == (
        value == "true",
        f"set_hwpoison_free_buddy_page(src) = {value}",
        facts,
    )


def test_num_poisoned_pages_inc_counts() -> None:
    """
    num_poisoned_pages_inc() is about no page, and counts one more each time.
    """
    k, *_ = stage()
    k.num_poisoned_pages_inc()
    k.num_poisoned_pages_inc()
    assert (trace(k), k.counters) == (
        ["num_poisoned_pages_inc()"] * 2,
        {"num_poisoned_pages": 2},
    )
