# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.commands.finding import Code, Finding, render

FINDINGS = [
    Finding(code=Code.STALE, message="is stale", file="a, b.py", help="write it"),
    Finding(code=Code.MISSING, message="is missing", file="c.py", line=3, help="write it"),
    Finding(code=Code.NOT_RUN, message="nothing ran"),
]


@pytest.mark.parametrize(
    ("output_format", "expected"),
    [
        (
            "full",
            """\
error[E602]: a, b.py is stale
error[E601]: c.py:3 is missing
error[E605]: nothing ran
  = help: write it""",
        ),
        (
            "concise",
            """\
a, b.py: E602 is stale
c.py:3: E601 is missing
E605 nothing ran""",
        ),
        (
            "github",
            """\
::error file=a%2C b.py,title=E602::a, b.py is stale%0Ahelp: write it
::error file=c.py,line=3,title=E601::c.py:3 is missing%0Ahelp: write it
::error title=E605::nothing ran""",
        ),
    ],
)
def test_formats(output_format: str, expected: str) -> None:
    """
    Each format tells all findings; a help that several share is told once to a reader.
    """
    assert render(FINDINGS, output_format) == expected


@pytest.mark.parametrize("output_format", ["full", "concise", "github"])
def test_nothing_found(output_format: str) -> None:
    """
    Nothing found is nothing said.
    """
    assert render([], output_format) == ""
