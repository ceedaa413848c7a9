# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.native.build.flags import CLEAR, SET, TEST, FlagUse, flag_uses
from errpath.native.refusal import RefusedError
from errpath.native.tree.parse import parse


def _uses(*lines: str) -> list[FlagUse]:
    return list(
        flag_uses(parse("\n".join(("void f(void)", "{", *lines, "}"))), 101, "mm/migrate.c")
    )


@pytest.mark.parametrize(
    ("line", "use"),
    [
        ("if (current->flags & PF_MEMALLOC)", FlagUse(103, 0, TEST)),
        ("x = current -> flags & PF_SWAPWRITE;", FlagUse(103, 1, TEST)),
        ("if (!((current->flags) & (PF_MEMALLOC)))", FlagUse(103, 0, TEST)),
        ("if (PF_MEMALLOC & current->flags)", FlagUse(103, 0, TEST)),
        ("current->flags |= PF_SWAPWRITE;", FlagUse(103, 1, SET)),
        ("current->flags &= ~PF_SWAPWRITE;", FlagUse(103, 1, CLEAR)),
        ("current->flags &= ~(PF_SWAPWRITE);", FlagUse(103, 1, CLEAR)),
    ],
)
def test_use_of_a_flag_is_told_by_its_line(line: str, use: FlagUse) -> None:
    """
    An use of a flag is told by its line.
    """
    assert _uses(line, "return;" if line.startswith("if") else "") == [use]


def test_two_flags_in_one_test_are_two_uses() -> None:
    """
    Two flags in one test are two uses.
    """
    assert _uses("x = current->flags & (PF_MEMALLOC | PF_SWAPWRITE);") == [
        FlagUse(103, 0, TEST),
        FlagUse(103, 1, TEST),
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "x = current->flags;",
            (
                "`x = current->flags` is no test, setting or clearing of a flag; that is all that "
                "errpath models of them"
            ),
        ),
        (
            "current->flags = 0;",
            (
                "`current->flags = 0` is no test, setting or clearing of a flag; that is all that "
                "errpath models of them"
            ),
        ),
        (
            "current->flags |= ~PF_SWAPWRITE;",
            (
                "`current->flags |= ~PF_SWAPWRITE` is no test, setting or clearing of a flag; "
                "that is all that errpath models of them"
            ),
        ),
        (
            "x = current->flags & PF_KSWAPD;",
            "the flag PF_KSWAPD of current is not modelled; PF_MEMALLOC and PF_SWAPWRITE are",
        ),
        (
            "x = (current->flags & PF_MEMALLOC) || (current->flags & PF_SWAPWRITE);",
            "current->flags is used twice in this line; errpath tells its uses apart by their line",
        ),
    ],
)
def test_other_use_is_refused(line: str, says: str) -> None:
    """
    Other use is refused.
    """
    with pytest.raises(RefusedError) as refused:
        _uses(line)
    assert str(refused.value) == f"mm/migrate.c:103: {says}"


def test_flags_of_another_are_no_concern() -> None:
    """
    A flags of another are no concern.
    """
    assert _uses("x = page->flags & PF_MEMALLOC;") == []
