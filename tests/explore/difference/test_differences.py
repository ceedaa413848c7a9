# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errpath.explore.difference.differences import Differences, bits
from errpath.explore.difference.facet import Facet, Weight
from errpath.explore.difference.pairs import Pair, pairs
from errpath.migrate.reference import Reference
from errpath.migrate.situation import RULES
from errpath.vocabulary.choice import Value
from tests.explore.difference.comparing import MIGRATION, TOY, beside, claim, mask_of, traces
from tests.toy import run_of

BOTH_WAYS = pytest.mark.parametrize(("old", "new"), [("pre", "post"), ("post", "pre")])
WEIGHTS = list(Weight)


def _differences(*found: Pair) -> Differences:
    return Differences(found, TOY)


def _returning(old: int, new: int, text: str = "a", new_text: str | None = None) -> Pair:
    return beside(run_of(text, returns=old), run_of(new_text or text, returns=new))


def _groups(found: Differences) -> list[tuple[list[str], int, str, int | None]]:
    """
    Give each group: what its facets say, its pairs, its weight, and the group it is within.
    """
    groups = found.groups()
    return [
        (
            [facet.says for facet in group.facets],
            group.mask,
            group.weight.value,
            groups.index(group.within) if group.within else None,
        )
        for group in groups
    ]


def test_weights() -> None:
    """
    A pair counts once, by the heaviest difference that it shows.
    """
    found = _differences(
        traces("a", "a"),
        traces("a b", "b a"),
        traces("a", "a b"),
        traces("a b c", "c a"),
        _returning(0, -12, "a", "b"),
        _returning(0, -12),
    )
    assert found.parts() == {Weight.BEHAVIOUR: 2, Weight.COST: 2, Weight.ORDER: 1, None: 1}
    assert [found.weighing(weight) for weight in Weight] == [
        mask_of(4, 5),
        mask_of(2, 3, 4),
        mask_of(1, 3),
    ]


def test_nothing_differs() -> None:
    """
    Two semantics that do the same have no group.
    """
    found = _differences(traces("a", "a"), traces("b", "b"))
    assert (found.groups(), found.masks, found.parts()[None]) == ([], {}, 2)


def test_facets_of_the_same_pairs_are_one_group() -> None:
    """
    What shows on the same pairs and weighs the same is one group, by kind and name.
    """
    found = _differences(traces("a b", "c d"), traces("a", "a"))
    assert _groups(found) == [
        (
            ["no longer calls a()", "no longer calls b()", "now calls c()", "now calls d()"],
            mask_of(0),
            "cost",
            None,
        )
    ]


def test_facets_of_other_weight_are_another_group() -> None:
    """
    What weighs more stands first, though it shows on fewer pairs.
    """
    found = _differences(traces("a", "b"), _returning(0, -12, "a", "b"))
    assert _groups(found) == [
        (["returns -ENOMEM, not 0"], mask_of(1), "behaviour", None),
        (["no longer calls a()", "now calls b()"], mask_of(0, 1), "cost", None),
    ]


def test_group_within_another() -> None:
    """
    What shows on some of the pairs of another group stands behind it; the smallest one around it.
    """
    found = _differences(
        traces("d", ""), traces("d", "a"), traces("d", "a b"), traces("", "c"), traces("", "c")
    )
    assert _groups(found) == [
        (["no longer calls d()"], mask_of(0, 1, 2), "cost", None),
        (["now calls a()"], mask_of(1, 2), "cost", 0),
        (["now calls b()"], mask_of(2), "cost", 0),
        (["now calls c()"], mask_of(3, 4), "cost", None),
    ]


def test_return_codes_are_never_within() -> None:
    """
    Which code is returned is a matter of its own, though it shows where the state differs too.
    """
    final = {"x": {"sold": False}}, {"x": {"sold": True}}
    found = _differences(
        beside(run_of("a", final=final[0]), run_of("a", final=final[1])),
        beside(run_of("a", final=final[0]), run_of("a", final=final[1], returns=-12)),
    )
    assert _groups(found) == [
        (["finally x sold"], mask_of(0, 1), "behaviour", None),
        (["returns -ENOMEM, not 0"], mask_of(1), "behaviour", None),
    ]


def test_one_call_moved_past_others() -> None:
    """
    Of calls that changed places, the one that passed more of them is the one that moved.
    """
    later = _differences(traces("a b c", "b c a"))
    earlier = _differences(traces("b c a", "a b c"))
    assert [
        ([facet.says for facet in found.masks], [list(calls) for calls in found.passed.values()])
        for found in (later, earlier)
    ] == [
        (["a() comes later"], [["b()", "c()"]]),
        (["a() comes earlier"], [["b()", "c()"]]),
    ]


def test_who_moved_is_decided_by_all_pairs() -> None:
    """
    Two calls that changed places tell on other pairs which of them is the one that moves.
    """
    found = _differences(traces("a b", "b a"), traces("b c", "c b"), traces("b d", "d b"))
    assert [(facet.says, mask) for facet, mask in found.masks.items()] == [
        ("b() comes earlier", mask_of(0)),
        ("b() comes later", mask_of(1, 2)),
    ]
    assert found.passed == {
        Facet("order", "b()", "b() comes earlier"): {"a()": None},
        Facet("order", "b()", "b() comes later"): {"c()": None, "d()": None},
    }


def _with(choices: dict[str, Value], text: str = "a") -> Pair:
    return beside(run_of(text, choices=choices), run_of(text, choices=choices))


