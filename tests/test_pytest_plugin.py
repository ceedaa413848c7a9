# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from errpath.emit.render import render
from errpath.migrate.words import VOCABULARY
from errpath.native.build.build import build as build_c
from errpath.spec import clause
from tests.emit.specs import at, fault, law, pattern, scenario, setting, spec
from tests.native.trees import tree

STRICT = "[pytest]\naddopts = --strict-markers -p no:randomly -p no:cacheprovider\n"


def _module(*, returns: int = -11) -> str:
    """
    Generate a module of a law and two scenarios, the one with two cases, in both semantics.
    """
    locked = scenario(
        clause.Returns(at=at(12), codes=(returns,)),
        name="the page is locked",
        identifier="locked",
        because="A locked page is left to a later pass.",
        semantics=("pre", "post"),
        settings=(
            setting("lock", "locked", subject="src"),
            setting("mode", "MIGRATE_SYNC", "MIGRATE_ASYNC"),
        ),
        parameters=("mode",),
        cases=(("MIGRATE_SYNC",), ("MIGRATE_ASYNC",)),
    )
    memory = scenario(
        clause.Returns(at=at(22), codes=(-12,)),
        clause.Breaks(at=at(23), contract="ownership", semantics=("post",), because="It leaks."),
        name="no memory",
        identifier="no_memory",
        because="Without memory nothing is done.",
        semantics=("pre", "post"),
        faults=(fault("get_new_page(src)", "NULL"),),
    )
    always = law(
        clause.Calls(at=at(32), pattern=pattern("put_new_page()"), at_least=0, at_most=1),
        name="a new page goes back once",
        identifier="once",
        because="A page that is put twice is freed twice.",
        semantics=("pre", "post"),
    )
    return render(spec(locked, memory, model="migrate", laws=(always,)), VOCABULARY)


def _run(pytester: pytest.Pytester, text: str, *options: str) -> pytest.RunResult:
    pytester.makeini(STRICT)
    pytester.makepyfile(test_lock=text)
    return pytester.runpytest_subprocess(*options)


def _ids(result: pytest.RunResult) -> list[str]:
    return [line.partition("::")[2] for line in result.outlines if "::" in line]


def test_generated_module_passes(pytester: pytest.Pytester) -> None:
    """
    A generated module runs under strict markers, a test a case and semantics.
    """
    result = _run(pytester, _module(), "-W", "error")
    result.assert_outcomes(passed=8)


def test_failure_is_the_whole_message(pytester: pytest.Pytester) -> None:
    """
    What pytest shows of a broken contract is the explanation, and no line of Python.
    """
    result = _run(pytester, _module(returns=-16), "-k", "locked__post and ASYNC", "--no-header")
    text = result.stdout.str()
    start = text.index("contract broken")
    end = text.index("\n", text.index("again: "))
    assert (result.parseoutcomes(), text[start:end], "Traceback" in text, ">" in text) == (
        {"failed": 1, "deselected": 7},
        """\
contract broken in post: the page is locked
  specs/toy.errpath:3

  fault: trylock_page(src) = 0
  src: locked; mode: MIGRATE_ASYNC

1. specs/toy.errpath:12: returns -EBUSY
   - it returns -EAGAIN

  trace, post (reference model):
    1  trylock_page(src) = 0  FAULT: another thread holds the lock
       returns -EAGAIN

again: pytest "test_lock.py::test_locked__post[MIGRATE_ASYNC]\"""",
        False,
        False,
    )


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("post and enomem", ["test_no_memory__post"]),
        ("trylock and not pre", ["MIGRATE_SYNC", "MIGRATE_ASYNC"]),
        ("enomem or writeback", ["test_no_memory__pre", "test_no_memory__post"]),
        ("law and post", ["test_once__post"]),
    ],
)
def test_markers_select(
    pytester: pytest.Pytester, expression: str, expected: Sequence[str]
) -> None:
    """
    The semantics and the kinds of fault are markers that `-m` selects by.
    """
    wanted = [
        name if name.startswith("test") else f"test_locked__post[{name}]" for name in expected
    ]
    result = _run(pytester, _module(), "--collect-only", "-q", "-m", expression)
    assert _ids(result) == wanted


