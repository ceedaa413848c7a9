# SPDX-License-Identifier: GPL-2.0-only
"""
The yardstick for runs: the function under contract on what only records its calls.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from errpath.migrate import model, post
from errpath.vocabulary.primitive import Primitive


class Recorder:
    """
    Answers every call with its default, but finds no memory; keeps no ledger, checks nothing.
    """

    def __init__(self) -> None:
        self.trace: list[str] = []
        for name, primitive in model().vocabulary.primitives.items():
            setattr(self, name, self._recorded(primitive))

    def _recorded(self, primitive: Primitive) -> Callable[..., Any]:
        name = primitive.name
        answer = primitive.answers[0].value if primitive.answers else 0
        if name == "get_new_page":
            answer = ""

        def call(*_: object) -> Any:
            self.trace.append(name)
            return answer

        return call

    def run(self) -> None:
        """
        Run unmap_and_move() of the patched C once, on a page that is not moved.
        """
        self.trace = []
        calls: Any = self
        post.unmap_and_move(
            calls, calls.get_new_page, None, 0, calls, force=False, mode="", reason=""
        )
