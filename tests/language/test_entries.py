# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from errpath.language.report.code import Code
from errpath.spec.clause import Calls, FinallyCount, FinallyState, Keeps, Never, Returns
from errpath.spec.condition import All, Is, Made, Not, Returned, Stopped
from errpath.spec.contract import Contract, Delta, Entry, Law, Scenario
from errpath.spec.pattern import Call, Pattern
from errpath.spec.scope import InPass
from errpath.spec.situation import Setting
from errpath.vocabulary.entry import Entry as Function
from errpath.vocabulary.situation import Aspect, Word
from errpath.vocabulary.vocabulary import Vocabulary
from tests import serving, toy
from tests.language.reading import load_spec, load_texts, problems


def item(root: Path, text: str, kind: str = "scenario") -> Contract:
    """
    Give the one item of a spec.
    """
    head = f'{kind} "it" {{\nbecause "A reason."\n'
    spec = load_spec(root, f"{head}{text}\n}}\n", vocabulary=serving.VOCABULARY)
    found: list[Contract] = [*spec.scenarios, *spec.laws, *spec.deltas]
    assert len(found) == 1
    return found[0]


def scenario(root: Path, text: str) -> Scenario:
    """
    Give the one scenario of a spec.
    """
    found = item(root, text)
    assert isinstance(found, Scenario)
    return found


def told(root: Path, text: str, vocabulary: Vocabulary = serving.VOCABULARY) -> list[str]:
    """
    Give the problems of a text, without their places.
    """
    said = problems(load_texts(root, {"a.errpath": text}, vocabulary=vocabulary))
    return [line.partition(": ")[2] for line in said.splitlines() if not line.startswith(" ")]


def test_run_names_the_function_and_its_pages(tmp_path: Path) -> None:
    """
    In any place of the item; the names of the others are those of its vocabulary.
    """
    found = scenario(
        tmp_path, "p: full\nreturns 0\nrun serve(q, p)\ncolour: blue\nfinally q not sold"
    )

    assert found.entry == Entry(
        at=found.at.model_copy(update={"line": 5}), name="serve", pages=("q", "p")
    )
    assert str(found.entry) == "serve(q, p)"
    assert found.situation.settings == (
        Setting(aspect="p_fill", subject="p", words=("full",)),
        Setting(aspect="colour", subject=None, words=("blue",)),
    )
    assert found.semantics == ("old", "new")


def test_without_run_an_item_is_of_the_models_own_function(tmp_path: Path) -> None:
    """
    Beside others that name one.
    """
    spec = load_spec(
        tmp_path,
        'scenario "a" {\nbecause "A reason."\nx: full\ncalls a()\n}\n'
        'scenario "b" {\nbecause "A reason."\nrun serve(x1)\nx1: full\ncalls try(x1)\n}\n',
        vocabulary=serving.VOCABULARY,
    )

    assert [found.entry and found.entry.pages for found in spec.scenarios] == [None, ("x1",)]
    assert [found.situation.settings[0].aspect for found in spec.scenarios] == ["fill", "x1_fill"]


@pytest.mark.parametrize("words", ["any", "any fill"])
def test_any_takes_the_short_word_of_an_aspect(words: str, tmp_path: Path) -> None:
    """
    The parameter of the cases is the name that no other page's aspect has.
    """
    found = scenario(tmp_path, f"run serve(p, q)\np: {words}\nq: {words}\nreturns 0")

    assert found.parameters == ("p_fill", "q_fill")
    assert len(found.cases) == 4


def test_a_problem_shows_the_short_word_of_an_aspect(tmp_path: Path) -> None:
    """
    As it can be written on the line.
    """
    head = 'scenario "a" {\nbecause "A reason."\nrun serve(p)\nreturns 0\n'

    assert told(tmp_path, f"{head}p: full, empty\n}}\n") == [
        "E302 the aspect `fill` is stated twice"
    ]
    assert told(tmp_path, f"{head}p: any p_fill\n}}\n") == [
        "E217 no aspect of `p` is named `p_fill`"
    ]


def test_a_page_is_no_page_of_another_item(tmp_path: Path) -> None:
    """
    Each item sees its own list.
    """
    text = 'scenario "a" {\nbecause "A reason."\nrun serve(p)\nq: full\nfinally x sold\n}\n'

    assert told(tmp_path, text) == [
        "E207 no page or setting is named `q`",
        "E216 no subject is named `x`",
    ]


