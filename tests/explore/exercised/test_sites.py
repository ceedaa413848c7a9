# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import sys

import pytest

from errpath.explore.exercised.noted import Noted
from errpath.explore.exercised.sites import sites
from errpath.explore.source import Source
from errpath.migrate import model
from tests.runs import run

MIGRATE = model()

SAID = {
    "pre": {
        "get_new_page(src)": "newpage = get_new_page(page, private)",
        "trylock_page(src)": "if not k.trylock_page(page):",
        "trylock_page(dst)": "if not k.trylock_page(newpage):",
        "unlock_page(src)": "k.unlock_page(page)",
        "put_new_page(dst)": "put_new_page(newpage, private)",
        "page_is_file_lru(src)": "NR_ISOLATED_ANON + k.page_is_file_lru(page),",
    },
    "post": {
        "get_new_page(src)": "newpage = get_new_page(page, private)",
        "trylock_page(dst)": "if not k.trylock_page(newpage):",
        "put_new_page(dst)": "put_new_page(newpage, private)",
    },
}

ASKED: dict[str, str | dict[str, str]] = {
    "trylock_page(dst)": "if not k.trylock_page(newpage):",
    "put_new_page": {"pre": "if put_new_page:", "post": "elif put_new_page:"},
    "src->mapping": "if not page.mapping:",
}


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_calls(semantics: str) -> None:
    """
    A call is made at the line that names it, however deep the primitive is called.
    """
    path = run(semantics, faults={"trylock_page(dst)": "0"})
    primitives = MIGRATE.vocabulary.primitives
    path_failed = run(semantics, faults={"move_to_new_page(dst, src)": "-EIO"})
    lines = Source(MIGRATE.modules[semantics]).lines
    noted = Noted(MIGRATE, semantics)
    found = sites(noted, path, primitives).calls | sites(noted, path_failed, primitives).calls
    assert {call: lines[found[call] - 1].strip() for call in SAID[semantics]} == SAID[semantics]


def test_every_call_has_its_line() -> None:
    """
    Each call of the trace has a line at which its primitive is named.
    """
    path = run("post", {"src": ("anon", "mapped")})
    lines = Source(MIGRATE.modules["post"]).lines
    found = sites(Noted(MIGRATE, "post"), path, MIGRATE.vocabulary.primitives).calls
    assert found.keys() == {event.call for event in path.trace}
    assert [
        call for call, line in found.items() if call.partition("(")[0] not in lines[line - 1]
    ] == []


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_questions(semantics: str) -> None:
    """
    A question is asked at the line that calls, or that reads the parameter or the field.
    """
    path = run(semantics, faults={"move_to_new_page(dst, src)": "-EIO"})
    lines = Source(MIGRATE.modules[semantics]).lines
    found = sites(Noted(MIGRATE, semantics), path, MIGRATE.vocabulary.primitives).questions
    expected = {
        text: says if isinstance(says, str) else says[semantics] for text, says in ASKED.items()
    }
    assert found.keys() == path.choices.keys()
    assert {text: lines[found[text] - 1].strip() for text in expected} == expected


def test_no_profiler_is_left() -> None:
    """
    What profiles Python stays as it was.
    """
    before = sys.getprofile()
    sites(Noted(MIGRATE, "pre"), run("pre"), MIGRATE.vocabulary.primitives)
    assert sys.getprofile() is before
