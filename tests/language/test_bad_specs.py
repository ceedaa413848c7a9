# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from pathlib import Path

import pytest

from errpath.language import Code, load, render
from errpath.migrate.words import VOCABULARY
from tests import serving, toy
from tests.golden import check_golden
from tests.language.test_files import BUILT

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.errpath"))
FOREIGN = sorted((HERE / "foreign").glob("*.errpath"))
ENTRIES = sorted((HERE / "entries").glob("*.errpath"))
ALL = [*BAD, *FOREIGN, *ENTRIES]
OF = {"bad": VOCABULARY, "foreign": toy.VOCABULARY, "entries": serving.VOCABULARY}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_each_bad_spec_has_its_one_kind_of_problem_in_these_words(path: Path) -> None:
    """
    A bad spec provokes the code in its name and no other, and gives no spec.
    """
    loaded = load([path], root=path.parent, vocabulary=OF[path.parent.name])

    check_golden(path.with_suffix(".txt"), render(loaded.diagnostics, loaded.sources, "full"))
    assert {d.code for d in loaded.diagnostics} == {_code(path)}
    assert loaded.specs == ()


def test_each_code_has_a_bad_spec() -> None:
    """
    No problem is worded without a test that reads the words.
    """
    assert {_code(path) for path in ALL} | set(BUILT) == set(Code)


def test_the_name_of_a_bad_spec_is_that_of_its_code() -> None:
    """
    E203_unknown_primitive holds what Code.UNKNOWN_PRIMITIVE is about.
    """
    names = {path.stem for path in ALL}

    assert names <= {f"{code.code}_{code.name.lower()}" for code in Code}


def test_codes_are_unique_and_in_order() -> None:
    """
    A code is one kind of problem for ever, and the list is sorted.
    """
    codes = [code.code for code in Code]

    assert codes == sorted(set(codes))


def _code(path: Path) -> Code:
    return next(code for code in Code if code.code == path.stem[:4])