def test_faults_are_bound_to_passes(tmp_path: Path) -> None:
    """
    Beside those that are bound to calls, as ever.
    """
    found = scenario(
        tmp_path,
        "run serve(p, q)\nfail try(p) in pass 3 | 1\nfail try(q) from pass 2\n"
        "fail copy(q) with -EBUSY on call 1\nreturns 2",
    )

    assert [(f.passes, f.from_pass, f.on_call, f.times) for f in found.situation.faults] == [
        ((1, 3), None, 1, None),
        ((), 2, 1, None),
        ((), None, 1, 1),
    ]


def test_a_call_fails_in_several_ways_at_several_times(tmp_path: Path) -> None:
    """
    If no call has to fail in two of them.
    """
    found = scenario(
        tmp_path,
        "run serve(p)\nfail copy(p) with -EBUSY in pass 1\nfail copy(p) with -ENOMEM from pass 2\n"
        "returns 1",
    )

    assert [fault.results for fault in found.situation.faults] == [("-EBUSY",), ("-ENOMEM",)]


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("in pass 1 | 2", "in pass 2 | 3", True),
        ("in pass 1 | 2", "in pass 3", False),
        ("in pass 1", "from pass 2", False),
        ("from pass 2", "in pass 1 | 3", True),
        ("from pass 2", "from pass 3", True),
        ("in pass 3", "on call 1", True),
        ("in pass 1", "", True),
        ("on call 1", "from call 2", False),
        ("2 times", "on call 2, 2 times", True),
    ],
)
def test_faults_of_one_call_that_meet_are_a_clash(
    first: str, second: str, *, clash: bool, tmp_path: Path
) -> None:
    """
    A pass and a call can be the same one.
    """
    text = (
        'scenario "a" {\nbecause "A reason."\nrun serve(p)\nreturns 1\n'
        f"fail try(p) {first}\nfail try(p) {second}\n}}\n"
    )

    assert told(tmp_path, text) == (["E304 a fault of `try(p)` is stated twice"] if clash else [])


def test_a_fault_in_the_first_pass_is_held_to_the_rules(tmp_path: Path) -> None:
    """
    One of a later pass is not: rules are about first calls.
    """
    text = (
        'scenario "a" {{\nbecause "A reason."\nrun serve(p)\nreturns 0 | 1\np: full\n'
        "fail copy(p) with -ENOMEM {}\n}}\n"
    )

    assert [told(tmp_path, text.format(when)) for when in ("in pass 1 | 2", "from pass 1")] == 2 * [
        ["E301 `p: full` and `fail copy(p, p_new)` cannot hold together"]
    ]
    assert told(tmp_path, text.format("in pass 2")) == []


def test_what_is_computed_cannot_be_made_to_fail(tmp_path: Path) -> None:
    """
    It follows from what else is answered.
    """
    text = 'scenario "a" {\nbecause "A reason."\nrun serve(p)\nreturns 0\nfail is_left(p)\n}\n'

    assert told(tmp_path, text) == ["E307 what `is_left` gives follows from other answers"]


def test_a_result_is_one_of_the_call_that_it_stands_behind(tmp_path: Path) -> None:
    """
    What is made for one page is not made for another.
    """
    head = 'scenario "a" {\nbecause "A reason."\nrun serve(p, q)\n'

    assert told(tmp_path, f"{head}calls make(p) = p_new | make() = q_new\n}}\n") == []
    assert told(tmp_path, f"{head}calls make(p) = q_new\n}}\n") == [
        "E205 `make` does not give `q_new`"
    ]


def test_clauses_look_into_passes(tmp_path: Path) -> None:
    """
    Into each of several, or into each from one on.
    """
    found = scenario(
        tmp_path,
        "run serve(p)\nnever unlock(p) in pass 2 | 1\ncalls try(p) once from pass 3\n"
        "finally passes changed by 3\nfinally p not sold\nkeeps balanced\nreturns 1 | -ENOMEM | 12",
    )
    at = [clause.at for clause in found.clauses]

    assert found.clauses == (
        Never(
            at=at[0],
            pattern=Pattern(calls=(Call(primitive="unlock", subjects=("p",)),)),
            scope=InPass(passes=(1, 2)),
        ),
        Calls(
            at=at[1],
            pattern=Pattern(calls=(Call(primitive="try", subjects=("p",)),)),
            at_most=1,
            scope=InPass(from_pass=3),
        ),
        FinallyCount(at=at[2], counter="passes", change=3),
        FinallyState(at=at[3], subject="p", state="sold", negated=True),
        Keeps(at=at[4], contract="balanced"),
        Returns(at=at[5], codes=(1, -12, 12)),
    )


