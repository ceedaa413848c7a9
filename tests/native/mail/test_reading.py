# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from errpath.native.mail.error import MailError
from errpath.native.mail.reading import LARGEST, read_file
from tests.native.mail.mails import (
    NEW,
    OLD,
    applied,
    archived,
    diff_of,
    mime,
    read,
    reply,
    sent,
    solid,
)

MBOX = "From carrier@example.org Mon Jun 29 16:34:37 2020\n"


def _mail(subject: str, body: str) -> str:
    return f"{MBOX}From: carrier@example.org\nSubject: {subject}\n\n{body}\n"


def _attached() -> bytes:
    mail = EmailMessage()
    mail["From"] = "carrier@example.org"
    mail["Subject"] = "[PATCH] boxes: Carry them later"
    mail.set_content("The patch is attached.\n")
    mail.add_attachment(diff_of().encode(), "text", "x-patch", filename="a.patch")
    return mail.as_bytes()


def _alternative() -> bytes:
    mail = EmailMessage()
    mail["From"] = "carrier@example.org"
    mail["Subject"] = "[PATCH] boxes: Carry them later"
    mail.set_content(diff_of())
    mail.add_alternative("<p>as HTML</p>", subtype="html")
    return mail.as_bytes()


def _flowed() -> str:
    stuffed = "".join(
        f" {line}\n" if line[:1] == " " else f"{line}\n" for line in diff_of().splitlines()
    )
    return f"From: a@example.org\nContent-Type: text/plain; format=flowed\n\n{stuffed}"


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(diff_of(), id="diff"),
        pytest.param(diff_of().replace("\n", "\r\n"), id="diff with CRLF"),
        pytest.param("\ufeff" + diff_of(), id="diff with a byte order mark"),
        pytest.param(
            diff_of().replace("a/mm", "linux.orig/mm").replace("b/mm", "linux/mm"), id="trees"
        ),
        pytest.param(diff_of().replace("a/mm", "mm").replace("b/mm", "mm"), id="no prefix"),
        pytest.param(
            diff_of().replace("mm/migrate.c\n@@", "mm/migrate.c\t2020-06-29 16:34\n@@"), id="time"
        ),
        pytest.param(sent(), id="format-patch"),
        pytest.param(_mail("[PATCH 0/1] a cover letter", "No diff.") + sent(), id="cover letter"),
        pytest.param(
            sent() + MBOX + "Subject: Re: it\n\n" + archived(sent()), id="mbox with a reply"
        ),
        pytest.param(mime(diff_of(), "quoted-printable"), id="quoted-printable"),
        pytest.param(mime(diff_of(), "base64"), id="base64"),
        pytest.param(mime(diff_of() + "\n\u00fc\n", "8bit"), id="8bit"),
        pytest.param(_attached(), id="attached"),
        pytest.param(_alternative(), id="beside HTML"),
        pytest.param(_flowed(), id="format=flowed"),
    ],
)
def test_patch_as_it_was_sent(mail: str | bytes) -> None:
    """
    A patch that has all its blanks gives the new text to the letter, in whatever it comes.
    """
    assert applied(mail).text == NEW


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(reply(archived(diff_of())), id="once"),
        pytest.param(reply(archived(diff_of(), 2)), id="twice"),
        pytest.param(reply(archived(diff_of(), 2).replace("> >", ">>")), id="without a blank"),
        pytest.param(reply(archived(sent())), id="with the whole mail"),
        pytest.param(archived(diff_of(), 0), id="not at all"),
        pytest.param(mime(reply(archived(diff_of())), "base64"), id="in base64"),
        pytest.param(
            reply("".join(f"> {line}\n" for line in diff_of().splitlines())), id="with blanks"
        ),
        pytest.param(
            reply(
                archived(diff_of()).replace("> @@ -28", "\nWhy this?\n\n- one\n+ two\n\n> @@ -28")
            ),
            id="with an answer between two hunks",
        ),
        pytest.param(
            reply(archived(diff_of()).replace("> + int late", "Why?\n> + int late")),
            id="with an answer inside a hunk",
        ),
        pytest.param(
            reply(archived(diff_of(OLD, OLD.replace("goto out;", "goto no;")) + "_\n")),
            id="with what an archive puts behind it",
        ),
    ],
)
def test_patch_as_an_archive_quotes_it(mail: str | bytes) -> None:
    """
    A patch that is quoted, and has lost its leading blanks, gives the new text up to those.
    """
    other = OLD.replace("goto out;", "goto no;")
    assert solid(applied(mail).text) in [solid(NEW), solid(other)]
    assert applied(mail).text != OLD


