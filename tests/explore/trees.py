# SPDX-License-Identifier: GPL-2.0-only
"""
Programs that do nothing but ask, as trees of questions.
"""

from __future__ import annotations

import os
import signal
from functools import partial

from hypothesis import strategies as st

from errpath.explore.paths.part import Work
from errpath.kernel.machine import Environment
from errpath.vocabulary.choice import Choice, Value
from errpath.vocabulary.rule import Rule, Rules

P, Q, R = (Choice(text, None, (0, 1, 2), text=text) for text in "pqr")
_MORE = [Choice(text, None, (0, 1, 2), text=text) for text in "abcdefgh"]

TREES = st.recursive(
    st.none(),
    lambda branch: st.tuples(st.sampled_from([P, Q, R]), branch, branch, branch),
    max_leaves=12,
)
"""A question with a branch for each answer, or None where nothing more is asked."""

LARGE = st.recursive(
    TREES,
    lambda branch: st.tuples(st.sampled_from(_MORE), branch, branch, branch),
    max_leaves=40,
)
"""The same, with more questions above."""


def walk(tree: object, ask: Environment) -> dict[str, Value]:
    """
    Ask what the tree asks, each question once, and give the answers.
    """
    known: dict[str, Value] = {}
    while isinstance(tree, tuple):
        choice, *branches = tree
        if choice.text not in known:
            known[choice.text] = ask(choice)
        tree = branches[int(known[choice.text])]
    return known


def leaves(tree: object, known: dict[str, Value]) -> list[dict[str, Value]]:
    """
    Give the answers on the way to each leaf, in order.
    """
    match tree:
        case (Choice() as choice, *branches):
            if choice.text in known:
                return leaves(branches[int(known[choice.text])], known)
            return [
                leaf
                for value, branch in zip(choice.values, branches, strict=True)
                for leaf in leaves(branch, {**known, choice.text: value})
            ]
        case _:
            return [known]


def listed(tree: object) -> Work[dict[str, Value], list[dict[str, Value]]]:
    """
    Make the work that lists the answers on the way to each leaf: in any process.
    """
    return Work(run=partial(walk, tree), rules=Rules(()), gather=list)


def pruned(tree: object) -> Work[dict[str, Value], list[dict[str, Value]]]:
    """
    Make the same under rules by which nothing comes after the answer 1 to p.
    """
    rules = Rules([Rule(says="no way", excludes={"p": 1, "q": value}) for value in (0, 1, 2)])
    return Work(run=partial(walk, tree), rules=rules, gather=list)


def dying(parent: int) -> Work[dict[str, Value], int]:
    """
    Make work that every process but the parent is killed over.
    """

    def run(ask: Environment) -> dict[str, Value]:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return {choice.text: ask(choice) for choice in (P, Q, R)}

    return Work(run=run, rules=Rules(()), gather=lambda paths: sum(1 for _ in paths))
