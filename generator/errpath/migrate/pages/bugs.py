# SPDX-License-Identifier: GPL-2.0-only
"""
Bugs that migrate_pages() and its relatives really had, each by the commit that fixed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errpath.kernel.bug import KnownBug

_GIVES_UP: Final = """
nr_failed += 1
goto(out)
"""
_TRIES_AGAIN: Final = """
elif rc == -EAGAIN:
    retry += 1
"""
_PERMANENT: Final = """
# It failed for good, and is not on the list any more.
nr_failed += 1
"""
_RESTART: Final = """
k.attempt_done(walk, pass_, retry, nr_failed, nr_succeeded)
continue
"""


def _bugs() -> Iterator[KnownBug]:
    yield _bug(
        "e6112fc30070",
        "-ENOMEM tried to split a hugetlb page.",
        ("if k.PageTransHuge(page) and not k.PageHuge(page):", "if k.PageTransHuge(page):"),
    )
    yield _bug(
        "69a041ff5058",
        "The exit for -ENOMEM lost the tails of a split page.",
        (
            _GIVES_UP,
            """
            nr_failed += 1
            for tail in [left for left in from_.pages() if left.name.endswith("_tail")]:
                k.list_del(tail)
            goto(out)
            """,
        ),
    )
    yield _bug("fbed53b47770", "What failed for good was in no count.", (_PERMANENT, "pass"))
    yield _bug("fbed53b47770", "What is left was in no count.", ("nr_failed += retry", "pass"))
    yield _bug(
        "fbed53b47770", "The page that stops the list was in no count.", (_GIVES_UP, "goto(out)")
    )
    yield _bug(
        "fd4a7ac32918",
        "The head's -EAGAIN after a split was taken for permanent.",
        (_RESTART, f"was_split = page\n{_RESTART.strip()}"),
        ("retry = 1", "retry = 1\nwas_split = NULL"),
        (_TRIES_AGAIN, "elif rc == -EAGAIN and page is not was_split:\n    retry += 1"),
    )
    yield _bug(
        "fd4a7ac32918",
        "A split that failed counted as the page's permanent error.",
        (
            _GIVES_UP,
            """
            nr_failed += 1
            if rc == -ENOMEM:
                goto(out)
            """,
        ),
    )


def _bug(commit: str, says: str, *changes: tuple[str, str]) -> KnownBug:
    return KnownBug(commit=commit, says=says, semantics="driver", changes=changes)


BUGS: Final = tuple(_bugs())
"""All of them."""
