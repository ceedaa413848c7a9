# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path
from typing import Final

import pytest

from errpath.native.tree.functions import UNDER_CONTRACT
from errpath.native.tree.tree import MIGRATE
from errpath.native.walk import part
from errpath.native.walk.part import Part
from tests.golden import check_golden
from tests.native.trees import changed, tree
from tests.shell import CLAIM, Said, Shell

GOLDEN: Final = Path(__file__).parent / "native"
ALLOCATED: Final = "\t\trc = __unmap_and_move(page, newpage, force, mode);\n"
WRONG_RC: Final = ("\t\t\trc = -EBUSY;\n\t\t\tgoto unlock;", "\t\t\trc = 0;\n\t\t\tgoto unlock;")
CRASHES: Final = (ALLOCATED, f"{ALLOCATED}\t\t__builtin_trap();\n")
MOVED: Final = """
scenario "all goes well" {
    because "It mostly does."
    src: file

    returns 0
}
"""
PARTS: Final = (Part(), Part(entry="migrate_pages", pages=("a",), attempts=1))

CONFORMS = """\
mm/migrate.c of Linux 5.8.18, beside the model of pre

                      paths  differ
unmap_and_move()       3151       0
migrate_pages() on a   1634       0

migrate_pages() on a: 39 states; 1 attempt with every answer, the rest with
  the first one, or busy
on lists, behind the first attempt: what is about no page is fixed, to
  MIGRATE_SYNC and what goes the caller's way
"""


@pytest.fixture
def project(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Shell:
    """
    Stand beside a tree, whose builds the tests share; a list is walked for one attempt.
    """
    cache = tmp_path_factory.getbasetemp() / "builds"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setattr(part, "PARTS", PARTS)
    tree(shell.folder)
    return shell


def _built(project: Shell, *options: str) -> str:
    said = project("native", "build", "--tree", "linux", *options)
    assert (said.status, said.err) == (0, "")
    return said.out.splitlines()[-1].strip()


def _patch(project: Shell, *changes: tuple[str, str]) -> None:
    old, new = (text.splitlines(keepends=True) for text in (changed(), changed(*changes)))
    diff = "".join(unified_diff(old, new, f"a/{MIGRATE}", f"b/{MIGRATE}"))
    project.write("a.patch", diff.encode())


def test_build(project: Shell) -> None:
    """
    The version, the functions with line and hash, and the folder are printed.
    """
    said = project("native", "build", "--tree", "linux")
    assert (said.status, said.err) == (0, "")
    head, _, rest = said.out.partition("\n\nfunctions:\n")
    functions, _, folder = rest.partition("\n\nbuilt in:\n")
    assert head == "mm/migrate.c of Linux 5.8.18"
    rows = re.findall(r"^  (\w+) at line (\d+)\n    ([0-9a-f]{64})$", functions, re.MULTILINE)
    assert len(rows) * 2 == len(functions.splitlines())
    assert {name for name, _, _ in rows} >= set(UNDER_CONTRACT)
    assert Path(folder.strip(), "unit.so").is_file()


def test_build_again_is_the_same(project: Shell) -> None:
    """
    The same text is compiled once, and nothing is written beside the tree.
    """
    before = project.files()
    first = project("native", "build", "--tree", "linux")
    assert project("native", "build", "--tree", "linux") == first
    assert project.files() == before


def test_build_with_a_patch(project: Shell) -> None:
    """
    Where each hunk went is told; the tree is not written.
    """
    _patch(project, WRONG_RC)
    before = (project.folder / "linux" / MIGRATE).read_bytes()
    said = project("native", "build", "--tree", "linux", "--patch", "a.patch")
    assert (said.status, said.err) == (0, "")
    line = changed()[: changed().index(WRONG_RC[0])].count("\n") + 1 - 3
    assert said.out.startswith(
        "mm/migrate.c of Linux 5.8.18, patched\n\nthe patch:\n"
        f"  hunk 1 (@@ -{line},7 +{line},7 @@) at line {line}\n\nfunctions:\n"
    )
    assert (project.folder / "linux" / MIGRATE).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("build",),
            "errpath: one of --tree and --build says which C is meant\n",
        ),
        (
            ("build", "--tree", "none"),
            "errpath: none: is not there; --tree takes the top folder of a Linux source tree\n",
        ),
        (
            ("conform", "pre"),
            "errpath: one of --tree and --build says which C is meant\n",
        ),
        (
            ("conform", "pre", "--tree", "linux", "--build", "x"),
            "errpath: one of --tree and --build says which C is meant\n",
        ),
        (
            ("conform", "pre", "--patch", "a.patch", "--build", "x"),
            "errpath: --patch is for a tree: what --build names has its patch, if any\n",
        ),
        (
            ("conform", "pre", "--build", "x"),
            "errpath: x: is no build of this errpath; `errpath native build` makes one\n",
        ),
        (
            ("conform", "past", "--tree", "linux"),
            "errpath: no semantics is named `past`; `pre` and `post` exist\n",
        ),
        (
            ("record", "past", "--tree", "linux"),
            "errpath: no semantics is named `past`; `pre` and `post` exist\n",
        ),
        (
            ("record", "pre", "--tree", "linux", "--check"),
            "errpath: certificates has no certificate of pre: nothing is compared\n",
        ),
    ],
)
def test_what_cannot_be_done(project: Shell, arguments: tuple[str, ...], says: str) -> None:
    """
    It is told in a line, and the exit status is 2.
    """
    assert project("native", *arguments) == Said(2, "", says)


