# SPDX-License-Identifier: GPL-2.0-only
"""
Specs of any size, of the same make as the project's own.
"""

from __future__ import annotations

from pathlib import Path

_SCENARIO = """\
scenario "an allocation that fails, number {n}" {{
    because "What a failed get_new_page() leaves behind, for the {n}th time."
    src: file | anon, mapped
    mode: any
    fail get_new_page(src)

    returns -ENOMEM
    calls get_new_page(src) once
    never trylock_page(dst)
    never move_to_new_page(src)
    finally dst absent
    pre: finally src on from_list
    post: breaks ownership because "the patch takes the page from its caller"
}}

scenario "a move that fails, number {n}" {{
    because "A page that cannot be moved goes back where it came from, for the {n}th time."
    src: anon | file | ksm, mapped
    force: any
    fail move_to_new_page(src) with -EBUSY | -EIO

    returns -EBUSY | -EIO
    calls put_new_page(dst) once
    never putback_lru_page(dst)
    try_to_unmap(src) leads to remove_migration_ptes(src, src)
    trylock_page(dst) precedes move_to_new_page(src)
    order list_del(src) < mod_node_page_state(src) < putback_lru_page(src)
    finally src on lru
}}

"""
_CASES = 2 * (2 * 4 + 3 * 2 * 2)
"""Cases of the two scenarios above, in two semantics."""
_A_FILE = 25
"""Pairs of scenarios a file: as long as a file that somebody still reads."""


def write(root: Path, *, scenarios: int) -> int:
    """
    Write a project's spec folder with so many scenarios; gives the number of cases.
    """
    pairs = scenarios // 2
    for start in range(0, pairs, _A_FILE):
        numbers = range(start, min(start + _A_FILE, pairs))
        text = f"# Part {start // _A_FILE} of the corpus.\n\n"
        text += "".join(_SCENARIO.format(n=number) for number in numbers)
        file = root / "specs" / f"part_{start // _A_FILE}.errpath"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return pairs * _CASES


def scenarios_for(cases: int) -> int:
    """
    Give how many scenarios make at least so many cases.
    """
    return 2 * -(-cases // _CASES)


def write_empty_cases(root: Path, *, cases: int, modules: int) -> None:
    """
    Write a suite that does nothing, in functions of ten cases with two parameters.
    """
    folder = root / "tests"
    folder.mkdir(parents=True)
    table = [(kind, force) for kind in "abcde" for force in ("no", "yes")]
    for module in range(modules):
        text = "import pytest\n\n\n"
        for number in range(module, cases // len(table), modules):
            text += f"@pytest.mark.parametrize(('kind', 'force'), {table})\n"
            text += f"def test_{number}(kind, force):\n    pass\n\n\n"
        (folder / f"test_{module}.py").write_text(text, encoding="utf-8")


def write_empty(root: Path, *, functions: int, modules: int) -> None:
    """
    Write a suite of test functions that do nothing, spread over modules.
    """
    folder = root / "tests"
    folder.mkdir(parents=True)
    for module in range(modules):
        numbers = range(module, functions, modules)
        text = "".join(f"def test_{number}():\n    pass\n\n\n" for number in numbers)
        (folder / f"test_{module}.py").write_text(text, encoding="utf-8")
