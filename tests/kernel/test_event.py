# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.kernel.event import event
from errpath.vocabulary.primitive import Answer, Primitive

XY = ("x", "y")
PUT = Primitive(name="put", subjects=(XY,), says="", source="")
GET = Primitive(
    name="get",
    subjects=(XY,),
    says="",
    source="",
    answers=(Answer(value=0, shown="0"), Answer(value=-12, shown="-ENOMEM")),
)
NAMESAKE = Primitive(name="put", subjects=(XY,), says="Another one.", source="")


def test_event_is_one_object() -> None:
    """
    The same call with the same result is the same event.
    """
    assert event(GET, ("x",), -12) is event(GET, ("x",), -12)


def test_text_of_a_call() -> None:
    """
    A call that gives no result is written as in C.
    """
    made = event(PUT, ("x",))
    assert (made.text, made.call, repr(made)) == ("put(x)", "put(x)", "put(x)")


def test_text_of_a_result() -> None:
    """
    A result is written as its declaration spells it.
    """
    made = event(GET, ("y",), -12)
    assert (made.text, made.call, made.value) == ("get(y) = -ENOMEM", "get(y)", -12)


def test_event_is_its_primitive_s() -> None:
    """
    Two models may name a primitive alike: each gets events of its own.
    """
    assert [event(p, ("x",)).primitive for p in (PUT, NAMESAKE)] == [PUT, NAMESAKE]
