# SPDX-License-Identifier: GPL-2.0-only
"""
One side: a target that is run up to the end of one attempt.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from errpath.explore.lockstep.status import NOTHING, Attempted, Became, End, Status
from errpath.kernel.caller import Flag
from errpath.kernel.pages.list_head import list_add
from errpath.kernel.pages.listed_page import ENDINGS, ListedPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from errpath.explore.lockstep.asking import Asking
    from errpath.explore.lockstep.moves import Way
    from errpath.explore.lockstep.status import Answers
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.vocabulary.choice import Choice, Value

_THREAD = "current"


class CutError(BaseException):
    """
    The next attempt begins, and the run is of no more use.
    """


class Side:
    """
    A semantics on a target that runs over a list of the model's pages.

    The target is a `ListReference`, or runs as one does: `machine` has its lists, and `run()`
    takes what is called where an attempt ends. `fixed` are answers that are given in advance.

    An attempt is cut where the next one asks its first question: what lies between, as the end of
    a pass, is a part of it, and so is the end of a run. Where an attempt ends, what is known of no
    page is forgotten, so that an attempt tells by itself what it read of it.
    """

    def __init__(
        self, target: Any, semantics: str, model: Model, fixed: Mapping[str, Value]
    ) -> None:
        self.target = target
        self.semantics = semantics
        self.fixed = fixed
        self.runs = 0
        vocabulary = model.vocabulary
        k = self._k = target.machine
        self._shared = tuple(
            text
            for text, choice in vocabulary.choices.items()
            if choice.subject is None and not isinstance(choice, Flag)
        )
        self.of_none = frozenset(self._shared)
        self._neighbour = ListedPage(k, "another page").lru
        self._owners = frozenset(page.name for page in k.owners)
        self._anew = frozenset(text for page in k.owners for text in page.asked_anew)
        self._spent = frozenset(
            (page.new.name, place) for page in k.owners for place in vocabulary.back
        )
        families = {f"{name}{end}": name for name in self._owners for end in ENDINGS}
        self._family: dict[str, str] = families | {name: name for name in self._owners}
        self._of_page: dict[str, str] = {
            text: self._family.get(choice.subject or "", "")
            for text, choice in vocabulary.choices.items()
        }

    def page_of(self, text: str) -> str:
        """
        Name the page of the list that a choice is about; "" if it is about none.
        """
        return self._of_page.get(text, "")

    def row_of(self, row: str) -> str:
        """
        Name the page of the list that a row of the ledger is about; "" if it is about none.
        """
        return self._family.get(row.partition("(")[2][:-1], "")

    def attempt(self, way: Way, asking: Asking, *, beside: bool) -> Attempted:
        """
        Make the attempts of a way, and one more with the answers of `asking`.

        With `beside`, another page is on the LRU list from the start.
        """
        self.runs += 1
        self._way, self._good, self._attempts = way.asked, way.good, way.attempts
        self._asking = asking
        self._beside = beside
        self._at = self._made = self._number = self._step = 0
        self._state: tuple[Any, ...] | None = None
        self._asked: list[tuple[str, Value]] = []
        run = None
        with suppress(CutError):
            run = self.target.run(self.semantics, self, self._ended)
        k = self._k
        end = len(k.trace) if run else self._end
        good = self._for_good()
        return Attempted(
            calls=tuple(k.trace[self._step : end]),
            asked=tuple([row for row in self._asked if row not in good]),
            good=good,
            to=self._as_end(run) if run else self._as_status(),
            became=self._ended_so(run) if run else self._as_became,
            later=not run and self._number > self._then,
        )

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a choice.
        """
        if self._made < self._attempts:
            value = self._good.get(choice.text)
            if value is None:
                value = self._way[self._at][1]
                self._at += 1
            return value
        if self._state is not None and len(self._k.passes) < self._number:
            self._page = self._tried(choice)
            raise CutError
        value = self.fixed.get(choice.text)
        if value is None:
            value = self._asking.answer(choice)
        self._asked.append((choice.text, value))
        return value

    def begin_pass(self, number: int) -> None:
        """
        Take note of the pass.
        """
        self._number = number
        if number == 1 and self._beside:
            self._neighbour.init()
            list_add(self._neighbour, self._k.lru)

    def forget(self, texts: Iterable[str]) -> None:
        """
        Take note that answers are out of date: behind the attempt, the caller asks anew.
        """
        if self._state is not None:
            self._asking.forget(texts)

    def _ended(self, k: Any) -> None:
        self._made += 1
        for text in self._shared:
            k.facts.pop(text, None)
        if self._made == self._attempts:
            self._step = len(k.trace)
        elif self._made == self._attempts + 1:
            self._state = k.state()
            self._end, self._then = len(k.trace), self._number
            self._as_became = self._became()
        elif self._made > self._attempts + 1:
            message = "an attempt asks nothing, so that nobody can tell where it begins"
            raise AssertionError(message)

    def _tried(self, choice: Choice) -> str:
        """
        Name the page of the attempt that begins.
        """
        for made in self._k.trace[self._end :]:
            if made.subjects and made.subjects[0] in self._owners:
                return str(made.subjects[0])
        return str(choice.subject)

    def _for_good(self) -> Answers:
        facts, anew, of_page = self._k.facts, self._anew, self._of_page
        return tuple(
            row
            for row in self._asked
            if row[0] in facts and row[0] not in anew and of_page.get(row[0])
        )

    def _became(self) -> Became:
        k = self._k
        on, carries, on_lru, counters = k.outcome()
        failed, succeeded = k.progress[2:] or (0, 0)
        return Became(
            failed,
            succeeded,
            on=on - self._spent,
            carries=carries,
            on_lru=on_lru,
            counters=frozenset(row for row in counters if row[1]),
            touched=frozenset(ref.subject for _, ref in k.touched),
        )

    def _ended_so(self, run: Run) -> Became:
        return NOTHING if run.bug else self._became()

    def _as_status(self) -> Status:
        progress, ahead, names, lru, pagevec, known, held, more, tried = self._state  # type: ignore[misc]
        strays = not names or ahead not in {*names, self._k.from_.says}
        return Status(
            page=self._page,
            retry=0 if self._number > self._then or not progress else progress[1],
            names=names,
            known=frozenset(
                row
                for row in known
                if row[0] not in self.fixed and (strays or self._of_page.get(row[0]) in names)
            ),
            rows=frozenset([row.text for row in held if row.subject != _THREAD]),
            more=tuple(row.text for row in more),
            tried=tried,
            strays=(ahead, lru, pagevec, *self._as_became[2:5]) if strays else None,
        )

    def _as_end(self, run: Run) -> End:
        k = self._k
        if run.bug:
            # What it still held is of no use to anybody.
            return End(None, run.bug.name, frozenset(), ())
        return End(
            returns=run.returns,
            bug=None,
            rows=frozenset([row.text for row in k.held if row.subject != _THREAD]),
            more=tuple(row.text for row, _ in k.more),
        )
