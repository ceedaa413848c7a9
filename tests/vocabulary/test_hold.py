# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pickle

from errpath.vocabulary.hold import Family, Hold, item

LOCK = Hold(name="LOCK", family=Family.LOCK, noun="lock")
NAMESAKE = Hold(name="LOCK", family=Family.REFERENCE, noun="reference")


def test_item_is_one_object() -> None:
    """
    Asking twice for a hold on a subject gives the same item.
    """
    assert item(LOCK, "x") is item(LOCK, "x")


def test_item_is_its_hold_s() -> None:
    """
    Two models may name a hold alike: each gets items of its own.
    """
    assert [item(hold, "x").hold for hold in (LOCK, NAMESAKE)] == [LOCK, NAMESAKE]


def test_item_text() -> None:
    """
    An item shows as the hold's name on its subject.
    """
    assert [item(LOCK, "x").text, repr(item(LOCK, "x"))] == ["LOCK(x)", "LOCK(x)"]


def test_item_survives_pickling() -> None:
    """
    An item that came from another process is the same object again.
    """
    sent = pickle.dumps(item(LOCK, "x"))
    assert pickle.loads(sent) is item(LOCK, "x")  # noqa: S301 - it was made in the line above
