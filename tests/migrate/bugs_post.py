# SPDX-License-Identifier: GPL-2.0-only
"""
Bugs that page migration really had, in post.py.
"""

from __future__ import annotations

from tests.migrate.mutants import AT, Mutant

BUGS = {
    "32665f2bbfed: returned before list_del": Mutant(
        semantics="post",
        depth=1,
        old="""
            # out:
            if rc != -EAGAIN:
        """,
        new="""
            if rc not in (MIGRATEPAGE_SUCCESS, -EAGAIN):
                return rc
            if rc != -EAGAIN:
        """,
        words={"src": "file"},
        faults={"move_to_new_page(dst, src)": "-EBUSY"},
        returns=-16,
        unasked=("ownership",),
        clause=lambda run: run.order("list_del(src)", "putback_lru_page(src)", at=AT),
    ),
    "32665f2bbfed: put_new_page skipped": Mutant(
        semantics="post",
        depth=2,
        old="""
            elif put_new_page:
                put_new_page(newpage, private)
            else:
                k.put_page(newpage)
        """,
        new="""
            elif rc == -EAGAIN:
                put_new_page(newpage, private)
        """,
        words={"src": "file"},
        faults={"move_to_new_page(dst, src)": "-EBUSY"},
        returns=-16,
        unasked=("references",),
        clause=lambda run: run.leads_to(("get_new_page(src)",), ("put_new_page(dst)",), at=AT),
    ),
    "2def7424c937: the new page released by putback_lru_page": Mutant(
        semantics="post",
        depth=2,
        old="""
            elif put_new_page:
                put_new_page(newpage, private)
        """,
        new="""
            elif put_new_page:
                k.putback_lru_page(newpage)
        """,
        words={"src": "file"},
        faults={"trylock_page(dst)": "0"},
        returns=-11,
        unasked=("new_page",),
        clause=lambda run: run.calls("put_new_page(dst)", at=AT),
    ),
    "ff59909a077b: NR_ISOLATED decremented also on -EAGAIN": Mutant(
        semantics="post",
        depth=1,
        old="""
            if rc != -EAGAIN:
                # Migrated or failed for good, the page leaves the caller's list.
                k.list_del(page)

                # NR_ISOLATED_* counts LRU pages only.
                if not k.__PageMovable(page):
        """,
        new="""
            if rc != -EAGAIN:
                k.list_del(page)
            if True:
                if not k.__PageMovable(page):
        """,
        words={"src": "writeback", "mode": "MIGRATE_SYNC"},
        returns=-11,
        unasked=("ownership",),
        clause=lambda run: run.never("mod_node_page_state(src)", at=AT),
    ),
    "6afcf8ef0ca0: the page's type read after the putback": Mutant(
        semantics="post",
        depth=2,
        old="""
            k.put_page(page)
            if reason == MR_MEMORY_FAILURE:
        """,
        new="""
            k.put_page(page)
            k.page_is_file_lru(page)
            if reason == MR_MEMORY_FAILURE:
        """,
        words={"src": "file"},
        returns=0,
        unasked=("use-after-put",),
        clause=lambda run: run.order("page_is_file_lru(src)", "put_page(src)", at=AT),
    ),
    "98837c7f82ef: migration entries left after a failure": Mutant(
        semantics="post",
        depth=4,
        old="""
            if page_was_mapped:
        """,
        new="""
            if page_was_mapped and rc == MIGRATEPAGE_SUCCESS:
        """,
        words={"src": "file"},
        faults={"try_to_unmap(src)": "false"},
        returns=-11,
        unasked=("entries",),
        clause=lambda run: run.leads_to(
            ("try_to_unmap(src)",), ("remove_migration_ptes(src, src)",), at=AT
        ),
    ),
    "3c226c637b69: put_page before the last unlock_page": Mutant(
        semantics="post",
        depth=4,
        old="""
            k.unlock_page(page)
            k.put_page(page)
        """,
        new="""
            k.put_page(page)
            k.unlock_page(page)
        """,
        words={"src": ("movable", "disowned")},
        faults={"move_to_new_page(dst, src)": "-EBUSY"},
        returns=-16,
        unasked=("use-after-put",),
        clause=lambda run: run.order(
            "unlock_page(src)", "put_page(src)", after="lock_page(src)", at=AT
        ),
    ),
    "41cddf83d8b0: a page about to be freed put on the LRU": Mutant(
        semantics="post",
        depth=1,
        old="""
                else:
                    k.put_page(newpage)
            # out:
        """,
        new="""
                else:
                    k.putback_lru_page(newpage)
            # out:
        """,
        words={"src": "file", "put_new_page": "NULL"},
        faults={"move_to_new_page(dst, src)": "-EAGAIN"},
        returns=-11,
        unasked=("new_page",),
        clause=lambda run: run.ends_on("dst", "free", at=AT),
    ),
    "d776aaa9895e: a return without unlock": Mutant(
        semantics="post",
        depth=5,
        old="""
            rc = -EBUSY
            goto(out_unlock)
        """,
        new="""
            return -EBUSY
        """,
        words={"src": "writeback", "mode": "MIGRATE_ASYNC"},
        returns=-16,
        unasked=("ownership", "locks"),
        clause=lambda run: run.calls("unlock_page(src)", at=AT),
    ),
    "add05cecef80: the soft-offlined page escapes": Mutant(
        semantics="post",
        depth=2,
        old="""
            if reason == MR_MEMORY_FAILURE:
        """,
        new="""
            if False:
        """,
        words={"src": "anon", "reason": "MR_MEMORY_FAILURE"},
        returns=0,
        unasked=(),
        clause=lambda run: run.ends("src", "poisoned", at=AT),
    ),
}
