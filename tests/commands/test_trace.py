# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json

import pytest

from tests.shell import BUSY, CLAIM, SLIP, SLIP_TOLD, Said, Shell

CLAIM_TRACED = """\
no memory, no change
specs/a.errpath:3

held:
  a  PG_locked(src)
  b  anon_vma_ref(anon_vma)

     pre                                    post
     ab                                     ab
         trylock_page(src) = 1              +.   1
         page_get_anon_vma(src) = anon_vma  |+   2
  1  ..  get_new_page(src) = NULL (fault)   ||   3
         put_anon_vma(anon_vma)             |-   4
         unlock_page(src)                   -.   5
         list_del(src)                      ..   6
         mod_node_page_state(src)           ..   7
         putback_lru_page(src)              ..   8
     pre returns -ENOMEM
     post returns -ENOMEM

across get_new_page(src), pre holds nothing
across get_new_page(src), post holds PG_locked(src), anon_vma_ref(anon_vma)
"""


@pytest.mark.parametrize(
    "scenario",
    [
        "no memory, no change",
        "no_memory_no_change",
        "specs/a.errpath:3",
        "test_no_memory_no_change__post",
        "generated_tests/test_a.py::test_no_memory_no_change__pre",
    ],
)
def test_both_semantics(shell: Shell, scenario: str) -> None:
    """
    A scenario is found by its sentence, its place or its test, and drawn pre beside post.
    """
    shell.write("specs/a.errpath", CLAIM)
    assert shell("trace", scenario) == Said(0, CLAIM_TRACED)


def test_one_semantics(shell: Shell) -> None:
    """
    One semantics can be shown alone.
    """
    shell.write("specs/a.errpath", CLAIM)
    assert shell("trace", "no memory, no change", "--semantics", "pre") == Said(
        0,
        """\
no memory, no change
specs/a.errpath:3

     pre
  1    get_new_page(src) = NULL (fault)
     pre returns -ENOMEM

across get_new_page(src), pre holds nothing
""",
    )


def test_json(shell: Shell) -> None:
    """
    JSON has a run a line, with what was held from which call to which.
    """
    shell.write("specs/a.errpath", CLAIM)
    said = shell("trace", "no memory, no change", "--json")
    pre, post = map(json.loads, said.out.splitlines())
    assert (said.status, pre.keys(), [pre["semantics"], post["semantics"]]) == (
        0,
        {"semantics", "choices", "returns", "trace", "held", "final"},
        ["pre", "post"],
    )
    assert (pre["returns"], pre["trace"], pre["held"]) == (
        -12,
        ["get_new_page(src) = NULL"],
        {
            "page_ref(src)": [[None, None]],
            "from_list(src)": [[None, None]],
            "NR_ISOLATED(src)": [[None, None]],
        },
    )
    assert post["held"] == {
        "anon_vma_ref(anon_vma)": [["page_get_anon_vma(src) = anon_vma", "put_anon_vma(anon_vma)"]],
        "PG_locked(src)": [["trylock_page(src) = 1", "unlock_page(src)"]],
        "from_list(src)": [[None, "list_del(src)"]],
        "NR_ISOLATED(src)": [[None, "mod_node_page_state(src)"]],
        "page_ref(src)": [[None, "putback_lru_page(src)"]],
    }


@pytest.mark.parametrize(
    ("arguments", "head"),
    [
        ((), "case file  (1 more: --case)"),
        (("--case", "anon"), "case anon  (1 more: --case)"),
    ],
)
def test_case(shell: Shell, arguments: tuple[str, ...], head: str) -> None:
    """
    Of several cases the first is shown, or the one that is named.
    """
    shell.write("specs/a.errpath", BUSY)
    assert shell("trace", "a busy source page", *arguments) == Said(
        0,
        f"""\
a busy source page
specs/a.errpath:3
{head}

held:
  a  page_ref(dst)

     pre                               post
     a                                 a
  1  +  get_new_page(src) = dst
  2  |  trylock_page(src) = 0 (fault)  .   1
  3  -  put_new_page(dst)
     pre returns -EAGAIN
     post returns -EAGAIN

across get_new_page(src), pre holds nothing
""",
    )


