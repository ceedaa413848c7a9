# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from tests.commands.reviewing import CRASHES, LOCKED, TRAP, UNUSED, diff, objects, review, stand
from tests.shell import Shell


@pytest.fixture
def project(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Shell:
    """
    Stand in a project with laws, beside a tree.
    """
    return stand(shell, monkeypatch, tmp_path_factory)


def test_json(project: Shell) -> None:
    """
    A line of JSON is one thing that was found; the first is about the whole.
    """
    said = review(project, diff(LOCKED), "--json")
    whole, *rest = objects(said)
    assert (said.status, said.err) == (1, "")
    assert whole == {
        "kind": "review",
        "mail": "a.mail",
        "title": "",
        "notes": [],
        "linux": "5.8.18",
        "file": "mm/migrate.c",
        "hunks": [{"header": "@@ -170,9 +170,11 @@", "line": 170, "fuzzy": []}],
        "judged": ["unmap_and_move()"],
        "unjudged": [],
        "pairs": 3151,
        "behaviour": 2,
        "stopping": 0,
        "under_lock": 1,
        "broken": 3,
        "changes": True,
    }
    kinds = {one["kind"] for one in rest}
    assert kinds == {"difference", "law", "cleanup", "edge", "held set"}
    assert [one["name"][:2] for one in rest if one.get("verdict") == "newly broken"] == [
        *("C1", "C6", "as", "ow")
    ]
    new = [one for one in rest if one["kind"] == "edge" and one["change"] == "new"]
    assert [(one["held"], one["call"]) for one in new] == [("PG_locked(src)", "get_new_page(src)")]


def test_json_of_what_is_not_judged(project: Shell) -> None:
    """
    What was not judged is null, and never 0 or false.
    """
    said = review(project, diff(UNUSED), "--json")
    (whole,) = objects(said)
    asked = ("pairs", "behaviour", "under_lock", "broken", "changes")
    assert (said.status, [whole[key] for key in asked]) == (2, [None] * 5)


def test_json_of_a_crash(project: Shell) -> None:
    """
    A crash is an object of its own.
    """
    said = review(project, diff(CRASHES), "--json")
    whole, crash = objects(said)
    assert (said.status, whole["changes"], whole["pairs"]) == (1, True, None)
    assert crash == {
        "kind": "crash",
        "side": "patched",
        "signal": TRAP,
        "choices": {
            "thp_migration_supported()": 1,
            "page_count(src)": 2,
            "get_new_page(src)": "dst",
        },
        "trace": ["get_new_page(src) = dst"],
    }
