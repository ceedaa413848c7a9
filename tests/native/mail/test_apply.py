# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.native.mail.error import MailError
from tests.native.mail.mails import FILE, NEW, OLD, applied, archived, diff_of, reply, solid

MOVED = "/* A line more. */\n" * 5 + OLD
AGAIN = """\
static int carry(struct box *box, int hard)
{
	int rc = -EAGAIN;

	/* Somebody else may have it. */
	if (!try_lift(box)) {
"""


def _places(mail: str, text: str = OLD) -> list[str]:
    return [str(one) for one in applied(mail, text).hunks]


def test_place_of_each_hunk() -> None:
    """
    A patch that was made of the text goes in where it says, and nothing is fuzzy.
    """
    assert _places(diff_of()) == [
        "hunk 1 (@@ -2,7 +2,8 @@) at line 2",
        "hunk 2 (@@ -28,8 +29,8 @@) at line 28",
    ]


def test_offset() -> None:
    """
    A text with lines more above gets the hunks further down, each of which says so.
    """
    found = applied(diff_of(), MOVED)
    assert found.text == "/* A line more. */\n" * 5 + NEW
    assert _places(diff_of(), MOVED) == [
        "hunk 1 (@@ -2,7 +2,8 @@) at line 7 (5 lines further down)",
        "hunk 2 (@@ -28,8 +29,8 @@) at line 33 (5 lines further down)",
    ]


def test_one_line_further_up() -> None:
    """
    An offset of one line is told as one, in its direction.
    """
    text = OLD.removeprefix("#define TRIES 3\n")
    assert _places(diff_of(), text) == [
        "hunk 1 (@@ -2,7 +2,8 @@) at line 1 (1 line further up)",
        "hunk 2 (@@ -28,8 +29,8 @@) at line 27 (1 line further up)",
    ]


def test_white_space() -> None:
    """
    White space that an archive has lost is overlooked, and this is told.
    """
    mail = reply(archived(diff_of()))
    assert _places(mail) == [
        "hunk 1 (@@ -2,7 +2,8 @@) at line 2 (white space folded)",
        "hunk 2 (@@ -28,8 +29,8 @@) at line 28 (white space folded)",
    ]


def test_lines_that_stay_keep_their_blanks() -> None:
    """
    What is in the text stays as it is there; what comes is as the mail has it.
    """
    text = applied(reply(archived(diff_of()))).text
    assert "\tif (!try_lift(box)) {\n" in text
    assert "\n int late = 0;\n" in text


@pytest.mark.parametrize(
    "text",
    [
        OLD.replace("-EAGAIN;\n\n", "-EAGAIN;\n\n\n"),
        OLD.replace("-EAGAIN;\n\n", "-EAGAIN;\n"),
    ],
    ids=["more", "fewer"],
)
def test_blank_lines(text: str) -> None:
    """
    A blank line more or less in the text is overlooked, and this is told.
    """
    assert solid(applied(diff_of(), text).text) == solid(NEW)
    assert any("blank lines folded" in place for place in _places(diff_of(), text))


def test_blank_lines_that_the_mail_has_lost() -> None:
    """
    A mail without its blank lines is read by what its headers count.
    """
    lost = "".join(f"{line}\n" for line in archived(diff_of()).splitlines() if line != ">")
    assert solid(applied(reply(lost)).text) == solid(NEW)


def test_blank_lines_that_the_mail_has_more() -> None:
    """
    A mail with a blank line behind each line is read by what its headers count.
    """
    assert solid(applied(archived(diff_of(), 0).replace("\n", "\n\n")).text) == solid(NEW)


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("/* Somebody else might have it. */", True),
        ("/* A comment\n\t * of two lines */", True),
        ("", False),
    ],
)
def test_comments(comment: str, kept: bool) -> None:  # noqa: FBT001 - a row of the table
    """
    Comments of a tree that say something else are overlooked, kept, and told.
    """
    text = OLD.replace("/* Somebody else may have it. */", comment)
    found = applied(diff_of(), text)
    assert "int late = 0;" in found.text
    assert (comment in found.text) or not kept
    assert found.hunks[0].fuzzy == ("white space, blank lines and comments folded",)


def test_comment_that_goes() -> None:
    """
    A patch that removes a comment removes the tree's version of it.
    """
    mail = diff_of(new=OLD.replace("\t/* Somebody else may have it. */\n", ""))
    text = OLD.replace("may have it", "might have it")
    assert applied(mail, text).text == OLD.replace("\t/* Somebody else may have it. */\n", "")


