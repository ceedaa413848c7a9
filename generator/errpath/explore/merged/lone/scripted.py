# SPDX-License-Identifier: GPL-2.0-only
"""
The environment of one page that is alone on its list: a script of answers up to some attempt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.any_of import AnyOf
from errpath.explore.merged.lone.forced import FORCED, Forced
from errpath.explore.merged.lone.reads import Added, Among, Places, Read, Reads
from errpath.kernel.caller import Flag
from errpath.kernel.pages.list_head import list_add
from errpath.vocabulary.errno import EAGAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from errpath.explore.merged.lone.reads import Log
    from errpath.kernel.pages.list_head import ListHead
    from errpath.kernel.pages.snapshot import Snapshot
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules


_NR_ISOLATED: Final = "NR_ISOLATED"
_FORCE: Final = 5
"""The index of `force` among the arguments of unmap_and_move(), with the machine before them."""


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


class Start(NamedTuple):
    """
    What was so where an attempt begins, for runs that go on from there.

    With `walk`, it is not the first of its pass, and with `again` on the page that was tried.
    """

    kept: Snapshot
    walk: bool
    again: bool


class Scripted:
    """
    Answers by a script, and behind its end with the first answer that is possible.

    A comparison that is not in the script does not hold.

    A run replays attempts from the beginning, or goes on from a `Start`, to which it needs none:
    everything is made as it was there. What the attempt reads is noted in `log`, and in `told`
    what it was told so far of answers of which several are left, in `any_of` at what steps an
    answer stood for several; `facts` are what it reads. Where it begins, `step` is the length of
    the trace. Where an attempt ends, what is known of no page is forgotten, so that the next one
    asks for all of it that it reads. `counted` is what migrate_pages() had counted there: pass,
    retry, nr_failed, nr_succeeded.
    """

    def __init__(
        self,
        rules: Rules,
        machine: Any,
        neighbour: ListHead,
        *,
        shared: frozenset[str],
        opened: frozenset[str],
        alike: Mapping[str, Mapping[Value, frozenset[Value]]],
    ) -> None:
        self._alike = alike
        self._possible = rules.possible
        self._machine = machine
        self._shared = tuple(shared)
        self._opened = opened
        self._beside = neighbour
        self._huges = [page.texts["PageHuge"] for page in machine.owners]
        self.flags: dict[str, Flag] = {}
        self._script: list[Any] = []
        self._known: dict[str, Value] = {}
        self._every: dict[str, tuple[Value, ...]] = {}
        self._asked: dict[tuple[str, Value], Read] = {}
        self._missed: dict[str, Read] = {}
        self.facts = Reads({}, [], self._missed)
        self.kept: Snapshot | None = None

    def begin(
        self,
        way: tuple[Any, ...],
        attempts: int,
        script: list[Any],
        ruled: Iterable[tuple[str, Value]],
        *,
        neighbour: bool,
        stop: bool = False,
    ) -> None:
        """
        Make ready for a run: replay `way`, which is so many attempts, and then go by the script.

        `ruled` is what rules know where the attempt begins. With a `neighbour`, another page is on
        the LRU list from the start. With `stop` the run ends where the attempt would begin. What is
        so there is `kept` then.
        """
        self._start: Start | None = None
        self._stop = stop
        self._attempts = attempts
        self._neighbour = neighbour
        self._count = 0
        self._ready((*way, *script), ruled)

    def go_on(
        self,
        start: Start,
        script: list[Any],
        ruled: Iterable[tuple[str, Value]],
        *,
        number: int,
        force: bool,
    ) -> None:
        """
        Make ready for a run that goes on from a start, with force or without, and by the script.

        It does so in the pass of that `number`; those before have an attempt that does nothing.
        """
        self._start = start
        self._begins = number
        self._force = force
        self._ready(script, ruled)

    def _ready(self, answers: Iterable[Any], ruled: Iterable[tuple[str, Value]]) -> None:
        self._script[:] = answers
        self._script.reverse()
        self._known.clear()
        self._known.update(ruled)
        self._live = False
        self._forced: Forced | None = None
        self.log: Log = []
        self.told: dict[str, Among] = {}
        self.given: AnyOf | None = None
        self.any_of: list[tuple[int, AnyOf]] = []
        self.number = self.number_before = 0
        self.step = self.spans = self.touched = self.isolated = 0
        self.counted: tuple[int, ...] = (0, 0, 0, 0)

    def __call__(self, choice: Choice) -> Any:
        """
        Answer a choice.
        """
        if not self.number:
            return self._flag(choice)
        if self._live:
            return self.answer(choice)
        if choice.text in self._opened:
            return Among(choice.text, self._values(choice), self._compared)
        if self._start is not None:
            # A pass that is only spent.
            return self._values(choice)[0]
        return self._script.pop()

    def answer(self, choice: Choice) -> Any:
        """
        Answer a choice of the attempt, and note that.
        """
        text, log = choice.text, self.log
        if log and log[-1] is self._missed.get(text):
            log.pop()
        if text in self._opened:
            log.append(Read(text, choice, None))
            among = self.told[text] = Among(text, self._values(choice), self._compared)
            return among
        value = self._script.pop() if self._script else self._first(choice)
        self._known[text] = value
        asked = self._asked.get((text, value))
        if asked is None:
            asked = self._asked[text, value] = Read(text, choice, value)
        log.append(asked)
        if text in self._alike and value in self._alike[text]:
            self.given = AnyOf(text, self._alike[text][value])
            self.any_of.append((len(self._machine.trace), self.given))
        return value

    def take(self) -> AnyOf | None:
        """
        Give what was answered last, where that stands for several, once.
        """
        given, self.given = self.given, None
        return given

    def _values(self, choice: Choice) -> tuple[Value, ...]:
        found = self._every.get(choice.text)
        if found is None:
            found = self._every[choice.text] = self._possible(choice, {})
        return found

    def _first(self, choice: Choice) -> Value:
        possible = self._possible(choice, self._known)
        if not possible:
            raise DeadEnd(choice)
        return possible[0]

    def _flag(self, choice: Choice) -> Value:
        if not isinstance(choice, Flag):
            message = f"{choice.text} is asked before the first attempt, and is no flag"
            raise EntangledError(message)
        self.flags[choice.text] = choice
        return self._values(choice)[0]

    def _compared(
        self,
        text: str,
        values: tuple[Value, ...],
        other: Value,
        further: bool,  # noqa: FBT001 - as `Among` has it
    ) -> bool | tuple[Value, ...]:
        del values
        so: bool | tuple[Value, ...] = self._script.pop() if self._script else False
        if self._live:
            self.log.append(Read(text, None, so, other, further))
        return so

    def instead(self, unmap_and_move: Callable[..., int]) -> Callable[..., int]:
        """
        Give what is run in place of unmap_and_move(): the same, told of force by what notes it.

        In a pass that is only spent it does nothing, and is to be tried again.
        """

        def told(*given: Any) -> int:
            if self._live:
                so = self._force if self._start else given[_FORCE]
                self._forced = Forced(self.log, so=so)
                return unmap_and_move(*given[:_FORCE], self._forced, *given[_FORCE + 1 :])
            if self._start is not None:
                return -EAGAIN
            return unmap_and_move(*given)

        return told

    def reads(self, *, force: bool) -> Log:
        """
        Give the log of an attempt, with or without force.

        That on a page of hugetlbfs is told by migrate_pages() itself, and counts as asking.
        """
        log = self.log
        if log and log[0].text in self._huges and log[0].value:
            log.insert(1, Read(FORCED, None, force))
        return log

    @property
    def told_of_force(self) -> bool | None:
        """
        What the attempt was told of force; None if it has not come to unmap_and_move().
        """
        return None if self._forced is None else bool(self._forced.so)

    def forget(self, texts: Iterable[str]) -> None:
        """
        Hold no answer to come against what these choices were answered.
        """
        known = self._known
        if known:
            for text in texts:
                known.pop(text, None)

    def begin_pass(self, number: int) -> None:
        """
        Take note of the pass.
        """
        self.number = number
        k, start = self._machine, self._start
        if start is not None:
            if number == self._begins:
                k.go_on_from(start.kept, walk=start.walk, again=start.again)
                self.watch()
                self.counted = (number - 1, 0, 0, 0)
            else:
                # To try it again is unmap_and_move()'s to say: `instead` is that.
                k.facts[self._huges[0]] = 0
        elif number == 1:
            if self._neighbour:
                self._beside.init()
                list_add(self._beside, k.lru)
            if not self._attempts:
                self._begin()

    def returned(self) -> None:
        """
        Note no more: what is read from here on is read by who looks at the run.
        """
        if self._live:
            self._machine.facts = dict(self.facts)

    def ended(self, k: Any) -> None:
        """
        Take note that an attempt ended; the one that was asked for ends the run.
        """
        if self._start is not None:
            if self._live:
                raise AttemptOver
            return
        self._count += 1
        for text in self._shared:
            k.facts.pop(text, None)
        if self._count == self._attempts:
            self._begin()
        elif self._count > self._attempts:
            raise AttemptOver

    def _begin(self) -> None:
        self.kept = self._machine.snapshot([self._beside] if self._neighbour else [])
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
        k.environment = self.answer
        self.facts = k.facts = Reads(k.facts, self.log, self._missed)
        k.on = Places(k.on)
        k.carries, k.PG_lru = Added(k.carries), Added(k.PG_lru)
