# SPDX-License-Identifier: GPL-2.0-only
"""
A little kernel with lists to act on: its pages, and how its choices are answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import pytest

from errpath.kernel.declared.naming import machine_on
from errpath.kernel.findings import KernelBug
from errpath.kernel.pages.list_machine import ListMachine
from errpath.kernel.pages.listed_page import ListedPage
from errpath.vocabulary.choice import Choice, Value

Said: TypeAlias = Mapping[str, Any]
"""Answers by the text of their choices; several are a tuple, and its last is for good."""


class Answers:
    """
    An environment: each choice's answers by its text, the last of them for good, or the default.
    """

    def __init__(self, said: Said | None = None) -> None:
        self.said: dict[str, Any] = dict(said or {})
        self.asked: list[str] = []
        self.forgotten: list[str] = []
        self.passes: list[int] = []

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a choice.
        """
        self.asked.append(choice.text)
        found = self.said.get(choice.text, choice.default)
        values: tuple[Value, ...] = found if isinstance(found, tuple) else (found,)
        if len(values) > 1:
            self.said[choice.text] = values[1:]
        return values[0]

    def forget(self, texts: tuple[str, ...]) -> None:
        """
        Take note of what is out of date.
        """
        self.forgotten += texts

    def begin_pass(self, number: int) -> None:
        """
        Take note of a pass.
        """
        self.passes.append(number)


def list_stage(*names: str, said: Said | None = None) -> ListMachine:
    """
    Set up a machine with pages of those names on the caller's list.
    """
    k = machine_on(names or ("a",))()
    k.start(Answers(said))
    return k


def locked(k: ListMachine, page: ListedPage) -> ListedPage:
    """
    Lock a page, and give it.
    """
    k.lock_page(page)
    return page


def listing(k: ListMachine, name: str) -> list[str]:
    """
    Give the names of the pages on a list, forwards; backwards they must be the same.
    """
    head = getattr(k, name)
    backwards, node = [], head.prev
    while node is not head:
        backwards.append(node.says)
        node = node.prev
    found = [page.name for page in head.pages()]
    assert found == backwards[::-1]
    return found


def bug_of(call: Callable[[], object]) -> tuple[str, str]:
    """
    Give the name and the sentence of the bug that a call ends with.
    """
    with pytest.raises(KernelBug) as found:
        call()
    return found.value.name, found.value.says
