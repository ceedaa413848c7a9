# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.emit.literal import docstring, literal, name, prose
from tests.emit.strategies import HOSTILE

ANY = st.text(st.characters(exclude_categories=())) | HOSTILE
WRITABLE = st.text() | HOSTILE


@given(ANY)
def test_literal_evaluates_to_the_text(text: str) -> None:
    """
    A literal, evaluated, is the text again, whatever characters it has.
    """
    assert ast.literal_eval(literal(text)) == text


@given(ANY)
def test_literal_is_one_printable_line(text: str) -> None:
    """
    A literal stands on one line, with nothing in it that an editor would not show.
    """
    assert literal(text).isprintable()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", '""'),
        ("put_page(src)", '"put_page(src)"'),
        ("it's", '"it\'s"'),
        ('a "lock"', "'a \"lock\"'"),
        ('"it\'s" "so"', '\'"it\\\'s" "so"\''),
        ("\"it's\"'", '"\\"it\'s\\"\'"'),
        ("a\\b\n", '"a\\\\b\\n"'),
        ("caf\u00e9", '"caf\u00e9"'),
        ("\u00a0\u200b", '"\\xa0\\u200b"'),
        ("\u4e2d\u6587 \u2192", '"\u4e2d\u6587 \u2192"'),
        ("e\u0301 \u2764\ufe0f", '"e\\u0301 \\u2764\\ufe0f"'),
        ("\u0416\u2010\u2027\u2190\u21ff", '"\u0416\u2010\u2027\u2190\u21ff"'),
        ("\u0300\u0483\u0531\u2200\u2e80", '"\\u0300\\u0483\\u0531\\u2200\\u2e80"'),
    ],
)
def test_literal_as_ruff_writes_it(text: str, expected: str) -> None:
    """
    Quotes are double unless that takes more escapes; what is printable stays as it is.
    """
    assert literal(text) == expected


@given(WRITABLE)
def test_docstring_is_one_statement(text: str) -> None:
    """
    A docstring is one string and nothing else: the text, with its white space folded.
    """
    (statement,) = ast.parse(docstring(text)).body
    assert isinstance(statement, ast.Expr)
    assert ast.literal_eval(statement.value) == " ".join(text.split())


@given(WRITABLE)
def test_prose_is_a_part_of_a_docstring(text: str) -> None:
    """
    Prose can stand anywhere in a docstring, and is the folded text there.
    """
    (statement,) = ast.parse(f'"""\n{prose(text)}\n\nEnd\n"""').body
    assert isinstance(statement, ast.Expr)
    assert ast.literal_eval(statement.value) == f"\n{' '.join(text.split())}\n\nEnd\n"


@pytest.mark.parametrize("text", ["post", "test_no_memory__pre", "_", "MIGRATE_SYNC", "match"])
def test_name_lets_identifiers_through(text: str) -> None:
    """
    An ASCII identifier is a name.
    """
    assert name(text) == text


@pytest.mark.parametrize(
    "text", ["", "a b", "a.b", "1st", "caf\u00e9", "\uff50re", "class", "None", "a\n", "a)", "a;b"]
)
def test_name_refuses_everything_else(text: str) -> None:
    """
    What is no ASCII identifier, or a keyword, does not get into a file.
    """
    with pytest.raises(ValueError, match="is not a name that can stand in a generated file"):
        name(text)


@given(HOSTILE | st.text())
def test_name_is_an_identifier(text: str) -> None:
    """
    Whatever gets through as a name is an identifier of Python's.
    """
    try:
        found = name(text)
    except ValueError:
        found = "refused"
    assert ast.unparse(ast.parse(found, mode="eval")) == found
