# SPDX-License-Identifier: GPL-2.0-only
"""
Mails for the tests: a patch of a C text of our own, in the shapes that patches come in.
"""

from __future__ import annotations

from difflib import unified_diff
from email.message import EmailMessage
from typing import Final

from errpath.native.mail.apply import Applied, apply
from errpath.native.mail.patch import Patch
from errpath.native.mail.reading import read_patch

FILE: Final = "mm/migrate.c"

OLD: Final = """\
#define TRIES 3

static int carry(struct box *box, int hard)
{
	int rc = -EAGAIN;

	/* Somebody else may have it. */
	if (!try_lift(box)) {
		if (!hard)
			goto out;
		lift(box);
	}

	rc = walk(box);
	if (rc)
		goto out_drop;
	note(box, rc);

out_drop:
	drop(box);
out:
	return rc;
}

static int carry_all(struct box *boxes, int count)
{
	int i, rc = 0;

	for (i = 0; i < count; i++) {
		rc = carry(&boxes[i], i > TRIES);
		if (rc)
			break;
	}
	return rc;
}
"""

NEW: Final = OLD.replace("\tint rc = -EAGAIN;\n", "\tint rc = -EBUSY;\n\tint late = 0;\n").replace(
    "\t\tif (rc)\n\t\t\tbreak;\n", "\t\tif (rc == -EAGAIN)\n\t\t\tcontinue;\n"
)


def diff_of(old: str = OLD, new: str = NEW, file: str = FILE) -> str:
    """
    Give the diff of two texts, as `git diff` words it.
    """
    lines = unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{file}", f"b/{file}"
    )
    return f"diff --git a/{file} b/{file}\nindex 1234567..89abcde 100644\n{''.join(lines)}"


def sent(diff: str = "", subject: str = "[PATCH] boxes: Carry them later") -> str:
    """
    Give a patch as `git format-patch` writes it.
    """
    return f"""\
From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001
From: A Carrier <carrier@example.org>
Date: Mon, 29 Jun 2020 16:34:37 -0700
Subject: {subject}

A box that is lifted late is carried late.

Signed-off-by: A Carrier <carrier@example.org>
---
 mm/migrate.c | 7 ++++---
 1 file changed, 4 insertions(+), 3 deletions(-)

{diff or diff_of()}--\x20
2.26.2

"""


def archived(text: str, depth: int = 1) -> str:
    """
    Quote a text as an archive keeps it: without leading blanks, with one blank for several.
    """
    lines = []
    for line in text.splitlines():
        mark = line[:1] if line[:1] in {"+", "-"} else ""
        rest = line[len(mark) :]
        blank = " " if mark and rest[:1].isspace() else ""
        lines.append(f"{'> ' * depth}{mark}{blank}{' '.join(rest.split())}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def reply(body: str) -> str:
    """
    Give an archived page of a reply: its title, who wrote it, and the body.
    """
    return f"""\
Re: [PATCH] boxes: Carry them later

From: A Reader
Date: Wed Jul 01 2020 - 04:47:15 EST


A Carrier <carrier@xxxxxxxxxxx> wrote:

{body}
"""


def mime(text: str, encoding: str, *, kind: str = "plain") -> bytes:
    """
    Give a mail with one text in a transfer encoding.
    """
    mail = EmailMessage()
    mail["From"] = "carrier@example.org"
    mail["Subject"] = "[PATCH] boxes: Carry them later"
    mail.set_content(text, subtype=kind, cte=encoding)
    return mail.as_bytes()


def read(mail: str | bytes, name: str = "a.mail") -> Patch:
    """
    Read the patch of a mail.
    """
    return read_patch(mail.encode() if isinstance(mail, str) else mail, name)


def applied(mail: str | bytes, text: str = OLD) -> Applied:
    """
    Apply what a mail does to its first file.
    """
    return apply(read(mail).files[0], text)


def solid(text: str) -> list[str]:
    """
    Give a text up to white space: its lines without the blank ones.
    """
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]
