# SPDX-License-Identifier: GPL-2.0-only
"""
Where in the source a path makes its calls and asks its questions.
"""

from __future__ import annotations

import sys
from inspect import currentframe
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import FrameType

    from errpath.explore.exercised.noted import Noted
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Choice, Value


class Sites(NamedTuple):
    """
    The line at which each call was first made, and each question first asked, by its text.
    """

    calls: dict[str, int]
    questions: dict[str, int]


def sites(noted: Noted, run: Run, primitives: Collection[str]) -> Sites:
    """
    Run a path of a semantics once more, and look from where its primitives are called.
    """
    file = noted.file
    answers: Iterator[Value] = iter(run.choices.values())
    questions: dict[str, int] = {}
    lines: list[int] = []

    def answer(choice: Choice) -> Value:
        questions.setdefault(choice.text, _line(currentframe(), file))
        return next(answers)

    def called(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_name in primitives:
            lines.append(_line(frame, file))

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        again, _ = noted.run(answer)
    finally:
        sys.setprofile(before)
    calls: dict[str, int] = {}
    # Each call of a primitive is one event.
    for event, line in zip(again.trace, lines, strict=False):
        calls.setdefault(event.call, line)
    return Sites(calls, questions)


def _line(frame: FrameType | None, file: str) -> int:
    """
    Give the line of the source at which a call stands, however deep it has got.
    """
    while frame and frame.f_code.co_filename != file:
        frame = frame.f_back
    return frame.f_lineno if frame else 0
