# SPDX-License-Identifier: GPL-2.0-only
"""
What is seen of a machine when the attempt of a lone page is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.judge import Judge
from errpath.explore.merged.lone.outcome import Did, End, Moved, Outcome, Stray, rows_of
from errpath.kernel.calls.vm_events import PGMIGRATE_FAIL, PGMIGRATE_SUCCESS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from errpath.explore.merged.lone.scripted import Scripted
    from errpath.explore.merged.lone.status import Facts
    from errpath.explore.merged.lone.trial import Trial
    from errpath.kernel.event import Event
    from errpath.kernel.pages.listed_page import ListedPage
    from errpath.kernel.run import Run
    from errpath.kernel.target import Obligation
    from errpath.vocabulary.choice import Value
    from errpath.vocabulary.hold import Item

_LRU: Final = frozenset({"pagevec", "lru"})
_NOTHING: Final[frozenset[Any]] = frozenset()
_FAIL: Final = PGMIGRATE_FAIL.name
_SUCCESS: Final = PGMIGRATE_SUCCESS.name


class Observer:
    """
    Makes the outcome of each run of a machine under a script.

    `shared` are the questions about no page. `anew` are those whose answers are forgotten when a
    page is tried again, `kinds` those that are not, each with its page.
    """

    def __init__(
        self,
        machine: Any,
        *,
        semantics: str,
        shared: frozenset[str],
        obligations: Iterable[Obligation],
    ) -> None:
        self._k = machine
        self._shared = shared
        self._judge = Judge(machine, semantics, obligations)
        self.head: str = machine.from_.says
        self.anew = frozenset(text for page in machine.owners for text in page.asked_anew)
        self.kinds = {text: p.name for p in machine.owners for text in p.texts.values()}
        self._owner = {
            name: page.name
            for page in machine.owners
            for name in (page.name, page.new.name, page.anon_vma.name, page.i_mmap.name)
        }
        self._calls: dict[Event, frozenset[str]] = {}
        self._fit: dict[str, set[Event]] = {page.name: set() for page in machine.owners}
        self._done: set[Event] = set()
        self._abouts: dict[str, str | None] = {}
        self._texts: dict[frozenset[str], tuple[frozenset[str], tuple[str, ...]]] = {}
        self._rows: dict[frozenset[Any], frozenset[object]] = {}
        self._known: dict[Any, Facts] = {}
        self._moves: dict[Any, Moved] = {}
        self._dids: dict[Did, Did] = {}
        self._held: dict[tuple[str, ...], dict[Item, str]] = {}
        self._tails = frozenset(page.tail.name for page in machine.owners)

    def owner(self, row: Any) -> str | None:
        """
        Name the page that a row of the ledger is of, as one of its new page.
        """
        item = row[0] if isinstance(row, tuple) else row
        return self._owner.get(item.subject)

    def about(self, text: str) -> str | None:
        """
        Name the page that a fact is about: that of its new page is about it, too.
        """
        if text not in self._abouts:
            names = text.partition("(")[2].removesuffix(")").split(", ")
            names.append(text.partition("->")[0])
            found = (self._owner[name] for name in names if name in self._owner)
            self._abouts[text] = next(found, None)
        return self._abouts[text]

    def outcome(self, alone: Scripted, trial: Trial, run: Run | None) -> Outcome:
        """
        Give the outcome of an attempt.
        """
        k, by = self._k, trial.by
        events = tuple(k.trace[alone.step :])
        if not self._fit[by].issuperset(events):
            self._hold_to(by, events)
        facts, put = alone.facts, k.on.put
        written, texts = self._sorted(facts.seen)
        names = k.from_.names()
        moved = end = None
        _, retried, failed, succeeded = alone.counted
        if run is None:
            _, retry, now_failed, now_succeeded = k.progress
            retry -= retried if alone.number == alone.number_before else 0
            moved = self._moved(trial, names, k.ahead, retry)
        else:
            end = self._end(run, trial, names)
            counters = run.counters
            now_failed, now_succeeded = counters.get(_FAIL, 0), counters.get(_SUCCESS, 0)
            # What other attempts are counted for, this one does not report.
            others = {_FAIL: now_failed == failed, _SUCCESS: now_succeeded == succeeded}
            events = tuple([e for e in events if not any(others.get(s) for s in e.subjects)])
        last = tuple([(text, facts[text]) for text in texts if text in facts])
        known = _NOTHING
        if end is None:
            known = self._that_stay(last, names, k.last)
        elif end.moved:
            known = self._that_stay(last, names, None)
        did = Did(
            now_failed - failed,
            now_succeeded - succeeded,
            _NOTHING if self._done.isdisjoint(events) else self._pages_done(events),
            self._tails.intersection(put) if put else _NOTHING,
            self._judge.broken(alone),
            lru=not _LRU.isdisjoint(put.values()),
        )
        return Outcome(
            moved=moved,
            end=end,
            did=self._dids.setdefault(did, did),
            known=known,
            written=written,
            events=events,
            put=tuple(put.items()),
            carries=frozenset(k.carries.new),
            PG_lru=frozenset(k.PG_lru.new),
            facts=last,
            touches=(
                len(k.touched) > alone.touched
                or bool(end and end.bug)
                or bool(moved and moved.stray)
            ),
            isolated=k.counters.get("NR_ISOLATED", 0) - alone.isolated,
            held=self._held_of((by,), alone, len(events)),
        )

    def _held_of(
        self, names: tuple[str, ...], alone: Scripted, over: int
    ) -> frozenset[tuple[str, int, int]]:
        """
        Give what an attempt of so many calls holds of pages, between which of them.
        """
        k, begun = self._k, alone.step
        texts = self._held.setdefault(names, {})
        found = []
        for row, start, end in k.spans[alone.spans :]:
            text = texts.get(row) or self._text_of(row, names)
            if text is not None:
                found.append((text, max(start - begun, 0), end - 1 - begun))
        for row, start in (*k.held.items(), *k.more):
            text = texts.get(row) or self._text_of(row, names)
            if text is not None:
                found.append((text, max(start - begun, 0), over))
        return frozenset(found)

    def _text_of(self, row: Item, names: tuple[str, ...]) -> str | None:
        """
        Give the text of a row of the ledger, if it is of one of these pages.
        """
        if self._owner.get(row.subject) not in names:
            return None
        self._held[names][row] = row.text
        return row.text

    def _that_stay(
        self, last: tuple[tuple[str, Value], ...], names: tuple[str, ...], tried: ListedPage | None
    ) -> Facts:
        """
        Give the facts that later steps can read, out of all that an attempt read or wrote.
        """
        key = last, names, tried
        found = self._known.get(key)
        if found is None:
            stays = self._k.stays
            found = frozenset([row for row in last if stays(row[0], tried)])
            self._known[key] = found
        return found

    def _sorted(self, seen: set[str]) -> tuple[frozenset[str], tuple[str, ...]]:
        """
        Give the texts that are about a page, and those in their order.
        """
        key = frozenset(seen)
        found = self._texts.get(key)
        if found is None:
            written = key - self._shared
            found = self._texts[key] = written, tuple(sorted(written))
        return found

    def _hold_to(self, by: str, events: Iterable[Event]) -> None:
        """
        Hold an attempt to calls that are about its page.
        """
        for made in events:
            if not self._about_of(made) <= {by}:
                raise EntangledError(f"an attempt on {by} calls {made}, which is not about it")
            self._fit[by].add(made)
            if _done(made):
                self._done.add(made)

    def _pages_done(self, events: Iterable[Event]) -> frozenset[str]:
        """
        Name the pages that some calls show to be migrated or free.
        """
        return frozenset([name for made in events if (name := _done(made))])

    def _rows_of(self, held: Any, more: Any) -> frozenset[object]:
        """
        Give the rows of a ledger that are not the thread's own.
        """
        if more:
            return rows_of(held, more)
        key = frozenset(held)
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = rows_of(held, more)
        return found

    def _about_of(self, made: Event) -> frozenset[str]:
        found = self._calls.get(made)
        if found is None:
            names = {self._owner[name] for name in made.subjects if name in self._owner}
            found = self._calls[made] = frozenset(names)
        return found

    def _moved(self, trial: Trial, names: tuple[str, ...], at: str, retry: int) -> Moved:
        """
        Give what is moved; what is the same is made once.
        """
        k, by, place = self._k, trial.by, trial.status.place
        rows = self._rows_of(k.held, k.more)
        now = names, at, rows, retry, k.on.get(by), by in k.PG_lru
        key = place.names, place.rows, trial.ahead, by, now
        found = self._moves.get(key)
        if found is None:
            found = self._moves[key] = self._move(trial, now)
        return found

    def _move(
        self,
        trial: Trial,
        now: tuple[tuple[str, ...], str, frozenset[object], int, str | None, bool],
    ) -> Moved:
        names, at, rows, retry, where, on_lru = now
        place, by, ahead = trial.status.place, trial.by, trial.ahead
        off = tuple(name for name in place.names if name not in names)
        new = tuple(name for name in names if name not in place.names)
        if names != (*(name for name in place.names if name in names), *new):
            raise EntangledError(f"the list is in another order: {', '.join(names)}")
        closed, opened = place.rows - rows, rows - place.rows
        others = {self.owner(row) for row in closed | opened} - {by, *new}
        if others or not set(off) <= {by}:
            raise EntangledError(f"an attempt on {by} changes what is held of another page")
        stray = None
        if at not in (*names, self.head):
            stray = Stray(None if at == ahead else at, where, on_lru)
        return Moved(off, new, closed, opened, retry, at != ahead and stray is None, stray)

    def _end(self, run: Run, trial: Trial, names: tuple[str, ...]) -> End:
        by = trial.by
        if run.bug is not None:
            return End(None, run.bug.name, by)
        if run.returns is None or run.returns >= 0:
            raise EntangledError(f"an attempt on {by} ends the run with {run.returns}")
        moved = self._moved(trial, names, self.head, 0)
        return End(run.returns, None, by, moved._replace(reset=False))

    def put_back(self, alone: Scripted, names: tuple[str, ...], run: Run) -> Outcome:
        """
        Give the outcome of the caller's putback of pages.
        """
        k, step = self._k, alone.step
        if run.bug is not None:
            raise EntangledError(f"the putback of {', '.join(names)} ends by {run.bug.name}")
        events = tuple(k.trace[step:])
        for made in events:
            if not self._about_of(made) <= {*names}:
                raise EntangledError(f"the putback of {', '.join(names)} calls {made}")
        facts = alone.facts
        seen = facts.seen
        if not seen.isdisjoint(self._shared):
            raise EntangledError("the putback reads what is about no page")
        left = tuple(page.name for page in k.from_.pages())
        odd = self._judge.broken(alone) | self.odd_rows(left, rows_of(k.held, k.more), facts)
        return Outcome(
            moved=None,
            end=None,
            did=Did(0, 0, frozenset(), frozenset(), odd, lru=False),
            known=frozenset(),
            written=frozenset(seen),
            events=events,
            put=tuple(k.on.put.items()),
            carries=frozenset(k.carries.new),
            PG_lru=frozenset(k.PG_lru.new),
            facts=tuple((text, facts[text]) for text in sorted(seen & facts.keys())),
            touches=len(k.touched) > alone.touched,
            isolated=k.counters.get("NR_ISOLATED", 0) - alone.isolated,
            held=self._held_of(names, alone, len(events)),
        )

    def odd_rows(
        self, names: Iterable[str], rows: Collection[object], facts: Any
    ) -> frozenset[str]:
        """
        Name the rows that are not just the three that isolation took of each page on the list.
        """
        k = self._k
        due = set()
        for name in names:
            page = k.listed[name]
            due |= {page.ref, page.from_list}
            texts = page.texts
            if not (facts.get(texts["__PageMovable"]) or facts.get(texts["PageHuge"])):
                due.add(page.count)
        return frozenset(getattr(row, "text", None) or f"{row} again" for row in due ^ set(rows))


def _done(made: Event) -> str | None:
    """
    Name the page that an event shows to be migrated, or to be free already.
    """
    name = made.primitive.name
    if name == "move_to_new_page":
        return made.subjects[1] if made.value == 0 else None
    return made.subjects[0] if name == "page_count" and made.value == 1 else None
