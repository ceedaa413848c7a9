# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from tests.kernel.stage import ISOLATED, held, stage, trace


def test_wait_on_page_writeback_ends_writeback() -> None:
    """
    After wait_on_page_writeback() the page is not under writeback any more, unasked.
    """
    k, src, _ = stage(answers={"PageWriteback(src)": 1})
    k.PageWriteback(src)
    k.wait_on_page_writeback(src)
    assert (k.PageWriteback(src), trace(k), k.choices) == (
        0,
        ["PageWriteback(src) = 1", "wait_on_page_writeback(src)", "PageWriteback(src) = 0"],
        {"PageWriteback(src)": 1},
    )


def test_try_to_free_buffers_is_an_event() -> None:
    """
    try_to_free_buffers() of a locked page holds and drops nothing of ours.
    """
    locked = *ISOLATED, "PG_locked(src)"
    k, src, _ = stage(*locked)
    k.try_to_free_buffers(src)
    assert (trace(k), held(k)) == (["try_to_free_buffers(src)"], list(locked))
