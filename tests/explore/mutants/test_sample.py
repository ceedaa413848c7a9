# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.explore.mutants.sample import Sample, Sampled
from errpath.migrate.migration import MIGRATE
from errpath.vocabulary.choice import Value

MODEL = MIGRATE.at("migrate_pages", ("a",))
CHOICES = MODEL.vocabulary.choices
RULES = MODEL.vocabulary.rules


def test_two_runs_of_an_environment_get_the_same_answers() -> None:
    """
    In whatever order they ask, and whatever they ask besides.
    """
    some = [CHOICES["trylock_page(a)"], CHOICES["PageAnon(a)"], CHOICES["trylock_page(a)"]]
    sampled = Sampled(7, RULES)
    first = [sampled(choice) for choice in some]
    sampled.restart()
    sampled(CHOICES["mode"])
    again = [sampled(choice) for choice in reversed(some)]
    assert (again[1], [again[0], again[2]]) == (first[1], [first[0], first[2]])
    assert [*sampled.choices] == ["trylock_page(a)", "PageAnon(a)", "trylock_page(a)#2", "mode"]


def test_an_environment_is_known_by_its_number() -> None:
    """
    The same number is the same environment, and others are others.
    """
    found = [
        [Sampled(number, RULES)(choice) for choice in CHOICES.values()] for number in (1, 1, 2)
    ]
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_no_environment_breaks_a_rule() -> None:
    """
    What cannot be is not answered, unless what it would break is forgotten.
    """
    for number in range(60):
        sampled = Sampled(number, RULES)
        answers = {text: sampled(choice) for text, choice in CHOICES.items()}
        assert RULES.broken_by(answers) is None


def test_what_is_forgotten_is_held_against_nothing() -> None:
    """
    KSM merges base pages only, but what was a huge page may be split by then.
    """
    huge, merged = CHOICES["PageTransHuge(a)"], CHOICES["PageKsm(a)"]

    def answers(*, forget: bool) -> set[Value]:
        found = set()
        for number in range(300):
            sampled = Sampled(number, RULES)
            if sampled(huge) == 1:
                if forget:
                    sampled.forget([huge.text])
                found.add(sampled(merged))
        return found

    assert (answers(forget=False), answers(forget=True)) == ({0}, {0, 1})


def test_the_sample_has_lists_of_one_and_two_pages() -> None:
    """
    Of each entry, in each semantics.
    """
    sample = Sample(MIGRATE)
    assert sample.size == 2 * 2 * 2 * 100
    assert "putback_movable_page" in sample.vocabulary.reach["pre"]
