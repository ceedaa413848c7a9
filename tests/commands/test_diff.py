# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from errpath.migrate.semantics import MODULES
from tests.explore.difference.comparing import ALLOCATION, ROOT, declared
from tests.golden import check_golden
from tests.shell import BUSY, Said, Shell

GOLDEN = Path(__file__).parent / "differences"
SPEC = "specs/deltas.errpath"


@pytest.fixture
def project(shell: Shell) -> Shell:
    """
    Stand in a project that has the deltas of this one.
    """
    shell.write(SPEC, (ROOT / SPEC).read_bytes())
    return shell


def test_patch(project: Shell) -> None:
    """
    All that the patch changes, with the smallest example and who declares it.
    """
    said = project("diff", "pre", "post")
    assert (said.status, said.err) == (0, "")
    check_golden(GOLDEN / "pre_post.txt", said.out)


def test_nothing_is_declared(shell: Shell) -> None:
    """
    Where no delta is, every difference is a finding; a delta counts in its direction only.
    """
    shell.write(SPEC, ALLOCATION)
    said = shell("diff", "post", "pre", "--examples", "none")
    assert (said.status, said.err) == (1, "")
    check_golden(GOLDEN / "post_pre.txt", said.out)


@pytest.mark.parametrize("file", ["pre_post.txt", "post_pre.txt"])
def test_output_fits_a_mail(file: str) -> None:
    """
    What is pasted into a mail is ASCII, and no line is longer than 75 columns.
    """
    text = (GOLDEN / file).read_text(encoding="utf-8")
    wide = [line for line in text.splitlines() if len(line) > 75 or line != line.rstrip()]
    assert (text.isascii(), wide) == (True, [])


def _objects(said: Said) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.out.splitlines()]


def test_json(project: Shell) -> None:
    """
    A line of JSON is a group, with the keys and types that other tools read.
    """
    said = project("diff", "pre", "post", "--json")
    found = _objects(said)
    types = {
        "old": str,
        "new": str,
        "weight": str,
        "changes": list,
        "when": str,
        "pairs": int,
        "of": int,
        "within": int | None,
        "undeclared": int,
        "declared": list,
        "example": dict,
    }
    assert (said.status, said.err) == (0, "")
    for one in found:
        assert [*one] == [*types]
        assert all(isinstance(one[key], kind) for key, kind in types.items())
        assert (one["old"], one["new"], one["of"], one["undeclared"]) == ("pre", "post", 3277, 0)
        assert {key for facet in one["changes"] for key in facet} == {"kind", "of", "says"}
        keys = {"delta", "at", "pairs", "regression", "because"}
        assert {key for delta in one["declared"] for key in delta} == keys
        assert not any(delta["regression"] for delta in one["declared"])
        assert [*one["example"]] == ["choices", "old", "new"]
        for side in ("old", "new"):
            assert [*one["example"][side]] == ["returns", "trace", "final", "bug"]


def test_json_is_what_is_found(project: Shell) -> None:
    """
    The lines are the groups, in their order, each with its pairs and what differs.
    """
    found = _objects(project("diff", "pre", "post", "--json"))
    differences = declared().differences
    groups = differences.groups()
    assert [
        (one["weight"], one["pairs"], [facet["says"] for facet in one["changes"]], one["within"])
        for one in found
    ] == [
        (
            group.weight.value,
            group.pairs,
            [facet.says for facet in group.facets],
            groups.index(group.within) if group.within else None,
        )
        for group in groups
    ]
    facets = [(f["kind"], f["of"], f["says"]) for one in found for f in one["changes"]]
    assert sorted(facets) == sorted(map(tuple, differences.masks))
    for one in found:
        assert one["pairs"] <= sum(delta["pairs"] for delta in one["declared"])


def test_json_of_the_first_group(project: Shell) -> None:
    """
    The first group is the one for which the patch is known.
    """
    first = _objects(project("diff", "pre", "post", "--json"))[0]
    example = first.pop("example")
    (line, other) = (
        number
        for number, text in enumerate((ROOT / SPEC).read_text(encoding="utf-8").splitlines(), 1)
        if text.startswith(
            ('delta pre -> post "a failed allocation takes', 'delta pre -> post "writeback')
        )
    )
    assert first == {
        "old": "pre",
        "new": "post",
        "weight": "behaviour",
        "changes": [{"kind": "final", "of": "src", "says": "finally src not isolated"}],
        "when": "get_new_page(src) fails and __PageMovable(src) is asked",
        "pairs": 114,
        "of": 3277,
        "within": None,
        "undeclared": 0,
        "declared": [
            {
                "delta": "a failed allocation takes the source page from its caller",
                "at": f"{SPEC}:{line}",
                "pairs": 96,
                "regression": False,
                "because": "The patch allocates in the part whose failures are permanent, so "
                "after -ENOMEM the page is off the caller's list and its reference is gone, while "
                "the caller goes on as if it had both.",
            },
            {
                "delta": "writeback wins over a failed allocation",
                "at": f"{SPEC}:{other}",
                "pairs": 18,
                "regression": False,
                "because": "With no memory and a page under writeback, an asynchronous caller gets "
                "-EBUSY and loses the page for good, where it got -ENOMEM and kept it.",
            },
        ],
    }
    assert example["old"]["trace"] == ["get_new_page(src) = NULL"]
    assert (example["old"]["final"]["src"]["on"], example["new"]["final"]["src"]["on"]) == (
        "from_list",
        "lru",
    )
    assert (example["choices"]["get_new_page(src)"], example["old"]["bug"]) == ("NULL", None)


