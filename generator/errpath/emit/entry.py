# SPDX-License-Identifier: GPL-2.0-only
"""
What a contract runs: the model's own function, or an entry on pages of those names.
"""

from __future__ import annotations

from collections.abc import Sequence

from errpath.emit.layout import Expression, Group
from errpath.emit.literal import literal, name
from errpath.spec.contract import Contract, Spec
from errpath.vocabulary.vocabulary import Vocabulary


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


def vocabulary_of(contract: Contract, vocabulary: Vocabulary) -> Vocabulary:
    """
    Give the vocabulary that a contract's names are of.
    """
    entry = contract.entry
    return vocabulary if entry is None else vocabulary.at(entry.name, entry.pages)
