# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.language.reading import load_texts, problems

USES_S: Final = 'scenario "a" {\n  because "x"\n  use "s"\n  returns 0\n}\n'
S: Final = 'situation "s" {\n  src: anon\n}\n'


def test_an_include_is_relative_to_its_file(tmp_path: Path) -> None:
    """
    What an included file includes is seen too, and may be reached in two ways.
    """
    loaded = load_texts(
        tmp_path,
        {
            "specs/a.errpath": 'include "shared/b.errpath"\ninclude "shared/c.errpath"\n' + USES_S,
            "specs/shared/b.errpath": 'include "../../c.errpath"\n',
            "specs/shared/c.errpath": 'include "../../c.errpath"\n',
            "c.errpath": S,
        },
        "specs/a.errpath",
    )

    assert problems(loaded) == ""
    assert [spec.file for spec in loaded.specs] == ["specs/a.errpath"]
    assert sorted(loaded.files) == [
        "c.errpath",
        "specs/a.errpath",
        "specs/shared/b.errpath",
        "specs/shared/c.errpath",
    ]


def test_an_error_in_an_included_file_is_told_once_and_costs_all_specs_that_need_it(
    tmp_path: Path,
) -> None:
    """
    The specs of other files are still given.
    """
    loaded = load_texts(
        tmp_path,
        {
            "a.errpath": 'include "s.errpath"\n' + USES_S,
            "b.errpath": 'include "s.errpath"\nlaw "l" {\n  because "x"\n  returns 0\n}\n',
            "c.errpath": 'law "l" {\n  because "x"\n  returns 0\n}\n',
            "s.errpath": 'situation "s" {\n  src: anonymous\n}\n',
        },
    )

    assert problems(loaded) == "s.errpath:2:8: E206 no word of `src` is named `anonymous`"
    assert [spec.file for spec in loaded.specs] == ["c.errpath"]


def test_a_name_is_taken_across_files(tmp_path: Path) -> None:
    """
    By an included definition, and by two includes that both define it.
    """
    loaded = load_texts(
        tmp_path,
        {
            "a.errpath": 'include "s.errpath"\n' + S,
            "b.errpath": 'include "s.errpath"\ninclude "t.errpath"\n',
            "s.errpath": S,
            "t.errpath": S,
        },
    )

    assert problems(loaded) == (
        "a.errpath:2:11: E201 the name `s` is taken\nb.errpath:2:9: E201 the name `s` is taken"
    )


def test_definitions_see_each_other_in_any_order(tmp_path: Path) -> None:
    """
    A definition may use one that stands below it.
    """
    loaded = load_texts(
        tmp_path, {"a.errpath": USES_S + 'situation "s" {\n  use "t"\n}\n' + S.replace('s"', 't"')}
    )

    assert problems(loaded) == ""
    assert loaded.specs[0].scenarios[0].situation.settings[0].words == ("anon",)


def test_an_aspect_is_stated_twice_across_uses(tmp_path: Path) -> None:
    """
    The second use is to blame, and the note shows where the first is written.
    """
    loaded = load_texts(
        tmp_path,
        {
            "a.errpath": 'include "s.errpath"\nsituation "t" {\n  src: file\n}\n'
            'scenario "a" {\n  because "x"\n  use "s"\n  use "t"\n  returns 0\n}\n',
            "s.errpath": S,
        },
        "a.errpath",
    )

    (found,) = loaded.diagnostics
    assert problems(loaded) == "a.errpath:8:7: E302 the aspect `kind` is stated twice"
    assert [(note.at.file, note.at.line) for note in found.notes] == [("s.errpath", 2)]


def test_a_file_can_include_what_does_not_include_it_back(tmp_path: Path) -> None:
    """
    Two cycles through one file are two problems.
    """
    loaded = load_texts(
        tmp_path,
        {
            "a.errpath": 'include "b.errpath"\ninclude "c.errpath"\ninclude "a.errpath"\n',
            "b.errpath": 'include "a.errpath"\n',
            "c.errpath": 'include "a.errpath"\n',
        },
        "a.errpath",
    )

    assert problems(loaded).splitlines() == [
        "a.errpath:3:9: E502 `a.errpath` includes itself",
        "b.errpath:1:9: E502 `a.errpath` includes itself",
        "c.errpath:1:9: E502 `a.errpath` includes itself",
    ]
    assert loaded.specs == ()


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(("length", "errors"), [(50, 0), (51, 1)])
def test_definitions_use_each_other_only_so_deep(
    length: int, errors: int, order: int, tmp_path: Path
) -> None:
    """
    In whichever order they stand, a longer chain is a diagnostic, and never a crash.
    """
    chain = [f'situation "s{i}" {{\n  use "s{i + 1}"\n}}\n' for i in range(length)]
    chain.append(f'situation "s{length}" {{\n  src: file\n}}\n')
    loaded = load_texts(tmp_path, {"a.errpath": "".join(chain[::order])})

    assert [d.message for d in loaded.diagnostics] == ["the definition is used too deep"] * errors


def test_a_very_long_chain_of_definitions_is_no_crash(tmp_path: Path) -> None:
    """
    Nor does it take long.
    """
    chain = "".join(f'situation "s{i}" {{\n  use "s{i + 1}"\n}}\n' for i in range(5000))
    loaded = load_texts(tmp_path, {"a.errpath": chain})

    assert {d.message for d in loaded.diagnostics} == {
        "the definition is used too deep",
        "no situation or contract is named `s5000`",
    }
