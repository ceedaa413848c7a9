# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from errpath.kernel.calls.rmap import ANON_VMA
from errpath.kernel.findings import KernelBug
from errpath.kernel.linux import Linux
from errpath.kernel.page import NULL
from tests.kernel.stage import ISOLATED, stage

Act: TypeAlias = Callable[[Linux, Any], object]


def _put(k: Linux, page: Any) -> None:
    k.list_del(page)
    k.put_page(page)


def _lock_twice(k: Linux, page: Any) -> None:
    k.trylock_page(page)
    k.PageWriteback(page)
    k.lock_page(page)


def _unlock_twice(k: Linux, page: Any) -> None:
    k.lock_page(page)
    k.unlock_page(page)
    k.unlock_page(page)


def _put_anon_vma_twice(k: Linux, page: Any) -> None:
    k.page_get_anon_vma(page)
    k.put_anon_vma(ANON_VMA)
    k.put_anon_vma(ANON_VMA)


def _list_del_twice(k: Linux, page: Any) -> None:
    k.list_del(page)
    k.list_del(page)


def _count_twice(k: Linux, page: Any) -> None:
    k.mod_node_page_state(page, 0, -1)
    k.mod_node_page_state(page, 0, -1)


def _touch(name: str) -> Act:
    def touch(k: Linux, page: Any) -> None:
        _put(k, page)
        getattr(k, name)(page)

    return touch


def _read_mapping(k: Linux, page: Any) -> None:
    _put(k, page)
    assert page.mapping


def _unmap_unlocked(k: Linux, page: Any) -> None:
    k.lock_page(page)
    k.unlock_page(page)
    k.try_to_unmap(page)


GONE = "touches src, on which no reference is held"

BUGS: dict[str, tuple[Act, tuple[str, str, int | None, bool]]] = {
    "unlock_page, unlocked": (
        lambda k, page: k.unlock_page(page),
        ("unlock-unlocked", "unlocks src, which is not locked", None, True),
    ),
    "unlock_page, twice": (
        _unlock_twice,
        ("unlock-unlocked", "unlocks src, which is not locked", 2, True),
    ),
    "lock_page, own lock": (
        _lock_twice,
        ("self-deadlock", "waits for the page lock of src, which it holds itself", 1, True),
    ),
    "put_anon_vma, never taken": (
        lambda k, _: k.put_anon_vma(ANON_VMA),
        (
            "refcount-underflow",
            "drops the reference of anon_vma, which is not held",
            None,
            True,
        ),
    ),
    "put_anon_vma, twice": (
        _put_anon_vma_twice,
        (
            "refcount-underflow",
            "drops the reference of anon_vma, which is not held",
            2,
            True,
        ),
    ),
    "list_del, twice": (
        _list_del_twice,
        ("list-del-off-list", "deletes src from a list that it is not on", 1, True),
    ),
    "NR_ISOLATED, twice": (
        _count_twice,
        ("count-underflow", "takes src off a count that does not hold it", 1, True),
    ),
    "remove_migration_ptes, none": (
        lambda k, page: k.remove_migration_ptes(page, page, 0),
        ("no-migration-entries", "removes migration entries of src, which has none", None, True),
    ),
    "use after put, by an act": (_touch("ClearPageActive"), ("use-after-put", GONE, 2, True)),
    "use after put, by unlock_page": (_touch("unlock_page"), ("use-after-put", GONE, 2, True)),
    "use after put, by put_page": (_touch("put_page"), ("use-after-put", GONE, 2, True)),
    "use after put, by a test": (_touch("PageAnon"), ("use-after-put", GONE, 2, True)),
    "use after put, by a trylock": (_touch("trylock_page"), ("use-after-put", GONE, 2, True)),
    "use after put, by page->mapping": (
        _read_mapping,
        ("use-after-put", f"a read of page->mapping {GONE}", 2, False),
    ),
    "try_to_unmap, unlocked": (
        _unmap_unlocked,
        ("vm-bug-on", "is called without the page lock of src", 2, True),
    ),
    "PageMovable, unlocked": (
        lambda k, page: k.PageMovable(page),
        ("vm-bug-on", "is called without the page lock of src", None, True),
    ),
    "try_to_free_buffers, unlocked": (
        lambda k, page: k.try_to_free_buffers(page),
        ("vm-bug-on", "is called without the page lock of src", None, True),
    ),
    "VM_BUG_ON_PAGE": (
        lambda k, page: k.VM_BUG_ON_PAGE(1, page),
        ("vm-bug-on", "an assertion about src does not hold", None, False),
    ),
    "put_page(NULL)": (
        lambda k, _: k.put_page(NULL),
        ("null-dereference", "put_page() is called on NULL", None, False),
    ),
    "trylock_page(NULL)": (
        lambda k, _: k.trylock_page(NULL),
        ("null-dereference", "trylock_page() is called on NULL", None, False),
    ),
    "move_to_new_page(NULL)": (
        lambda k, page: k.move_to_new_page(NULL, page, "MIGRATE_SYNC"),
        ("null-dereference", "move_to_new_page() is called on NULL", None, False),
    ),
    "NULL->mapping": (
        lambda _, __: NULL.mapping,
        ("null-dereference", "page->mapping is read through NULL", None, False),
    ),
    "undeclared call": (
        lambda k, _: k.list_del(k.pages["dst"]),
        ("undeclared-call", "list_del(dst) is no call that the vocabulary declares", None, False),
    ),
    "undeclared pair": (
        lambda k, page: k.move_to_new_page(page, page, "MIGRATE_SYNC"),
        (
            "undeclared-call",
            "move_to_new_page(src, src) is no call that the vocabulary declares",
            None,
            False,
        ),
    ),
}


@pytest.mark.parametrize("name", BUGS)
def test_debug_check_stops(name: str) -> None:
    """
    What a debug option of the kernel would stop on ends the run, with its cause.
    """
    act, expected = BUGS[name]
    k, src, _ = stage()
    with pytest.raises(KernelBug) as found:
        act(k, src)
    bug = found.value
    assert (bug.name, bug.says, bug.since, bug.at_event) == expected


def test_offending_event_is_the_last() -> None:
    """
    The call that a debug check stops on is in the trace, behind everything before it.
    """
    k, src, _ = stage()
    with pytest.raises(KernelBug):
        _unlock_twice(k, src)
    assert [event.text for event in k.trace] == [
        "lock_page(src)",
        "unlock_page(src)",
        "unlock_page(src)",
    ]


def test_bug_is_worded_with_its_name() -> None:
    """
    As text, a bug is the name of its check and what was done.
    """
    assert str(KernelBug("vm-bug-on", "it does not hold")) == "vm-bug-on: it does not hold"


def test_false_assertion_passes() -> None:
    """
    VM_BUG_ON_PAGE() of what is not so does nothing.
    """
    k, src, _ = stage()
    k.VM_BUG_ON_PAGE(0, src)
    assert k.trace == []


@pytest.mark.parametrize("missing", ["src", "dst"])
def test_move_to_new_page_wants_both_locks(missing: str) -> None:
    """
    move_to_new_page() asserts that both pages are locked.
    """
    locks = [f"PG_locked({name})" for name in ("src", "dst") if name != missing]
    k, src, dst = stage(*ISOLATED, "page_ref(dst)", *locks)
    with pytest.raises(KernelBug, match=rf"without the page lock of {missing}$"):
        k.move_to_new_page(dst, src, "MIGRATE_SYNC")
