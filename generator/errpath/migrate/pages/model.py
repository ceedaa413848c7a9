# SPDX-License-Identifier: GPL-2.0-only
"""
The models of the entries that are given a list of pages.
"""

from __future__ import annotations

from functools import cache, partial

from errpath.kernel.target import Model
from errpath.migrate.pages.balance import balanced
from errpath.migrate.pages.new_pages import one_fate_each
from errpath.migrate.pages.obligations import counted_right, hands_off
from errpath.migrate.pages.reference import ListReference
from errpath.migrate.pages.words import PUTBACK, vocabulary_of
from errpath.migrate.semantics import MODULES


@cache
def model_of(entry: str, pages: tuple[str, ...]) -> Model:
    """
    Give the model of an entry on pages of those names.
    """
    putback = entry == PUTBACK
    after_putback = (balanced(pages),) if putback else ()
    return Model(
        vocabulary=vocabulary_of(entry, pages),
        reference=partial(ListReference, pages, putback=putback),
        modules=MODULES,
        obligations=(one_fate_each(pages), counted_right(pages), hands_off, *after_putback),
    )
