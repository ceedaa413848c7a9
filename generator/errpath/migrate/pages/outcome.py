# SPDX-License-Identifier: GPL-2.0-only
"""
What became of each page of a list, read off the trace and the ledger of a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from errpath.kernel.holds import PAGE_REF
from errpath.kernel.pages.listed_page import tails
from errpath.vocabulary.hold import item

if TYPE_CHECKING:
    from collections.abc import Callable

    from errpath.kernel.run import Run

_TELLING: Final = frozenset(
    {"PageHuge", "move_to_new_page", "page_count", "trace_mm_migrate_pages"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    The pages that were migrated or freed, those that failed for good, those that were left.

    `last` is the page that was tried last, `tried_last` are those that were tried in the last
    pass, `end` is the step at which migrate_pages() reported.
    """

    done: frozenset[str]
    failed: frozenset[str]
    left: frozenset[str]
    last: str
    tried_last: frozenset[str]
    end: int


def outcome_on(pages: tuple[str, ...]) -> Callable[[Run], Outcome]:
    """
    Give what reads the outcome of a run on pages of those names.
    """
    of = {item(PAGE_REF, name): name for name in (*pages, *tails(pages))}

    def outcome(run: Run) -> Outcome:
        done: set[str] = set()
        tried_last: set[str] = set()
        last, end = "", len(run.trace)
        last_pass = run.passes[-1][0] if run.passes else 0
        for step, made in enumerate(run.trace):
            name = made.primitive.name
            if name not in _TELLING:
                continue
            if name == "PageHuge":
                last = made.subjects[0]
                if step >= last_pass:
                    tried_last.add(last)
            elif name == "move_to_new_page":
                if made.value == 0:
                    done.add(made.subjects[1])
            elif name == "page_count":
                if made.value == 1:
                    done.add(made.subjects[0])
            else:
                end = step + 1
                break
        gone = {of[row] for row, _, at in run.ledger.spans if row in of and at <= end}
        rows = [row for row, _, at in run.ledger.spans if at > end]
        left = {of[row] for row in (*run.ledger.held, *rows) if row in of}
        return Outcome(
            done=frozenset(done),
            failed=frozenset(gone - done),
            left=frozenset(left - done - gone),
            last=last,
            tried_last=frozenset(tried_last),
            end=end,
        )

    return outcome
