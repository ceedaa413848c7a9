# SPDX-License-Identifier: GPL-2.0-only
"""
One machine: the state that primitives act on, and the environment that answers them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from errpath.kernel.findings import KernelBug
from errpath.kernel.ledger import Ledger
from errpath.kernel.page import Page

if TYPE_CHECKING:
    from errpath.kernel.event import Event
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.hold import Item

Environment: TypeAlias = "Callable[[Choice], Value]"
"""
What answers choices, asked when the code asks.

One whose answers depend on the pass has a method `begin_pass(number)`, too: a target that runs
over a list in passes calls it when a pass begins; they count from 1.
"""


class Machine:
    """
    The part of the little kernel that knows no primitive.

    `begin()` makes it new. While a run goes on, `trace` has the events so far, `choices`
    what was asked and answered, `facts` what is known of the world now (a page under
    writeback, until somebody waits for it), `on` the list or owner that has each page.
    """

    def __init__(self, *names: str) -> None:
        self.pages = {name: Page(self, name) for name in names}

    def begin(
        self, environment: Environment, *, held: tuple[Item, ...], on: dict[str, str]
    ) -> None:
        """
        Forget the last run; start one with what is `held` and where pages are `on`.
        """
        self.environment = environment
        self.choices: dict[str, Value] = {}
        self.again: dict[str, int] = {}
        self.facts: dict[str, Value] = {}
        self.trace: list[Event] = []
        self.ledger = Ledger(held)
        self.held = self.ledger.held
        self.more = self.ledger.more
        self.spans = self.ledger.spans
        self.on: dict[str, str | None] = dict(on)
        self.carries: set[str] = set()
        self.counters: dict[str, int] = {}

    def ask(self, choice: Choice) -> Value:
        """
        Put a question to the environment, and write down what it answered.
        """
        value = self.environment(choice)
        text = choice.text
        choices = self.choices
        if text in choices:
            again = self.again[text] = self.again.get(text, 1) + 1
            text = f"{text}#{again}"
        choices[text] = value
        return value

    def has_mapping(self, page: Page) -> bool:
        """
        Answer a read of `page->mapping`: what is known of it, or is asked now; it is no event.
        """
        choice = page.mapping_choice
        value = self.facts.get(choice.text)
        if value is None:
            value = self.facts[choice.text] = self.ask(choice)
        if page.ref not in self.held:
            self.touch(page.ref, by="a read of page->mapping")
        return value == "set"

    def VM_BUG_ON_PAGE(self, condition: object, page: Page) -> None:
        """
        Stop if the condition holds, as a kernel with CONFIG_DEBUG_VM does.
        """
        if condition:
            says = f"an assertion about {page.name} does not hold"
            raise KernelBug("vm-bug-on", says, at_event=False)

    def take(self, taken: Item) -> None:
        """
        Open a row of the ledger at the event that was recorded last.
        """
        held = self.held
        if taken in held:
            self.ledger.take_again(taken, len(self.trace))
        else:
            held[taken] = len(self.trace)

    def give_up(self, given: Item) -> None:
        """
        Close a row at the event that was recorded last; a row that is not open is a bug.
        """
        ledger = self.ledger
        start = ledger.take_back(given) if ledger.more else None
        if start is None:
            start = self.held.pop(given, None)
            if start is None:
                raise ledger.give_up_unheld(given)
        ledger.spans.append((given, start, len(self.trace)))

    def touch(self, ref: Item, *, by: str = "") -> None:
        """
        Stop at a call on a page on which no reference is held: it may be another's by now.
        """
        raise self.touched_after_put(ref, by=by)

    def touched_after_put(self, ref: Item, *, by: str = "") -> KernelBug:
        """
        Word a call, or what it is done `by`, on a page on which no reference is held.
        """
        says = f"touches {ref.subject}, on which no reference is held"
        return KernelBug(
            "use-after-put",
            f"{by} {says}" if by else says,
            since=self.ledger.given_up_at(ref),
            at_event=not by,
        )

    def missing(self, required: Item) -> KernelBug:
        """
        Word a call without the lock that it asserts (VM_BUG_ON_PAGE).
        """
        return KernelBug(
            "vm-bug-on",
            f"is called without the {required.hold.noun} of {required.subject}",
            since=self.ledger.given_up_at(required),
        )
