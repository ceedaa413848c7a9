# SPDX-License-Identifier: GPL-2.0-only
"""
A review as a text that can be pasted into a reply to the mail: its answers first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from errpath.commands.differing import report as differences
from errpath.commands.loading import counted
from errpath.commands.screen import WIDTH, lines_of
from errpath.contracts.listing import Listing
from errpath.explore.edges.columns import MAY
from errpath.explore.edges.example import excerpt
from errpath.explore.edges.text import limits
from errpath.native.review.sides import BASE, PATCHED
from errpath.native.tree.tree import MIGRATE
from errpath.vocabulary.primitive import May

if TYPE_CHECKING:
    from errpath.explore.edges.comparison import Row
    from errpath.explore.edges.survey import Edge
    from errpath.native.review.case import Case
    from errpath.native.review.guard import Crash
    from errpath.native.review.laws import Verdict
    from errpath.native.review.promises import Promise
    from errpath.native.review.review import Review

_GRAVE: Final = May.ALLOCATE | May.RECLAIM
_NAMED: Final = 3


def answers(review: Review) -> Iterator[str]:
    """
    Give the lines that answer what a reviewer asks.
    """
    yield from folded(_behaviour(review))
    yield from folded(_newly_under_lock(review))
    yield from folded(_newly_broken(review))


def report(review: Review, examples: str) -> Iterator[str]:
    """
    Tell what was found, a line at a time; `examples` is "all" or "none".
    """
    yield from _differences(review, examples)
    yield from _laws(review)
    yield from _locks(review)


def crashed(crash: Crash) -> Iterator[str]:
    """
    Tell how far a run came that did not come to its end.
    """
    yield ""
    yield from folded("; ".join(f"{text}: {value}" for text, value in crash.choices.items()))
    yield ""
    yield f"  trace, {crash.side or 'built'} (C of {MIGRATE}), up to there:"
    yield from (f"    {text}" for text in crash.trace or ("nothing is called",))


def _behaviour(review: Review) -> str:
    pairs = counted(review.pairs, "pair")
    if not review.behaving:
        return f"Behaviour does not change on any of {pairs} of paths."
    return f"Behaviour changes on {review.behaving} of {pairs} of paths."


def _newly_under_lock(review: Review) -> str:
    rows = review.under_lock
    waiting = [row for row in rows if row.primitive.may]
    named = [f"{row.key.call} under {row.key.item}" for row in (waiting or rows)[:_NAMED]]
    left = len(rows) - len(named)
    if not rows:
        return "Nothing is newly called with a lock held."
    what = "" if waiting else " (none may sleep, allocate, reclaim or write back)"
    more = f", and {counted(left, 'call')} more" if left else ""
    return f"Newly called with a lock held: {', '.join(named)}{more}{what}."


def _newly_broken(review: Review) -> str:
    laws, contracts = len(review.laws.judged), len(review.model.vocabulary.cleanup)
    judged = f"{counted(contracts, 'cleanup contract')}, and no law of any spec"
    if laws:
        judged = f"{counted(laws, 'law')} and {counted(contracts, 'cleanup contract')}"
    broken = len(review.broken) + len(review.broken_promises)
    says = f"Of {judged}, {broken or 'none'} {'are' if broken > 1 else 'is'} newly broken"
    stops = reduce(or_, (one.newly for one in review.stops), 0).bit_count()
    return (
        f"{says}, and on {counted(stops, 'pair')} the kernel would stop." if stops else f"{says}."
    )


def _differences(review: Review, examples: str) -> Iterator[str]:
    if review.stopping:
        says = f"On {counted(review.stopping, 'pair')} the kernel would stop one side only (below)"
        left = len(review.differing.differences.pairs)
        told = (
            f"what differs besides is told of the other {left}" if left else "there are no others"
        )
        yield ""
        yield from folded(f"{says}; {told}.")
    if review.differing.differences.groups():
        yield ""
        yield from differences(review.differing, examples, declaring=False)


def _laws(review: Review) -> Iterator[str]:
    broken, promises = review.broken, [*review.stops, *review.broken_promises]
    if broken or promises:
        yield ""
        yield "Broken by the patched code, and not by the base:"
    for promise in promises:
        yield ""
        yield from _broken_promise(promise, review)
    for verdict in broken:
        yield ""
        yield from _broken(verdict)
    judged = review.laws.judged
    both = [one.law.name for one in judged if one.patched.broken and not one.newly]
    both += [f"cleanup, {one.name}" for one in review.promises if one.patched and not one.newly]
    unjudged: dict[str, list[str]] = defaultdict(list)
    for law, why in review.laws.unjudged:
        unjudged[f"Not judged ({why})"].append(law.name)
    rows = (
        ("Not kept where the kernel stops", [one.law.name for one in judged if one.stopped]),
        ("Broken by both", both),
        ("Broken by the base alone", review.repaired),
        ("Not checked by the patched code", [one.law.name for one in judged if one.idle]),
        *unjudged.items(),
        (
            "Judged without what they say of one semantics alone",
            [one.law.name for one in judged if one.left],
        ),
    )
    for says, names in rows:
        yield from _listed(says, names)


def _listed(says: str, names: list[str]) -> Iterator[str]:
    if names:
        yield ""
        yield from folded(f"{says}: {'; '.join(names)}.", "  ")


def _broken(verdict: Verdict) -> Iterator[str]:
    told = verdict.fresh.explained(
        verdict.law.name,
        at=str(verdict.law.at),
        semantics=PATCHED,
        target=f"C of {MIGRATE}",
        again="",
    )
    yield from told.rpartition("\n\nagain:")[0].split("\n")
    for one in verdict.declared:
        where = ", ".join(one.semantics)
        yield from folded(f"  the specs except {where} from it ({one.at}): {one.because}", "    ")


def _broken_promise(promise: Promise, review: Review) -> Iterator[str]:
    if promise.pair is None:
        return
    run = promise.pair.new
    kind = "the kernel would stop here" if promise.stop else "cleanup contract broken"
    on = counted(promise.newly.bit_count(), "pair")
    yield from folded(f"{kind} in {PATCHED}: {promise.name} (on {on})", "   ")
    complaints = promise.complaints(review.model)
    listing = Listing(run, [mark for one in complaints for mark in one.marks])
    if run.bug is not None:
        yield from folded(f"   - {_stop(listing)}", "     ")
    for complaint in complaints:
        yield from folded(f"   - {listing.fill(complaint.says)}", "     ")
    yield ""
    yield f"  trace, {PATCHED} (C of {MIGRATE}):"
    yield from listing.lines()


def _stop(listing: Listing) -> str:
    bug = listing.run.bug
    if bug is None:
        return ""
    last = len(listing.run.trace)
    return listing.fill(f"{{{last}}} {bug.says}") if bug.at_event and last else bug.says


def _locks(review: Review) -> Iterator[str]:
    rows = [row for row in review.under_lock if row.primitive.may]
    if rows:
        yield ""
        yield "Newly called with a lock held:"
    for row in rows:
        seen = row.seen[-1]
        if seen is None:
            continue
        paths = review.edges.surveys[-1].paths
        yield ""
        yield f"+ {row.key.call} under {row.key.item}"
        yield f"  may {_may(row.primitive.may)}"
        yield f"  on {seen.paths} of {paths} paths of {PATCHED}; the smallest:"
        yield from excerpt(row.key, seen)
    idle = [row for row in review.under_lock if not row.primitive.may]
    yield from _listed(
        "Newly called with a lock held, and may not sleep, allocate, reclaim or write back",
        list(_by_lock(idle)),
    )
    yield ""
    yield from wrap(limits(review.edges), WIDTH)


def _by_lock(rows: Iterable[Row[Edge]]) -> Iterator[str]:
    calls: dict[str, list[str]] = {}
    for row in rows:
        calls.setdefault(str(row.key.item), []).append(row.key.call)
    for item, names in calls.items():
        yield f"under {item} {', '.join(names)}"


def _may(may: May) -> str:
    words = [says for one, (_, says) in MAY.items() if may & one]
    return f"{', '.join(words[:-1])} and {words[-1]}" if words[1:] else "".join(words)


def not_judged(case: Case, *, other: bool) -> Iterator[str]:
    """
    List what of the patch has no answer; `other` parts of it have one.
    """
    unjudged = case.touched.unjudged
    if unjudged:
        yield "NOT JUDGED is what else the patch changes:" if other else "COULD NOT BE JUDGED:"
    for one in unjudged:
        yield from folded(f"- {one}", "  ")


def how(case: Case) -> Iterator[str]:
    """
    Tell where the patch went in, and what of it was judged.
    """
    yield ""
    title = case.patch.subject or case.patch.name
    yield from folded(f"The patch: {_ascii(title)}", "  ")
    for note in case.patch.notes:
        yield from folded(f"  note: {note}", "    ")
    yield from folded(f"went into {MIGRATE} of Linux {case.tree.version}:", "  ")
    for place in case.hunks:
        yield from folded(f"  {place}", "    ")
    if case.touched.judged:
        names = ", ".join(case.touched.judged)
        says = (
            f"Judged is what it changes in {names}: {BASE} is the C without it, {PATCHED} with it."
        )
        yield from folded(says, "  ")


def _ascii(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text).encode("ascii", "replace").decode()


def folded(text: str, rest: str = "  ") -> list[str]:
    """
    Break a sentence into lines that fit a mail; those behind the first begin with `rest`.
    """
    first = text[: len(text) - len(text.lstrip())]
    return lines_of(text.strip(), first, rest)
