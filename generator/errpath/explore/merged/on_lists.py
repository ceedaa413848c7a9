# SPDX-License-Identifier: GPL-2.0-only
"""
A law on all paths over lists of pages, which were merged.

Every class of paths is judged by the clauses themselves, on the run that stands for it, and counts
for as many paths as it has. So the verdict is that of `errpath.contracts.law` on every path.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, NamedTuple, cast

from errpath.contracts.check import Check
from errpath.contracts.condition import EVERY_PATH, Terms
from errpath.contracts.judge import calls_of, condition_of, excuses_of
from errpath.contracts.law import Law, unchecked
from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lists import Over, lists_with, names_of
from errpath.explore.merged.marks.followed import Followed
from errpath.spec.merged import names_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from errpath.contracts.alike import Alike
    from errpath.contracts.broken import Broken
    from errpath.contracts.condition import Condition
    from errpath.contracts.law import Excuse, Weigh
    from errpath.explore.merged.lists import Lists, Pages
    from errpath.explore.merged.marks.mark import Mark
    from errpath.explore.merged.merged import Merged
    from errpath.kernel.run import Run
    from errpath.spec import contract
    from errpath.vocabulary.vocabulary import Vocabulary


class Part(NamedTuple):
    """
    What came of a law on the classes of paths that are run on one list.

    `excused` are the paths that break it with an excuse.
    """

    pages: Pages
    law: Law
    excused: int


class OnLists:
    """
    The lists of one semantics under a law, and what comes of it.

    After `paths()` has given its last, `parts` has what came of each list, in their order.
    """

    def __init__(self, lists: Lists, semantics: str) -> None:
        self._lists = lists
        self._semantics = semantics
        self.parts: list[Part] = []
        self._shown: list[Part] = []

    @property
    def bound(self) -> int:
        """
        The number of paths that the law binds; where it names a page, each counts for each.
        """
        return sum(part.law.bound for part in self.parts)

    @property
    def broken_paths(self) -> int:
        """
        The number of those that break the law without an excuse.
        """
        return sum(part.law.broken_paths for part in self.parts)

    def paths(
        self, lists: Iterable[Over], when: Condition, excuses: Sequence[Excuse], *, at: str
    ) -> Iterator[Check]:
        """
        Give first what takes note of the clauses, and then a check for each class of paths.

        The clauses are judged by the caller, on each the same. An EntangledError names what
        cannot be judged so.
        """
        followed = Followed(self._lists.vocabulary)
        followed.conditions([when], at=at)
        for excuse in excuses:
            followed.conditions([excuse.when], at=excuse.at)
        yield cast("Check", followed)
        if followed.refused:
            raise EntangledError("; ".join(followed.refused))
        marks = followed.marks
        for over in lists:
            found = self._lists.merged(
                over.pages, self._semantics, marks, over.pick, smallest=frozenset()
            )
            begun = len(self.parts)
            yield from self._on(found, when, excuses, self.parts)
            if not self._shown and any(part.law.broken for part in self.parts[begun:]):
                # The smallest path is looked for where one is shown.
                runs = {id(run) for part in self.parts[begun:] for run, _ in part.law.broken}
                broken = frozenset(one.alike for one in found.classes if id(one.run) in runs)
                found = self._lists.merged(
                    over.pages, self._semantics, marks, over.pick, smallest=broken
                )
                yield from self._on(found, when, [copy(one) for one in excuses], self._shown)

    def _on(
        self, found: Merged, when: Condition, excuses: Sequence[Excuse], parts: list[Part]
    ) -> Iterator[Check]:
        """
        Give a check for each class of one list, and note what comes of it.
        """
        weigh = _weights(found)
        for pages in dict.fromkeys(one.pages for one in found.classes):
            model, patterns = self._lists.model(pages), self._lists.patterns(pages)
            terms = Terms(model.vocabulary, patterns)
            law = Law(model=model, patterns=patterns, terms=terms, weigh=weigh)
            before = sum(excuse.excused for excuse in excuses)
            classes = [[one.run] for one in found.classes if one.pages == pages]
            yield from law.paths(classes, when, excuses)
            excused = sum(excuse.excused for excuse in excuses) - before
            parts.append(Part(pages, law, excused))

    def unchecked(self, excuses: Sequence[Excuse]) -> list[str]:
        """
        List what no list has checked.
        """
        binding = [part.law for part in self.parts if part.law.bound]
        idle = dict(binding[0].idle) if binding else {}
        for law in binding[1:]:
            idle = {at: clause for at, clause in idle.items() if at in law.idle}
        return unchecked(self.bound, idle, excuses)

    def smallest(self) -> tuple[Run, list[Broken]]:
        """
        Give the smallest path of the shortest list that breaks the law, and what is broken.
        """
        return self._first_broken().law.smallest()

    def _first_broken(self) -> Part:
        return next(part for part in self._shown if part.law.broken)

    def explained(self, law: str, *, at: str, target: str, again: str) -> str:
        """
        Word how the law is broken: on the smallest path of the shortest list that has one.
        """
        part = self._first_broken()
        length = len(part.pages)
        of = f"paths over {length} page" + ("s" if length > 1 else "")
        return part.law.explained(
            law, at=at, semantics=self._semantics, target=target, again=again, of=of
        )


def judged(
    law: contract.Law, semantics: str, lists: Lists, counts: Sequence[int]
) -> tuple[OnLists, Sequence[Excuse]]:
    """
    Judge a law on all lists of these lengths; give what came of it, and its excuses.

    An EntangledError says what of it cannot be judged. A law that names its list is judged on
    that one.
    """
    excuses = excuses_of(law, semantics)
    when = EVERY_PATH if law.when is None else condition_of(law.when)
    calls = calls_of(law, semantics)
    found = OnLists(lists, semantics)
    for check in found.paths(lists_of(law, counts), when, excuses, at=str(law.at)):
        for call in calls:
            call(check)
    return found, excuses


def marks_of(law: contract.Law, semantics: str, vocabulary: Vocabulary) -> frozenset[Mark]:
    """
    Give what has to be followed to judge a law; of what cannot be judged so, nothing.
    """
    followed = Followed(vocabulary)
    at = str(law.at)
    followed.conditions([EVERY_PATH if law.when is None else condition_of(law.when)], at=at)
    for excuse in excuses_of(law, semantics):
        followed.conditions([excuse.when], at=at)
    for call in calls_of(law, semantics):
        call(cast("Check", followed))
    return frozenset() if followed.refused else frozenset(followed.marks)


def lists_of(law: contract.Law, counts: Iterable[int]) -> Iterable[Over]:
    """
    Give the lists that a law is about, of those lengths if it does not name its own.
    """
    if law.entry is None:
        message = f"`{law.name}` is about no list"
        raise ValueError(message)
    (page, *_) = law.entry.pages
    if not law.entry.each:
        return [Over(law.entry.pages)]
    if names_page(law):
        return lists_with(page, counts)
    return (Over(names_of(count, page) if count > 1 else (page,)) for count in counts)


def _weights(found: Merged) -> Weigh:
    """
    Give what tells for how many paths the runs of classes stand.
    """
    paths = {id(one.run): one.paths for one in found.classes}

    def weigh(runs: Alike) -> int:
        return sum(paths[id(run)] for run in runs)

    return weigh