def test_json_with_findings(shell: Shell) -> None:
    """
    Findings stand on standard error, so that standard output is JSON and nothing else.

    What is undeclared on the same pairs is one finding, and an object for each weight.
    """
    shell.write(SPEC, ALLOCATION)
    said = shell("diff", "post", "pre", "--json")
    found = _objects(said)
    assert (said.status, len(found)) == (1, 32)
    assert all(one["undeclared"] == one["pairs"] for one in found)
    lines = said.err.splitlines()
    assert len(lines) == len({(one["undeclared"], one["when"]) for one in found}) == 28
    assert lines[0] == (
        "E608 post -> pre: finally src isolated; no longer calls list_del(src): no delta declares "
        "it on 114 pairs, when get_new_page(src) fails and __PageMovable(src) is asked"
    )


@pytest.mark.parametrize(
    ("choice", "examples"), [(["--examples", "all"], 8), ([], 8), (["--examples", "undeclared"], 0)]
)
def test_examples(project: Shell, choice: list[str], examples: int) -> None:
    """
    Every numbered difference has an example, if not fewer are asked for.
    """
    said = project("diff", "pre", "post", *choice)
    assert (said.status, said.out.count("the smallest example")) == (0, examples)


def test_no_examples(project: Shell) -> None:
    """
    Without examples, all else stays.
    """
    whole = project("diff", "pre", "post").out
    said = project("diff", "pre", "post", "--examples", "none")
    example = r"(?ms)^   the smallest example.*?\n(?=\n(?:\d+\. |every ))"
    assert said == Said(0, re.sub(example, "", whole))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("pre", "pots"), "no semantics is named `pots`; `pre` and `post` exist"),
        (("per", "post"), "no semantics is named `per`; `pre` and `post` exist"),
        (("post", "post"), "a difference is between two semantics, and both are `post`"),
    ],
)
def test_what_cannot_be_compared(shell: Shell, arguments: tuple[str, ...], complaint: str) -> None:
    """
    What is no pair of semantics is told in a line, with status 2.
    """
    assert shell("diff", *arguments) == Said(2, "", f"errpath: {complaint}\n")


def test_problem_in_a_spec(shell: Shell) -> None:
    """
    A spec that cannot be read is told as lint tells it, and nothing is compared.
    """
    shell.write(SPEC, ALLOCATION.replace("trylock_page(src) once", "trylock_pag(src) once"))
    assert shell("diff", "pre", "post") == shell("lint")


def test_folder_of_the_specs(shell: Shell) -> None:
    """
    The specs may be elsewhere.
    """
    shell.write("contracts/deltas.errpath", (ROOT / SPEC).read_bytes())
    said = shell("diff", "pre", "post", "--specs", "contracts", "--examples", "none")
    assert (said.status, "declared by contracts/deltas.errpath:" in said.out) == (0, True)


@pytest.mark.parametrize(
    "arguments", [("pre", "post"), ("post", "pre", "--examples", "none"), ("pre", "post", "--json")]
)
def test_same_text_in_every_process(project: Shell, arguments: tuple[str, ...]) -> None:
    """
    Whatever order sets have in a process, what is said is the same to the letter.
    """
    said = [
        project.process("diff", *arguments, variables={"PYTHONHASHSEED": seed})
        for seed in ("1", "42")
    ]
    assert said[0] == said[1]
    assert len(said[0].out) > 5000


def test_semantics_that_do_the_same(shell: Shell) -> None:
    """
    Two semantics without a difference need no delta.
    """
    shell.write("specs/a.errpath", BUSY)
    with patch.dict(MODULES, {"post": MODULES["pre"]}):
        assert shell("diff", "pre", "post") == Said(
            0,
            """\
pre -> post: 3151 pairs of paths, each under one environment
     0  behave differently: another return code, or another final state
     0  behave the same, and call or hold other things meanwhile
     0  make the same calls in another order
  3151  do the same

pre and post do the same on every pair of paths
""",
        )
