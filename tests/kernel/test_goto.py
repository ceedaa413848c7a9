# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.kernel.goto import Label, goto

inner = Label("inner")
outer = Label("outer")


def _ladder(jump: Label | None) -> list[str]:
    done = []
    with outer:
        with inner:
            if jump:
                goto(jump)
            done.append("body")
        done.append("inner:")
    done.append("outer:")
    return done


@pytest.mark.parametrize(
    ("jump", "expected"),
    [
        (None, ["body", "inner:", "outer:"]),
        (inner, ["inner:", "outer:"]),
        (outer, ["outer:"]),
    ],
)
def test_goto_goes_on_behind_its_label(jump: Label | None, expected: list[str]) -> None:
    """
    A jump leaves every block up to its label's; without one, the code falls through.
    """
    assert _ladder(jump) == expected


def test_jump_is_no_exception() -> None:
    """
    No handler of errors can stop a jump on its way.
    """
    done = []
    with outer:
        try:
            goto(outer)
        except Exception:  # noqa: BLE001 - that it does not catch is what is tested
            done.append("caught")
        done.append("body")
    assert done == []


def test_error_passes_a_label() -> None:
    """
    A label stops its own jump and nothing else.
    """
    with pytest.raises(ZeroDivisionError), outer, inner:
        raise ZeroDivisionError


def test_labels_of_one_name_are_two() -> None:
    """
    Labels are told apart by themselves: two functions may each have an `out`.
    """
    one, other = Label("out"), Label("out")
    done = []
    with one:
        with other:
            goto(one)
        done.append("other:")
    assert (done, one.name) == ([], "out")
