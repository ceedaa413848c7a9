# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Callable
from operator import neg
from typing import Any

import pytest

from errpath.explore.merged.lone.any_of import AnyEvent, AnyOf, TellsApartError
from errpath.kernel.declared.naming import primitives_on
from errpath.kernel.event import event

CLASSES = {
    "move(a)": (frozenset({-16, -5, -22}), frozenset({-1, -2})),
    "move(b)": (frozenset({-16, -5}),),
    "other(a)": (frozenset({-16, -5, -22}),),
}
VALUE = AnyOf("move(a)", frozenset({-16, -5, -22}))


def test_value_that_is_compared_with_others_is_any() -> None:
    """
    It is none of the values that it does not stand for, and true as all of its own are.
    """
    assert VALUE
    assert [VALUE == 0, VALUE != 0, VALUE == -11, VALUE in (0, -11), VALUE != "x"] == [
        *(False, True, False, False, True)
    ]


def test_value_that_is_compared_with_one_of_its_own_is_told_apart() -> None:
    """
    The classes are finer then: of this call on all pages, and of no other call.
    """
    with pytest.raises(TellsApartError) as caught:
        assert VALUE != -5
    assert caught.value.finer(CLASSES) == {
        "move(a)": (frozenset({-16, -22}), frozenset({-1, -2})),
        "move(b)": (),
        "other(a)": (frozenset({-16, -5, -22}),),
    }


USES: dict[str, Callable[[Any], object]] = {
    **{use.__name__: use for use in (hash, int, str, repr, abs, float, range, bytes)},
    "-": neg,
    "<": lambda value: value < 0,
    ">=": lambda value: 0 >= value,  # noqa: SIM300 - its own is asked
    "+": lambda value: value + 1,
    "1 -": lambda value: 1 - value,
    "&": lambda value: value & 1,
    "format": lambda value: f"{value:d}",
    "another": lambda value: value == AnyOf("move(a)", frozenset({-16, -5})),
    "get": {-16: 0}.get,
    "[]": lambda value: [0][value],
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_value_that_is_used_otherwise_is_no_class(use: Callable[[Any], object]) -> None:
    """
    All that it stands for are apart then.
    """
    with pytest.raises(TellsApartError) as caught:
        use(VALUE)
    assert caught.value.finer(CLASSES) == {
        "move(a)": (frozenset({-1, -2}),),
        "move(b)": (),
        "other(a)": (frozenset({-16, -5, -22}),),
    }


def test_values_of_which_some_are_false_are_apart_if_that_is_asked() -> None:
    """
    0 is false, and an errno is not.
    """
    with pytest.raises(TellsApartError):
        bool(AnyOf("move(a)", frozenset({0, -5})))


def test_event_of_a_value_does_not_tell_which_it_is() -> None:
    """
    It tells the call, and its text and letter are those of one value.
    """
    made = event(primitives_on(("a",))["move_to_new_page"], ("a_new", "a"), -16)
    shown = AnyEvent(made, VALUE)
    assert (shown.call, shown.subjects) == ("move_to_new_page(a_new, a)", ("a_new", "a"))
    assert shown.primitive is made.primitive
    assert shown.value != 0
    for name in ("text", "letter"):
        with pytest.raises(TellsApartError):
            getattr(shown, name)
    with pytest.raises(TellsApartError):
        repr(shown)
