# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from errpath.explore.paths.enumerate import paths
from errpath.models import model
from tests.forest import installed
from tests.golden import check_golden
from tests.shell import ERRPATH, Said, Shell

EXPECTED = Path(__file__).parent / "paths"

EIGHT = """\
asks_8: 256 paths, 2 distinct (returns, trace)

returns  paths  distinct
0          128         1
-ENOMEM    128         1

no table of exits: the model has no Python source of `asks_8`
"""


def _objects(semantics: str) -> str:
    """
    Write every path with `json.dumps`, a path a line.
    """
    target = model().reference()
    return "".join(
        json.dumps(
            {
                "semantics": semantics,
                "choices": run.choices,
                "returns": run.returns,
                "trace": run.calls(),
                "final": run.final,
                "bug": None,
            }
        )
        + "\n"
        for run in paths(lambda e: target.run(semantics, e), model().vocabulary.rules)
    )


@pytest.fixture
def variables(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """
    Give the environment of a process that finds the models of tests.
    """
    return installed(tmp_path_factory.mktemp("models"))


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_json_has_every_path(shell: Shell, semantics: str, jobs: str) -> None:
    """
    A line of JSON is a path, to the letter what a library writes of it.
    """
    assert shell("paths", semantics, "--json", "--jobs", jobs) == Said(0, _objects(semantics))


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


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_summary(shell: Shell, semantics: str, jobs: str) -> None:
    """
    The summary has the return codes, the distinct traces, and each exit with its paths.
    """
    said = shell("paths", semantics, "--jobs", jobs)
    assert (said.status, said.err) == (0, "")
    assert (said.out.isascii(), max(map(len, said.out.splitlines())) <= 75) == (True, True)
    check_golden(EXPECTED / f"{semantics}.txt", said.out)


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_summary_counts_the_lines(shell: Shell, semantics: str) -> None:
    """
    The summary counts what the lines of JSON have.
    """
    objects = [json.loads(line) for line in shell("paths", semantics, "--json").out.splitlines()]
    traces = {(one["returns"], tuple(one["trace"])) for one in objects}
    head = shell("paths", semantics).out.splitlines()[0]
    assert head == (f"{semantics}: {len(objects)} paths, {len(traces)} distinct (returns, trace)")


def test_summary_of_another_model(shell: Shell, variables: Mapping[str, str]) -> None:
    """
    Each kind of exit is in the table, also those that no path takes.
    """
    said = shell.process("paths", "up", "--model", "stairs", variables=variables)
    assert (said.status, said.err) == (0, "")
    check_golden(EXPECTED / "stairs.txt", said.out)


def test_summary_without_source(shell: Shell, variables: Mapping[str, str]) -> None:
    """
    A target that is no Python has no table of exits, and that is said.
    """
    said = shell.process("paths", "asks_8", "--model", "forest", variables=variables)
    assert said == Said(0, EIGHT)


def test_no_choice(shell: Shell, variables: Mapping[str, str]) -> None:
    """
    What asks nothing has one path.
    """
    said = shell.process("paths", "asks_0", "--model", "forest", "--json", variables=variables)
    assert said == Said(
        0,
        '{"semantics": "asks_0", "choices": {}, "returns": 0, "trace": ["a()"], "final": {},'
        ' "bug": null}\n',
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_as_many_paths_as_allowed(shell: Shell, jobs: str) -> None:
    """
    As many paths as --max-paths allows are no error.
    """
    expected = shell("paths", "pre")
    assert shell("paths", "pre", "--max-paths", "3151", "--jobs", jobs) == expected


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_more_paths_than_allowed(shell: Shell, jobs: str) -> None:
    """
    One path more is an error, and nothing is printed that reads as complete.
    """
    assert shell("paths", "pre", "--max-paths", "3150", "--jobs", jobs) == Said(
        2,
        "",
        "errpath: `pre` has more than 3150 paths, which is the bound (--max-paths):"
        " this is not the whole\n",
    )


@pytest.mark.parametrize(("most", "counted"), [("1", "1 path"), ("3150", "3150 paths")])
def test_more_lines_than_allowed(shell: Shell, most: str, counted: str) -> None:
    """
    Lines that were written are followed by the error.
    """
    lines = _objects("pre").splitlines(keepends=True)
    assert shell("paths", "pre", "--json", "--max-paths", most) == Said(
        2,
        "".join(lines[: int(most)]),
        f"errpath: `pre` has more than {counted}, which is the bound (--max-paths):"
        " this is not the whole\n",
    )


def test_jobs_write_the_same_lines(shell: Shell, variables: Mapping[str, str]) -> None:
    """
    Processes that walk a large tree write what one writes, up to the bound.
    """
    arguments = ("paths", "asks_60", "--model", "forest", "--json", "--max-paths", "16384")
    one = shell.process(*arguments, variables=variables)
    assert (one.status, one.out.count("\n")) == (2, 16384)
    assert shell.process(*arguments, "--jobs", "3", variables=variables) == one


@pytest.mark.parametrize("typed", ["por", "PRE", "pre "])
def test_unknown_semantics(shell: Shell, typed: str) -> None:
    """
    A name that no semantics has is answered by those that there are.
    """
    complaint = f"errpath: no semantics is named `{typed}`; `pre` and `post` exist\n"
    assert shell("paths", typed) == Said(2, "", complaint)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("up", "--model", "desert"), "no semantics is named `up`; the model `desert` has none"),
        (
            ("asks_1", "--model", "maze", "--json"),
            "`asks_1` has no path: the model's rules exclude every answer",
        ),
        (("pu", "--model", "stairs"), "no semantics is named `pu`; `up` exists"),
        (
            ("asks", "--model", "forest"),
            "no semantics is named `asks`; `asks_0`, `asks_1`, `asks_8` and `asks_60` exist",
        ),
        (
            ("asks_8", "--model", "forest", "--suggest"),
            "the model has no Python source of `asks_8`: nothing can be suggested",
        ),
        (
            ("--model", "desert", "--suggest"),
            "the model has no Python source of any semantics: nothing can be suggested",
        ),
        (
            ("asks_1", "--model", "maze"),
            "`asks_1` has no path: the model's rules exclude every answer",
        ),
    ],
)
def test_nothing_to_walk(
    shell: Shell, variables: Mapping[str, str], arguments: tuple[str, ...], complaint: str
) -> None:
    """
    A model without semantics, or a semantics without a path, is an error.
    """
    said = shell.process("paths", *arguments, variables=variables)
    assert said == Said(2, "", f"errpath: {complaint}\n")


