# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from difflib import unified_diff

from hypothesis import given, settings
from hypothesis import strategies as st

from errpath.native.mail.apply import apply
from errpath.native.mail.error import MailError
from errpath.native.mail.reading import read_patch

# Short lines that come again and again, some of which look like marks, and blank ones.
_LINES = st.sampled_from(
    [
        *(
            "",
            "",
            "}",
            "\t}",
            "\tgoto out;",
            "\tgoto  out;",
            "out:",
            "\tif (a",
            "\t\t-b)",
            "\t\t+c)",
        ),
        *("\t--a;", "\t++a;", "\treturn -b;", "/* why", " * not", " */", "#define A", ">> 1;"),
    ]
)
_OWN = st.integers(0, 10**6).map(lambda number: f"\tcall_{number}();")
_TEXT = st.lists(st.one_of(_LINES, _OWN), min_size=1, max_size=40)
_EDITS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 3), st.lists(st.one_of(_LINES, _OWN), max_size=3)),
    min_size=1,
    max_size=3,
)


def _edited(text: list[str], edits: list[tuple[int, int, list[str]]]) -> list[str]:
    new = list(text)
    for at, gone, come in edits:
        new[at : at + gone] = come
    return new


def _diff(old: list[str], new: list[str]) -> list[str]:
    return list(unified_diff(old, new, "a/mm/migrate.c", "b/mm/migrate.c", lineterm=""))


def _archived(line: str) -> str:
    """
    Quote a line of a diff as an archive keeps it: no leading blank, one blank for several.
    """
    mark = line[:1] if line[:1] in ("+", "-") else ""
    rest = line[len(mark) :]
    blank = " " if mark and rest[:1].isspace() else ""
    return f"> {mark}{blank}{' '.join(rest.split())}".rstrip()


def _solid(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@given(_TEXT, _EDITS)
def test_sent_patch_gives_the_edited_text(
    old: list[str], edits: list[tuple[int, int, list[str]]]
) -> None:
    """
    A patch goes into the text that it was made of as it says, to the letter.
    """
    new = _edited(old, edits)
    diff = _diff(old, new)
    if not diff:
        return
    (file,) = read_patch(_text(diff).encode(), "a.diff").files
    assert apply(file, _text(old)).text == _text(new)


@settings(max_examples=200)
@given(_TEXT, _EDITS)
def test_archived_patch_gives_the_edited_text_or_nothing(
    old: list[str], edits: list[tuple[int, int, list[str]]]
) -> None:
    """
    A patch that lost its blanks gives the edited text, up to white space, or is refused.
    """
    new = _edited(old, edits)
    diff = _diff(old, new)
    if not diff:
        return
    mail = _text(["Somebody wrote:", "", *map(_archived, diff), "", "Fine."])
    found = _applied(mail, _text(old))
    # What is refused is so because there are two ways to read it, or no context.
    refused = isinstance(found, MailError)
    assert not refused or any(why in str(found) for why in ("fits at", "can be read in", "has no"))
    assert refused or _solid(str(found)) == _solid(_text(new))


def _applied(mail: str, text: str) -> str | MailError:
    try:
        (file,) = read_patch(mail.encode(), "a.txt").files
        return apply(file, text).text
    except MailError as error:
        return error
