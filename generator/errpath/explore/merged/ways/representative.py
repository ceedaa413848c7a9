# SPDX-License-Identifier: GPL-2.0-only
"""
The run of the path that stands for a class.
"""

from __future__ import annotations

from collections import defaultdict, deque
from functools import cache
from typing import TYPE_CHECKING, Any

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.attempt import answers_of
from errpath.explore.merged.marks.marks import asked_of, named
from errpath.explore.merged.ways.best import Best, OfPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from errpath.explore.merged.lone.attempt import Through
    from errpath.explore.merged.ways.joint import Close
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.vocabulary import Vocabulary


class Representatives:
    """
    Makes the runs, on a target for the pages of the whole list; `lone` is a page's name alone.

    `target_on(pages)` makes the target; where a page is picked, it has the name `pick`.
    """

    def __init__(
        self,
        target_on: Callable[[tuple[str, ...]], Any],
        semantics: str,
        pages: tuple[str, ...],
        lone: str,
        pick: str | None = None,
    ) -> None:
        self._target_on = cache(target_on)
        self._semantics = semantics
        self._pages = pages
        self._lone = lone
        self._pick = pick

    def pages(self, way: Best) -> tuple[str, ...]:
        """
        Name the pages of the list on which the path of a chain is run.
        """
        if self._pick is None:
            return self._pages
        picked = [page.picked for page in _of_pages(way.chain)]
        both = zip(self._pages, picked, strict=True)
        return tuple(self._pick if so else name for name, so in both)

    def run(self, close: Close, way: Best, shared: Mapping[str, Value]) -> Run:
        """
        Run the path of a chain, with what is about no page; that it ends otherwise is a bug.
        """
        ways: dict[str, deque[Value]] = defaultdict(deque)
        first, pages = self._lone, self.pages(way)
        for page, leaves in zip(pages, _leaves(way.chain), strict=True):
            for leaf in leaves:
                for text, value in answers_of(leaf.asked):
                    if text not in shared:
                        ways[asked_of(text, first, page)].append(named(value, first, page))
        run: Run = self._target_on(pages).run(self._semantics, _Answers(shared, ways))
        bug = run.bug.name if run.bug else None
        if (run.returns, bug) != (close.returns, close.bug) or any(ways.values()):
            end = f"returns {close.returns}" if close.bug is None else f"ends by {close.bug}"
            got = f"it returns {run.returns}" if bug is None else f"{bug} ends it"
            message = f"by what its pages do alone a path {end}, but on the list {got}"
            raise EntangledError(message)
        return run


class _Answers:
    """
    The environment of a path.
    """

    def __init__(self, shared: Mapping[str, Value], ways: dict[str, deque[Value]]) -> None:
        self._shared = shared
        self._ways = ways

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a choice.
        """
        if choice.text in self._shared:
            return self._shared[choice.text]
        return self._ways[choice.text].popleft()


def agreed(
    chain: Any, vocabulary: Vocabulary, given: Mapping[str, Value]
) -> dict[str, Value] | None:
    """
    Give answers to what is about no page with which all attempts of a chain go as they go.

    Some are `given`. None tells that there are none.
    """
    told: dict[str, frozenset[Value]] = {text: frozenset((v,)) for text, v in given.items()}
    for ways in _leaves(chain):
        for way in ways:
            for text, values in way.shared:
                told[text] = told.get(text, frozenset(values)) & frozenset(values)
    if not all(told.values()):
        return None
    choices = vocabulary.choices
    return {text: next(v for v in choices[text].values if v in told[text]) for text in told}


def _leaves(chain: Any) -> Iterator[list[Through]]:
    """
    Give the attempts of each page, out of the chain of a whole path.
    """
    for page in _of_pages(chain):
        found: list[Through] = []
        link = page.chain
        while link is not None:
            link, leaf = link
            found.append(leaf)
        yield found[::-1]


def _of_pages(chain: Any) -> Iterator[OfPage]:
    """
    Give the chain of each page, out of that of a whole path.
    """
    if isinstance(chain, OfPage):
        yield chain
    else:
        for part in chain:
            yield from _of_pages(part)
