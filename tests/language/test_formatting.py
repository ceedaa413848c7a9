# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from pathlib import Path

import pytest

from errpath.language import Code, UnformattableError, format_text
from tests.golden import check_golden

FORMATTED = sorted((Path(__file__).parent / "formatted").glob("*.before"))


@pytest.mark.parametrize("path", FORMATTED, ids=lambda path: path.stem)
def test_a_spec_has_one_layout(path: Path) -> None:
    """
    The same for everybody, and formatting it again changes nothing.
    """
    found = format_text(path.read_text(encoding="utf-8"))

    check_golden(path.with_suffix(".after"), found)
    assert format_text(found) == found


@pytest.mark.parametrize(
    ("text", "formatted"),
    [
        ("", ""),
        ("\n\n", ""),
        ("# a", "# a\n"),
        ("\ufeff# a \r\n\r\n\r\n# b\r\n", "# a\n\n# b\n"),
        ('situation "a" { }', 'situation "a" {}\n'),
        ('law "a"{returns 0}', 'law "a" {\n    returns 0\n}\n'),
        ('delta a->b"c"{}', 'delta a -> b "c" {}\n'),
        (
            'include "a"\n# b\ninclude "c"\nlaw "d"{}',
            'include "a"\n# b\ninclude "c"\n\nlaw "d" {}\n',
        ),
    ],
)
def test_a_text_is_laid_out(text: str, formatted: str) -> None:
    """
    Down to the smallest; blank lines stand between items, and after the includes.
    """
    assert format_text(text) == formatted


def test_a_text_with_a_syntax_error_is_left_alone() -> None:
    """
    All its errors are told, with the name that the caller gives.
    """
    with pytest.raises(UnformattableError) as caught:
        format_text('law "a" {\n  nothing here\n}\n\nlaw b {\n}\n', file="x.errpath")

    assert [(d.code, d.at.file, d.at.line) for d in caught.value.diagnostics] == [
        (Code.SYNTAX, "x.errpath", 2),
        (Code.SYNTAX, "x.errpath", 5),
    ]
    assert str(caught.value) == "expected `(`, `:` or `{`, found `here`"


def test_a_text_that_only_names_what_does_not_exist_is_formatted() -> None:
    """
    The layout of a spec has nothing to do with a vocabulary.
    """
    assert format_text('law "a" {\n never x(y)}') == 'law "a" {\n    never x(y)\n}\n'
