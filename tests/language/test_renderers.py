# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import json
from typing import Final

import pytest

from errpath.language import Code, Diagnostic, Note, Span, render

TEXT: Final = "# One.\n\n    fail get_new_pag(src)\n"


def span(line: int, column: int, end: int, file: str = "specs/a.errpath") -> Span:
    """
    Give a stretch of one line.
    """
    return Span(file=file, line=line, column=column, end_line=line, end_column=end)


UNKNOWN: Final = Diagnostic(
    code=Code.UNKNOWN_PRIMITIVE,
    message="no primitive is named `get_new_pag`",
    at=span(3, 10, 21),
    help="a primitive named `get_new_page` exists",
    notes=(Note(message="first stated here", at=span(1, 3, 6)),),
)
WHOLE_FILE: Final = Diagnostic(
    code=Code.EMPTY_FILE, message="the file says nothing", at=Span(file="b.errpath")
)


def shown(line: str, column: int, end: int) -> list[str]:
    """
    Give the three lines that show a span: a bar, the line, the carets.
    """
    at = span(1, column, end)
    found = Diagnostic(code=Code.SYNTAX, message="m", at=at)
    return render([found], {at.file: f"{line}\n"}, "full").split("\n")[3:]


def test_full_is_the_shape_of_rustc() -> None:
    """
    Code and message, place, the line with the span underlined, help, notes.
    """
    assert render([UNKNOWN, WHOLE_FILE], {"specs/a.errpath": TEXT}, "full") == (
        "error[E203]: no primitive is named `get_new_pag`\n"
        "  --> specs/a.errpath:3:10\n"
        "   |\n"
        " 3 |     fail get_new_pag(src)\n"
        "   |          ^^^^^^^^^^^\n"
        "   = help: a primitive named `get_new_page` exists\n"
        "   = note: first stated here: specs/a.errpath:1:3\n"
        "\n"
        "error[E005]: the file says nothing\n"
        "  --> b.errpath"
    )


def test_full_makes_room_for_long_line_numbers() -> None:
    """
    The bars stay below each other.
    """
    at = span(1234, 1, 2)
    found = Diagnostic(code=Code.SYNTAX, message="m", at=at, help="h")

    assert render([found], {at.file: "\n" * 1233 + "x"}, "full") == (
        "error[E101]: m\n    --> specs/a.errpath:1234:1\n     |\n1234 | x\n     | ^\n     = help: h"
    )


def test_full_without_the_text_shows_the_place() -> None:
    """
    A file that could not be read has no lines to show.
    """
    assert render([UNKNOWN], {}, "full").split("\n")[1:3] == [
        "  --> specs/a.errpath:3:10",
        "   = help: a primitive named `get_new_page` exists",
    ]


@pytest.mark.parametrize(
    ("line", "column", "end", "lines"),
    [
        ("a\tbc\td", 3, 5, [" 1 | a    bc    d", "   |      ^^"]),
        ("\u65e5\u672c x", 4, 5, [" 1 | \u65e5\u672c x", "   |      ^"]),
        ("\u65e5\u672c x", 1, 3, [" 1 | \u65e5\u672c x", "   | ^^^^"]),
        ("e\u0301 x", 4, 5, [" 1 | e\u0301 x", "   |   ^"]),
        ("a\x1b[31m x", 8, 9, [" 1 | a\\x1b[31m x", "   |           ^"]),
        ("\u202ea x", 4, 5, [" 1 | \\u202ea x", "   |         ^"]),
        ("ab", 3, 4, [" 1 | ab", "   |   ^"]),
        ("", 1, 2, [" 1 |", "   | ^"]),
    ],
    ids=["tab", "before wide", "wide", "combining", "escape", "bidi", "end of line", "empty"],
)
def test_carets_stand_below_what_they_are_about(
    line: str, column: int, end: int, lines: list[str]
) -> None:
    """
    Whatever the width of a character, and whatever a terminal would do with it.
    """
    assert shown(line, column, end) == lines


def test_a_long_line_is_shown_around_the_span() -> None:
    """
    What is cut off is marked, and the carets stand where they should.
    """
    line = "x" * 500 + "HERE" + "y" * 500

    assert shown(line, 501, 505) == [
        f" 1 | ...{'x' * 30}HERE{'y' * 66}...",
        f"   | {' ' * 33}^^^^",
    ]


def test_a_long_span_ends_where_the_line_is_cut() -> None:
    """
    Carets do not run on into nothing.
    """
    assert shown("z" * 300, 1, 301) == [f" 1 | {'z' * 100}...", f"   | {'^' * 100}"]


def test_concise_is_one_line() -> None:
    """
    As compilers write it, and editors read it.
    """
    assert render([UNKNOWN, WHOLE_FILE], {}, "concise") == (
        "specs/a.errpath:3:10: E203 no primitive is named `get_new_pag`\n"
        "b.errpath: E005 the file says nothing"
    )


def test_text_for_people_has_no_control_characters() -> None:
    """
    Neither a name nor a message can steer the terminal.
    """
    found = Diagnostic(
        code=Code.DUPLICATE_NAME,
        message="the name `\x1b[2J` is taken",
        at=Span(file="a\n.errpath"),
        help="\u202e",
        notes=(Note(message="\x07", at=Span(file="\x08")),),
    )

    assert render([found], {}, "full") == (
        "error[E201]: the name `\\x1b[2J` is taken\n"
        "  --> a\\x0a.errpath\n"
        "   = help: \\u202e\n"
        "   = note: \\x07: \\x08"
    )
    assert render([found], {}, "concise") == ("a\\x0a.errpath: E201 the name `\\x1b[2J` is taken")


def test_github_is_a_workflow_command() -> None:
    """
    One line, in which what would end a property or the line is escaped.
    """
    strange = Diagnostic(
        code=Code.SYNTAX, message="100%\r\nof: it, all", at=span(3, 10, 21, "a,b:c.errpath")
    )

    assert render([UNKNOWN, strange, WHOLE_FILE], {}, "github") == (
        "::error file=specs/a.errpath,line=3,col=10,endColumn=21,title=E203::"
        "no primitive is named `get_new_pag`%0A"
        "help: a primitive named `get_new_page` exists%0A"
        "note: first stated here: specs/a.errpath:1:3\n"
        "::error file=a%2Cb%3Ac.errpath,line=3,col=10,endColumn=21,title=E101::"
        "100%25%0D%0Aof: it, all\n"
        "::error file=b.errpath,title=E005::the file says nothing"
    )


def test_json_is_one_object_a_line() -> None:
    """
    With the same keys in each.
    """
    one, two = map(json.loads, render([UNKNOWN, WHOLE_FILE], {}, "json").splitlines())

    assert one == {
        "code": "E203",
        "message": "no primitive is named `get_new_pag`",
        "file": "specs/a.errpath",
        "line": 3,
        "column": 10,
        "end_line": 3,
        "end_column": 21,
        "help": "a primitive named `get_new_page` exists",
        "notes": [
            {
                "message": "first stated here",
                "file": "specs/a.errpath",
                "line": 1,
                "column": 3,
                "end_line": 1,
                "end_column": 6,
            }
        ],
    }
    assert list(two) == list(one)
    assert (two["line"], two["help"], two["notes"]) == (0, None, [])
