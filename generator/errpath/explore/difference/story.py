# SPDX-License-Identifier: GPL-2.0-only
"""
What became of the pages that a run touched after it had let go of them, told in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.kernel.run import Run

_ISOLATION = ("page_ref", "from_list", "NR_ISOLATED")
_MOST = 6


class Told(NamedTuple):
    """
    One sentence, in which `{3}` stands for the event of step 3, and the steps that it is about.
    """

    says: str
    steps: tuple[int, ...]


def story(run: Run) -> list[Told]:
    """
    Tell who held each such page, who let go of it, and who touched it; [] if there is none.

    A bug that ends the run is the last sentence.
    """
    told: list[Told] = []
    for page in dict.fromkeys((*(ref.subject for _, ref in run.touched), *_put(run))):
        told += _of(run, page)
    if run.bug is not None and told:
        bug, last = run.bug, len(run.trace)
        says = f"{{{last}}} {bug.says}" if bug.at_event else f"then {bug.says}"
        since = f"; {{{bug.since}}} has {bug.way} it" if bug.since and not bug.at_event else ""
        told.append(Told(f"{says}{since}: the run stops on {bug.name}", (last,)))
    return told


def _put(run: Run) -> Iterator[str]:
    """
    Name the pages that a run which a bug has ended had let go of before.
    """
    if run.bug is None:
        return
    for row, start, _ in run.ledger.spans:
        if row.hold.name == "page_ref" and not start:
            yield row.subject


def _of(run: Run, page: str) -> Iterator[Told]:
    spans = sorted(run.ledger.spans, key=lambda span: span[2])
    mine = [span for span in spans if span[0].subject == page]
    own = [row.text for row, start, _ in mine if not start and row.hold.name in _ISOLATION]
    if own:
        yield Told(f"before the run: {', '.join(own)} are held, by the isolation", ())
    puts = [end for row, _, end in mine if row.hold.name == "page_ref"]
    gone = max(puts, default=0)
    for row, start, end in mine:
        if start and row.hold.name in _ISOLATION:
            yield Told(f"{{{start}}} takes {row.text}", (start,))
        if row.hold.name in _ISOLATION:
            yield Told(f"{{{end}}} gives up {row.text}", (end,))
    if gone:
        yield Told(f"from there on, this run holds no reference to {page}", ())
    touches = [step for step, ref in run.touched if ref.subject == page and step > gone]
    first, *more = list(dict.fromkeys(touches)) or [0]
    if first:
        says = f"{{{first}}} touches {page} all the same: only others keep it"
        yield Told(says, (first,))
    if more:
        shown = more[:_MOST]
        says = f"so {'does' if len(more) == 1 else 'do'} {', '.join(f'{{{n}}}' for n in shown)}"
        left = len(more) - len(shown)
        yield Told(f"{says} and {left} more" if left else says, tuple(shown))
