# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from pathlib import Path

import pytest

from errpath.language.meaning.slug import slug
from errpath.language.report.suggest import closest, listed, short
from errpath.language.syntax.text import head_comment
from tests.language.reading import load_spec


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("no memory for the new page", "no_memory_for_the_new_page"),
        ("  -EAGAIN: retry! ", "eagain_retry"),
        ("dst's lock", "dst_s_lock"),
        ("Größe", "grosse"),
        ("café—au lait", "cafe_au_lait"),
        ("日本", "u65e5_u672c"),
        ("ﬁle", "file"),
        ("!?", "u21_u3f"),
        ("class", "class_"),
        ("4 pages", "4_pages"),
        ("", "empty"),
    ],
)
def test_a_name_has_a_part_of_an_identifier(name: str, identifier: str) -> None:
    """
    Lower-case ASCII letters, digits and `_`, never empty, never a keyword.
    """
    assert slug(name) == identifier
    assert f"test_{slug(name)}".isidentifier()


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("get_new_pag", ["get_new_page", "put_new_page"], "get_new_page"),
        ("pageanon", ["PageAnon", "PageKsm"], "PageAnon"),
        ("lru_list", ["from_list", "lru"], "lru"),
        ("nothing_like_it", ["get_new_page"], None),
        ("x" * 1000, ["x" * 999], None),
        ("anything", [], None),
    ],
)
def test_what_was_meant_is_what_looks_alike(name: str, known: list[str], found: str | None) -> None:
    """
    Case counts little, a common ending less than a whole word, and nothing is forced.
    """
    assert closest(name, known) == found


def test_names_are_listed_as_prose() -> None:
    """
    With an `and` before the last.
    """
    assert listed(["a"]) == "`a`"
    assert listed(["a", "b", "c"]) == "`a`, `b` and `c`"


def test_a_name_without_an_end_is_cut() -> None:
    """
    A message stays a line.
    """
    assert short("x" * 60) == "x" * 60
    assert short("x" * 61) == "x" * 60 + "..."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ""),
        ('law "a" {\n}\n# later\n', ""),
        ("# one\n# two\n\n# three\n", "one\ntwo"),
        ("#one\n#\n#  two  \n\n", "one\n\n two"),
        ("# SPDX-License-Identifier: MIT\n\n# one\n", "one"),
        ("# one\n# SPDX-License-Identifier: MIT\n# two\n", "one\ntwo"),
        ("\n  # one\r\n  # two\r\n", "one\ntwo"),
        ("# one", "one"),
    ],
)
def test_the_head_comment_is_the_first_block_without_its_marks(text: str, says: str) -> None:
    """
    Nor its licence, which is no word about the contracts.
    """
    assert head_comment(text) == says


def test_escapes_of_a_string_are_two(tmp_path: Path) -> None:
    """
    Everything else in a string is itself.
    """
    spec = load_spec(
        tmp_path, 'law "a \\"b\\" \\\\n {} | %s \'" {\n    because "\\\\\\""\n    returns 0\n}\n'
    )

    assert spec.laws[0].name == 'a "b" \\n {} | %s \''
    assert spec.laws[0].because == '\\"'
