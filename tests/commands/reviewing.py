# SPDX-License-Identifier: GPL-2.0-only
"""
Reviews of patches of our own C, in a project with laws.
"""

from __future__ import annotations

import json
import platform
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

import pytest

from errpath.native.tree.tree import MIGRATE
from errpath.native.walk.part import Part
from tests.native.trees import changed, tree
from tests.shell import Said, Shell

ROOT: Final = Path(__file__).parents[2]

ASK: Final = "the archive has the mail as plain text, too: its raw form, or an mbox"

ALLOCATION: Final = """\
		newpage = get_new_page(page, private);
		if (!newpage)
			return -ENOMEM;
"""
LOCKED: Final = (
    ALLOCATION,
    """\
		lock_page(page);
		newpage = get_new_page(page, private);
		unlock_page(page);
		if (!newpage)
			return -EBUSY;
""",
)
TURNED: Final = ("\t\tif (!newpage)\n", "\t\tif (newpage == NULL)\n")
# What the compiler makes of a trap.
TRAP: Final = "SIGILL" if platform.machine() in {"x86_64", "i686"} else "SIGTRAP"
CRASHES: Final = (ALLOCATION, f"{ALLOCATION}\t\t__builtin_trap();\n")
STOPS: Final = (ALLOCATION, f"{ALLOCATION}\t\tunlock_page(page);\n")
DRIVER: Final = ("tally.lost += tally.again;", "tally.lost += tally.again + 1;")
UNUSED: Final = (
    "#include <linux/migrate.h>\n",
    "#include <linux/migrate.h>\n\nstatic int unused;\n",
)
ONE_ATTEMPT: Final = (Part(), Part(entry="migrate_pages", pages=("a",), attempts=1))


def stand(shell: Shell, monkeypatch: pytest.MonkeyPatch, factory: pytest.TempPathFactory) -> Shell:
    """
    Stand in a project with laws, beside a tree, whose builds the tests share.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(factory.getbasetemp() / "builds"))
    tree(shell.folder)
    shell.write("specs/laws.errpath", (ROOT / "specs/laws.errpath").read_bytes())
    return shell


def diff(*changes: tuple[str, str], file: str = MIGRATE) -> str:
    """
    Give the diff of our own C and a change of it.
    """
    old, new = (text.splitlines(keepends=True) for text in (changed(), changed(*changes)))
    return "".join(unified_diff(old, new, f"a/{file}", f"b/{file}"))


def review(project: Shell, text: str, *arguments: str) -> Said:
    """
    Review a patch that is written to a file.
    """
    project.write("a.mail", text.encode())
    return project("review", "a.mail", "--tree", "linux", *arguments)


def objects(said: Said) -> list[dict[str, Any]]:
    """
    Read lines of JSON.
    """
    return [json.loads(line) for line in said.out.splitlines()]
