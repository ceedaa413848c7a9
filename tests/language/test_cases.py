# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

from pathlib import Path

import pytest

from errpath.spec.contract import Scenario
from errpath.spec.situation import Setting
from tests.language.reading import load_spec


def scenario(root: Path, *lines: str) -> Scenario:
    """
    Give the scenario of a situation.
    """
    body = "\n".join(lines)
    spec = load_spec(root, f'scenario "a" {{\nbecause "A reason."\n{body}\nreturns 0\n}}\n')
    return spec.scenarios[0]


def page(aspect: str, *words: str, stated: bool = True) -> Setting:
    """
    Give a setting of the source page.
    """
    return Setting(aspect=aspect, subject="src", words=words, stated=stated)


def test_a_scenario_without_a_situation_has_one_case(tmp_path: Path) -> None:
    """
    The rest is at its defaults, and nothing varies.
    """
    found = scenario(tmp_path)

    assert found.situation.settings == ()
    assert (found.parameters, found.cases) == ((), ((),))


def test_alternatives_and_any_multiply_in_the_order_written(tmp_path: Path) -> None:
    """
    The last one varies fastest, as nested loops do; results come behind the words.
    """
    found = scenario(
        tmp_path,
        "fail move_to_new_page(src) with -EBUSY | -EIO",
        "src: anon | file, mapped",
        "force: any",
    )

    assert found.parameters == ("kind", "force", "errno")
    assert found.cases == (
        ("anon", "no", "-EBUSY"),
        ("anon", "no", "-EIO"),
        ("anon", "yes", "-EBUSY"),
        ("anon", "yes", "-EIO"),
        ("file", "no", "-EBUSY"),
        ("file", "no", "-EIO"),
        ("file", "yes", "-EBUSY"),
        ("file", "yes", "-EIO"),
    )
    assert found.situation.faults[0].parameter == "errno"


@pytest.mark.parametrize(
    ("line", "implied"),
    [
        ("src: no_mapping", page("mapped", "unmapped", stated=False)),
        ("src: freed", page("mapped", "unmapped", stated=False)),
        ("src: anon\nfail page_get_anon_vma(src)", page("mapped", "unmapped", stated=False)),
    ],
)
def test_what_a_word_implies_is_in_the_situation(
    line: str, implied: Setting, tmp_path: Path
) -> None:
    """
    An aspect that is not stated takes the first word that the rules allow.
    """
    assert scenario(tmp_path, line).situation.settings[-1] == implied


def test_a_default_that_agrees_is_not_recorded(tmp_path: Path) -> None:
    """
    A situation holds what is not the default.
    """
    assert scenario(tmp_path, "src: anon").situation.settings == (page("kind", "anon"),)


def test_what_is_implied_in_some_cases_only_varies_with_them(tmp_path: Path) -> None:
    """
    A page is mapped unless it has no mapping.
    """
    found = scenario(tmp_path, "src: any mapping")

    assert found.situation.settings == (
        page("mapping", "in_mapping", "no_mapping"),
        page("mapped", "mapped", "unmapped", stated=False),
    )
    assert found.parameters == ("mapping", "mapped")
    assert found.cases == (("in_mapping", "mapped"), ("no_mapping", "unmapped"))


def test_any_leaves_out_what_cannot_be(tmp_path: Path) -> None:
    """
    A word that is left in no case is no longer one of the words.
    """
    found = scenario(tmp_path, "src: any kind, no_mapping", "mode: any")

    assert found.situation.settings[0] == page("kind", "file")
    assert found.parameters == ("mode",)
    assert len(found.cases) == 4


def test_a_fault_that_comes_later_does_not_rule_out_a_word(tmp_path: Path) -> None:
    """
    Rules are about a first answer.
    """
    found = scenario(tmp_path, "src: anon, mapped", "fail page_get_anon_vma(src) on call 2")

    assert found.situation.settings == (page("kind", "anon"), page("mapped", "mapped"))


@pytest.mark.parametrize(
    ("text", "on_call", "times"),
    [
        ("", 1, None),
        (" on call 2", 2, 1),
        (" 3 times", 1, 3),
        (" on call 2, 3 times", 2, 3),
        (" from call 2", 2, None),
    ],
)
def test_a_fault_begins_and_ends_where_it_says(
    text: str, on_call: int, times: int | None, tmp_path: Path
) -> None:
    """
    Without a word it lasts for all calls.
    """
    (fault,) = scenario(tmp_path, f"fail trylock_page(src){text}").situation.faults

    assert (fault.on_call, fault.times) == (on_call, times)


def test_a_fault_names_its_call_in_full(tmp_path: Path) -> None:
    """
    Some of the subjects are enough to write it, if they leave one call.
    """
    (fault,) = scenario(tmp_path, "fail move_to_new_page() with any").situation.faults

    assert fault.call == "move_to_new_page(dst, src)"
    assert fault.results == ("-EAGAIN", "-EBUSY", "-ENOMEM", "-EIO", "-EINVAL")


def test_faults_of_one_call_can_follow_each_other(tmp_path: Path) -> None:
    """
    Each has a parameter of its own.
    """
    found = scenario(
        tmp_path,
        "fail move_to_new_page(src) with -EAGAIN | -EBUSY on call 1",
        "fail move_to_new_page(src) with -EIO | -ENOMEM on call 2",
        "fail move_to_new_page(src) with -EIO | -EINVAL from call 3",
    )

    assert found.parameters == ("errno", "move_to_new_page_dst_src", "move_to_new_page_dst_src_")
    assert [fault.parameter for fault in found.situation.faults] == list(found.parameters)


def test_the_most_cases_are_multiplied_out(tmp_path: Path) -> None:
    """
    10,000 is the bound; 7,168 are below it.
    """
    found = scenario(
        tmp_path,
        "src: any kind, any mapping, any mapped, any private, any writeback, any driver",
        "reason: any",
        "mode: any",
        "force: any",
    )

    assert len(found.cases) == 7 * 4 * 2 * 2 * 2 * 2 * (3 * 2 + 2 + 1)
