# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from errpath.migrate.pages.situation import rules_on
from errpath.migrate.situation import RULES
from errpath.native.refusal import RefusedError
from errpath.native.target.target import Isolated, Native
from tests.native.conftest import BuildOf
from tests.native.target.seen import Answers, every, first, seen
from tests.native.trees import changed

PUT = """\
	if (put_new_page)
		put_new_page(newpage, private);
	else
		put_page(newpage);
	return rc;
"""
MOVED = "	if (unmapped)\n"


def _at(text: str, *changes: tuple[str, str]) -> str:
    line = changed(*changes).split(text)[0].count("\n") + 1
    return f"mm/migrate.c:{line}"


def test_read_through_null_is_a_finding(built: BuildOf) -> None:
    """
    A pointer that is followed when it is NULL is told with the line.
    """
    run = (
        built((MOVED, f"	page = NULL;\n	page->lru.next = 0;\n{MOVED}"))
        .target()
        .run("pre", first)
    )
    assert str(run.bug).startswith("null-dereference: memory is written to through NULL at mm/")


def test_mapping_of_null_is_the_models_finding(built: BuildOf) -> None:
    """
    A read of page->mapping through NULL is told as the model tells it.
    """
    change = ("	if (page->mapping) {", "	page = NULL;\n	if (page->mapping) {")
    run = built(change).target().run("pre", first)
    assert str(run.bug) == "null-dereference: page->mapping is read through NULL"


def test_call_on_null_is_the_models_finding(built: BuildOf) -> None:
    """
    A primitive that is called on NULL is told as the model tells it.
    """
    run = built((MOVED, f"	unlock_page(NULL);\n{MOVED}")).target().run("pre", first)
    assert str(run.bug) == "null-dereference: unlock_page() is called on NULL"


def test_list_link_of_null_is_the_models_finding(built: BuildOf) -> None:
    """
    The link of NULL is no page's.
    """
    change = (MOVED, f"	struct page *none = NULL;\n	list_del(&none->lru);\n{MOVED}")
    run = built(change).target().run("pre", first)
    assert str(run.bug) == "null-dereference: list_del() is called on NULL"


def test_local_that_was_never_set_points_nowhere(built: BuildOf) -> None:
    """
    A variable without a value has a pattern, and a call on that is a finding.
    """
    change = (MOVED, f"	struct page *fresh;\n	unlock_page(fresh);\n{MOVED}")
    run = built(change).target().run("pre", first)
    assert str(run.bug) == (
        "wild-pointer: unlock_page() is called on a pointer that points to no object"
    )
    assert run.returns is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("list_del(from);", "wild-pointer: list_del() is called on the caller's list"),
        (
            "list_for_each_entry_safe(page, after, (struct list_head *)NULL, lru) { }",
            "null-dereference: list_for_each_entry_safe() is called on NULL",
        ),
        (
            "page = NULL; list_safe_reset_next(page, after, lru);",
            "null-dereference: list_safe_reset_next() is called on NULL",
        ),
        (
            "lock_page(NULL);",
            "null-dereference: lock_page() is called on NULL",
        ),
    ],
)
def test_list_is_no_page_and_a_page_no_list(built: BuildOf, line: str, says: str) -> None:
    """
    What is given in the place of another kind of object is a finding.
    """
    call = line.replace("(struct list_head *)NULL", "none")
    change = (
        "			cond_resched();\n",
        f"			cond_resched();\n			{{ struct list_head *none = NULL; {call} }}\n",
    )
    run = built(change).target("migrate_pages", ("a",)).run("pre", first)
    assert str(run.bug) == says


def test_access_that_is_no_objects_is_a_finding(built: BuildOf) -> None:
    """
    Memory outside the objects that there are is not touched.
    """
    change = (MOVED, f"	struct page *fresh;\n	fresh->mapping = NULL;\n{MOVED}")
    run = built(change).target().run("pre", first)
    assert str(run.bug) == (
        "wild-access: memory that is no object's is written to at "
        f"{_at('	fresh->mapping', change)}"
    )


def test_undefined_behaviour_is_a_finding(built: BuildOf) -> None:
    """
    What C does not define is told with the line.
    """
    change = (MOVED, f"	rc = 1 << (rc + 40);\n{MOVED}")
    run = built(change).target().run("pre", first)
    assert str(run.bug) == (
        "undefined-behaviour: there is a shift by more than the type has bits at "
        f"{_at('	rc = 1 <<', change)}"
    )


def test_page_that_is_freed_is_not_read(built: BuildOf) -> None:
    """
    A read of page->mapping behind the last put is the model's finding.
    """
    change = (
        "		put_page(page);\n		if (reason",
        "		put_page(page);\n		if (page->mapping)\n			return 1;\n		if (reason",
    )
    run = built(change).target().run("pre", first)
    assert str(run.bug) == (
        "use-after-put: a read of page->mapping touches src, on which no reference is held"
    )
    assert run.trace[-1].text == "put_page(src)"


def test_assertion_that_does_not_hold_is_the_models_finding(built: BuildOf) -> None:
    """
    VM_BUG_ON_PAGE() stops the run.
    """
    run = built((MOVED, f"	VM_BUG_ON_PAGE(rc != 1, page);\n{MOVED}")).target().run("pre", first)
    assert str(run.bug) == "vm-bug-on: an assertion about src does not hold"