@pytest.mark.parametrize(
    ("found", "smallest"),
    [
        ([_with({"try(x)": 0}), _with({"try(x)": 1}, "a a a a")], 1),
        ([_with({"try(x)": 1}, "a b"), _with({"try(x)": 1}, "a")], 1),
        ([_with({"try(x)": 1, "colour": "red"}), _with({"try(x)": 1})], 1),
        ([_with({"try(x)": 1, "try(x)#2": 0}), _with({"try(x)": 0}, "b b")], 0),
        ([_with({"try(x)": 1}), _with({"try(x)": 1})], 0),
    ],
)
def test_smallest_example(found: Sequence[Pair], smallest: int) -> None:
    """
    The smallest pair has the fewest faults, then the shortest traces, then the fewest choices.
    """
    differences = _differences(*found)
    assert differences.smallest(differences.all) is found[smallest]


def test_smallest_example_of_a_set() -> None:
    """
    Only the pairs of the set are looked at.
    """
    found = [traces("a", "a"), traces("a b c", "a"), traces("a b", "a")]
    assert _differences(*found).smallest(mask_of(1, 2)) is found[2]


@given(st.sets(st.integers(0, 4000)))
def test_bits(numbers: set[int]) -> None:
    """
    A set gives its numbers, in order.
    """
    assert list(bits(mask_of(*numbers))) == sorted(numbers)


def test_semantics_beside_itself() -> None:
    """
    A semantics differs from itself in nothing.
    """
    found = Differences(pairs(Reference(), "post", "post", RULES), MIGRATION)
    assert (found.masks, found.parts()[None]) == ({}, 3185)


@BOTH_WAYS
def test_parts_sum_up(old: str, new: str) -> None:
    """
    Every pair is counted once.
    """
    found = claim(old, new).differences
    assert (sum(found.parts().values()), found.all.bit_count()) == (3277, 3277)


def _what(found: Differences) -> dict[tuple[str, str], int]:
    """
    Give the number of pairs on which each thing differs, in whichever way.
    """
    masks: dict[tuple[str, str], int] = {}
    for facet, mask in found.masks.items():
        masks[facet.kind, facet.of] = masks.get((facet.kind, facet.of), 0) | mask
    return {what: mask.bit_count() for what, mask in masks.items()}


def test_parts_are_the_same_both_ways() -> None:
    """
    Whoever is called the older one, as many pairs differ, and as much.
    """
    there, back = claim("pre", "post").differences, claim("post", "pre").differences
    assert there.parts() == back.parts()
    assert _what(there) == _what(back)


@BOTH_WAYS
def test_each_facet_is_in_one_group(old: str, new: str) -> None:
    """
    The groups hold every facet once, with exactly the pairs that show it.
    """
    found = claim(old, new).differences
    grouped = [(facet, group.mask) for group in found.groups() for facet in group.facets]
    assert len(grouped) == len(found.masks)
    assert dict(grouped) == found.masks


@BOTH_WAYS
def test_groups_within_groups(old: str, new: str) -> None:
    """
    A group that is within another has some of its pairs, its weight, and no return code.
    """
    groups = claim(old, new).differences.groups()
    within = [group for group in groups if group.within]
    assert len(within) > 10
    for group in within:
        assert group.within is not None
        assert (group.mask & ~group.within.mask, group.mask != group.within.mask) == (0, True)
        assert (group.weight, group.within.within) == (group.within.weight, None)
        assert "returns" not in [facet.kind for facet in group.facets]


@BOTH_WAYS
def test_order_of_the_groups(old: str, new: str) -> None:
    """
    The heaviest come first, then those on most pairs; what is within another stands behind it.
    """
    groups = claim(old, new).differences.groups()
    tops = [group for group in groups if group.within is None]
    assert tops == sorted(tops, key=lambda g: (WEIGHTS.index(g.weight), -g.pairs))
    assert groups == [
        group
        for top in tops
        for group in (
            top,
            *sorted((g for g in groups if g.within is top), key=lambda g: -g.pairs),
        )
    ]


@BOTH_WAYS
def test_no_pair_of_a_group_is_smaller_than_its_example(old: str, new: str) -> None:
    """
    The example of a group is one of its pairs, and no other has fewer faults.
    """

    def faults(pair: Pair) -> int:
        return sum(value in MIGRATION.choices[text].faults for text, value in pair.choices.items())

    found = claim(old, new).differences
    for group in found.groups():
        example = found.smallest(group.mask)
        shown = [found.pairs[number] for number in bits(group.mask)]
        assert any(pair is example for pair in shown)
        assert faults(example) == min(map(faults, shown))


def test_moves_of_the_patch() -> None:
    """
    The patch moves the allocation and the unlock: all that they passed is told of them.
    """
    found = claim("pre", "post").differences
    moved = {
        facet.says: (mask.bit_count(), [*found.passed[facet]])
        for facet, mask in found.masks.items()
        if facet.kind == "order" and facet.of in {"get_new_page(src)", "unlock_page(src)"}
    }
    gotten = "trylock_page(src) page_get_anon_vma(src) wait_on_page_writeback(src) lock_page(src)"
    given = "putback_lru_page set_page_owner_migrate_reason put_new_page put_page"
    assert moved == {
        "get_new_page(src) comes later": (3008, gotten.split()),
        "unlock_page(src) comes later": (3008, [f"{name}(dst)" for name in given.split()]),
    }