def test_a_count_is_returned_only_where_the_function_counts(tmp_path: Path) -> None:
    """
    Elsewhere a number is no return code.
    """
    text = 'law "a" {{\nbecause "A reason."\nrun {}(p)\nreturns 1\n}}\n'

    assert told(tmp_path, text.format("serve")) == []
    assert told(tmp_path, text.format("wait")) == ["E212 no return code is named `1`"]


def test_a_law_runs_an_entry(tmp_path: Path) -> None:
    """
    Its condition is about the pages of its list.
    """
    found = item(
        tmp_path,
        "run serve(p, q)\nwhen try(p) fails and p is full and returns 2\nnever copy(q)",
        kind="law",
    )

    assert isinstance(found, Law)
    assert found.entry is not None
    assert isinstance(found.when, All)
    made, said, returned = found.when.conditions
    assert isinstance(made, Made)
    assert said == Is(at=said.at, aspect="p_fill", words=("full",))
    assert returned == Returned(at=returned.at, codes=(2,))


def test_a_law_is_about_each_page_of_any_list(tmp_path: Path) -> None:
    """
    One name stands for every page, and the number of pages is not said.
    """
    text = "run serve(each p)\nwhen try(p) fails and not stops and returns 2\nnever copy(p)"
    found = item(tmp_path, text, kind="law")

    assert isinstance(found, Law)
    assert found.entry == Entry(
        at=found.at.model_copy(update={"line": 3}), name="serve", pages=("p",), each=True
    )
    assert str(found.entry) == "serve(each p)"
    assert isinstance(found.when, All)
    assert found.when.conditions[1] == Not(
        at=found.when.conditions[1].at,
        condition=Stopped(at=found.when.conditions[1].at),
    )


def test_each_is_a_word_only_before_a_page(tmp_path: Path) -> None:
    """
    Nothing stands beside the page, and no page can have that name.
    """
    text = 'law "a" {{\nbecause "A reason."\nrun serve({})\nreturns 0\n}}\n'

    assert told(tmp_path, text.format("each p, q")) == ["E101 expected `)`, found `,`"]
    assert told(tmp_path, text.format("p, each q")) == ["E101 expected `)` or `,`, found `q`"]
    assert told(tmp_path, text.format("each")) == ["E101 expected a name, found `)`"]
    assert told(tmp_path, text.format("each p_new")) == ["E220 no page can be named `p_new`"]


def test_a_list_of_any_length_is_another_than_one_that_is_named(tmp_path: Path) -> None:
    """
    What is used is about the same lists.
    """
    text = (
        'contract "sold" {\nrun serve(p)\nnever copy(p)\n}\n'
        'law "a" {\nbecause "A reason."\nrun serve(each p)\nuse "sold"\n}\n'
    )

    assert told(tmp_path, text) == [
        "E508 the contract is about `serve(p)`, and what uses it is about `serve(each p)`"
    ]


def test_a_delta_runs_an_entry(tmp_path: Path) -> None:
    """
    What changes is named as in its list.
    """
    text = "run serve(p, q)\nwhen q is full\nchanges final p | SOLD\nold: returns 0\nnew: returns 1"
    spec = load_spec(
        tmp_path,
        f'delta old -> new "it" {{\nbecause "A reason."\n{text}\n}}\n',
        vocabulary=serving.VOCABULARY,
    )
    (found,) = spec.deltas

    assert isinstance(found, Delta)
    assert found.entry is not None
    assert found.entry.pages == ("p", "q")
    assert found.changes[0].of[1].means == ("SOLD",)


def test_a_definition_of_the_same_list_is_used(tmp_path: Path) -> None:
    """
    It says what it runs, and so does its user.
    """
    spec = load_spec(
        tmp_path,
        'situation "full" {\nrun serve(p, q)\np: full\n}\n'
        'contract "sold" {\nrun serve(p, q)\nfinally q sold\n}\n'
        'scenario "a" {\nbecause "A reason."\nuse "full"\nuse "sold"\nrun serve(p, q)\n}\n',
        vocabulary=serving.VOCABULARY,
    )
    (found,) = spec.scenarios

    assert found.situation.settings[0].aspect == "p_fill"
    assert found.clauses[0] == FinallyState(at=found.clauses[0].at, subject="q", state="sold")