def test_run_that_never_ends_is_a_finding(built: BuildOf) -> None:
    """
    A run that makes more calls than any path needs is ended, with its trace.
    """
    change = (MOVED, f"	while (rc != 1)\n		wait_on_page_writeback(page);\n{MOVED}")
    run = Native(built(change), limit=500).run("pre", first)
    assert str(run.bug).startswith(
        "endless: 500 calls are made, and the run does not end: it is at"
    )
    assert run.trace[-1].text == "wait_on_page_writeback(src)"
    assert len(run.trace) > 400


def test_write_that_is_not_modelled_is_refused(built: BuildOf) -> None:
    """
    Errpath does not act as if it knew what a write to a member does.
    """
    change = (MOVED, f"	page->mapping = NULL;\n{MOVED}")
    with pytest.raises(RefusedError) as refused:
        built(change).target().run("pre", first)
    assert str(refused.value) == (
        f"{_at('	page->mapping = NULL', change)}: a member of an object is written, and it is "
        "not modelled"
    )


def test_call_that_only_lists_know_is_refused_for_a_page_alone(built: BuildOf) -> None:
    """
    A primitive that is modelled for lists is not guessed at for one page.
    """
    with pytest.raises(RefusedError) as refused:
        built((MOVED, f"	cond_resched();\n{MOVED}")).target().run("pre", first)
    assert str(refused.value) == (
        "unmap_and_move() calls cond_resched(), which is modelled for a list of pages only"
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "	put_new_page = NULL;\n	put_new_page(newpage, private);\n	return rc;\n",
            "null-dereference: NULL is called behind the call at mm/migrate.c:",
        ),
        (
            "	__builtin_trap();\n	return rc;\n",
            "crash: the C ends with SIGILL behind the call at mm/migrate.c:",
        ),
    ],
)
def test_crash_is_a_finding_with_the_trace_so_far(built: BuildOf, change: str, says: str) -> None:
    """
    The C crashes in its own process, and this one has all that it called before.
    """
    answers = Answers(**{"move_to_new_page(dst, src)": -5})
    target = Isolated(built((PUT, change)))
    run = target.run("pre", answers)
    assert str(run.bug).startswith(says)
    assert run.trace[-1].text == "putback_lru_page(src)"
    assert len(target.lines) == len(run.trace)


def test_run_after_a_crash_goes_on(built: BuildOf) -> None:
    """
    A crash is that of one run.
    """
    target = Isolated(built((PUT, "	__builtin_trap();\n	return rc;\n")))
    broken = Answers(**{"move_to_new_page(dst, src)": -5})
    assert [target.run("pre", one).returns for one in (first, broken, first)] == [0, None, 0]


def test_program_that_cannot_run_is_told(tmp_path: Path, built: BuildOf) -> None:
    """
    A build whose library cannot be loaded in another process is no finding of the C.
    """
    good = built()
    (tmp_path / "copy").mkdir()
    broken = replace(good, folder=tmp_path / "copy")
    shutil.copy2(good.library, broken.library)
    broken.runner.write_text("#!/bin/sh\nexit 3\n")
    broken.runner.chmod(0o755)
    with pytest.raises(RefusedError) as refused:
        Isolated(broken).run("pre", first)
    assert str(refused.value) == (
        f"{broken.runner}: ends with status 3, before it has run anything"
    )


def test_loop_without_calls_is_ended(built: BuildOf) -> None:
    """
    A run has so much processor time, and what it called before it hung is there.
    """
    change = (MOVED, f"	while (rc != 1)\n		;\n{MOVED}")
    run = Isolated(built(change), seconds=0.1).run("pre", first)
    assert str(run.bug) == (
        "endless: the processor time of a run is used up behind the call at "
        f"{_at('		rc = move_to_new_page(newpage, page, mode);', change)}"
    )
    assert run.trace[-1].text == "move_to_new_page(dst, src) = 0"


@pytest.mark.parametrize("end", ["__builtin_trap();", "for (;;)\n			;"])
def test_what_the_c_does_on_a_wrong_guess_is_no_finding(built: BuildOf, end: str) -> None:
    """
    A process apart guesses answers to go on: where it crashed on one, the run comes back to it.
    """
    # The answer is 1 when it is asked first, and that is what is guessed the second time.
    change = (MOVED, f"	if (rc == -EAGAIN)\n		{end}\n{MOVED}")
    build = built(change)
    wanted = seen(build.target().run("pre", first))
    target = Isolated(build, seconds=0.1)
    assert [seen(target.run("pre", first)) for _ in range(3)] == [wanted] * 3


@pytest.mark.parametrize("pages", [(), ("a", "b")])
def test_runs_apart_are_those_of_this_process(built: BuildOf, pages: tuple[str, ...]) -> None:
    """
    Where the C runs makes no difference to what a run is.
    """
    build = built()
    entry = "migrate_pages_and_putback" if pages else "unmap_and_move"
    rules = rules_on(pages) if pages else RULES
    ours = list(every(build.target(entry, pages), "pre", rules, 60))
    assert list(every(Isolated(build, entry, pages), "pre", rules, 60)) == ours
