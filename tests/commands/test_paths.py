# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json

import pytest

from errpath.explore.enumerate import paths
from errpath.models import model
from tests.shell import Said, Shell


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_json_has_every_path(shell: Shell, semantics: str) -> None:
    """
    A line of JSON is a path, with the keys and types that other tools read.
    """
    said = shell("paths", semantics, "--json")
    found = [json.loads(line) for line in said.out.splitlines()]
    target = model().reference()
    expected = [
        {
            "semantics": semantics,
            "choices": run.choices,
            "returns": run.returns,
            "trace": run.calls(),
            "final": run.final,
            "bug": None,
        }
        for run in paths(lambda e: target.run(semantics, e), model().vocabulary.rules)
    ]
    assert (said.status, found == expected, said.err) == (0, True, "")


def test_json_of_the_first_path(shell: Shell) -> None:
    """
    The first path is the one on which everything goes the caller's way.
    """
    first = shell("paths", "post", "--json").out.splitlines()[0]
    found = json.loads(first)
    assert (found["semantics"], found["returns"], found["trace"][:3], found["final"]["dst"]) == (
        "post",
        0,
        ["trylock_page(src) = 1", "get_new_page(src) = dst", "trylock_page(dst) = 1"],
        {
            "on": "lru",
            "absent": False,
            "locked": False,
            "migrated": True,
            "given_back": False,
        },
    )


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_summary_counts_them(shell: Shell, semantics: str) -> None:
    """
    The summary has every return code, with its paths and its distinct traces.
    """
    objects = [json.loads(line) for line in shell("paths", semantics, "--json").out.splitlines()]
    distinct = {(one["returns"], tuple(one["trace"])) for one in objects}
    said = shell("paths", semantics)
    head, _, names, *rows = said.out.splitlines()
    counts = [row.split() for row in rows]
    assert (said.status, head, names) == (
        0,
        f"{semantics}: {len(objects)} paths, {len(distinct)} distinct (returns, trace)",
        "returns  paths  distinct",
    )
    assert (
        {code for code, _, _ in counts},
        sum(int(number) for _, number, _ in counts),
        sum(int(number) for _, _, number in counts),
    ) == (
        {"0", "-EAGAIN", "-EBUSY", "-ENOMEM", "-EIO", "-EINVAL"},
        len(objects),
        len(distinct),
    )


@pytest.mark.parametrize("typed", ["por", "PRE", "pre "])
def test_unknown_semantics(shell: Shell, typed: str) -> None:
    """
    A name that no semantics has is answered by those that there are.
    """
    complaint = f"errpath: no semantics is named `{typed}`; `pre` and `post` exist\n"
    assert shell("paths", typed) == Said(2, "", complaint)


def test_unknown_model(shell: Shell) -> None:
    """
    A model that is not installed is answered by those that are.
    """
    complaint = "errpath: no model is named 'fork'; installed: migrate\n"
    assert shell("paths", "pre", "--model", "fork") == Said(2, "", complaint)
