# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from tests.shell import BUSY, CLAIM, SLIP, Said, Shell

UGLY = CLAIM.replace("    ", "\t").replace("src: anon, mapped", "src :anon,mapped")


def test_formats(shell: Shell) -> None:
    """
    Files that are not in the one layout are written anew, and the others are not mentioned.
    """
    shell.write("specs/a.errpath", UGLY)
    shell.write("specs/b.errpath", BUSY)
    said = [shell("format"), shell("format")]
    assert (said, shell.read("specs/a.errpath"), shell.read("specs/b.errpath")) == (
        [Said(0, "formatted specs/a.errpath\n"), Said(0, "2 specs: nothing to change\n")],
        CLAIM,
        BUSY,
    )


def test_check(shell: Shell) -> None:
    """
    To check is to write nothing.
    """
    shell.write("specs/a.errpath", UGLY)
    said = shell("format", "--check")
    assert (said, shell.read("specs/a.errpath")) == (
        Said(1, "specs/a.errpath would change\n"),
        UGLY,
    )


def test_diff(shell: Shell) -> None:
    """
    The diff shows what would change, and writes nothing.
    """
    ugly = CLAIM.replace("src: anon, mapped", "src :anon,mapped")
    shell.write("specs/a.errpath", ugly)
    said = shell("format", "--diff")
    context = " "  # what stands for an empty line of a diff
    expected = f"""\
--- specs/a.errpath
+++ specs/a.errpath
@@ -2,7 +2,7 @@
{context}
 scenario "no memory, no change" {{
     because "The page must still be on its caller's list."
-    src :anon,mapped
+    src: anon, mapped
     fail get_new_page(src)
{context}
     returns -ENOMEM
"""
    assert (said, shell.read("specs/a.errpath")) == (Said(1, expected), ugly)


def test_byte_order_mark(shell: Shell) -> None:
    """
    A byte order mark is no part of the layout.
    """
    shell.write("specs/a.errpath", b"\xef\xbb\xbf" + CLAIM.encode())
    said = [shell("format", "--diff"), shell("format"), shell("format", "--check")]
    assert said == [
        Said(1, "specs/a.errpath would change in its first bytes\n"),
        Said(0, "formatted specs/a.errpath\n"),
        Said(0, "1 spec: nothing to change\n"),
    ]


def test_line_ends(shell: Shell) -> None:
    """
    Lines end as the kernel's do.
    """
    shell.write("specs/a.errpath", CLAIM.replace("\n", "\r\n").encode())
    said = shell("format")
    assert (said, (shell.folder / "specs/a.errpath").read_bytes()) == (
        Said(0, "formatted specs/a.errpath\n"),
        CLAIM.encode(),
    )


def test_syntax_error(shell: Shell) -> None:
    """
    A file with a syntax error is left as it is, and the others are formatted.
    """
    broken = CLAIM.replace("returns -ENOMEM", "returns")
    shell.write("specs/a.errpath", broken)
    shell.write("specs/b.errpath", UGLY)
    said = shell("format")
    assert (said.status, said.out.splitlines()[0], "specs/a.errpath:8:12" in said.out) == (
        1,
        "formatted specs/b.errpath",
        True,
    )
    assert (shell.read("specs/a.errpath"), shell.read("specs/b.errpath")) == (broken, CLAIM)


def test_names_do_not_matter(shell: Shell) -> None:
    """
    To be laid out, a file has to be well-formed, not right.
    """
    shell.write("specs/a.errpath", SLIP)
    assert shell("format", "--check") == Said(0, "1 spec: nothing to change\n")


def test_link_stays_one(shell: Shell) -> None:
    """
    What a link leads to is formatted; the link stays.
    """
    shell.write("shared/a.errpath", UGLY)
    (shell.folder / "specs").mkdir()
    link = shell.folder / "specs" / "a.errpath"
    link.symlink_to("../shared/a.errpath")
    assert (shell("format"), link.is_symlink(), shell.read("shared/a.errpath")) == (
        Said(0, "formatted specs/a.errpath\n"),
        True,
        CLAIM,
    )


@pytest.mark.parametrize("name", ["nowhere.errpath", "specs/b.errpath"])
def test_file_that_is_not_there(shell: Shell, name: str) -> None:
    """
    A file that cannot be read ends with status 2, when the others are done.
    """
    shell.write("specs/a.errpath", UGLY)
    expected = f"""\
formatted specs/a.errpath
error[E001]: `{name}` cannot be read: no such file or directory
  --> {name}

1 problem in 1 file
"""
    assert shell("format", name, "specs/a.errpath") == Said(2, expected)
