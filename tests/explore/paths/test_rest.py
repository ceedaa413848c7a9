# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.explore.paths.enumerate import Enumeration
from errpath.explore.paths.rest import WHOLE, Rest
from errpath.vocabulary.choice import Value
from errpath.vocabulary.rule import Rules
from tests.explore.trees import TREES, leaves, walk

NO_RULES = Rules(())


def _walked(tree: object, part: Rest, count: int) -> tuple[list[dict[str, Value]], Rest | None]:
    """
    Walk some paths of a part; give them, and the rest.
    """
    enumeration = Enumeration(NO_RULES, part)
    found = []
    for path in enumeration.paths(lambda ask: walk(tree, ask)):
        found.append(path)
        if len(found) == count:
            break
    return found, enumeration.rest()


def _pieces(tree: object, part: Rest, share: float) -> list[Rest]:
    """
    Cut a part, and what is left, until nothing is left.
    """
    found = []
    left: Rest | None = part
    while left is not None:
        enumeration = Enumeration(NO_RULES, left)
        next(enumeration.paths(lambda ask: walk(tree, ask)))
        first, left = enumeration.unfolded().cut(share)
        found.append(first)
    return found


def test_the_whole() -> None:
    """
    The whole tree is its own share, and nothing comes before it.
    """
    assert (WHOLE.share, WHOLE.share_before(WHOLE), WHOLE.share_before(None)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("share", "first", "left"),
    [
        (0.0, (("a",), ("c",)), (("a", "b"), ("d",))),
        (0.25, (("a",), ("c",)), (("a", "b"), ("d",))),
        (0.5, (("a",), ("c", "d")), (("b",),)),
        (0.99, (("a",), ("c", "d")), (("b",),)),
    ],
)
def test_what_is_cut_off(
    share: float, first: tuple[tuple[str, ...], ...], left: tuple[tuple[str, ...], ...]
) -> None:
    """
    What is cut off is as much as fits into the share, and one path at least.
    """
    whole = Rest((("a", "b"), ("c", "d")), (2, 2))
    cut, rest = whole.cut(share)
    assert (cut, rest) == (Rest(first, (2, 2)), Rest(left, (2, 2)[: len(left)]))


def test_nothing_is_left_of_a_whole() -> None:
    """
    A share that has room for all of it leaves nothing.
    """
    whole = Rest((("a", "b"), ("c", "d")), (2, 2))
    assert whole.cut(1.0) == (whole, None)


def test_a_share_of_a_deep_part() -> None:
    """
    The share of a path is found also where it is lost beside the share of the whole.
    """
    deep = 100
    start = Rest((("y", "n"),) * deep, (2,) * deep)
    rest = Rest((*start.open[:-1], ("n",)), start.widths)
    assert start.share_before(rest) == 2.0**-deep


@given(TREES, st.integers(1, 5))
def test_a_rest_goes_on_where_a_walk_ended(tree: object, count: int) -> None:
    """
    A walk in parts gives what a walk in one gives, and the shares of the parts are the whole.
    """
    found: list[dict[str, Value]] = []
    shares = 0.0
    rest: Rest | None = WHOLE
    while rest is not None:
        start = rest
        part, rest = _walked(tree, start, count)
        found += part
        shares += start.share_before(rest)
    assert found == leaves(tree, {})
    assert shares == pytest.approx(1)


@given(TREES, st.sampled_from([0.0, 0.01, 0.1, 0.3, 1.0]))
def test_pieces_are_the_whole(tree: object, share: float) -> None:
    """
    The pieces that a tree is cut into have all of its paths, in order.
    """
    pieces = _pieces(tree, WHOLE, share)
    found = [path for piece in pieces for path in _walked(tree, piece, 1000)[0]]
    assert found == leaves(tree, {})
    assert sum(piece.share for piece in pieces) == pytest.approx(1)
