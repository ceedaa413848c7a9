# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.explore.difference.comparing import ROOT
from tests.golden import check_golden
from tests.migrate import bugs_post
from tests.shell import BUSY, SLIP, SLIP_TOLD, Said, Shell

GOLDEN = Path(__file__).parent / "verified"
LAWS, DELTAS = "specs/laws.errpath", "specs/deltas.errpath"

KEPT = """\
# What holds on every path.

law "nobody waits for a new page" {
    because "Whoever has it locked may wait for us."
    never lock_page(dst)
}
"""
BROKEN = """\
# What does not hold.

law "a page that is not locked is left alone" {
    because "Somebody else works on it."
    when trylock_page(src) fails
    returns -EAGAIN
}
"""


def test_project(shell: Shell) -> None:
    """
    All laws of this project, and what its deltas are held against.
    """
    for name in (LAWS, DELTAS):
        shell.write(name, (ROOT / name).read_bytes())
    said = shell("verify")
    assert (said.status, said.err) == (0, "")
    check_golden(GOLDEN / "project.txt", said.out)
    wide = [line for line in said.out.splitlines() if len(line) > 75]
    assert (said.out.isascii(), wide) == (True, [])


def test_kept_law(shell: Shell) -> None:
    """
    A law that every path keeps is a row with the number of the paths that it binds.
    """
    shell.write(LAWS, KEPT)
    assert shell("verify") == Said(
        0,
        """\
law                                pre       post
nobody waits for a new page  3151 kept  3185 kept
""",
    )


def test_broken_law(shell: Shell) -> None:
    """
    A law that some path breaks is explained on the smallest one, in each semantics.
    """
    shell.write(LAWS, KEPT + BROKEN.partition("\n")[2])
    said = shell("verify")
    assert (said.status, said.err) == (1, "")
    check_golden(GOLDEN / "broken.txt", said.out)


def test_law_of_one_semantics(shell: Shell) -> None:
    """
    A law for one semantics has nothing to say in the other.
    """
    law = KEPT.replace("    never", "    only post\n    never")
    shell.write(LAWS, law)
    assert shell("verify") == Said(
        0,
        """\
law                          pre       post
nobody waits for a new page    -  3185 kept
""",
    )


def test_idle_law(shell: Shell) -> None:
    """
    A law that binds no path, or a clause that no path could break, is not kept but unchecked.
    """
    binds_nothing = BROKEN.replace("trylock_page(src) fails", "lock_page(dst)")
    law = """
law "a new page that is waited for is unlocked" {
    because "It would stay locked."
    lock_page(dst) leads to unlock_page(dst)
}
"""
    shell.write(LAWS, binds_nothing + law)
    said = shell("verify")
    assert (said.status, said.err) == (1, "")
    check_golden(GOLDEN / "unchecked.txt", said.out)


def test_excused_paths(shell: Shell) -> None:
    """
    Paths that a law excuses are counted beside those that keep it.
    """
    law = KEPT.replace("lock_page(dst)", "lock_page(src)").replace(
        "\n}", '\n    except when lock_page(src) because "It is asked for."\n}'
    )
    shell.write(LAWS, law)
    assert shell("verify") == Said(
        0,
        """\
law                                            pre                     post
nobody waits for a new page
                           1115 kept, 2036 excused  1091 kept, 2094 excused
""",
    )


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("trylock_page(dst) fails", "no path that meets it breaks the law"),
        (
            "lock_page(src) or trylock_page(dst)",
            "1032 of 3068 paths that meet it keep the law: it is too wide",
        ),
    ],
)
def test_exception_that_is_not_true(shell: Shell, condition: str, says: str) -> None:
    """
    An exception that no path needs, or that excuses paths which keep the law, is told.
    """
    clause = "lock_page(dst)" if "no path" in says else "lock_page(src)"
    law = KEPT.replace("lock_page(dst)", clause).replace("never", "only pre\n    never")
    law = law.replace("\n}", f'\n    except when {condition} because "It is asked for."\n}}')
    shell.write(LAWS, law)
    said = shell("verify")
    assert said == Said(
        1,
        f"""\
law                                pre  post
nobody waits for a new page  UNCHECKED     -

checked nothing in pre: nobody waits for a new page
  specs/laws.errpath:3

1. specs/laws.errpath:7: except
   - {says}
""",
    )


