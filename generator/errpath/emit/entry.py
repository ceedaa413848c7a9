# SPDX-License-Identifier: GPL-2.0-only
"""
What a contract runs: the model's own function, or an entry on pages of those names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from errpath.emit.layout import Expression, Group
from errpath.emit.literal import literal, name
from errpath.spec.contract import Contract, Law, Spec
from errpath.spec.merged import names_page
from errpath.vocabulary.vocabulary import Vocabulary

PAGES: Final = 2
"""How many pages the lists of generated laws have; `errpath verify` takes others, up to six."""


def called(
    keyword: str, contract: Contract, spec: Spec, method: str, arguments: Sequence[Expression]
) -> Group:
    """
    Write the call that runs a contract, behind a keyword: `with migrate(`.
    """
    head = f"{keyword} {name(spec.model)}"
    entry = contract.entry
    if entry is None:
        return Group(f"{head}{method}(", arguments)
    at = Group(f"{head}.at(", [literal(entry.name), *map(literal, entry.pages)])
    return Group(f"{method}(", arguments, before=at)


def called_on_lists(contract: Contract, spec: Spec, arguments: Sequence[Expression]) -> Group:
    """
    Write the loop over all paths of lists of any length that a law is about.

    A list has PAGES pages here, as a test has to be fast.
    """
    entry = contract.entry
    if entry is None or not isinstance(contract, Law):
        message = f"`{contract.name}` is no law about lists of any length"
        raise ValueError(message)
    head = f"for run in {name(spec.model)}"
    words: list[Expression] = [literal(entry.name), f"pages={PAGES}"]
    at = Group(f"{head}.lists(", words)
    if names_page(contract):
        words.insert(1, literal(entry.pages[0]))
        at = Group(f"{head}.each(", words)
    return Group(".paths(", arguments, before=at)


def vocabulary_of(contract: Contract, vocabulary: Vocabulary) -> Vocabulary:
    """
    Give the vocabulary that a contract's names are of.
    """
    entry = contract.entry
    return vocabulary if entry is None else vocabulary.at(entry.name, entry.pages)
