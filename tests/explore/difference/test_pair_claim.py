# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import reduce
from operator import or_
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.explore.difference.binding import Bound
from errpath.explore.difference.facet import Weight
from errpath.explore.difference.pair_claim import PairClaim
from errpath.models import model
from tests.explore.difference.comparing import binding, claim, declared, deltas, mask_of
from tests.language.reading import load_spec

BOTH_WAYS = pytest.mark.parametrize(("old", "new"), [("pre", "post"), ("post", "pre")])
PAIRS = 3277

DELTA = """
delta {old} -> {new} "number {number}" {{
    because "It is said."
    {when}
    changes returns
    calls trylock_page(src) at least once
}}
"""


def _bound(folder: Path, old: str, new: str, conditions: Iterable[str]) -> list[Bound]:
    """
    Give the pairs that conditions bind when they stand behind `when`, and the language reads them.
    """
    texts = [
        DELTA.format(old=old, new=new, number=number, when=f"when {said}" if said else "")
        for number, said in enumerate(conditions)
    ]
    spec = load_spec(folder, "# Conditions.\n" + "".join(texts))
    return [binding(old, new).of(delta.when) for delta in spec.deltas]


def _exactly(*masks: int) -> list[Bound]:
    return [Bound(mask, mask) for mask in masks]


@BOTH_WAYS
def test_situations_of_each_group_can_be_put_behind_when(
    tmp_path: Path, old: str, new: str
) -> None:
    """
    What is said of the situations of a group binds its pairs, all of them and no other.
    """
    found = claim(old, new)
    masks = [group.mask for group in found.differences.groups()]
    assert _bound(tmp_path, old, new, map(found.situations, masks)) == _exactly(*masks)


@BOTH_WAYS
def test_condition_of_a_group_within_another(tmp_path: Path, old: str, new: str) -> None:
    """
    What is said of a group within another binds, of that one's pairs, its own.
    """
    found = claim(old, new)
    groups = found.differences.groups()
    bound = _bound(tmp_path, old, new, map(found.condition, groups))
    for group, (some, every) in zip(groups, bound, strict=True):
        among = group.within.mask if group.within else found.differences.all
        assert (some & among, every & among) == (group.mask, group.mask)


@BOTH_WAYS
@pytest.mark.parametrize("size", [1, 2, 5, 20, PAIRS - 3])
def test_situations_of_any_pairs(tmp_path: Path, old: str, new: str, size: int) -> None:
    """
    Whatever pairs are drawn, what is said of their situations binds them and no other.
    """
    found = claim(old, new)
    drawn = random.Random(size)  # noqa: S311 - pairs to look at, and no secret
    masks = [mask_of(*drawn.sample(range(PAIRS), size)) for _ in range(8)]
    assert _bound(tmp_path, old, new, map(found.situations, masks)) == _exactly(*masks)


FACETS = list(claim("pre", "post").differences.masks.values())


@given(st.lists(st.tuples(st.sampled_from(FACETS), st.sampled_from("&|-")), min_size=1, max_size=4))
def test_situations_of_facets_together(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[int, str]]
) -> None:
    """
    What is said of the pairs that show one thing and not another binds them and no other.
    """
    mask = parts[0][0]
    for other, how in parts[1:]:
        mask = mask & other if how == "&" else mask | other if how == "|" else mask & ~other
    if mask:
        folder = tmp_path_factory.mktemp("said")
        said = claim("pre", "post").situations(mask)
        assert _bound(folder, "pre", "post", [said]) == _exactly(mask)


def test_situations_of_all_pairs() -> None:
    """
    Of all pairs, there is nothing to say.
    """
    found = claim("pre", "post")
    assert found.situations(found.differences.all) == ""


@pytest.mark.parametrize(("most", "alternatives"), [(1, 1), (2, 2), (None, 4)])
def test_some_alternatives(tmp_path: Path, most: int | None, alternatives: int) -> None:
    """
    With a bound, so many alternatives are said, and each binds some of the pairs.
    """
    found = claim("pre", "post")
    mask = mask_of(0, 500, 1500, 3000)
    said = found.situations(mask, most)
    ((some, every),) = _bound(tmp_path, "pre", "post", [said])
    assert (some, every.bit_count()) == (every, alternatives)
    assert not some & ~mask


def test_project_declares_every_difference() -> None:
    """
    The deltas of the project's specs are true, and no difference shows without one.
    """
    found = declared()
    groups = found.differences.groups()
    assert [one.untrue for one in found.declarations] == [()] * len(deltas())
    assert [found.undeclared(group) for group in groups] == [0] * len(groups)
    assert all(found.declared(group) for group in groups)


def test_nothing_is_declared_without_deltas() -> None:
    """
    Without deltas, every pair of every group is undeclared.
    """
    found = claim("pre", "post")
    for group in found.differences.groups():
        assert (found.undeclared(group), found.declared(group)) == (group.mask, ())


@pytest.mark.parametrize("number", range(len(deltas())))
def test_every_delta_is_needed(number: int) -> None:
    """
    Each delta of the project declares something that no other does.
    """
    found = declared()
    alone = found.declarations[number]
    others = [one for one in found.declarations if one is not alone]
    left = {
        facet.says
        for facet, mask in found.differences.masks.items()
        for covered in [reduce(or_, (one.covers(facet) for one in others))]
        if mask & ~covered
    }
    assert left
    assert left <= {facet.says for facet in alone.shown}


def test_declared_counts_the_pairs() -> None:
    """
    A group lists each delta that declares it, with the number of its pairs where it does.
    """
    found = declared()
    group = found.differences.groups()[0]
    assert [facet.says for facet in group.facets] == ["finally src not isolated"]
    assert [(one.delta.name, one.mask.bit_count()) for one in found.declared(group)] == [
        ("a failed allocation takes the source page from its caller", 96),
        ("writeback wins over a failed allocation", 18),
    ]


def test_facets_that_lack_a_delta() -> None:
    """
    Of the facets of one group, only those that no delta names are undeclared, with their pairs.
    """
    (late,) = (one for one in deltas() if one.name.startswith("the new page is gotten later"))
    change = late.changes[0]
    named = change.model_copy(update={"of": change.of[:1]})
    found = PairClaim(
        model().reference(),
        "pre",
        "post",
        [late.model_copy(update={"changes": (named,)})],
        model=model(),
    )
    (group,) = (g for g in found.differences.groups() if g.weight is Weight.ORDER and not g.within)
    assert [facet.says for facet in group.facets] == [
        "get_new_page(src) comes later",
        "unlock_page(src) comes later",
    ]
    assert found.lacking(group) == {group.mask: [list(group.facets)[1]]}
    assert found.undeclared(group) == group.mask


@pytest.mark.parametrize(("semantics", "count"), [("pre", 3151), ("post", 3185)])
def test_paths(semantics: str, count: int) -> None:
    """
    The comparison has every path of either semantics, each once.
    """
    runs = claim("pre", "post").paths(semantics)
    distinct = {tuple(sorted(run.choices.items())) for run in runs}
    assert (len(runs), len(distinct), {run.semantics for run in runs}) == (
        count,
        count,
        {semantics},
    )


def test_deltas_between_others_are_left_out() -> None:
    """
    A delta is held against the two semantics that it is between, in its direction.
    """
    found = PairClaim(model().reference(), "post", "pre", deltas(), model=model())
    assert found.declarations == ()