def test_bug_breaks_the_laws(shell: Shell) -> None:
    """
    A bug in a semantics is told by the laws that it breaks, with the paths that show it.
    """
    shell.write(LAWS, (ROOT / LAWS).read_bytes())
    with bugs_post.BUGS["d776aaa9895e: a return without unlock"].installed():
        said = shell("verify")
    broken = [line for line in said.out.splitlines() if line.startswith("contract broken")]
    assert (said.status, [line.partition(":")[0] for line in broken]) == (
        1,
        ["contract broken in post"] * len(broken),
    )
    assert any("C4, no page lock and no anon_vma" in line for line in broken)


@pytest.mark.parametrize("head", ["\ufeff", "\ufeff# A comment.\n\n", "\n\n", "  "])
def test_every_law_is_found(shell: Shell, head: str) -> None:
    """
    However a file begins, its law is judged.
    """
    shell.write("specs/other.errpath", KEPT)
    law = BROKEN.partition("\n\n")[2]
    shell.write(LAWS, f"{head}{law}".encode())
    said = shell("verify")
    assert (said.status, "1532 BROKEN of 1932" in said.out) == (1, True)


def test_deltas_without_laws(shell: Shell) -> None:
    """
    Deltas alone are a line without a table.
    """
    shell.write(DELTAS, (ROOT / DELTAS).read_bytes())
    assert shell("verify") == Said(
        0, "pre -> post: 33 differences on 3277 pairs of paths, 9 deltas\n"
    )


@pytest.mark.parametrize("text", [BUSY, 'contract "it is mine" {\n    never lock_page(dst)\n}\n'])
def test_nothing_to_judge(shell: Shell, text: str) -> None:
    """
    E607: a project without laws and deltas is not verified, whatever else it has.
    """
    shell.write(LAWS, text)
    assert shell("verify") == Said(
        1, "\nerror[E607]: no file in `specs` has a law or a delta to judge\n"
    )


def test_problem_in_a_spec(shell: Shell) -> None:
    """
    A spec that cannot be read is told as lint tells it, and nothing is judged.
    """
    shell.write("specs/a.errpath", SLIP)
    assert shell("verify") == Said(1, SLIP_TOLD)


def test_folder_of_the_specs(shell: Shell) -> None:
    """
    The specs may be elsewhere.
    """
    shell.write("contracts/laws.errpath", KEPT)
    assert shell("verify", "--specs", "contracts").status == 0


def test_folder_that_does_not_exist(shell: Shell) -> None:
    """
    Where there are no specs, `verify` says so as `lint` does.
    """
    expected = Said(
        2, "error[E001]: `specs` cannot be read: no such file or directory\n  --> specs\n"
    )
    said = shell("verify")
    assert (said.status, said.out.splitlines()[:2], said.err) == (
        2,
        expected.out.splitlines(),
        "",
    )


def test_only_what_is_of_all_paths_is_read(shell: Shell) -> None:
    """
    A slip in a file of scenarios is not in the way of the laws.
    """
    shell.write("specs/a.errpath", SLIP)
    shell.write(LAWS, KEPT)
    assert shell("verify").status == 0


ON_LISTS = """\
law "the count is what was not migrated" {
    because "The caller tells user space."
    run migrate_pages(each page)
    keeps counts
    except when stops because "It does not return."
}

law "nobody waits for a page" {
    because "It may take long."
    run migrate_pages(each page)
    only post
    when trylock_page(page) fails
    never lock_page(page)
}

law "nobody knows where it ends" {
    because "It is not kept."
    run migrate_pages(a)
    only pre
    keeps counts
    finally a on from_list
}
"""