MANY = """\
# Many cases.

scenario "many" {
    because "There are many."
    src: file | anon | ksm
    mode: any
    fail trylock_page(src)

    returns -EAGAIN
}
"""


@pytest.mark.parametrize(
    ("spec", "scenario", "case", "complaint"),
    [
        (
            MANY,
            "many",
            "anon-MIGRATE_SNYC",
            (
                "the scenario has no case `anon-MIGRATE_SNYC`; it has `anon-MIGRATE_SYNC`,"
                " `file-MIGRATE_SYNC`, `file-MIGRATE_ASYNC`, `file-MIGRATE_SYNC_LIGHT`,"
                " `file-MIGRATE_SYNC_NO_COPY` and 7 more"
            ),
        ),
        (
            BUSY,
            "a busy source page",
            "ksm",
            "the scenario has no case `ksm`; it has `file`, `anon`",
        ),
        (
            BUSY,
            "a busy new page",
            "file",
            "the scenario has no case `file`: it has one case only",
        ),
        (BUSY, "a busy new page", "", "the scenario has no case ``: it has one case only"),
    ],
)
def test_unknown_case(shell: Shell, spec: str, scenario: str, case: str, complaint: str) -> None:
    """
    A case that a scenario does not have is answered by those that it has.
    """
    shell.write("specs/a.errpath", spec)
    said = shell("trace", scenario, "--case", case)
    assert said == Said(2, "", f"errpath: {complaint}\n")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("a bussy source page", "; `a busy source page` exists"),
        ("BUSY", "; `a busy source page`, `a busy new page` exist"),
        ("something else altogether", ""),
        ("", ""),
    ],
)
def test_unknown_scenario(shell: Shell, typed: str, hint: str) -> None:
    """
    A name that no scenario has is answered by those that are like it.
    """
    shell.write("specs/a.errpath", BUSY)
    said = shell("trace", typed)
    assert said == Said(2, "", f"errpath: no scenario is named `{typed}`{hint}\n")


def test_name_in_two_files(shell: Shell) -> None:
    """
    A name that two files use is no answer: the place of a scenario is.
    """
    shell.write("specs/a.errpath", CLAIM)
    shell.write("specs/b.errpath", CLAIM)
    complaint = (
        "errpath: 2 scenarios are meant by `no memory, no change`; each has a place:"
        " specs/a.errpath:3, specs/b.errpath:3\n"
    )
    assert [shell("trace", "no memory, no change"), shell("trace", "specs/a.errpath:3")] == [
        Said(2, "", complaint),
        Said(0, CLAIM_TRACED),
    ]


@pytest.mark.parametrize(
    ("semantics", "complaint"),
    [
        ("past", "no semantics is named `past`; `pre` and `post` exist"),
        ("post", "the scenario has no contract for `post`"),
    ],
)
def test_semantics_that_it_has_not(shell: Shell, semantics: str, complaint: str) -> None:
    """
    A semantics that is none, or that the scenario leaves out, is told.
    """
    shell.write("specs/a.errpath", CLAIM.replace("    src:", "    only pre\n    src:"))
    said = shell("trace", "no memory, no change", "--semantics", semantics)
    assert said == Said(2, "", f"errpath: {complaint}\n")


def test_problem_elsewhere(shell: Shell) -> None:
    """
    A problem in one file does not hide the scenarios of another.
    """
    shell.write("specs/a.errpath", CLAIM)
    shell.write("specs/b.errpath", SLIP)
    assert shell("trace", "no memory, no change") == Said(0, CLAIM_TRACED)


def test_problem_there(shell: Shell) -> None:
    """
    A scenario that is not found may be in a file with a problem, which is told.
    """
    shell.write("specs/a.errpath", SLIP)
    assert shell("trace", "a slip") == Said(1, SLIP_TOLD)


def test_long_names(shell: Shell) -> None:
    """
    What does not fit into a mail is folded.
    """
    name = " ".join(["a name that goes on"] * 6)
    shell.write("specs/a.errpath", BUSY.replace("a busy new page", name))
    said = shell("trace", name)
    assert (said.out.splitlines()[:3], max(map(len, said.out.splitlines())) <= 75) == (
        [
            "a name that goes on a name that goes on a name that goes on a name that",
            "  goes on a name that goes on a name that goes on",
            "specs/a.errpath:11",
        ],
        True,
    )
