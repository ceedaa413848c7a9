# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.vocabulary.choice import Fault
from errpath.vocabulary.primitive import Answer, May, Primitive

GONE = Fault(marker="gone", says="nothing is left")
OK = Answer(value=0, shown="0")
FAILED = Answer(value=-12, shown="-ENOMEM", fault=GONE)


def test_calls_multiply_subjects() -> None:
    """
    A primitive can be called on every combination of its subjects, in their order.
    """
    copy = Primitive(name="copy", subjects=(("x", "y"), ("y", "z")), says="", source="")
    assert copy.calls() == ("copy(x, y)", "copy(x, z)", "copy(y, y)", "copy(y, z)")


def test_calls_without_subject() -> None:
    """
    A primitive without subjects has one call.
    """
    assert Primitive(name="tick", subjects=(), says="", source="").calls() == ("tick()",)


def test_faults_are_answers_against_the_caller() -> None:
    """
    The faults of a primitive are those of its answers that carry one.
    """
    get = Primitive(name="get", subjects=(("x",),), says="", source="", answers=(OK, FAILED))
    assert get.faults() == (FAILED,)


def test_defaults_do_nothing() -> None:
    """
    A primitive that declares no more than its name takes nothing and may do nothing.
    """
    plain = Primitive(name="tick", subjects=(), says="Tick.", source="kernel/tick.c")
    assert (plain.takes, plain.gives_up, plain.requires, plain.may, plain.test) == (
        None,
        None,
        None,
        May.NOTHING,
        False,
    )


def test_calls_of_what_goes_together() -> None:
    """
    If not all subjects go together, the calls are those that are named.
    """
    together = (("x", "y"), ("y", "x"))
    copy = Primitive(
        name="copy", subjects=(("x", "y"), ("y", "x")), says="", source="", together=together
    )
    assert (copy.calls(), copy.named()) == (("copy(x, y)", "copy(y, x)"), together)


def test_answers_for_one_subject_only() -> None:
    """
    An answer that names a subject is given to calls on that one first.
    """
    mine = Answer(value="x_new", shown="x_new", only="x")
    get = Primitive(name="get", subjects=(("x", "y"),), says="", source="", answers=(mine, FAILED))
    assert (get.answers_on(("x",)), get.answers_on(("y",))) == ((mine, FAILED), (FAILED,))


def test_what_is_taken_on() -> None:
    """
    A hold is taken on the first subject, or on what is named after it.
    """
    plain = Primitive(name="get", subjects=(("x",),), says="", source="")
    other = Primitive(name="get", subjects=(("x",),), says="", source="", takes_on="{}_new")
    fixed = Primitive(name="get", subjects=(("x",),), says="", source="", takes_on="dst")
    assert [p.taken_on(("x",)) for p in (plain, other, fixed)] == ["x", "x_new", "dst"]
