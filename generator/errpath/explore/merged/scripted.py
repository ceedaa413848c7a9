# SPDX-License-Identifier: GPL-2.0-only
"""
The environment of one page that is alone on its list: a script of answers up to some attempt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.reads import UNKNOWN, Added, Among, Places, Read, Reads
from errpath.kernel.caller import Flag
from errpath.kernel.pages.list_head import list_add

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.kernel.pages.list_head import ListHead
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules


_NR_ISOLATED: Final = "NR_ISOLATED"
_NONE: Final = object()


class AttemptOver(BaseException):
    """
    The attempt that was asked for has ended, and the run would go on.
    """


class DeadEnd(BaseException):
    """
    The answers so far exclude every answer to what is asked: no kernel gets there.
    """

    def __init__(self, choice: Choice) -> None:
        super().__init__(choice.text)
        self.choice = choice


class Scripted:
    """
    Answers by a script, and behind its end with the first answer that is possible.

    Up to the attempt it is a replay. What the attempt reads is noted in `log`, and in `told` what
    it was told so far of answers of which several are left; where it
    begins, `step` is the length of the trace. Where an attempt ends, what is known of no page is
    forgotten, so that the next one asks for all of it that it reads. `counted` is what
    migrate_pages() had counted there: pass, retry, nr_failed, nr_succeeded.
    """

    def __init__(
        self, rules: Rules, machine: Any, *, shared: frozenset[str], opened: frozenset[str]
    ) -> None:
        self._possible = rules.possible
        self._machine = machine
        self._shared = tuple(shared)
        self._opened = opened
        self.flags: dict[str, Flag] = {}

    def begin(
        self,
        way: tuple[Any, ...],
        attempts: int,
        script: list[Any],
        ruled: Iterable[tuple[str, Value]],
        neighbour: ListHead | None,
        *,
        stop: bool = False,
    ) -> None:
        """
        Make ready for a run: replay `way`, which is so many attempts, and then go by the script.

        `ruled` is what rules know where the attempt begins. `neighbour` is put on the LRU list
        at the start. With `stop` the run ends where the attempt would begin.
        """
        self._stop = stop
        self._answers = iter((*way, *script))
        self._attempts = attempts
        self._known = dict(ruled)
        self._neighbour = neighbour
        self._count = 0
        self._live = False
        self.log: list[Read] = []
        self.told: dict[str, Among] = {}
        self.number = self.number_before = 0
        self.step = self.spans = self.touched = self.isolated = 0
        self.counted: tuple[int, ...] = (0, 0, 0, 0)

    def __call__(self, choice: Choice) -> Any:
        """
        Answer a choice.
        """
        if not self.number:
            return self._flag(choice)
        text = choice.text
        log = self.log
        if log and log[-1].text == text and log[-1].value is UNKNOWN:
            log.pop()
        if text in self._opened:
            answer = Among(text, self._possible(choice, {}), self._compared)
            if self._live:
                log.append(Read(text, choice, None))
                self.told[text] = answer
            return answer
        value: Any = next(self._answers, _NONE)
        if value is _NONE:
            possible = self._possible(choice, self._known)
            if not possible:
                raise DeadEnd(choice)
            value = possible[0]
        if self._live:
            self._known[text] = value
            log.append(Read(text, choice, value))
        return value

    def _flag(self, choice: Choice) -> Value:
        if not isinstance(choice, Flag):
            message = f"{choice.text} is asked before the first attempt, and is no flag"
            raise EntangledError(message)
        self.flags[choice.text] = choice
        return self._possible(choice, {})[0]

    def _compared(self, text: str, values: tuple[Value, ...], other: Value) -> bool:
        so = next(self._answers, values[0] == other)
        if self._live:
            self.log.append(Read(text, None, so, other))
        return bool(so)

    def forget(self, texts: Iterable[str]) -> None:
        """
        Hold no answer to come against what these choices were answered.
        """
        for text in texts:
            self._known.pop(text, None)

    def begin_pass(self, number: int) -> None:
        """
        Take note of the pass.
        """
        self.number = number
        if number == 1:
            if self._neighbour is not None:
                self._neighbour.init()
                list_add(self._neighbour, self._machine.lru)
            if not self._attempts:
                self._begin()

    def ended(self, k: Any) -> None:
        """
        Take note that an attempt ended; the one that was asked for ends the run.
        """
        self._count += 1
        for text in self._shared:
            k.facts.pop(text, None)
        if self._count == self._attempts:
            self._begin()
        elif self._count > self._attempts:
            raise AttemptOver

    def _begin(self) -> None:
        self.watch()
        if self._stop:
            raise AttemptOver

    def watch(self) -> None:
        """
        Note from here on what is read.
        """
        k = self._machine
        self._live = True
        self.number_before = self.number
        self.step, self.spans, self.touched = len(k.trace), len(k.spans), len(k.touched)
        self.counted = k.progress or self.counted
        self.isolated = k.counters.get(_NR_ISOLATED, 0)
        k.facts = Reads(k.facts, self.log)
        k.on = Places(k.on)
        k.carries, k.PG_lru = Added(k.carries), Added(k.PG_lru)
