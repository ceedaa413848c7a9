# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from errpath.migrate import post, pre
from errpath.models import model
from errpath.native.review.laws import Verdicts, verdicts
from errpath.native.review.review import EmptyReviewError
from errpath.spec.contract import Law
from tests.language.reading import load_spec
from tests.native.review.variants import of_the_patch, review, variant

UNLOCKS = ("        k.unlock_page(page)\n    # out:\n", "        pass\n    # out:\n")
UNLOCKS_TWICE = (
    "        k.unlock_page(page)\n    # out:\n",
    "        k.unlock_page(page)\n        k.unlock_page(page)\n    # out:\n",
)


def test_patch() -> None:
    """
    The patch changes behaviour, breaks three laws, and allocates under the source's lock.
    """
    found = of_the_patch()
    assert (found.behaving, found.pairs, found.changes) == (128, 3277, True)
    assert [(one.law.name[:2], one.newly, len(one.fresh.broken)) for one in found.broken] == [
        ("C1", 96, 96),
        ("C2", 96, 96),
        ("C6", 3104, 3104),
    ]
    assert [(str(row.key.item), row.key.call) for row in found.under_lock] == [
        ("PG_locked(src)", "get_new_page(src)"),
        ("PG_locked(src)", "put_new_page(dst)"),
        ("PG_locked(src)", "put_page(dst)"),
        ("PG_locked(src)", "putback_lru_page(dst)"),
        ("PG_locked(src)", "set_page_owner_migrate_reason(dst)"),
    ]


def test_exception_for_one_semantics_excuses_nothing() -> None:
    """
    That the specs except `post` from a law is no excuse for a patch that comes to the same.
    """
    assert [
        (one.law.name[:2], [e.semantics for e in one.declared]) for one in of_the_patch().broken
    ] == [
        ("C1", [("post",)]),
        ("C2", [("post",)]),
        ("C6", [("post",)]),
    ]


def test_broken_law_stands_for_its_cleanup_contract() -> None:
    """
    A cleanup contract that a broken law is about is not told twice, but without laws it is.
    """
    assert of_the_patch().broken_promises == []
    (promise,) = review(pre, post, ()).broken_promises
    assert (promise.name, promise.base.bit_count(), promise.newly.bit_count()) == (
        "ownership",
        320,
        96,
    )


def test_patch_taken_back() -> None:
    """
    Backwards, it breaks nothing: the three laws are broken by the base alone.
    """
    found = review(post, pre)
    assert (found.behaving, found.broken, found.stops, found.broken_promises) == (128, [], [], [])
    assert [name[:2] for name in found.repaired] == ["C1", "C2", "C6"]


def test_no_change() -> None:
    """
    The same source on both sides has nothing to look at.
    """
    found = review(pre, pre, ())
    assert (found.behaving, found.pairs, found.changes) == (0, 3151, False)
    assert (found.broken, found.stops, found.under_lock) == ([], [], [])


def test_cost_alone_is_no_change() -> None:
    """
    A call that moves, and is under no other lock, is told and is nothing to look at.
    """
    old = "            k.ClearPageActive(page)\n            k.ClearPageUnevictable(page)\n"
    new = "            k.ClearPageUnevictable(page)\n            k.ClearPageActive(page)\n"
    found = review(pre, variant(pre, old, new), ())
    assert (len(found.claim.differences.groups()), found.changes) == (1, False)


def test_lock_that_is_not_given_up() -> None:
    """
    A lock that is left behind breaks the laws that are about it, on every path that took it.
    """
    found = review(post, variant(post, *UNLOCKS))
    told = {one.law.name: one.newly for one in found.broken}
    assert told.keys() == {
        "C4, no page lock and no anon_vma reference outlives the call",
        "C4, a lock that is taken is given up",
    }
    assert {one.name for one in found.promises if one.newly} == {"locks", "self-deadlock"}


def test_path_that_stops() -> None:
    """
    What the kernel would stop on is told once, and not for each law that binds the path.
    """
    found = review(post, variant(post, *UNLOCKS_TWICE))
    assert [one.name for one in found.stops] == ["unlock-unlocked"]
    assert found.broken == []
    assert sum(one.stopped for one in found.laws.judged) == 9
    assert (found.stopping, found.behaving, len(found.differing.differences.pairs)) == (
        3126,
        3126,
        59,
    )


def _laws(root: Path, *texts: str) -> tuple[Law, ...]:
    return load_spec(root, "# A file.\n\n" + "\n".join(texts)).laws


def _law(name: str, *lines: str) -> str:
    return (
        f'law "{name}" {{\n    because "A reason."\n'
        + "".join(f"    {one}\n" for one in lines)
        + "}\n"
    )


def _verdicts(root: Path, *texts: str) -> Verdicts:
    return verdicts(_laws(root, *texts), of_the_patch().claim, model())


def test_laws_of_other_code(tmp_path: Path) -> None:
    """
    What a law says of one semantics alone, or of a list, is not judged, and named.
    """
    found = _verdicts(
        tmp_path,
        _law("of post", "post: never get_new_page(src)"),
        _law(
            "of both, and of pre", "calls page_count(src) at most once", "pre: never lock_page(src)"
        ),
    )
    assert [(law.name, why) for law, why in found.unjudged] == [("of post", "for post only")]
    assert [(one.law.name, one.left) for one in found.judged] == [("of both, and of pre", 1)]


def test_law_that_checks_nothing(tmp_path: Path) -> None:
    """
    A law that no patched path meets is named: it is not kept.
    """
    found = _verdicts(
        tmp_path,
        _law("of nothing", "when page_count(src) = 1 and get_new_page(src)", "returns 0"),
    )
    (verdict,) = found.judged
    assert verdict.idle == ("no path meets the condition of the law",)


def test_law_that_both_break(tmp_path: Path) -> None:
    """
    Where the base breaks a law too, it counts for the pairs on which it does not.
    """
    found = _verdicts(tmp_path, _law("strict", "never trylock_page(src)"))
    (verdict,) = found.judged
    assert (len(verdict.base.broken), len(verdict.patched.broken), verdict.newly) == (
        3100,
        3136,
        128,
    )


def test_nothing_to_judge() -> None:
    """
    A base that takes no lock on any path, as if it did nothing, is no answer.
    """
    assert _said(_idle(), pre) == "no path of the base code calls anything under a lock"
    assert review(pre, _idle(), ()).behaving > 0


def _idle() -> ModuleType:
    return variant(pre, "    rc = MIGRATEPAGE_SUCCESS\n    newpage = NULL\n", "    return 0\n")


def _said(base: ModuleType, patched: ModuleType) -> str:
    with pytest.raises(EmptyReviewError) as error:
        _ = review(base, patched, ()).edges
    return str(error.value)