def test_title_and_depth() -> None:
    """
    A patch has the subject of its mail, or the title of the archive's page.
    """
    found = [
        (patch.subject, patch.quoted) for patch in (read(sent()), read(reply(archived(diff_of()))))
    ]
    assert found == [
        ("[PATCH] boxes: Carry them later", 0),
        ("Re: [PATCH] boxes: Carry them later", 1),
    ]


@pytest.mark.parametrize(
    ("subject", "read_as"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Gr\u00fc\u00dfe"),
        ("=?utf-8?b?R3I=?=\n =?utf-8?b?w7w=?=", "Gr\u00fc"),
        ("=?no-such-charset?q?a?=", "=?no-such-charset?q?a?="),
        ("[PATCH]\n\tboxes", "[PATCH] boxes"),
    ],
)
def test_subject_is_decoded(subject: str, read_as: str) -> None:
    """
    A subject that is encoded, or goes over several lines, is one line of text.
    """
    mail = f"From: carrier@example.org\nSubject: {subject}\n\n{diff_of()}"
    assert read(mail).subject == read_as


def test_parts_inside_parts() -> None:
    """
    A mail whose parts are nested without end has no diff, and is no error of errpath.
    """
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=x{n}\n\n--x{n}\n" for n in range(3000)
    )
    with pytest.raises(MailError, match="no diff is in it"):
        read(f"From: carrier@example.org\n{parts}")


def test_files_of_a_patch() -> None:
    """
    Each file that a patch touches is named, whatever the patch does to it.
    """
    renamed = "diff --git a/mm/a.c b/mm/b.c\nrename from mm/a.c\nrename to mm/b.c\n"
    created = "--- /dev/null\n+++ b/mm/new.c\n@@ -0,0 +1 @@\n+int a;\n"
    deleted = "--- a/mm/old.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-int a;\n"
    binary = "diff --git a/a.png b/a.png\nindex 1..2\nGIT binary patch\nliteral 1\n"
    found = read(diff_of() + renamed + created + deleted + binary).files
    assert [(one.way.value, one.path) for one in found] == [
        ("changes", "mm/migrate.c"),
        ("renames", "mm/b.c"),
        ("creates", "mm/new.c"),
        ("deletes", "mm/old.c"),
        ("changes, as binary data,", "a.png"),
    ]


def _cut_hunk() -> str:
    """
    Leave the first of the two hunks out.
    """
    head, _, rest = diff_of().partition("@@ -")
    return head + "@@ -" + rest.partition("@@ -")[2]


