# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.native.walk.replay import Replay
from errpath.vocabulary.choice import Choice
from errpath.vocabulary.rule import Rule, Rules

P, Q, R = (Choice(text, None, (0, 1), text=text) for text in "pqr")
RULES = Rules(
    [
        Rule(says="p and q exclude each other", excludes={"p": 1, "q": 0}),
        Rule(says="r is never", excludes={"r": 0, "p": 1}),
        Rule(says="r is never 1", excludes={"r": 1, "p": 1}),
    ]
)


def test_nth_asking_gets_its_answer() -> None:
    """
    Whatever else was asked between.
    """
    replay = Replay({"p": 0, "q": 1, "p#2": 1, "p#3": 0}, RULES)
    assert [replay(P), replay(P), replay(Q), replay(P)] == [0, 1, 1, 0]
    assert (replay.extra, replay.known) == ([], {"p": 0, "q": 1})


def test_question_that_was_not_asked() -> None:
    """
    It gets the first answer that is possible, and is noted.
    """
    replay = Replay({"p": 1}, RULES)
    assert [replay(P), replay(Q), replay(P)] == [1, 1, 0]
    assert replay.extra == ["q", "p#2"]


def test_what_is_forgotten_excludes_nothing() -> None:
    """
    It was before.
    """
    replay = Replay({"p": 1}, RULES)
    replay(P)
    replay.forget(["p", "q"])
    assert (replay(Q), replay.known) == (0, {"q": 0})


def test_no_possible_answer() -> None:
    """
    A run that no kernel makes goes on all the same.
    """
    replay = Replay({"p": 1}, RULES)
    assert [replay(P), replay(R)] == [1, 0]
