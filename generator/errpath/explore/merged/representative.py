# SPDX-License-Identifier: GPL-2.0-only
"""
The run of the path that stands for a class.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

from errpath.explore.merged.leaf import Best, Leaf, OfPage
from errpath.explore.merged.marks import asked_of, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from errpath.explore.merged.joint import Close
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Choice, Value


class Representatives:
    """
    Makes the runs, on a target for the pages of the whole list.
    """

    def __init__(self, target: Any, semantics: str, pages: tuple[str, ...]) -> None:
        self._target = target
        self._semantics = semantics
        self._pages = pages

    def run(self, close: Close, way: Best, shared: Mapping[str, Value]) -> Run:
        """
        Run the path of a chain, with what is about no page; that it ends otherwise is a bug.
        """
        ways: dict[str, deque[Value]] = defaultdict(deque)
        first = self._pages[0]
        for page, leaves in zip(self._pages, _leaves(way.chain), strict=True):
            for leaf in leaves:
                for text, value in leaf.answers:
                    if text not in shared:
                        ways[asked_of(text, first, page)].append(named(value, first, page))
        run: Run = self._target.run(self._semantics, _Answers(shared, ways))
        bug = run.bug.name if run.bug else None
        if (run.returns, bug) != (close.returns, close.bug) or any(ways.values()):
            message = f"a path that was to end with {close} ends with {run.returns}, {bug}"
            raise AssertionError(message)
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


def _leaves(chain: Any) -> Iterator[list[Leaf]]:
    """
    Give the attempts of each page, out of the chain of a whole path.
    """
    if isinstance(chain, OfPage):
        found: list[Leaf] = []
        link = chain.chain
        while link is not None:
            link, leaf = link
            found.append(leaf)
        yield found[::-1]
    else:
        for part in chain:
            yield from _leaves(part)
