# SPDX-License-Identifier: GPL-2.0-only
"""
Paths as lines of JSON, a path each.

The text is what `json.dumps` gives for the whole object. Its pieces come again and again, so
each is made once: an answer to a choice, an event, a final state.
"""

from __future__ import annotations

import marshal
from json import dumps
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.kernel.event import Event
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Value

_KEPT: Final = 10_000
"""How many final states are kept as text: memory has to stay flat."""


class Lines:
    """
    Writes the runs of one semantics.
    """

    def __init__(self, semantics: str) -> None:
        self._head = f'{{"semantics": {dumps(semantics)}, "choices": {{'
        self._answers = _Answers()
        self._events = _Events()
        self._final: dict[bytes, str] = {}

    def text(self, runs: Iterable[Run]) -> str:
        """
        Give a line for each run.
        """
        return "".join(map(self._line, runs))

    def _line(self, run: Run) -> str:
        answers = ", ".join(map(self._answers.__getitem__, run.choices.items()))
        events = ", ".join(filter(None, map(self._events.__getitem__, run.trace)))
        returns = "null" if run.returns is None else run.returns
        bug = dumps(run.bug.name) if run.bug else "null"
        return (
            f'{self._head}{answers}}}, "returns": {returns}, "trace": [{events}], '
            f'"final": {self._state(run.final)}, "bug": {bug}}}\n'
        )

    def _state(self, final: dict[str, dict[str, Any]]) -> str:
        key = marshal.dumps(final, 2)
        text = self._final.get(key)
        if text is None:
            if len(self._final) == _KEPT:
                self._final.clear()
            text = self._final[key] = dumps(final)
        return text


class _Answers(dict[tuple[str, "Value"], str]):
    def __missing__(self, answer: tuple[str, Value]) -> str:
        text, value = answer
        self[answer] = made = f"{dumps(text)}: {dumps(value)}"
        return made


class _Events(dict["Event", str]):
    def __missing__(self, event: Event) -> str:
        # As in Run.calls(), a test is no part of the printed trace.
        self[event] = made = "" if event.primitive.test else dumps(event.text)
        return made