def test_conform(project: Shell) -> None:
    """
    Our own C does what the model does, and what was compared is said.
    """
    assert project("native", "conform", "pre", "--tree", "linux") == Said(0, CONFORMS)


def test_conform_of_a_build(project: Shell) -> None:
    """
    A build is as good as the tree that it was made of.
    """
    build = _built(project)
    assert project("native", "conform", "pre", "--build", build) == Said(0, CONFORMS)


def test_conform_that_differs(project: Shell) -> None:
    """
    The line of the C stands beside that of the model, and the exit status is 1.
    """
    _patch(project, WRONG_RC)
    said = project("native", "conform", "pre", "--tree", "linux", "--patch", "a.patch")
    assert (said.status, said.err) == (1, "")
    assert max(map(len, said.out.splitlines())) <= 75
    check_golden(GOLDEN / "differs.txt", said.out)


def test_conform_of_c_that_crashes(project: Shell) -> None:
    """
    A crash is a finding of its path, and ends the comparison after a few.
    """
    tree(project.folder, CRASHES)
    said = project("native", "conform", "pre", "--tree", "linux")
    assert (said.status, said.err) == (1, "")
    check_golden(GOLDEN / "crashes.txt", said.out)


def test_record_and_check(project: Shell) -> None:
    """
    What is recorded is the same on repetition, and the functions are those that it is of.
    """
    said = project("native", "record", "pre", "--tree", "linux")
    assert said == Said(
        0,
        """\
mm/migrate.c of Linux 5.8.18, recorded for the model of pre

certificates/5.8.18/pre/unmap_and_move.json.gz: unmap_and_move(), 3151
  paths
certificates/5.8.18/pre/migrate_pages.a.json.gz: migrate_pages() on a, 1634
  paths
""",
    )
    files = sorted((project.folder / "certificates").rglob("*.gz"))
    before = [file.read_bytes() for file in files]
    assert project("native", "record", "pre", "--tree", "linux") == said
    assert [file.read_bytes() for file in files] == before
    checked = project("native", "record", "pre", "--tree", "linux", "--check")
    assert (checked.status, checked.err) == (0, "")
    assert checked.out.startswith(
        "mm/migrate.c of Linux 5.8.18, beside what is recorded of pre\n\n"
        "Linux 5.8.18 (2 certificates):\n  the same     __unmap_and_move at line "
    )
    assert {line[:13] for line in checked.out.splitlines()[3:]} == {"  the same   "}


def test_check_of_a_tree_that_drifted(project: Shell) -> None:
    """
    A function that changed or is gone is named, nothing is compiled, and the status is 1.
    """
    project("native", "record", "pre", "--tree", "linux")
    tree(
        project.folder,
        WRONG_RC,
        ("static void forget_freed(", "static void forgotten("),
        version="5.9.0",
    )
    said = project("native", "record", "pre", "--tree", "linux", "--check")
    assert (said.status, said.err) == (1, "")
    assert said.out.startswith("mm/migrate.c of Linux 5.9, beside what is recorded of pre\n")
    lines = [line.split() for line in said.out.splitlines()[3:]]
    assert [" ".join(line[:2]) for line in lines if line[:2] != ["the", "same"]] == [
        "changed __unmap_and_move",
        "gone forget_freed",
    ]