def test_a_suggestion_is_no_json(shell: Shell) -> None:
    """
    What is asked for in two forms is given in none.
    """
    complaint = "errpath: --suggest gives a spec, and no JSON\n"
    assert shell("paths", "--suggest", "--json") == Said(2, "", complaint)


def test_unknown_model(shell: Shell) -> None:
    """
    A model that is not installed is answered by those that are.
    """
    complaint = "errpath: no model is named 'fork'; installed: migrate\n"
    assert shell("paths", "pre", "--model", "fork") == Said(2, "", complaint)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt(shell: Shell, variables: Mapping[str, str], jobs: str) -> None:
    """
    An interrupt ends all processes with one line, and leaves none behind.
    """
    with subprocess.Popen(
        [ERRPATH, "paths", "asks_60", "--model", "forest", "--json", "--jobs", jobs],
        cwd=shell.folder,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A group of its own gets the signal as from a terminal, each process of it.
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        # So many lines are more than one process walks alone.
        for _ in range(20_000):
            process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        # Both streams end with the last process that could write to them.
        process.stdout.read()
        err = process.stderr.read()
    assert (process.returncode, err) == (130, b"\nerrpath: interrupted\n")


def test_whoever_stops_reading(shell: Shell, variables: Mapping[str, str]) -> None:
    """
    Processes end with the one that nobody reads any more.
    """
    with subprocess.Popen(
        [ERRPATH, "paths", "asks_60", "--model", "forest", "--json", "--jobs", "2"],
        cwd=shell.folder,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        for _ in range(20_000):
            process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
    assert (process.returncode, err) == (-signal.SIGPIPE, b"")


def test_memory_is_flat(shell: Shell, variables: Mapping[str, str]) -> None:
    """
    Ten times the lines take no more memory.
    """

    def peak(most: str) -> int:
        arguments = ("asks_60", "--model", "forest", "--json", "--max-paths", most)
        with subprocess.Popen(
            [ERRPATH, "paths", *arguments],
            cwd=shell.folder,
            env={**os.environ, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return usage.ru_maxrss

    few, many = peak("5000"), peak("50000")
    assert many - few < 4096


def test_paths_over_a_list(shell: Shell) -> None:
    """
    They are too many to walk: their number is told by how they end, and by class.
    """
    said = shell("paths", "pre", "--entry", "migrate_pages")
    assert (said.status, said.err) == (0, "")
    check_golden(EXPECTED / "list.txt", said.out)
    assert [line for line in said.out.splitlines() if len(line) > 75] == []


def test_paths_over_a_list_as_json(shell: Shell) -> None:
    """
    A line is a class, with all digits and its smallest path.
    """
    said = shell("paths", "post", "--entry", "migrate_pages", "--pages", "2", "--json")
    found = [json.loads(line) for line in said.out.splitlines()]
    assert {one["run"] for one in found} == {"migrate_pages(page_1, page_2)"}
    assert sum(one["paths"] for one in found) > 10**53
    assert {one["bug"] for one in found if one["returns"] is None} >= {"wrong-list"}
    assert {tuple(one["breaks"]) for one in found if one["returns"] == -12} == {(), ("touch",)}
    assert all(one["trace"][0] == "cond_resched()" for one in found)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("--entry", "migrate_page"),
            (
                "no entry is named `migrate_page`: the entries are `migrate_pages` and "
                "`migrate_pages_and_putback`"
            ),
        ),
        (
            ("--entry", "migrate_pages", "--pages", "10000"),
            "`migrate_pages` takes at most 16 pages, and 10,000 are asked for",
        ),
        (("--pages", "2"), "--pages is about a list, and --entry names no function that has one"),
        (
            ("--entry", "migrate_pages", "--suggest"),
            "--suggest is about one page, and --entry about a list",
        ),
    ],
)
def test_lists_that_have_no_paths(shell: Shell, arguments: tuple[str, ...], says: str) -> None:
    """
    What is no list is no empty set of paths.
    """
    assert shell("paths", "pre", *arguments) == Said(2, "", f"errpath: {says}\n")
