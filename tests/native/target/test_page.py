# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from errpath.migrate.reference import Reference
from errpath.migrate.situation import RULES
from errpath.native.target.target import Native
from errpath.vocabulary.choice import Choice, Value
from tests.native.conftest import BuildOf
from tests.native.target.seen import Answers, every, first, seen


def test_every_path_of_the_c_is_the_models(built: BuildOf) -> None:
    """
    The C gives what the model gives, choice for choice and event for event.
    """
    ours = every(built().target(), "pre", RULES)
    wanted = list(every(Reference(), "pre", RULES))
    assert len(wanted) > 3_000
    assert list(ours) == wanted


def test_parameter_that_is_not_read_is_not_asked(built: BuildOf) -> None:
    """
    What is handed on through three functions, and read by none, is no choice of the path.
    """
    run = built().target().run("pre", first)
    assert {"mode", "force", "put_new_page"} & run.choices.keys() == set()
    assert run.choices["reason"] == "MR_COMPACTION"


def test_parameter_is_asked_where_it_is_read(built: BuildOf) -> None:
    """
    The order of questions is that of the reads, also in a helper of the function's own.
    """
    answers: dict[str, Value] = {"trylock_page(src)": 0, "force": "yes", "mode": "MIGRATE_SYNC"}
    run = built().target().run("pre", Answers(**answers))
    asked = list(run.choices)
    start = asked.index("trylock_page(src)")
    assert asked[start : start + 5] == [
        "trylock_page(src)",
        "force",
        "mode",
        "PF_MEMALLOC",
        "PageWriteback(src)",
    ]


def test_every_name_runs_the_build_that_is_alone(built: BuildOf) -> None:
    """
    A target of one build answers to whatever name, and its run has that name.
    """
    assert built().target().run("mine", first).semantics == "mine"


def test_builds_are_told_apart_by_their_names(built: BuildOf) -> None:
    """
    A target of two builds runs each by its own name, on one machine.
    """
    change = ("rc = -EBUSY;\n			goto", "rc = -EIO;\n			goto")
    target = Native({"old": built(), "new": built(change)})
    answers = Answers(**{"PageWriteback(src)": 1})
    assert [target.run(name, answers).returns for name in ("old", "new", "old")] == [-16, -5, -16]


def test_run_after_one_that_was_given_up_begins_anew(built: BuildOf) -> None:
    """
    An exception of the environment passes through, and the C of that run goes no further.
    """
    target = built().target()
    wanted = seen(target.run("pre", first))

    class Stop(BaseException):
        pass

    def stops(_: Choice) -> Value:
        raise Stop

    for _ in range(3):
        try:
            target.run("pre", stops)
        except Stop:
            continue
        raise AssertionError
    assert seen(target.run("pre", first)) == wanted


def test_lines_are_those_of_the_tree(built: BuildOf) -> None:
    """
    Each event of the last run has the line of the tree that it was told from.
    """
    build = built()
    target = build.target()
    run = target.run("pre", first)
    texts = {f.line + n: line for f in build.functions for n, line in enumerate(f.text.split("\n"))}
    # A call that goes over two lines is told from its first.
    inner = {"hpage_nr_pages"}
    wrong = [
        (event.text, line)
        for event, line in zip(run.trace, target.lines, strict=True)
        if f"{event.primitive.name}(" not in texts[line] and event.primitive.name not in inner
    ]
    assert wrong == []


def test_runs_in_threads_do_not_meet(built: BuildOf) -> None:
    """
    Targets of one build run side by side, each on a stack of its own.
    """
    build = built()
    wanted = list(every(build.target(), "pre", RULES, 100))
    with ThreadPoolExecutor(4) as threads:
        runs = [
            threads.submit(lambda: list(every(build.target(), "pre", RULES, 100))) for _ in range(4)
        ]
        assert all(run.result() == wanted for run in runs)
