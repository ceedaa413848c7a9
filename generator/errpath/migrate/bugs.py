# SPDX-License-Identifier: GPL-2.0-only
"""
Bugs that page migration really had and that a single page can show.

Each is the mutation of the 5.8 logic that brings it back, by the commit that fixed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errpath.kernel.bug import KnownBug

_GIVEN_BACK: Final = """
{} put_new_page:
    put_new_page(newpage, private)
else:
    k.put_page(newpage)
"""
_ON_THE_LRU: Final = """
{} put_new_page:
    k.putback_lru_page(newpage)
else:
    k.put_page(newpage)
"""
_FREED_ON_THE_LRU: Final = """
{} put_new_page:
    put_new_page(newpage, private)
else:
    k.putback_lru_page(newpage)
"""
_GIVEN_BACK_ON_EAGAIN: Final = """
{} rc == -EAGAIN and put_new_page:
    put_new_page(newpage, private)
"""
_OFF_THE_LIST: Final = """
# out:
if rc != -EAGAIN:
    # Migrated or failed for good, the page leaves the caller's list.
    k.list_del(page)
"""
_RETURNED: Final = """
# out:
if rc not in (MIGRATEPAGE_SUCCESS, -EAGAIN):
    return rc
if rc != -EAGAIN:
    # Migrated or failed for good, the page leaves the caller's list.
    k.list_del(page)
"""
_UNCOUNTED: Final = """
# NR_ISOLATED_* counts LRU pages only.
if not k.__PageMovable(page):
    k.mod_node_page_state(
        k.page_pgdat(page),
        NR_ISOLATED_ANON + k.page_is_file_lru(page),
        -k.hpage_nr_pages(page),
    )
"""
_OFF_AND_UNCOUNTED: Final = """
if rc != -EAGAIN:
    # Migrated or failed for good, the page leaves the caller's list.
    k.list_del(page)

    # NR_ISOLATED_* counts LRU pages only.
    if not k.__PageMovable(page):
        k.mod_node_page_state(
            k.page_pgdat(page),
            NR_ISOLATED_ANON + k.page_is_file_lru(page),
            -k.hpage_nr_pages(page),
        )
"""
_UNCOUNTED_ANYWAY: Final = """
if rc != -EAGAIN:
    # Migrated or failed for good, the page leaves the caller's list.
    k.list_del(page)

# NR_ISOLATED_* counts LRU pages only.
if not k.__PageMovable(page):
    k.mod_node_page_state(
        k.page_pgdat(page),
        NR_ISOLATED_ANON + k.page_is_file_lru(page),
        -k.hpage_nr_pages(page),
    )
"""
_PUT: Final = """
k.put_page(page)
if reason == MR_MEMORY_FAILURE:
"""
_PUT_THEN_UNCOUNTED: Final = f"""
k.put_page(page)
{_UNCOUNTED.strip()}
if reason == MR_MEMORY_FAILURE:
"""
_PUT_BACK: Final = """
if not k.__PageMovable(page):
    k.putback_lru_page(page)
"""
_PUT_BACK_THEN_UNCOUNTED: Final = """
if not k.__PageMovable(page):
    k.putback_lru_page(page)
    k.mod_node_page_state(
        k.page_pgdat(page),
        NR_ISOLATED_ANON + k.page_is_file_lru(page),
        -k.hpage_nr_pages(page),
    )
"""
_WAITED: Final = """
k.lock_page(newpage)
k.wait_on_page_writeback(page)
k.unlock_page(newpage)
"""


def _bugs(name: str, if_: str) -> Iterator[KnownBug]:
    """
    Give the bugs in one semantics; `if_` is the word that its use of the callback begins with.
    """

    def bug(commit: str, says: str, *changes: tuple[str, str]) -> KnownBug:
        return KnownBug(commit=commit, says=says, semantics=name, changes=changes)

    given_back = _GIVEN_BACK.format(if_)
    yield bug(
        "32665f2bbfed",
        "A permanent errno came back with the page still on the list.",
        (_OFF_THE_LIST, _RETURNED),
    )
    yield bug(
        "32665f2bbfed",
        "A permanent errno came back without the new page.",
        (given_back, _GIVEN_BACK_ON_EAGAIN.format(if_)),
    )
    yield bug(
        "2def7424c937",
        "An unused new page was put on the LRU, and not back through the callback.",
        (given_back, _ON_THE_LRU.format(if_)),
    )
    yield bug(
        "ff59909a077b",
        "NR_ISOLATED was decremented on -EAGAIN as well, and went negative.",
        (_OFF_AND_UNCOUNTED, _UNCOUNTED_ANYWAY),
    )
    yield bug(
        "6afcf8ef0ca0",
        "The page was uncounted, and its type read for that, after it was let go.",
        (_UNCOUNTED, ""),
        (_PUT, _PUT_THEN_UNCOUNTED),
        (_PUT_BACK, _PUT_BACK_THEN_UNCOUNTED),
    )
    yield bug(
        "98837c7f82ef",
        "When the move did not happen, what was taken for it was kept.",
        ("if page_was_mapped:", "if page_was_mapped and rc == MIGRATEPAGE_SUCCESS:"),
    )
    yield bug(
        "3c226c637b69",
        "The last reference went before the lock: a waiter slept on a freed page.",
        ("k.unlock_page(page)\nk.put_page(page)", "k.put_page(page)\nk.unlock_page(page)"),
    )
    yield bug(
        "41cddf83d8b0",
        "A page about to be freed was added to the LRU.",
        (given_back, _FREED_ON_THE_LRU.format(if_)),
    )
    yield bug(
        "d776aaa9895e",
        "A return was added in front of the unlock.",
        ("rc = -EBUSY\ngoto(out_unlock)", "rc = -EBUSY\nreturn rc"),
    )
    yield bug(
        "add05cecef80",
        "A page that was to be taken out of use escaped.",
        ("if reason == MR_MEMORY_FAILURE:", "if False:"),
    )


BUGS: Final = (
    *_bugs("pre", "if"),
    KnownBug(
        commit="fb3592c41a44",
        says="Writeback was waited for with a second page locked.",
        semantics="pre",
        changes=(("k.wait_on_page_writeback(page)", _WAITED),),
    ),
    *_bugs("post", "elif"),
)
