# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.migrate.situation import RULES
from errpath.migrate.words import VOCABULARY
from errpath.vocabulary.choice import Value

EXCLUDED: dict[str, dict[str, Value]] = {
    "a KSM page is anonymous": {"PageKsm(src)": 1, "PageAnon(src)": 0},
    "a movable page outside the LRU is not anonymous": {
        "__PageMovable(src)": 1,
        "PageAnon(src)": 1,
    },
    "a KSM page is not movable outside the LRU": {"__PageMovable(src)": 1, "PageKsm(src)": 1},
    "an anonymous page has a mapping: its anon_vma": {
        "PageAnon(src)": 1,
        "src->mapping": "NULL",
    },
    "a movable page has a mapping: its driver's": {
        "__PageMovable(src)": 1,
        "src->mapping": "NULL",
    },
    "a page without a mapping is mapped by no page table": {
        "src->mapping": "NULL",
        "page_mapped(src)": 1,
    },
    "each page table that maps a page holds a reference": {
        "page_count(src)": 1,
        "page_mapped(src)": 1,
    },
    "an anonymous page whose anon_vma is gone is mapped by no page table": {
        "PageAnon(src)": 1,
        "PageKsm(src)": 0,
        "page_get_anon_vma(src)": "NULL",
        "page_mapped(src)": 1,
    },
}


def test_rules_are_these() -> None:
    """
    What cannot be is written down once, with its reason.
    """
    assert {rule.says: dict(rule.excludes) for rule in RULES.rules} == EXCLUDED


@pytest.mark.parametrize("says", EXCLUDED)
def test_rule_prunes_each_of_its_choices(says: str) -> None:
    """
    Whichever of a rule's choices is asked last, it cannot be answered against the rule.
    """
    answers = EXCLUDED[says]
    left = {
        text: RULES.possible(
            VOCABULARY.choices[text], {t: v for t, v in answers.items() if t != text}
        )
        for text in answers
    }
    assert {text: answers[text] in values for text, values in left.items()} == dict.fromkeys(
        answers, False
    )


@pytest.mark.parametrize("says", EXCLUDED)
def test_rule_is_named(says: str) -> None:
    """
    Answers that a rule excludes are told by that rule.
    """
    broken = RULES.broken_by(EXCLUDED[says])
    assert broken is not None
    assert broken.says == says


def test_every_rule_is_about_declared_answers() -> None:
    """
    A rule names choices of the vocabulary, and values that these have.
    """
    unknown = [
        (text, value)
        for rule in RULES.rules
        for text, value in rule.excludes.items()
        if value not in VOCABULARY.choices[text].values
    ]
    assert unknown == []


def test_defaults_can_be() -> None:
    """
    The situation of a scenario that says nothing breaks no rule.
    """
    answers = {text: choice.default for text, choice in VOCABULARY.choices.items()}
    assert RULES.broken_by(answers) is None
