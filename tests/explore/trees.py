# SPDX-License-Identifier: GPL-2.0-only
"""
Programs that do nothing but ask, as trees of questions.
"""

from __future__ import annotations

from hypothesis import strategies as st

from errpath.kernel.machine import Environment
from errpath.vocabulary.choice import Choice, Value

P, Q, R = (Choice(text, None, (0, 1, 2), text=text) for text in "pqr")

TREES = st.recursive(
    st.none(),
    lambda branch: st.tuples(st.sampled_from([P, Q, R]), branch, branch, branch),
    max_leaves=12,
)
"""A question with a branch for each answer, or None where nothing more is asked."""


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
