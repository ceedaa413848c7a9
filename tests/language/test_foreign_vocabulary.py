# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lark.lexer import PatternStr

from errpath.language import load
from errpath.language.syntax.grammar import parser
from errpath.migrate.words import VOCABULARY
from errpath.spec.clause import Calls, FinallyOn, Never
from errpath.spec.pattern import Call, Pattern
from errpath.spec.scope import While
from errpath.spec.situation import Setting
from errpath.vocabulary.choice import Value
from errpath.vocabulary.rule import Rule, Rules
from errpath.vocabulary.situation import Aspect, Word
from errpath.vocabulary.vocabulary import Vocabulary
from tests import toy
from tests.language.reading import load_spec, load_texts, problems


def test_the_grammar_knows_no_kernel_name() -> None:
    """
    What a vocabulary names is no word of the language, and the other way round.
    """
    words = {
        str(terminal.pattern.value)
        for terminal in parser().terminals
        if isinstance(terminal.pattern, PatternStr)
    }
    names = {
        *VOCABULARY.subjects,
        *VOCABULARY.primitives,
        *VOCABULARY.semantics,
        *VOCABULARY.holds,
        *VOCABULARY.places,
        *VOCABULARY.counters,
        *VOCABULARY.cleanup,
        *(state.name for state in VOCABULARY.states),
        *(aspect.name for aspect in VOCABULARY.aspects),
        *(word.name for aspect in VOCABULARY.aspects for word in aspect.words),
    }

    assert words & names == set()
    assert {"scenario", "never", "precedes", "while"} <= words


def test_another_subsystem_brings_its_own_words(tmp_path: Path) -> None:
    """
    The same language, with letters for primitives and two other semantics.
    """
    spec = load_spec(
        tmp_path,
        'scenario "a" {\n'
        '    because "A reason."\n'
        "    colour: any\n"
        "    x: full\n"
        "    calls a()\n"
        "    old: never b() while LOCK(x)\n"
        "    new: finally x on shelf\n"
        "}\n",
        vocabulary=toy.VOCABULARY,
    )
    (found,) = spec.scenarios

    assert spec.model == "toy"
    assert found.semantics == ("old", "new")
    assert found.situation.settings == (
        Setting(aspect="colour", subject=None, words=("red", "blue")),
        Setting(aspect="fill", subject="x", words=("full",)),
    )
    assert found.cases == (("red",), ("blue",))
    a, b = (Pattern(calls=(Call(primitive=name, subjects=()),)) for name in "ab")
    assert found.clauses == (
        Calls(at=found.clauses[0].at, pattern=a),
        Never(
            at=found.clauses[1].at,
            semantics=("old",),
            pattern=b,
            scope=While(hold="LOCK", subject="x"),
        ),
        FinallyOn(at=found.clauses[2].at, semantics=("new",), subject="x", place="shelf"),
    )


def aspect(name: str, **words: dict[str, Value]) -> Aspect:
    """
    Give an aspect of x, whose words answer choices.
    """
    return Aspect(
        name=name,
        subject="x",
        words=tuple(Word(name=w, answers=answers, says="") for w, answers in words.items()),
    )


def vocabulary(*aspects: Aspect, rules: tuple[Rule, ...] = ()) -> Vocabulary:
    """
    Give the toy's vocabulary with other aspects and rules.
    """
    return replace(toy.VOCABULARY, aspects=aspects, rules=Rules(rules))


LAMP = aspect("lamp", dark={"lamp": 0}, lit={"lamp": 1})
NIGHT = aspect("night", day={"night": 0}, night={"night": 1, "lamp": 1})


def test_words_that_answer_one_question_have_to_agree(tmp_path: Path) -> None:
    """
    Two aspects may share a question; an aspect that is not stated follows the one that is.
    """
    words = vocabulary(LAMP, NIGHT)
    text = 'scenario "a" {\n    because "A reason."\n    x: night\n    calls a()\n}\n'
    implied = load_spec(tmp_path, text, vocabulary=words).scenarios[0].situation.settings[1]
    clash = load_texts(
        tmp_path, {"b.errpath": text.replace("x: night", "x: dark, night")}, vocabulary=words
    )

    assert implied == Setting(aspect="lamp", subject="x", words=("lit",), stated=False)
    (found,) = clash.diagnostics
    assert problems(clash) == ("b.errpath:3:14: E301 `x: dark` and `x: night` cannot hold together")
    assert found.help == "they answer `lamp` differently"


def test_defaults_give_way_together(tmp_path: Path) -> None:
    """
    The search goes back over what it chose first, if no later word agrees with it.
    """
    rules = tuple(
        Rule(excludes={"one": 0, "two": two, "three": 1}, says="the rule") for two in (0, 1)
    )
    words = vocabulary(
        aspect("one", a={"one": 0}, b={"one": 1}),
        aspect("two", c={"two": 0}, d={"two": 1}),
        aspect("three", e={"three": 0}, f={"three": 1}),
        rules=rules,
    )
    text = 'scenario "a" {\n    because "A reason."\n    x: f\n    calls a()\n}\n'
    (found,) = load_spec(tmp_path, text, vocabulary=words).scenarios

    assert found.situation.settings == (
        Setting(aspect="three", subject="x", words=("f",)),
        Setting(aspect="one", subject="x", words=("b",), stated=False),
    )


def test_a_fault_speaks_for_the_aspect_that_asks_the_same(tmp_path: Path) -> None:
    """
    A word that is not stated takes nothing back from a fault, though a rule is about it.
    """
    words = vocabulary(
        aspect("fill", empty={"is_full(x)": 0}, full={"is_full(x)": 1}),
        aspect("size", small={"size": 0}, large={"size": 1}),
        rules=(Rule(excludes={"is_full(x)": 1, "size": 0}, says="what is full is large"),),
    )
    words = replace(words, reach={"new": frozenset(words.primitives)})
    text = 'scenario "a" {\n    because "A reason."\n    fail is_full(x)\n    calls a()\n}\n'
    (found,) = load_spec(tmp_path, text, vocabulary=words).scenarios

    assert found.situation.settings == (
        Setting(aspect="size", subject="x", words=("large",), stated=False),
    )


def test_what_no_word_can_mend_is_no_case(tmp_path: Path) -> None:
    """
    Rules may leave nothing to choose, without one that is about the stated word alone.
    """
    rules = tuple(Rule(excludes={"one": 1, "two": two}, says="the rule") for two in (0, 1))
    words = vocabulary(
        aspect("one", a={"one": 0}, b={"one": 1}),
        aspect("two", c={"two": 0}, d={"two": 1}),
        rules=rules,
    )
    text = 'scenario "a" {\n    because "A reason."\n    x: b\n    calls a()\n}\n'
    loaded = load_texts(tmp_path, {"a.errpath": text}, vocabulary=words)

    assert problems(loaded) == "a.errpath:1:10: E311 no case of the scenario can be"


def test_aspects_of_one_vocabulary_have_different_names(tmp_path: Path) -> None:
    """
    A parameter is named after its aspect, so two of one name are the model's mistake.
    """
    with pytest.raises(ValueError, match="aspects have different names"):
        load([], root=tmp_path, vocabulary=vocabulary(LAMP, LAMP))