def test_unknown_marker_is_an_error(pytester: pytest.Pytester) -> None:
    """
    Under strict markers a marker that no model declares is still an error.
    """
    text = _module().replace("@pytest.mark.enomem", "@pytest.mark.nomem")
    result = _run(pytester, text)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines("*'nomem' not found in `markers` configuration option*")


def test_xdist(pytester: pytest.Pytester) -> None:
    """
    Workers of pytest-xdist know the markers too, and run the tests alike.
    """
    result = _run(pytester, _module(), "-n", "2")
    result.assert_outcomes(passed=8)


def test_session_without_errpath_tests_loads_no_model(pytester: pytest.Pytester) -> None:
    """
    In a session that has nothing to do with errpath, nothing but the plugin is imported.
    """
    result = _run(
        pytester,
        """
        import sys

        def test_modules():
            found = {name for name in sys.modules if name.partition(".")[0] == "errpath"}
            assert found == {"errpath", "errpath.models", "errpath.pytest_plugin"}
        """,
    )
    result.assert_outcomes(passed=1)


def test_markers_are_listed(pytester: pytest.Pytester) -> None:
    """
    `pytest --markers` lists the semantics and the kinds of fault, also without any test.
    """
    result = pytester.runpytest_subprocess("--markers")
    lines = [line for line in result.outlines if line.startswith("@pytest.mark.")]
    expected = [f"@pytest.mark.{name}: a contract in {name}" for name in VOCABULARY.semantics]
    expected += [
        f"@pytest.mark.{marker}: a fault is injected: {says}"
        for marker, says in VOCABULARY.markers.items()
    ]
    expected += [
        f"@pytest.mark.{marker}: a fault is injected: {says}"
        for marker, says in VOCABULARY.at("migrate_pages", ("a",)).markers.items()
        if marker not in VOCABULARY.markers
    ]
    assert sorted(line for line in lines if line in expected) == sorted(expected)


def test_places_are_in_junit_xml(pytester: pytest.Pytester) -> None:
    """
    A failure's place in the spec is a property of its test case.
    """
    _run(pytester, _module(returns=-16), "-k", "locked__pre and ASYNC", "--junit-xml=out.xml")
    text = (pytester.path / "out.xml").read_text()
    assert '<property name="errpath" value="specs/toy.errpath:12 returns -EBUSY"' in text


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_tally(pytester: pytest.Pytester, options: Sequence[str]) -> None:
    """
    The counts of a session are written to a file: selected, how each ended, what is broken.
    """
    _run(pytester, _module(returns=-16), "--errpath-tally", "tally.json", *options)
    found = json.loads((pytester.path / "tally.json").read_text())
    assert {name: sorted(rows) for name, rows in found.items()} == {
        "selected": [["test_lock.py", "post", 4], ["test_lock.py", "pre", 4]],
        "outcomes": [
            ["test_lock.py", "post", "failed", 2],
            ["test_lock.py", "post", "passed", 2],
            ["test_lock.py", "pre", "failed", 2],
            ["test_lock.py", "pre", "passed", 2],
        ],
        "broken": [
            ["specs/toy.errpath:12 returns -EBUSY", "post", 2],
            ["specs/toy.errpath:12 returns -EBUSY", "pre", 2],
        ],
        "unread": [],
    }


def test_tally_of_a_module_that_cannot_be_imported(pytester: pytest.Pytester) -> None:
    """
    A module that cannot be imported is noted: its tests did not run.
    """
    _run(pytester, "import nothing_of_that_name\n", "--errpath-tally", "tally.json")
    found = json.loads((pytester.path / "tally.json").read_text())
    assert found == {"selected": [], "outcomes": [], "broken": [], "unread": ["test_lock.py"]}