def test_a_list_of_ten_thousand_pages_is_a_problem_and_no_wait(tmp_path: Path) -> None:
    """
    The pages are counted, and nothing is made of them.
    """
    pages = ", ".join(f"p{number}" for number in range(10_000))
    text = f'scenario "a" {{\nbecause "A reason."\nrun serve({pages})\nreturns 0\n}}\n'

    assert told(tmp_path, text) == ["E315 `serve` is given 10,000 pages"]


def test_a_run_that_makes_no_sense_is_told_alone(tmp_path: Path) -> None:
    """
    What its names mean depends on it: the rest, and what uses it, is not judged.
    """
    text = (
        'situation "a" {\nrun nonsense(p)\np: full\n}\n'
        'scenario "b" {\nbecause "A reason."\nuse "a"\n}\n'
        'scenario "c" {\nrun serve()\nuse "nothing"\n}\n'
    )

    assert told(tmp_path, text) == [
        "E218 no entry is named `nonsense`",
        "E314 `serve` is given no page",
    ]


def test_run_stands_once_and_outside_the_semantics(tmp_path: Path) -> None:
    """
    Each semantics runs the same.
    """
    head = 'scenario "a" {\nbecause "A reason."\nrun serve(p)\nreturns 0\n'

    assert told(tmp_path, f"{head}run serve(q)\n}}\n") == ["E404 `run` stands twice"]
    assert told(tmp_path, f"{head}old {{\nrun serve(p)\n}}\n}}\n") == [
        "E106 `run` cannot stand in the block of a semantics"
    ]


def test_a_model_without_entries_runs_none(tmp_path: Path) -> None:
    """
    Its own function is all there is.
    """
    text = 'scenario "a" {\nbecause "A reason."\nrun serve(p)\nreturns 0\n}\n'

    assert told(tmp_path, text, toy.VOCABULARY) == ["E218 no entry is named `serve`"]


def test_names_that_pages_give_rise_to_are_told_apart(tmp_path: Path) -> None:
    """
    Whatever the vocabulary makes of them: an aspect is of one page.
    """

    def named(pages: tuple[str, ...]) -> Vocabulary:
        word = Word(name="full", answers={}, says="")
        aspects = [
            Aspect(name=f"{page}_{name}", label=name, subject=page, words=(word,))
            for page in pages
            for name in ("c", "b_c")
        ]
        return replace(serving.vocabulary_on(pages), aspects=tuple(aspects))

    entry = Function(name="serve", says="", most=4, on=named)
    text = 'scenario "a" {\nbecause "A reason."\nrun serve(p, p_b)\nreturns 0\n}\n'
    vocabulary = replace(serving.VOCABULARY, entries={"serve": entry})

    loaded = load_texts(tmp_path, {"a.errpath": text}, vocabulary=vocabulary)
    (found,) = loaded.diagnostics
    assert (found.message, found.help) == (
        "no page can be named `p_b`",
        "with the other pages, `p_b_c` would be two things",
    )


def test_a_name_of_the_lists_own_vocabulary_is_no_page(tmp_path: Path) -> None:
    """
    As `SOLD`, a counter that the model's own function does not have.
    """
    text = 'scenario "a" {\nbecause "A reason."\nrun serve(p, SOLD)\nreturns 0\n}\n'

    assert told(tmp_path, text) == ["E220 no page can be named `SOLD`"]


@pytest.mark.parametrize(
    "clause",
    [
        "never coppy(p) while LOCK(p)",
        "never coppy(p) after unlock(p)",
        "coppy(p) precedes unlock(p)",
        "order try(p) < coppy(p)",
    ],
)
def test_misspelled_call_is_the_one_problem_of_its_clause(clause: str, tmp_path: Path) -> None:
    """
    Whose call it is, and so whether it is judged on lists, is not known of what there is not.
    """
    text = f'law "it" {{\nbecause "A reason."\nrun serve(each p)\n{clause}\n}}\n'
    loaded = load_texts(tmp_path, {"a.errpath": text}, vocabulary=serving.VOCABULARY)
    (found,) = loaded.diagnostics
    assert (found.code, found.message) == (Code.UNKNOWN_PRIMITIVE, "no primitive is named `coppy`")
