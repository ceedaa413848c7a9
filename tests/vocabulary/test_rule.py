# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from errpath.vocabulary.choice import Choice
from errpath.vocabulary.rule import Rule, Rules

VALUES = (0, 1, 2)
CHOICES = {text: Choice(text, None, VALUES, text=text) for text in ("p", "q", "r")}

ANSWERS = st.dictionaries(st.sampled_from(list(CHOICES)), st.sampled_from(VALUES))
RULE = ANSWERS.filter(bool).map(lambda answers: Rule(excludes=answers, says="it cannot be"))


def test_possible_without_rule() -> None:
    """
    A choice that no rule names keeps all its values.
    """
    rules = Rules([Rule(excludes={"p": 1, "q": 1}, says="not both")])
    assert rules.possible(CHOICES["r"], {"p": 1, "q": 0}) == VALUES


def test_possible_leaves_out_what_known_answers_exclude() -> None:
    """
    A value goes when all else that its rule names is known; the others keep their order.
    """
    rules = Rules([Rule(excludes={"p": 1, "q": 1}, says="not both")])
    found = [rules.possible(CHOICES["q"], known) for known in ({}, {"p": 0}, {"p": 1})]
    assert found == [(0, 1, 2), (0, 1, 2), (0, 2)]


def test_broken_by_names_the_first_rule() -> None:
    """
    Of several rules that answers break, the first one declared is named.
    """
    first, second = (Rule(excludes={"p": 1}, says=says) for says in ("first", "second"))
    assert Rules([first, second]).broken_by({"p": 1, "q": 0}) is first


def test_broken_by_nothing() -> None:
    """
    Answers that a rule does not wholly match break nothing.
    """
    assert Rules([Rule(excludes={"p": 1, "q": 1}, says="not both")]).broken_by({"p": 1}) is None


@given(st.lists(RULE, max_size=4), ANSWERS, st.sampled_from(list(CHOICES)))
def test_possible_agrees_with_broken_by(
    rules: list[Rule], known: dict[str, int], text: str
) -> None:
    """
    A value is possible if and only if no rule about its choice is broken by it.
    """
    about = Rules(rule for rule in rules if text in rule.excludes)
    expected = tuple(v for v in VALUES if about.broken_by({**known, text: v}) is None)
    assert Rules(rules).possible(CHOICES[text], known) == expected
