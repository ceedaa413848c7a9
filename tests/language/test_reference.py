# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from errpath.contracts.scenario import Suite
from errpath.language import Code, format_text, render
from errpath.language.reference import tables, with_tables
from errpath.migrate import model
from errpath.migrate.words import VOCABULARY
from tests.golden import check_golden
from tests.language.reading import load_texts

README: Final = Path(__file__).parents[2] / "grammar" / "README.md"
TEXT: Final = README.read_text(encoding="utf-8")
BLOCK: Final = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS: Final = [found.groups() for found in BLOCK.finditer(TEXT)]

SPECS: Final = [text for kind, info, text in BLOCKS if kind == "errpath" and not info]
PARTS: Final = [
    (info, text) for kind, info, text in BLOCKS if kind == "errpath" and info in {"scenario", "law"}
]
FILES: Final = {
    info.removeprefix("file="): text for _, info, text in BLOCKS if info.startswith("file=")
}
BAD: Final = [(text, BLOCKS[i + 1][2]) for i, (_, info, text) in enumerate(BLOCKS) if info == "bad"]
# A clause that asks nothing, for examples that are about something else.
NOTHING: Final = "calls lock_page() at most 999999 times\n"


def problems(root: Path, text: str) -> str:
    """
    Give the problems of a text that stands beside the files of the page.
    """
    loaded = load_texts(root, FILES | {"example.errpath": text})
    return render(loaded.diagnostics, loaded.sources, "full")


def whole(kind: str, text: str) -> str:
    """
    Complete statements to a file.
    """
    because = "" if 'because "' in text.partition("\n")[0] else 'because "A reason."\n'
    return format_text(f'{kind} "example" {{\n{because}{text}{NOTHING}}}\n')


@pytest.mark.parametrize("text", SPECS)
def test_an_example_is_a_spec(text: str, tmp_path: Path) -> None:
    """
    Without a problem, and in the one layout.
    """
    assert problems(tmp_path, text) == ""
    assert format_text(text) == text


@pytest.mark.parametrize("text", [text for text in SPECS if "    run " in text])
def test_an_example_of_a_list_is_true(text: str, tmp_path: Path) -> None:
    """
    Its scenarios hold in each semantics that they speak of.
    """
    suite = Suite(model())
    (spec,) = load_texts(tmp_path, {"example.errpath": text}).specs
    broken = [
        (case.test, one)
        for scenario in spec.scenarios
        for semantics in scenario.semantics
        for case in suite.cases(scenario, semantics)
        for stage in [suite.stage(scenario)]
        for run in [stage.model.reference().run(semantics, case.situation.environment())]
        for one in case.broken(run, model=stage.model, patterns=stage.patterns)
    ]

    assert broken == []


@pytest.mark.parametrize(("kind", "text"), PARTS)
def test_an_example_is_part_of_a_spec(kind: str, text: str, tmp_path: Path) -> None:
    """
    It needs no more than a name and a reason.
    """
    assert problems(tmp_path, whole(kind, text)) == ""
    assert text.replace("\n", "\n    ") in "    " + whole(kind, text)


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_an_example_of_a_problem_is_told_so(text: str, expected: str, tmp_path: Path) -> None:
    """
    To the letter.
    """
    assert f"{problems(tmp_path, text)}\n" == expected


def test_the_blocks_of_the_page_are_all_tested() -> None:
    """
    None is of a kind that no test reads.
    """
    assert len(SPECS) + len(PARTS) + len(FILES) + 2 * len(BAD) == len(BLOCKS)


def test_the_tables_are_what_the_code_declares() -> None:
    """
    Every name of the vocabulary, and every code, is on the page.
    """
    check_golden(README, with_tables(TEXT, tables(VOCABULARY)))


def test_every_table_has_its_place_on_the_page() -> None:
    """
    And every place has a table.
    """
    marked = re.findall(r"<!-- table: (\w+) -->", TEXT)

    assert sorted(marked) == sorted(tables(VOCABULARY))


def test_codes_are_all_listed() -> None:
    """
    In their order.
    """
    assert re.findall(r"^\| `(E\d+)` \|", TEXT, re.MULTILINE) == [code.code for code in Code]


def test_every_word_of_the_grammar_is_on_the_page() -> None:
    """
    A construct without a word here is not part of the language.
    """
    grammar = (README.parent / "errpath.lark").read_text(encoding="utf-8")
    words = set(re.findall(r'"([a-z]+)"', re.sub(r"//.*", "", grammar)))
    page = set(re.findall(r"[a-z]+", TEXT))

    assert words - page == set()
    assert "precedes" in words
