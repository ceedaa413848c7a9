# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import re

import pytest

from errpath.kernel.declared.primitive import choices_of, primitives_of
from errpath.kernel.linux import Linux
from errpath.vocabulary.primitive import May, Primitive

PRIMITIVES = primitives_of(Linux)

# What each can be called on, what it answers (the faults with their marker), and what it
# does to the ledger and to its thread.
EXPECTED = {
    "trylock_page": "src|dst; 1, 0 trylock; takes PG_locked",
    "lock_page": "src|dst; takes PG_locked; may SLEEP",
    "unlock_page": "src|dst; gives up PG_locked",
    "thp_migration_supported": "test; 1, 0",
    "PageTransHuge": "src; test; 0, 1",
    "page_count": "src; test; 2, 1",
    "__PageMovable": "src; test; 0, 1",
    "PageMovable": "src; test; 1, 0; requires PG_locked",
    "PageWriteback": "src; test; 0, 1 writeback",
    "PageAnon": "src; test; 0, 1",
    "PageKsm": "src; test; 0, 1",
    "page_has_private": "src; test; 0, 1",
    "page_mapped": "src; test; 1, 0",
    "page_pgdat": "src; test",
    "page_is_file_lru": "src; test",
    "hpage_nr_pages": "src; test",
    "page_get_anon_vma": (
        "src; anon_vma, NULL anon_vma; takes anon_vma_ref on anon_vma; may SLEEP"
    ),
    "put_anon_vma": "anon_vma; gives up anon_vma_ref; needs no reference; may SLEEP",
    "try_to_unmap": (
        "src; true, false unmap; takes migration_entries also on a fault; "
        "requires PG_locked; may SLEEP"
    ),
    "remove_migration_ptes": "src, src|dst; gives up migration_entries; may SLEEP",
    "get_new_page": (
        "src; dst, NULL enomem; takes page_ref on dst; may SLEEP ALLOCATE RECLAIM WRITE_BACK"
    ),
    "put_new_page": "dst; gives up page_ref",
    "move_to_new_page": (
        "dst, src; 0, -EAGAIN move, -EBUSY move, -ENOMEM move, -EIO move, -EINVAL move; "
        "requires PG_locked; may SLEEP ALLOCATE WRITE_BACK"
    ),
    "set_page_owner_migrate_reason": "dst; needs no reference",
    "list_del": "src; gives up from_list",
    "put_page": "src|dst; gives up page_ref",
    "putback_lru_page": "src|dst; gives up page_ref",
    "putback_movable_page": "src; requires PG_locked",
    "__ClearPageIsolated": "src; requires PG_locked",
    "ClearPageActive": "src",
    "ClearPageUnevictable": "src",
    "mod_node_page_state": "src",
    "wait_on_page_writeback": "src; may SLEEP",
    "try_to_free_buffers": "src; requires PG_locked",
    "set_hwpoison_free_buddy_page": "src; true, false hwpoison; needs no reference",
    "num_poisoned_pages_inc": "",
}


def _describe(declared: Primitive) -> str:
    taken_on = f" on {declared.takes_on}" if declared.takes_on else ""
    also = " also on a fault" if declared.takes_on_fault else ""
    facts = [
        ", ".join("|".join(names) for names in declared.subjects),
        "test" if declared.test else "",
        ", ".join(f"{a.shown} {a.fault.marker}" if a.fault else a.shown for a in declared.answers),
        f"takes {declared.takes.name}{taken_on}{also}" if declared.takes else "",
        f"gives up {declared.gives_up.name}" if declared.gives_up else "",
        f"requires {declared.requires.name}" if declared.requires else "",
        "" if declared.needs_reference else "needs no reference",
        f"may {' '.join(str(one.name) for one in declared.may)}" if declared.may else "",
    ]
    return "; ".join(filter(None, facts))


def test_every_primitive_is_declared_as_the_kernel_has_it() -> None:
    """
    The little kernel has these primitives, with these subjects, results and effects.
    """
    assert {name: _describe(declared) for name, declared in PRIMITIVES.items()} == EXPECTED


@pytest.mark.parametrize("name", PRIMITIVES)
def test_primitive_says_what_it_does_and_where_it_is_from(name: str) -> None:
    """
    A primitive carries one sentence, and the kernel's file that has it.
    """
    declared = PRIMITIVES[name]
    assert declared.says.endswith(".")
    assert re.fullmatch(r"(\w+_t, )?(mm|fs|include/linux)/[a-z_-]+\.[ch]", declared.source)


def test_choices_ask_for_each_combination() -> None:
    """
    A primitive with answers has a choice for each call of it, with its faults.
    """
    found = choices_of(PRIMITIVES["trylock_page"])
    assert {
        names: (c.text, c.subject, c.values, {v: f.marker for v, f in c.faults.items()})
        for names, c in found.items()
    } == {
        ("src",): ("trylock_page(src)", "src", (1, 0), {0: "trylock"}),
        ("dst",): ("trylock_page(dst)", "dst", (1, 0), {0: "trylock"}),
    }


def test_choice_of_a_call_on_two_pages() -> None:
    """
    The choice of a call on two pages is about the first of them.
    """
    (choice,) = choices_of(PRIMITIVES["move_to_new_page"]).values()
    assert (choice.text, choice.subject, choice.default) == (
        "move_to_new_page(dst, src)",
        "dst",
        0,
    )


def test_allocation_is_the_only_way_into_reclaim() -> None:
    """
    Of all primitives, get_new_page() alone may reclaim; ->writepage() allocates with GFP_NOIO.
    """
    found = {
        may: [name for name, p in PRIMITIVES.items() if p.may & may]
        for may in (May.ALLOCATE, May.RECLAIM)
    }
    assert found == {
        May.ALLOCATE: ["get_new_page", "move_to_new_page"],
        May.RECLAIM: ["get_new_page"],
    }


def test_methods_are_documented() -> None:
    """
    Each primitive is a method under the kernel's own name, and says what it does.
    """
    found = {name: getattr(Linux, name).__doc__ for name in PRIMITIVES}
    assert found == {name: declared.says for name, declared in PRIMITIVES.items()}
