# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from textwrap import dedent, indent

from errpath.kernel.declared import compiled
from errpath.kernel.holds import PG_LOCKED
from errpath.vocabulary.choice import Choice
from errpath.vocabulary.primitive import Answer, Primitive

UNLOCK = Primitive(
    name="unlock_page", subjects=(("src", "dst"),), says="", source="", gives_up=PG_LOCKED
)
TEST = Primitive(
    name="PageAnon",
    subjects=(("src",),),
    says="",
    source="",
    test=True,
    answers=(Answer(value=0, shown="0"), Answer(value=1, shown="1")),
)
PAGE_ANON = """\
    def PageAnon(k_, page):
        if page.name != 'src':
            raise undeclared_(page)
        if text_ in k_.facts:
            value_ = k_.facts[text_]
        else:
            ask_ = k_.environment
            value_ = k_.facts[text_] = k_.choices[text_] = ask_(choice_)
        k_.trace.append(events_[value_])
        if ref0_ not in k_.held:
            k_.touch(ref0_)
        return value_
"""


def test_function_takes_the_steps_that_its_declaration_asks_for() -> None:
    """
    The function of unlock_page() is what the module shows, to the letter.
    """
    written = compiled.source(UNLOCK, {}, ("page",), None)
    assert indent(written, "    ") in (compiled.__doc__ or "")


def test_only_call_needs_no_look_up() -> None:
    """
    A test that can be made of one page only has what it needs at hand.
    """
    choice = Choice("PageAnon", "src", (0, 1), text="PageAnon(src)")
    written = compiled.source(TEST, {("src",): choice}, ("page",), None)
    assert written == dedent(PAGE_ANON)
