# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.vocabulary.choice import Value
from tests import serving
from tests.toy import BUSY, GONE, VOCABULARY


def test_semantics_are_in_order_of_age() -> None:
    """
    The semantics are those that have a reach, in the order in which they are declared.
    """
    assert VOCABULARY.semantics == ("old", "new")


def test_settings_are_aspects_without_subject() -> None:
    """
    An aspect that is about no page has a line of its own.
    """
    assert {name: aspect.name for name, aspect in VOCABULARY.settings.items()} == {
        "colour": "colour"
    }


def test_aspects_of_a_subject() -> None:
    """
    The other aspects stand on the line of their subject.
    """
    names = {s: [a.name for a in VOCABULARY.aspects_of(s)] for s in VOCABULARY.subjects}
    assert names == {"x": ["fill"], "y": []}


def test_calls_know_their_primitive() -> None:
    """
    Every call of every primitive is listed under its text.
    """
    expected = (
        "a() b() c() d() lock(x) lock(y) unlock(x) unlock(y) get(x) get(y) put(x) put(y) "
        "nap(x) nap(y) try(x) try(y) is_full(x) is_full(y)"
    ).split()
    copies = ["copy(x, x)", "copy(x, y)", "copy(y, x)", "copy(y, y)"]
    found = {call: primitive.name for call, primitive in VOCABULARY.calls.items()}
    assert found == {call: call.partition("(")[0] for call in [*expected, *copies]}


def test_markers_say_what_they_stand_for() -> None:
    """
    Each kind of fault has one marker, worded by the first choice that has it.
    """
    assert VOCABULARY.markers == {
        "busy": "try: somebody else has it",
        "gone": "copy: nothing is left",
    }


def test_fault_at_an_answer() -> None:
    """
    An answer against the caller is a fault; others, and unknown choices, are none.
    """
    asked: list[tuple[str, Value]] = [
        ("try(x)", 0),
        ("try(x)", 1),
        ("copy(x, y)", -12),
        ("colour", "red"),
        ("none", 0),
    ]
    found = [VOCABULARY.fault_at(choice, value) for choice, value in asked]
    assert found == [BUSY, None, GONE, None, None]


def test_the_vocabulary_of_a_list_is_made_once() -> None:
    """
    For each entry and list of pages; what is no entry is a KeyError.
    """
    vocabulary = serving.VOCABULARY

    assert vocabulary.at("serve", ("p", "q")) is vocabulary.at("serve", ("p", "q"))
    assert vocabulary.at("serve", ("p",)).pages == ("p",)
    assert vocabulary.at("wait", ("p",)).entry == "wait"
    with pytest.raises(KeyError, match="wander"):
        vocabulary.at("wander", ("p",))
