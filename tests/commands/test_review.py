# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from errpath.native.tree.tree import MIGRATE
from errpath.native.walk import part
from tests.commands.reviewing import (
    ALLOCATION,
    ASK,
    CRASHES,
    DRIVER,
    LOCKED,
    ONE_ATTEMPT,
    STOPS,
    TRAP,
    TURNED,
    UNUSED,
    diff,
    objects,
    review,
    stand,
)
from tests.golden import check_golden
from tests.native.mail.mails import archived, reply
from tests.shell import Said, Shell

GOLDEN: Final = Path(__file__).parent / "reviews"


_NUMBER: Final = re.compile(r"(?<=\bon )\d+|\b\d+(?= runs| states)")


@pytest.fixture
def project(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Shell:
    """
    Stand in a project with laws, beside a tree.
    """
    return stand(shell, monkeypatch, tmp_path_factory)


def _hashes(folder: Path) -> dict[str, str]:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {str(file): sha256(file.read_bytes()).hexdigest() for file in files}


def test_patch_that_changes_behaviour(project: Shell) -> None:
    """
    The answers come first, then the differences, the broken laws, the edges, and the hunks.
    """
    before = _hashes(project.folder / "linux")
    said = review(project, diff(LOCKED))
    assert (said.status, said.err) == (1, "")
    check_golden(GOLDEN / "locked.txt", said.out)
    assert _hashes(project.folder / "linux") == before


def test_archived_reply(project: Shell) -> None:
    """
    The same patch in a reply says the same; only how it went in is another matter.
    """
    said = review(project, reply(archived(diff(LOCKED))), "--examples", "none")
    assert (said.status, said.err) == (1, "")
    check_golden(GOLDEN / "locked_archived.txt", said.out)


@pytest.mark.parametrize("file", ["locked.txt", "locked_archived.txt"])
def test_output_fits_a_mail(file: str) -> None:
    """
    What is pasted into a reply is ASCII, and no line is longer than 75 columns.
    """
    text = (GOLDEN / file).read_text(encoding="utf-8")
    wide = [line for line in text.splitlines() if len(line) > 75 or line != line.rstrip()]
    assert (text.isascii(), wide) == (True, [])


def test_patch_that_changes_no_behaviour(project: Shell) -> None:
    """
    Code that is written in another way ends with 0, and says on how many pairs.
    """
    said = review(project, diff(TURNED))
    assert said == Said(
        0,
        """\
Behaviour does not change on any of 3151 pairs of paths.
Nothing is newly called with a lock held.
Of 12 laws and 5 cleanup contracts, none is newly broken.

Broken by both: cleanup, ownership.

The model is sequential. An edge is for review: none is a deadlock, and no
list of edges proves that there is none. Locks that a call takes and gives
up inside itself are no rows here; what such a call may do stands for them.
The kernel's lockdep does not track PG_locked and migration_entries: no
lock debugging of the kernel tells of these edges.

The patch: a.mail
went into mm/migrate.c of Linux 5.8.18:
  hunk 1 (@@ -171,7 +171,7 @@) at line 171
Judged is what it changes in unmap_and_move(): base is the C without it,
  patched with it.
""",
    )


def test_comment(project: Shell) -> None:
    """
    A patch of comments alone needs no compiler to be judged.
    """
    said = review(project, diff(("/* Nobody but the caller", "/* Nobody else but the caller")))
    assert said == Said(
        0,
        """\
Behaviour does not change: no line of code does, but comments and blanks.

The patch: a.mail
went into mm/migrate.c of Linux 5.8.18:
  hunk 1 (@@ -144,7 +144,7 @@) at line 144
""",
    )


def test_patch_of_other_code(project: Shell) -> None:
    """
    What is not modelled is not judged, and ends with 2: that is no answer.
    """
    said = review(project, diff(UNUSED))
    assert said == Said(
        2,
        """\
COULD NOT BE JUDGED:
- line 11 of mm/migrate.c is outside what is judged

The patch: a.mail
went into mm/migrate.c of Linux 5.8.18:
  hunk 1 (@@ -7,6 +7,8 @@) at line 7
""",
    )


@pytest.mark.parametrize(("change", "status"), [(TURNED, 2), (LOCKED, 1)])
def test_patch_of_which_a_part_is_judged(
    project: Shell, change: tuple[str, str], status: int
) -> None:
    """
    Not judged never reads as unchanged: without a finding in the rest, there is no answer.
    """
    said = review(project, diff(change, UNUSED), "--examples", "none")
    assert said.status == status
    assert said.out.splitlines()[3:5] == [
        "NOT JUDGED is what else the patch changes:",
        "- line 11 of mm/migrate.c is outside what is judged",
    ]


def test_patch_of_what_runs_over_lists(project: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A patch of migrate_pages() is compared on lists, attempt by attempt.
    """
    monkeypatch.setattr(part, "PARTS", ONE_ATTEMPT)
    said = review(project, diff(DRIVER))
    assert (said.status, said.err) == (1, "")
    # How many runs and states a walk over lists has is a matter of the walk.
    check_golden(GOLDEN / "driver.txt", _NUMBER.sub("N", said.out))
    whole, found = objects(review(project, diff(DRIVER), "--json"))
    assert (whole["pairs"], whole["changes"], found["kind"]) == (None, True, "list")
    assert 0 < found["behaviour"] < found["runs"]


def test_lists_for_any_patch(project: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What a patch of one page's functions comes to on lists is told on demand.
    """
    monkeypatch.setattr(part, "PARTS", ONE_ATTEMPT)
    said = review(project, diff(LOCKED), "--lists", "--examples", "none")
    assert said.status == 1
    assert _NUMBER.sub("N", said.out).splitlines()[3] == (
        "migrate_pages() on a: behaviour changes on N of N runs."
    )


def test_patch_that_changes_nothing_on_lists(
    project: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A patch of migrate_pages() that changes nothing says so, and on what.
    """
    monkeypatch.setattr(part, "PARTS", ONE_ATTEMPT)
    said = review(
        project, diff(("tally.lost += tally.again;", "tally.lost = tally.lost + tally.again;"))
    )
    assert said.status == 0
    assert re.match(
        r"migrate_pages\(\) on a: behaviour does not change on any of \d+ runs\.\n", said.out
    )


def test_path_on_which_the_kernel_would_stop(project: Shell) -> None:
    """
    A patched path that a debug check stops is told with its trace, without the laws it leaves open.
    """
    said = review(project, diff(STOPS), "--examples", "none")
    assert said.status == 1
    check_golden(GOLDEN / "stops.txt", said.out)


def test_crash(project: Shell) -> None:
    """
    C that crashes is a finding, with what it was answered and the calls up to there.
    """
    said = review(project, diff(CRASHES))
    assert said == Said(
        1,
        f"""\
The patched code crashes ({TRAP}): nothing else is judged of
  unmap_and_move().

thp_migration_supported(): 1; page_count(src): 2; get_new_page(src): dst

  trace, patched (C of mm/migrate.c), up to there:
    get_new_page(src) = dst

The patch: a.mail
went into mm/migrate.c of Linux 5.8.18:
  hunk 1 (@@ -173,6 +173,7 @@) at line 173
Judged is what it changes in unmap_and_move(): base is the C without it,
  patched with it.
""",
    )


def test_standard_input(project: Shell) -> None:
    """
    A patch comes through a pipe as well.
    """
    said = project.process("review", "-", "--tree", "linux", input=diff(UNUSED))
    assert (said.status, said.err) == (2, "")
    assert "The patch: standard input\n" in said.out


def test_without_specs(project: Shell) -> None:
    """
    Without specs there are the cleanup contracts, which are judged as always.
    """
    (project.folder / "specs/laws.errpath").unlink()
    (project.folder / "specs").rmdir()
    said = review(project, diff(TURNED))
    assert said.status == 0
    assert said.out.splitlines()[2] == (
        "Of 5 cleanup contracts, and no law of any spec, none is newly broken."
    )


def test_specs_without_laws(project: Shell) -> None:
    """
    Files without a law need not be read.
    """
    project.write("other/a.errpath", "not a spec\n")
    said = review(project, diff(TURNED), "--specs", "other")
    assert said.status == 0


@pytest.mark.parametrize(
    ("mail", "tree_folder", "err"),
    [
        ("none.mail", "linux", "`none.mail`: no such file or directory"),
        ("html.mail", "linux", f"html.mail: it holds HTML and no plain text; {ASK}"),
        (
            "large.mail",
            "linux",
            "large.mail: it has 100,000,000 bytes; a mail has at most 10,000,000 bytes",
        ),
        (
            "other.mail",
            "linux",
            f"other.mail:1: it is a patch for mm/vmscan.c; errpath judges functions of {MIGRATE}",
        ),
        (
            "outside.mail",
            "linux",
            (
                "outside.mail:1: `b/../migrate.c` reaches outside the tree; "
                "a patch changes files of the tree only"
            ),
        ),
        (
            "stale.mail",
            "linux",
            (
                "stale.mail:3: hunk 1 (@@ -1,1 +1,1 @@) does not apply to mm/migrate.c: none of "
                "its lines is there; a patch is judged on the tree that it was made for"
            ),
        ),
        (
            "good.mail",
            "nowhere",
            "nowhere: is not there; --tree takes the top folder of a Linux source tree",
        ),
        (
            "unknown.mail",
            "linux",
            (
                "mm/migrate.c:176: frobnicate() is called, and no primitive of that name is "
                "modelled; errpath does not guess what it does"
            ),
        ),
    ],
)
def test_what_cannot_be_judged(project: Shell, mail: str, tree_folder: str, err: str) -> None:
    """
    What is in the way is told in a line with its place, and ends with 2.
    """
    project.write("html.mail", "<html><pre>--- a</pre></html>")
    project.write("good.mail", diff(TURNED).encode())
    project.write("other.mail", diff(TURNED, file="mm/vmscan.c").encode())
    project.write("outside.mail", diff(TURNED, file="../migrate.c").encode())
    project.write(
        "stale.mail", b"--- a/mm/migrate.c\n+++ b/mm/migrate.c\n@@ -1 +1 @@\n-int a;\n+int b;\n"
    )
    project.write(
        "unknown.mail", diff((ALLOCATION, f"{ALLOCATION}\t\tfrobnicate(page);\n")).encode()
    )
    os.truncate(project.write("large.mail", b""), 100_000_000)
    said = project("review", mail, "--tree", tree_folder)
    assert said == Said(2, "", f"errpath: {err}\n")


def test_specs_with_problems(project: Shell) -> None:
    """
    Laws that cannot be read are not judged, and that is no finding about the patch.
    """
    project.write("specs/laws.errpath", 'law "a" {\n')
    said = review(project, diff(TURNED))
    assert (said.status, said.err) == (
        2,
        "errpath: the laws cannot be read, so that nothing is judged\n",
    )
