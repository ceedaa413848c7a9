# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from errpath.language.meaning.completion import Completion
from errpath.migrate.words import VOCABULARY
from errpath.vocabulary.choice import Choice, Value
from errpath.vocabulary.rule import Rule, Rules
from errpath.vocabulary.situation import Aspect, Word
from tests import serving

ASPECTS = VOCABULARY.aspects
COMPLETION = Completion(VOCABULARY)


def at_once(aspects: Sequence[Aspect], answers: Mapping[str, Value]) -> list[Word] | None:
    """
    Find words by trying all aspects together.
    """
    if not aspects:
        return []
    for word in aspects[0].words:
        if all(answers.get(text, value) == value for text, value in word.answers.items()):
            known = {**answers, **word.answers}
            if VOCABULARY.rules.broken_by(known) is None:
                rest = at_once(aspects[1:], known)
                if rest is not None:
                    return [word, *rest]
    return None


@settings(max_examples=200)
@given(
    stated=st.lists(
        st.sampled_from([(aspect, word) for aspect in ASPECTS for word in aspect.words]),
        max_size=6,
        unique_by=lambda pair: pair[0].name,
    )
)
def test_words_are_those_that_all_aspects_together_give(
    stated: list[tuple[Aspect, Word]],
) -> None:
    """
    What is settled apart agrees with what is settled at once, defaults first.
    """
    answers = {text: value for _, word in stated for text, value in word.answers.items()}
    assume(VOCABULARY.rules.broken_by(answers) is None)
    named = {aspect.name for aspect, _ in stated}
    left = [aspect for aspect in ASPECTS if aspect.name not in named]

    assert COMPLETION.complete(left, answers) == at_once(left, answers)


def test_pages_of_a_list_are_settled_apart() -> None:
    """
    To try all of them with each other would not end: here are 2^200 ways, and none will do.
    """
    names = [f"p{number}" for number in range(200)]
    choices = [Choice(name, None, (0, 1), text=name) for name in names]
    aspects = tuple(
        Aspect(
            name=name,
            subject=None,
            words=tuple(Word(name=f"{name}{v}", answers={name: v}, says="") for v in (0, 1)),
        )
        for name in names
    )
    rules = Rules(Rule(says="", excludes={names[-1]: value}) for value in (0, 1))
    vocabulary = replace(
        serving.VOCABULARY,
        aspects=aspects,
        choices={choice.text: choice for choice in choices},
        rules=rules,
    )

    assert Completion(vocabulary).complete(aspects, {}) is None
    assert Completion(replace(vocabulary, rules=Rules(()))).complete(aspects, {}) == [
        aspect.default for aspect in aspects
    ]