def test_laws_of_lists(shell: Shell) -> None:
    """
    What is kept, broken on the smallest path, and not judged; and what was merged to tell.
    """
    shell.write(LAWS, ON_LISTS)
    said = shell("verify", "--pages", "1")
    assert (said.status, said.err) == (1, "")
    check_golden(GOLDEN / "lists.txt", said.out)
    assert [line for line in said.out.splitlines() if len(line) > 75] == []


def test_law_that_wants_longer_lists(shell: Shell) -> None:
    """
    What no list of those lengths can show is said to be open, and is no finding.
    """
    shell.write(
        LAWS,
        """\
law "two pages at most are left" {
    because "One page has one tail."
    run migrate_pages(each page)
    only pre
    when not stops
    returns 0 | 1 | 2 | -ENOMEM | -EBUSY
    except when returns 3 | 4 because "There are more pages."
}
""",
    )
    said = shell("verify", "--pages", "1", "--jobs", "1")
    told = said.out.partition("is not\n")[2]
    assert (said.status, told) == (
        0,
        """\
not decided with 1 page in pre, specs/laws.errpath:1: specs/laws.errpath:7:
  except, no path that meets it breaks the law
""",
    )


def test_laws_of_lists_as_json(shell: Shell) -> None:
    """
    An object for each law, semantics and length has all digits, and so have the paths.
    """
    shell.write(LAWS, ON_LISTS)
    said = shell("verify", "--pages", "1..2", "--json", "--jobs", "1")
    found = [json.loads(line) for line in said.out.splitlines()]
    laws = [one for one in found if "law" in one]
    of_paths = {(one["semantics"], one["pages"]): one for one in found if "returns" in one}
    counted = [one for one in laws if one["judged"] and one["law"].startswith("the count")]
    assert [(one["semantics"], one["pages"]) for one in counted] == list(of_paths)
    assert [one["binds"] for one in counted] == [one["paths"] for one in of_paths.values()]
    assert all(one["binds"] == one["kept"] + one["excused"] for one in counted)
    assert [one["law"] for one in laws if not one["judged"]] == ["nobody knows where it ends"]
    assert [one["finding"] for one in found if "finding" in one] == ["E612"]
    for one in of_paths.values():
        assert one["paths"] == sum((*one["returns"].values(), *one["bugs"].values())) > 10**27


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ("10000", "`migrate_pages` takes at most 16 pages, and 10,000 are asked for"),
        ("1..17", "`migrate_pages` takes at most 16 pages, and 17 are asked for"),
        ("0", "'0' has no list: lengths begin at 1, and go up (see"),
        ("3..2", "'3..2' has no list: lengths begin at 1, and go up (see"),
        ("many", "'many' is no length of a list, and no `1..6` (see"),
        ("1..10000000000", "'1..10000000000' is no length of a list, and no `1..6` (see"),
    ],
)
def test_lists_that_cannot_be(shell: Shell, pages: str, says: str) -> None:
    """
    A list that the function does not take is no list to judge.
    """
    shell.write(LAWS, ON_LISTS)
    said = shell("verify", "--pages", pages)
    assert (said.status, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert says in said.err


def test_delta_about_a_list_of_pages(shell: Shell) -> None:
    """
    E612: what is not compared on lists is not taken for judged.
    """
    shell.write(
        LAWS,
        """\
delta pre -> post "a list is given up later" {
    because "The allocation comes later."
    run migrate_pages(a)
    changes calls trylock_page(a)
    never lock_page(a_new)
}
""",
    )
    assert shell("verify") == Said(
        1,
        """\

error[E612]: specs/laws.errpath:4 the delta "a list is given up later" is
  not judged, for `changes calls`: on lists, `changes returns`, `changes
  final`, `changes touches` are compared
""",
    )