def test_context_that_looks_marked() -> None:
    """
    A line of C that begins with a sign, and has lost its blanks, is what the text tells.
    """
    old = OLD.replace("note(box, rc);", "note(box, rc\n\t\t-late\n\t\t+hard);\n\t++rc;\n\t--rc;")
    new = old.replace("\trc = walk(box);\n", "\trc = walk(box, hard);\n").replace(
        "drop(box);", "drop(box, rc);"
    )
    found = applied(reply(archived(diff_of(old, new))), old)
    assert solid(found.text) == solid(new)
    assert found.hunks[1].fuzzy == (
        "white space folded",
        "context lines that look like marked ones",
    )


def test_end_of_a_text_without_newline() -> None:
    """
    A text that ends without a newline, or is to, ends as it does.
    """
    mail = (
        f"--- a/{FILE}\n+++ b/{FILE}\n@@ -1,2 +1,2 @@\n one\n-two\n\\ No newline at end of file\n"
    )
    mail += "+three\n\\ No newline at end of file\n"
    assert applied(mail, "one\ntwo").text == "one\nthree"


def test_places_of_a_hunk_are_told_apart_by_the_others() -> None:
    """
    Hunks stand in a text as they stand in a patch: what fits twice may have one place only.
    """
    old = f"int a;\nint b;\nint c;\n{'int x;' * 3}\n" + "one();\ntwo();\nthree();\n" * 2
    mail = (
        f"--- a/{FILE}\n+++ b/{FILE}\n@@ -90,3 +90,2 @@\n one();\n-two();\n three();\n"
        "@@ -96,3 +95,2 @@\n one();\n-two();\n three();\n"
    )
    assert applied(mail, old).text == old.replace("two();\n", "")


@pytest.mark.parametrize(
    ("mail", "text", "told"),
    [
        (
            reply(archived(diff_of())),
            AGAIN + OLD,
            (
                "a.mail:13: hunk 1 (@@ -2,7 +2,8 @@) fits at 2 places of mm/migrate.c: lines 1, 8; "
                "more lines of context tell a place from others"
            ),
        ),
        (
            diff_of(),
            NEW,
            (
                "a.mail:5: hunk 1 (@@ -2,7 +2,8 @@) does not apply: mm/migrate.c has its new lines "
                "already; a patch is judged on the tree that it was made for"
            ),
        ),
        (
            diff_of(),
            OLD.replace("int rc = -EAGAIN", "long rc = -EAGAIN"),
            (
                "a.mail:9: hunk 1 (@@ -2,7 +2,8 @@) does not apply to "
                "mm/migrate.c: nearest is line 5, "
                "where `long rc = -EAGAIN;` stands and the patch has `int rc = -EAGAIN;`; "
                "a patch is judged on the tree that it was made for"
            ),
        ),
        (
            diff_of(),
            OLD.partition("\t\tif (rc)\n\t\t\tbreak")[0],
            (
                "a.mail:19: hunk 2 (@@ -28,8 +29,8 @@) does not apply to "
                "mm/migrate.c: nearest is line "
                "31, where the file ends and the patch has `if (rc)`; "
                "a patch is judged on the tree that it was made for"
            ),
        ),
        (
            diff_of(),
            "int other;\n",
            (
                "a.mail:5: hunk 1 (@@ -2,7 +2,8 @@) does not apply to mm/migrate.c: "
                "none of its lines is there; a patch is judged on the tree that it was made for"
            ),
        ),
        (
            f"--- a/{FILE}\n+++ b/{FILE}\n@@ -4,0 +5 @@\n+int a;\n",
            OLD,
            (
                "a.mail:3: hunk 1 (@@ -4,0 +5,1 @@) has no line of mm/migrate.c that says where it "
                "belongs; a hunk has lines of context, as `diff -u` gives"
            ),
        ),
        (
            f"--- a/{FILE}\n+++ b/{FILE}\n@@ -1,1 +1,20001 @@\n int a;\n" + "+int b;\n" * 20000,
            OLD,
            (
                "a.mail:1: its hunks of mm/migrate.c have 20,002 lines; "
                "a patch of one file has at most 20,000"
            ),
        ),
        (
            f"--- /dev/null\n+++ b/{FILE}\n@@ -0,0 +1 @@\n+int a;\n",
            OLD,
            (
                "a.mail:1: the patch creates mm/migrate.c; errpath judges "
                "changes of the functions in it"
            ),
        ),
        (
            (
                f"--- a/{FILE}\n+++ b/{FILE}\n@@ -9,2 +9,1 @@\n-drop(box);\n out:\n"
                "@@ -20,2 +19,1 @@\n-#define TRIES 3\n \n"
            ),
            OLD,
            (
                "a.mail:1: the hunks of the patch fit in another order than they stand in it; "
                "a patch is judged on the tree that it was made for"
            ),
        ),
    ],
)
def test_hunk_that_does_not_go_in(mail: str, text: str, told: str) -> None:
    """
    A hunk without one place is refused: the first line that differs, and where it is nearest.
    """
    with pytest.raises(MailError) as error:
        applied(mail, text)
    assert str(error.value) == told
