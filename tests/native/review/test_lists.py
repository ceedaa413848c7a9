# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from typing import Final

from errpath.commands.reviewed_lists import list_report
from errpath.native.review.lists import ListReview, _As, list_review
from errpath.native.target.target import Native
from errpath.native.walk.part import Part
from tests.native.conftest import BuildOf

ONE_ATTEMPT: Final = Part(entry="migrate_pages", pages=("a",), attempts=1)
AGAIN: Final = "\t\t\tif (rc == -EAGAIN)\n\t\t\t\ttally.again++;\n"


def _review(built: BuildOf, *changes: tuple[str, str]) -> ListReview:
    builds = {"base": built(), "patched": built(*changes)}
    base, patched = (Native(builds, ONE_ATTEMPT.entry, ONE_ATTEMPT.pages) for _ in builds)
    return list_review(base, patched, ONE_ATTEMPT)


def test_same_behaviour(built: BuildOf) -> None:
    """
    Code that is written in another way has nothing to show.
    """
    found = _review(built, ("tally.lost += tally.again;", "tally.lost = tally.lost + tally.again;"))
    assert (found.runs > 1000, found.behaving, found.smallest) == (True, 0, None)
    assert (found.changes, found.whole) == (False, True)
    assert found.facets.total() + found.newly.total() == 0


def test_another_return_code(built: BuildOf) -> None:
    """
    What differs is counted by what an observer sees, and the smallest example shows it.
    """
    found = _review(built, ("\trc = tally.lost;\n", "\trc = tally.lost + 1;\n"))
    assert 1000 < found.behaving < found.runs
    assert found.changes
    assert {facet.kind for facet in found.facets} == {"returns"}
    assert found.newly == {"cleanup, counts": found.behaving}
    assert found.smallest is not None
    pair = found.smallest
    assert (pair.old.semantics, pair.old.returns) == ("base", 1)
    assert (pair.new.semantics, pair.new.returns) == ("patched", 2)


def test_call_more_is_no_behaviour(built: BuildOf) -> None:
    """
    A call that changes nothing is counted, and is nothing that a reviewer has to look at.
    """
    found = _review(
        built, ("\t\t\tcond_resched();\n", "\t\t\tcond_resched();\n\t\t\tcond_resched();\n")
    )
    assert (found.behaving, found.changes, {one.kind for one in found.facets}) == (
        0,
        False,
        {"calls"},
    )
    assert found.smallest is not None


def test_stop(built: BuildOf) -> None:
    """
    A run that the kernel would stop is told by that alone: what would follow is not missed.
    """
    found = _review(built, (AGAIN, f"\t\t\tunlock_page(page);\n{AGAIN}"))
    assert found.newly.keys() == {"unlock-unlocked", "use-after-put"}
    assert {facet.kind for facet in found.facets} == {"returns"}


def test_answers_that_cannot_be(built: BuildOf) -> None:
    """
    An answer of the base that the rules exclude, where the patched code asks, is found out.
    """
    model = ONE_ATTEMPT.model()
    side = _As(Native(built(), "migrate_pages", ("a",)), "patched", model.vocabulary.rules)
    ksm = model.vocabulary.choices["PageKsm(a)"]
    side.check(ksm, {"PageAnon(a)": 1}, 1)
    assert not side.impossible
    side.check(ksm, {"PageAnon(a)": 0}, 1)
    assert side.impossible


def test_runs_that_cannot_be_compared() -> None:
    """
    What is not compared is told, and is no answer.
    """
    found = ListReview(part=ONE_ATTEMPT, runs=3, incomparable=1, states=2, bound="all")
    assert not found.whole
    assert list(list_report(found, "all")) == [
        "",
        "migrate_pages() on a: 3 runs of the base, each followed by the patched",
        "  code; 2 states; all. Behind the first attempt mode is MIGRATE_SYNC, and",
        "  what else is about no page goes the caller's way.",
        "   NOT COMPARED: 1 run; the patched code asks in an order in which the",
        "   base's answers cannot be",
    ]
