# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.vocabulary.choice import Choice, Fault

BUSY = Fault(marker="busy", says="somebody else has it")


def test_default_is_first() -> None:
    """
    The first value is what a scenario gets that says nothing.
    """
    assert Choice("try", "x", (1, 0), text="try(x)").default == 1


def test_text_stands_for_choice() -> None:
    """
    A choice shows as the text of its question.
    """
    assert repr(Choice("try", "x", (1, 0), text="try(x)")) == "try(x)"


def test_faults_are_by_value() -> None:
    """
    A choice knows which of its values go against the caller; without any, it has no faults.
    """
    trying = Choice("try", "x", (1, 0), text="try(x)", faults={0: BUSY})
    assert (trying.faults, Choice("mode", None, ("a",), text="mode").faults) == ({0: BUSY}, {})