def test_check_of_a_build_and_of_a_patch(project: Shell) -> None:
    """
    A build has its functions, and a patch changes those of the tree.
    """
    project("native", "record", "pre", "--tree", "linux")
    build = _built(project)
    assert project("native", "record", "pre", "--build", build, "--check").status == 0
    _patch(project, WRONG_RC)
    said = project("native", "record", "pre", "--tree", "linux", "--patch", "a.patch", "--check")
    assert (said.status, said.err) == (1, "")
    assert said.out.startswith("mm/migrate.c of Linux 5.8.18, patched, beside")


def test_record_of_c_that_crashes(project: Shell) -> None:
    """
    It is not recorded.
    """
    tree(project.folder, CRASHES)
    assert project("native", "record", "pre", "--tree", "linux") == Said(
        2,
        "mm/migrate.c of Linux 5.8.18, recorded for the model of pre\n\n",
        "errpath: unmap_and_move() cannot be recorded: the C ends its process (SIGILL);"
        " `errpath native conform` shows the path\n",
    )
    assert not (project.folder / "certificates").exists()


def test_certificate_that_cannot_be_read(project: Shell) -> None:
    """
    Nothing is compared with what is left.
    """
    project.write("certificates/x.json.gz", b"no gzip")
    said = project("native", "record", "pre", "--tree", "linux", "--check")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("errpath: certificates/x.json.gz is no certificate: ")


@pytest.mark.parametrize("command", [(), ("build",), ("conform",), ("record",)])
def test_help(project: Shell, command: tuple[str, ...]) -> None:
    """
    Each command has one, in so many columns.
    """
    said = project("native", *command, "--help")
    assert (said.status, said.err, said.out.isascii()) == (0, "", True)
    assert max(map(len, said.out.splitlines())) <= 80
    assert "..." not in said.out.replace("[ARGS]...", "")


def test_check_on_the_c(project: Shell) -> None:
    """
    The same tests, with the same names, run on the C, and say so where they fail.
    """
    project.write("specs/a.errpath", CLAIM)
    assert project("generate").status == 0
    reference = project("check", "--", "-m", "pre")
    build = _built(project)
    said = project("check", "--target", f"native:{build}", "--", "-m", "pre")
    more = "\non the reference model: deltas, and laws over lists whose paths are merged\n"
    assert said == Said(0, reference.out + more)
    assert (reference.status, "1 kept" in said.out) == (0, True)


def test_check_goes_on_after_a_crash(project: Shell) -> None:
    """
    It fails the test whose C crashed, with the trace so far, and no other.
    """
    project.write("specs/a.errpath", CLAIM + MOVED)
    assert project("generate").status == 0
    tree(project.folder, CRASHES)
    build = _built(project)
    said = project("check", "--target", f"native:{build}", "--", "-m", "pre")
    assert (said.status, said.err) == (1, "")
    check_golden(GOLDEN / "check_crash.txt", said.out.replace(build, "BUILD"))


def test_check_on_c_that_breaks_a_contract(project: Shell) -> None:
    """
    The explanation names the C, and the command that shows it again has the target.
    """
    project.write("specs/a.errpath", CLAIM)
    assert project("generate").status == 0
    leak = ("\t\t\treturn -ENOMEM;\n\t\trc =", "\t\t\treturn -EBUSY;\n\t\trc =")
    tree(project.folder, leak)
    build = _built(project)
    target = f"native:pre={build}"
    said = project("check", "--target", target, "--", "-m", "pre")
    assert (said.status, said.err) == (1, "")
    check_golden(GOLDEN / "check.txt", said.out.replace(build, "BUILD"))


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("reference", "reference: is no target that errpath knows; "),
        ("native:", "native:: is no target that errpath knows; "),
        ("native:x", "x: is no build of this errpath; `errpath native build` makes one\n"),
        ("native:pre=x", "x: is no build of this errpath; `errpath native build` makes one\n"),
        ("native:pre=", "native:pre=: says nothing new in `pre=`; "),
    ],
)
def test_target_that_is_none(project: Shell, target: str, says: str) -> None:
    """
    It is told before anything else is done, by `errpath check` and by pytest.
    """
    helps = "a target is native:BUILD, or native:SEMANTICS=BUILD,SEMANTICS=BUILD\n"
    message = says if says.endswith("\n") else f"{says}{helps}"
    assert project("check", "--target", target) == Said(2, "", f"errpath: {message}")