BY_HAND = """
import pytest

from errpath.testing import contract

migrate = contract("migrate")


@pytest.fixture
def mode():
    return "MIGRATE_ASYNC"


def test_by_hand(mode):
    with migrate("post", {"src": "locked", "mode": mode}, at="a.errpath:1") as run:
        run.returns(-11, at="a.errpath:2")
"""


def test_generated_cases_have_the_names_that_pytest_gives(pytester: pytest.Pytester) -> None:
    """
    A case has no fixtures, and the node id that its function would have as any other.
    """
    by_pytest = _module().replace("PYTEST_DONT_REWRITE", "PYTEST-DONT-REWRITE")

    ours = _ids(_run(pytester, _module(), "--collect-only", "-q"))
    theirs = _ids(_run(pytester, by_pytest, "--collect-only", "-q"))

    assert ours == theirs
    assert ours[:2] == [
        "test_locked__pre[MIGRATE_SYNC]",
        "test_locked__pre[MIGRATE_ASYNC]",
    ]


def test_module_by_hand_is_a_module_like_any_other(pytester: pytest.Pytester) -> None:
    """
    Who writes contracts in Python has fixtures.
    """
    _run(pytester, BY_HAND).assert_outcomes(passed=1)


def test_markers_of_single_cases_are_kept(pytester: pytest.Pytester) -> None:
    """
    A fault that only some cases have marks those.
    """
    some = scenario(
        clause.Returns(at=at(12), codes=(0, -11)),
        name="the page may be locked",
        identifier="maybe",
        because="Both happen.",
        semantics=("post",),
        settings=(setting("lock", "unlocked", "locked", subject="src"),),
        parameters=("lock",),
        cases=(("unlocked",), ("locked",)),
    )
    text = render(spec(some, model="migrate"), VOCABULARY)

    result = _run(pytester, text, "--collect-only", "-q", "-m", "trylock")

    assert _ids(result) == ["test_maybe__post[locked]"]
    _run(pytester, text).assert_outcomes(passed=2)


def test_target(pytester: pytest.Pytester, tmp_path_factory: pytest.TempPathFactory) -> None:
    """
    The same tests run on C, and a failure says on whose.
    """
    folder = tmp_path_factory.mktemp("native")
    build = build_c(tree(folder), folder=folder / "builds").folder
    name = f"native:pre={build},post={build}"
    result = _run(pytester, _module(returns=-16), "-k", "locked__pre and ASYNC")
    on_c = pytester.runpytest_subprocess("-k", "locked__pre and ASYNC", "--errpath-target", name)
    assert result.parseoutcomes() == on_c.parseoutcomes() == {"failed": 1, "deselected": 7}
    assert "  trace, pre (reference model):" in result.outlines
    assert "  trace, pre (the C of Linux 5.8.18):" in on_c.outlines
    again = f'again: pytest --errpath-target {name} "test_lock.py::test_locked__pre[MIGRATE_ASYNC]"'
    assert again in on_c.outlines


def test_target_of_some_semantics(
    pytester: pytest.Pytester, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """
    What no build is named for fails, and what one is named for runs.
    """
    folder = tmp_path_factory.mktemp("native")
    build = build_c(tree(folder), folder=folder / "builds").folder
    target = f"native:pre={build}"
    result = _run(pytester, _module(), "-k", "not once", "--errpath-target", target)
    counts = result.parseoutcomes()
    assert (counts["passed"], counts["failed"]) == (3, 3)


def test_target_that_is_none(pytester: pytest.Pytester) -> None:
    """
    A session on a target that means nothing runs no test.
    """
    result = _run(pytester, _module(), "--errpath-target", "native:nowhere")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert (
        "ERROR: nowhere: is no build of this errpath; `errpath native build` makes one"
        in result.errlines
    )