@pytest.mark.parametrize(
    ("mail", "told"),
    [
        ("", "a.mail: it is empty"),
        ("\0", "a.mail: it holds a NUL byte: it is neither a mail nor a diff"),
        (
            "Hello.\n",
            (
                "a.mail: no diff is in it: no `--- FILE`, `+++ FILE` and `@@ ... @@` in a row; "
                "a patch is in unified format, as `diff -u` gives"
            ),
        ),
        (
            mime(f"<pre>{diff_of()}</pre>", "base64", kind="html"),
            (
                "a.mail: it holds HTML and no plain text; "
                "the archive has the mail as plain text, too: its raw form, or an mbox"
            ),
        ),
        (
            "<!DOCTYPE html>\n<html>",
            (
                "a.mail: it holds HTML and no plain text; "
                "the archive has the mail as plain text, too: its raw form, or an mbox"
            ),
        ),
        (
            sent(subject="[PATCH 1/2] one") + sent(subject="[PATCH 2/2] two"),
            (
                "a.mail: it holds 2 patches: `[PATCH 1/2] one` (line 15), "
                "`[PATCH 2/2] two` (line 55); "
                "errpath judges one patch at a time: keep the one that you mean"
            ),
        ),
        (
            diff_of() + diff_of(),
            (
                "a.mail:28: it changes `mm/migrate.c` 2 times: these are several patches; "
                "errpath judges one patch at a time: keep the one that you mean"
            ),
        ),
        (
            diff_of(file="../outside.c"),
            (
                "a.mail:3: `b/../outside.c` reaches outside the tree; "
                "a patch changes files of the tree only"
            ),
        ),
        (
            "--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n",
            (
                "a.mail:1: `/etc/passwd` reaches outside the tree; a patch "
                "changes files of the tree only"
            ),
        ),
        (
            "@@ -1 +1 @@\n-a\n+b\n",
            (
                "a.mail:1: no file is named for this hunk; "
                "the first hunk of a file stands behind `--- FILE` and `+++ FILE`"
            ),
        ),
        (
            reply(archived(_cut_hunk())),
            (
                "a.mail:13: hunk 1 (@@ -28,8 +29,8 @@) starts 1 line off "
                "what the hunks before it add "
                "up to: the mail leaves a hunk out; the whole patch is in "
                "the mail that this one answers"
            ),
        ),
        (
            reply(archived(sent().partition("@@ -28")[0])),
            (
                "a.mail: the mail adds 2 and removes 1 lines, and its diffstat 4 and 3; "
                "the whole patch is in the mail that this one answers"
            ),
        ),
        (
            reply(archived(diff_of()).replace("> /* Somebody", "> [...]\n> /* Somebody")),
            (
                "a.mail:21: hunk 1 (@@ -2,7 +2,8 @@) is cut: `[...]`; "
                "the whole patch is in the mail that this one answers"
            ),
        ),
        (
            reply(archived(diff_of()).replace("int late = 0;", f"int {'x' * 60} =\n0;")),
            (
                "a.mail:20: `0;` may be the rest of the line before it, wrapped by a mailer; "
                "the archive has the mail as it was sent: its raw form, or an mbox"
            ),
        ),
    ],
)
def test_mail_without_one_whole_patch(mail: str | bytes, told: str) -> None:
    """
    What is no patch, or not one, or not a whole one, is told with its place and what helps.
    """
    with pytest.raises(MailError) as error:
        read(mail)
    assert str(error.value) == told


def test_note_on_what_was_edited_by_hand() -> None:
    """
    A patch as it was sent may have lost a hunk on purpose: that is a note.
    """
    patch = read(_cut_hunk())
    assert patch.notes == (
        "hunk 1 (@@ -28,8 +29,8 @@) starts 1 line off what the hunks before it add up to",
    )


def _named(path: Path) -> Path:
    path.write_bytes(diff_of().encode())
    return path


def test_file_is_read(tmp_path: Path) -> None:
    """
    A patch is known by the name of its file.
    """
    patch = read_file(_named(tmp_path / "a.diff"))
    assert (patch.name, patch.files[0].mail) == (str(tmp_path / "a.diff"),) * 2


def test_large_file_is_not_read(tmp_path: Path) -> None:
    """
    Of a file of 100 MB, not a byte is read.
    """
    file = tmp_path / "large.mbox"
    with file.open("wb") as made:
        made.truncate(100_000_000)
    with pytest.raises(MailError) as error:
        read_file(file)
    assert str(error.value) == (
        f"{file}: it has 100,000,000 bytes; a mail has at most {LARGEST:,} bytes"
    )


@pytest.mark.parametrize("name", ["missing.mail", "."])
def test_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    """
    A file that is not there, or a folder, is an error of the system.
    """
    with pytest.raises(OSError, match=r"No such file|Is a directory"):
        read_file(tmp_path / name)
