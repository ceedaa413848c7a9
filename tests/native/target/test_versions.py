# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.holds import FROM_LIST, NR_ISOLATED, PAGE_REF
from errpath.migrate.situation import RULES
from errpath.native.refusal import RefusedError
from errpath.vocabulary.hold import item
from tests.native.conftest import BuildOf
from tests.native.target.seen import Answers, every, first
from tests.native.trees import SOURCE

TRACE = "trace_mm_migrate_pages(tally.moved, tally.lost, mode, reason);"


def _text(*changes: tuple[str, str]) -> str:
    text = SOURCE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


EARLY = (
    ("static int unmap_and_move(", "static ICE_noinline int unmap_and_move("),
    ("page_is_file_lru", "page_is_file_cache"),
    ("set_hwpoison_free_buddy_page(page)", "!test_set_page_hwpoison(page)"),
    ("get_new_page(page, private)", "get_new_page(page, private, &result)"),
    ("get_new_page(hpage, private)", "get_new_page(hpage, private, &result)"),
    (
        "	struct page *newpage = NULL;\n",
        "	struct page *newpage = NULL;\n	int *result = NULL;\n",
    ),
    ("	struct page *new_hpage;\n", "	struct page *new_hpage;\n	int *result = NULL;\n"),
)
LATE = (
    ("hpage_nr_pages", "thp_nr_pages"),
    (TRACE, TRACE.replace("mode", "0, 0, 0, mode")),
    (
        "	if (tally.moved)\n		count_vm",
        "	count_vm_events(THP_MIGRATION_SPLIT, 2);\n	if (tally.moved)\n		count_vm",
    ),
)
LATER = (
    *LATE,
    ("reason reason)\n{", "reason reason,\n			  struct list_head *ret)\n{"),
    ("pass > 2, mode, reason);\n\n", "pass > 2, mode, reason, &failed);\n\n"),
    ("	int pass, rc;\n", "	int pass, rc;\n	LIST_HEAD(failed);\n"),
    (
        "			putback_lru_page(page);\n		else",
        "			list_add_tail(&page->lru, ret);\n		else",
    ),
    (
        "			return_to_driver(page);\n	}\n	if",
        "			list_add_tail(&page->lru, ret);\n	}\n	if",
    ),
    (
        "		account(page);\n	}\n	if (!rc) {\n",
        "	}\n	if (!rc) {\n		account(page);\n",
    ),
    ("report:\n", "report:\n	list_splice(&failed, from);\n"),
)
LATEST = (*LATER, ("try_to_unmap", "try_to_migrate"))
BUSY = Answers(**{"move_to_new_page(dst, src)": -16})


def _calls(built: BuildOf, text: str, version: str) -> list[list[str]]:
    target = built(text=text, version=version).target()
    return [run["trace"] for run in every(target, "pre", RULES, 200)]


@pytest.mark.parametrize(
    ("version", "changes"),
    [
        ("4.9.154", EARLY),
        ("4.14.3", EARLY),
        ("5.4.18", EARLY[:2]),
        ("5.7.14", EARLY[:1]),
        ("5.9.2", LATE),
    ],
)
def test_kernel_that_names_things_otherwise_calls_the_same(
    built: BuildOf, version: str, changes: tuple[tuple[str, str], ...]
) -> None:
    """
    Other names and parameters of a version are the primitives that they are.
    """
    wanted = [[str(e) for e in run] for run in _calls(built, _text(), "5.8.18")]
    assert [[str(e) for e in run] for run in _calls(built, _text(*changes), version)] == wanted


@pytest.mark.parametrize(
    ("version", "changes", "name"),
    [
        ("5.8.18", LATE[:1], "thp_nr_pages"),
        ("5.8.18", EARLY[1:2], "page_is_file_cache"),
        ("5.13.0", (("try_to_unmap", "try_to_migrate"),), "try_to_migrate"),
    ],
)
def test_name_of_another_version_is_not_known(
    built: BuildOf, version: str, changes: tuple[tuple[str, str], ...], name: str
) -> None:
    """
    The stub has a name for the versions that have it, and for no other.
    """
    with pytest.raises(RefusedError) as refused:
        built(text=_text(*changes), version=version)
    says = f"{name}() is called, and no primitive of that name is modelled"
    assert says in str(refused.value)


