# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from errpath.contracts.situation import Faults, Words
from errpath.migrate.migration import MIGRATE
from errpath.native.conform.conformity import Conformity, conformity
from errpath.native.conform.places import with_places
from errpath.native.conform.report import counts, divergence
from errpath.native.target.target import Isolated
from errpath.native.walk.part import Part
from errpath.testing import Contracts
from tests.golden import check_golden
from tests.native.conftest import BuildOf

EXPECTED: Final = Path(__file__).parent / "variants"
LIST: Final = Part(entry="migrate_pages", pages=("a",), attempts=1)
PUTBACK: Final = Part(entry="migrate_pages_and_putback", pages=("a",), attempts=1)
ALLOCATED: Final = "\t\trc = __unmap_and_move(page, newpage, force, mode);\n"


@dataclass(frozen=True, kw_only=True)
class Variant:
    """
    Our own C with a bug in it, and a situation that shows it without any clause.
    """

    change: tuple[str, str]
    words: Words = field(default_factory=dict)
    faults: Faults = field(default_factory=dict)
    part: Part = field(default_factory=Part)
    most: int | None = None


VARIANTS = {
    "leaked_lock": Variant(
        change=("\t\tunlock_page(newpage);\n\t}\nunlock:", "\t}\nunlock:"),
    ),
    "leaked_reference": Variant(
        change=(
            "\tif (anon_vma)\n\t\tput_anon_vma(anon_vma);\n\tunlock_page(page);",
            "\tunlock_page(page);",
        ),
        words={"src": ("anon",)},
    ),
    "double_put": Variant(
        change=(
            "\t\tput_page(newpage);\n\treturn rc;\n",
            "\t\tput_page(newpage);\n\tput_page(newpage);\n\treturn rc;\n",
        ),
        faults={"trylock_page(dst)": "0"},
    ),
    "wrong_rc": Variant(
        change=("\t\t\trc = -EBUSY;\n\t\t\tgoto unlock;", "\t\t\trc = 0;\n\t\t\tgoto unlock;"),
        words={"src": ("file", "writeback"), "mode": "MIGRATE_ASYNC"},
    ),
    "wrong_list": Variant(
        change=("\tif (rc != -EAGAIN) {\n\t\tlist_del", "\tif (rc != -EBUSY) {\n\t\tlist_del"),
        faults={"trylock_page(dst)": "0"},
    ),
    "touch_after_put": Variant(
        change=(
            "\t\tput_page(page);\n\t\tif (reason",
            "\t\tput_page(page);\n\t\tClearPageActive(page);\n\t\tif (reason",
        ),
    ),
    "null": Variant(
        change=(ALLOCATED, f"\t\tnewpage = NULL;\n{ALLOCATED}"),
    ),
    "crash": Variant(
        change=(ALLOCATED, f"{ALLOCATED}\t\t__builtin_trap();\n"),
        most=3,
    ),
    "hang": Variant(
        change=(
            ALLOCATED,
            f"{ALLOCATED}\t\twhile (rc != 1)\n\t\t\twait_on_page_writeback(page);\n",
        ),
        most=1,
    ),
    "huge_page_lock": Variant(
        change=("\t\ti_mmap_unlock_write(mapping);\n", ""),
        words={"a": ("hugetlb", "mapped")},
        part=LIST,
    ),
    "count": Variant(
        change=("\ttally.lost += tally.again;\n", ""),
        faults={"trylock_page(a_new)": "0"},
        part=LIST,
    ),
    "flag": Variant(
        change=("\tif (!swapwrite)\n\t\tcurrent->flags &= ~PF_SWAPWRITE;\n", ""),
        part=LIST,
    ),
    "putback": Variant(
        change=("\t\t\tputback_lru_page(page);\n\t\t}\n\t}\n}", "\t\t}\n\t}\n}"),
        faults={"trylock_page(a_new)": "0"},
        part=PUTBACK,
    ),
}


def _compared(variant: Variant, target: Any) -> Conformity:
    expected = variant.part.model().reference()
    walk = variant.part.walk(expected, "pre")
    found = conformity(walk, target, most=variant.most)
    return with_places(found, walk, expected, target, "mm/migrate.c")


def _checked(variant: Variant, target: Any) -> str:
    part = variant.part
    contracts = Contracts(MIGRATE)
    if part.pages:
        contracts = contracts.at(part.entry, *part.pages)
    contracts.target, contracts.target_name = target, "the C of Linux 5.8.18"
    with (
        pytest.raises(pytest.fail.Exception) as found,
        contracts("pre", variant.words, variant.faults, at="a.errpath:3") as run,
    ):
        run.calls("get_new_page(a)" if part.pages else "get_new_page(src)", at="a.errpath:7")
    return str(found.value).rpartition("\n\nagain: ")[0]


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_found(name: str, built: BuildOf) -> None:
    """
    By the comparison with the model, and by a generated test's call of a scenario.
    """
    variant = VARIANTS[name]
    build = built(variant.change)
    target: Any
    if variant.most:
        target = Isolated(build, variant.part.entry, variant.part.pages, limit=60)
    else:
        target = build.target(variant.part.entry, variant.part.pages)
    found = _compared(variant, target)
    assert found.shortest is not None
    vocabulary = variant.part.model().vocabulary
    compared = [*counts(found), "", *divergence(found.shortest, vocabulary)]
    check_golden(EXPECTED / f"{name}.txt", "\n".join([*compared, "", _checked(variant, target)]))
