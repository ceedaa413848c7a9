# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from errpath.language.syntax.parse import parse
from errpath.language.syntax.tree import Item
from tests.language.reading import load_texts, problems

GOOD: Final = 'law "good" {\n    because "A reason."\n    calls nothing()\n}\n'
FOUND_IN_GOOD: Final = "E203 no primitive is named `nothing`"


@pytest.mark.parametrize(
    ("before", "errors"),
    [
        ('law "a" {\n    because A reason.\n}\n', ["2:13 expected a string, found `A`"]),
        ('law "a" {\n    because "A reason.\n}\n', ["2:13 the string does not end on its line"]),
        ('law "a" {\n', ["1:9 the block is not closed"]),
        ('law "a" {\n    pre {\n    never a(\n}\n', ["1:9 the block is not closed", "3:13 ..."]),
        ('law "a"\n', ["1:8 expected `{`, found the end of the line"]),
        ('law "a" }\n', ["1:9 expected `{`, found `}`"]),
        ("}\n", ["1:1 ..."]),
        ("=\n", ["1:1 ..."]),
        ("\u00e9\n", ["1:1 ..."]),
        ("law law {\n    nothing\n}\n", ["1:5 expected a string, found `law`"]),
        (
            'law "a" {\n    never x(y), z(a)\n    x(\n    returns\n}\n',
            ["2:15 ...", "3:7 ...", "4:12 ..."],
        ),
        (
            'law "a" {\n    x(y),\n    returns 0\n    fail\n}\n',
            [
                "3:13 expected `(`, found `0`",
                "4:9 expected a name, found the end of the line",
            ],
        ),
        ('law "a" { never }\n', ["1:17 expected a name, found `}`"]),
        ('delta pre post "a" {\n}\n', ["1:11 expected `->`, found `post`"]),
        ('law "a" {\n    post {\n        never\n    }\n    pre: \n}\n', ["3:14 ...", "5:10 ..."]),
    ],
)
def test_an_error_costs_no_more_than_its_statement_or_item(
    before: str, errors: list[str], tmp_path: Path
) -> None:
    """
    What stands behind it is read, and its own problems are told too.
    """
    found = problems(load_texts(tmp_path, {"a.errpath": before + GOOD})).splitlines()
    last = before.count("\n") + 3

    assert found[-1] == f"a.errpath:{last}:11: {FOUND_IN_GOOD}"
    assert [
        _place_and(line, error) for line, error in zip(found[:-1], errors, strict=True)
    ] == errors


def _place_and(line: str, wanted: str) -> str:
    place, _, message = line.removeprefix("a.errpath:").partition(": ")
    return f"{place} {'...' if wanted.endswith(' ...') else message[5:]}"


def test_a_file_may_end_too_soon(tmp_path: Path) -> None:
    """
    The place is behind its last character.
    """
    loaded = load_texts(tmp_path, {"a.errpath": '# a\nlaw "a"'})

    assert problems(loaded) == "a.errpath:2:8: E101 expected `{`, found the end of the file"


def test_a_damaged_item_does_not_miss_what_was_left_out(tmp_path: Path) -> None:
    """
    A clause that could not be parsed is no missing clause.
    """
    loaded = load_texts(
        tmp_path, {"a.errpath": 'law "a" {\n    becaus "A reason."\n    retuns 0\n}\n'}
    )

    assert [d.at.line for d in loaded.diagnostics] == [2, 3]


def test_only_damaged_items_are_marked() -> None:
    """
    The rest of the tree is as good as ever.
    """
    parsed = parse('law "a" {\n    nver x()\n}\n' + GOOD, "a.errpath")

    assert [item.damaged for item in parsed.items if isinstance(item, Item)] == [True, False]


def test_an_item_with_very_many_errors_is_given_up() -> None:
    """
    So that a file which is none of ours costs seconds, not hours.
    """
    lines = "    nver x()\n" * 1000
    parsed = parse(f'law "a" {{\n{lines}}}\n' * 20, "a.errpath")

    assert len(parsed.diagnostics) == 500
    assert parsed.items == []


def test_the_parser_is_made_when_the_first_spec_is_read() -> None:
    """
    A start that reads no spec pays for no grammar.
    """
    code = "import sys, errpath.language; print('lark' in sys.modules, 'pydantic' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "False False\n"


def test_what_the_room_does_not_have_is_an_attribute_error() -> None:
    """
    As in any module.
    """
    import errpath.language  # noqa: PLC0415 - the test is about the module itself

    with pytest.raises(AttributeError, match="no_such_name"):
        _ = errpath.language.no_such_name