def test_earlier_kernel_asks_the_new_page_what_it_is(built: BuildOf) -> None:
    """
    Up to 5.0 the new page tells whether it goes to the LRU, and may say what it likes.
    """
    change = (
        "	if (on_lru)\n		putback_lru_page(newpage)",
        "	if (!__PageMovable(newpage))\n		putback_lru_page(newpage)",
    )
    target = built(text=_text(*EARLY, change), version="4.9.154").target()
    run = target.run("pre", Answers(**{"__PageMovable(dst)": 1}))
    assert run.returns == 0
    assert "put_page(dst)" in run.calls()


def test_earlier_kernel_splits_what_it_cannot_migrate_whole(built: BuildOf) -> None:
    """
    Up to 4.16 a huge page is split where the caller gives none: the new page is asked.
    """
    split = """\
		if (PageTransHuge(page) && !PageTransHuge(newpage)) {
			lock_page(page);
			rc = split_huge_page(page);
			unlock_page(page);
			if (rc)
				return rc;
		}
		rc = __unmap_and_move(page, newpage, force, mode);
"""
    whole = "		rc = __unmap_and_move(page, newpage, force, mode);\n"
    target = built(text=_text(*EARLY, (whole, split)), version="4.15.18").target()
    run = target.run("pre", Answers(**{"PageTransHuge(src)": 1, "PageTransHuge(dst)": 0}))
    assert "split_huge_page(src) = 0" in run.calls()
    run = target.run("pre", Answers(**{"PageTransHuge(src)": 1, "PageTransHuge(dst)": 1}))
    assert "split_huge_page(src) = 0" not in run.calls()


def test_count_of_4_9_is_given_up_page_by_page(built: BuildOf) -> None:
    """
    dec_node_page_state() is told as what took its place in 4.14.
    """
    later = (
        "\tmod_node_page_state(page_pgdat(page), NR_ISOLATED_ANON + page_is_file_cache(page),\n"
        "\t\t\t    -hpage_nr_pages(page));\n"
    )
    head, tail = _text(*EARLY).split(later)
    counted = "	dec_node_page_state(page, NR_ISOLATED_ANON + page_is_file_cache(page));\n"
    run = built(text=head + counted + tail, version="4.9.154").target().run("pre", first)
    assert "mod_node_page_state(src)" in run.calls()
    assert run.final["counters"]["NR_ISOLATED"] == -1


@pytest.mark.parametrize(("version", "changes"), [("5.11.14", LATER), ("5.15.100", LATEST)])
def test_page_that_failed_for_good_is_left_on_the_list_for_that(
    built: BuildOf, version: str, changes: tuple[tuple[str, str], ...]
) -> None:
    """
    From 5.11 on unmap_and_move() gives such a page to its caller, isolated and counted.
    """
    run = built(text=_text(*changes), version=version).target().run("pre", BUSY)
    assert run.returns == -16
    assert run.final["src"]["on"] == "ret_pages"
    assert run.entitled == {item(PAGE_REF, "src"), item(NR_ISOLATED, "src")}


@pytest.mark.parametrize(("version", "changes"), [("5.11.14", LATER), ("5.15.100", LATEST)])
def test_page_that_failed_for_good_is_on_the_callers_list_at_the_end(
    built: BuildOf, version: str, changes: tuple[tuple[str, str], ...]
) -> None:
    """
    From 5.11 on migrate_pages() gives back what failed, and putback takes it off.
    """
    build = built(text=_text(*changes), version=version)
    answers = Answers(**{"move_to_new_page(a_new, a)": -16})
    run = build.target("migrate_pages", ("a", "b")).run("pre", answers)
    assert (run.returns, run.final["a"]["on"], run.final["b"]["on"]) == (1, "from_list", "free")
    held = {item(hold, "a") for hold in (PAGE_REF, NR_ISOLATED, FROM_LIST)}
    assert run.ledger.held.keys() == held == run.entitled
    run = build.target("migrate_pages_and_putback", ("a", "b")).run("pre", answers)
    assert run.final["a"]["on"] == "pagevec"
    assert run.ledger.held == {}
    assert run.counters["THP_MIGRATION_SPLIT"] == 2
