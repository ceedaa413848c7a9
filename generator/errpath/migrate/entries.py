# SPDX-License-Identifier: GPL-2.0-only
"""
The functions above unmap_and_move() that can be run, on a list of pages.

Their models are made when somebody asks for them: start-up does not pay for them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from errpath.kernel.pages.listed_page import ENDINGS
from errpath.vocabulary.entry import Entry

if TYPE_CHECKING:
    from errpath.kernel.target import Above, Model
    from errpath.vocabulary.vocabulary import Vocabulary

_MOST: Final = 16
_PASSES: Final = 10
_SAYS: Final = {
    "migrate_pages": "migrate the pages of a list, in up to ten passes",
    "migrate_pages_and_putback": (
        "migrate_pages(), and if it gives anything but 0 putback_movable_pages(), as "
        "move_pages(2) does"
    ),
}


_MARKERS: Final = {
    "pinned": "extra_pins: another thread has a transient pin on the page",
    "hugetlb_mapping": "hugetlb_page_mapping_lock_write: the page lost its mapping",
}


def model_at(entry: str, pages: tuple[str, ...]) -> Model:
    """
    Give the model of an entry on pages of those names.
    """
    from errpath.migrate.pages.model import model_of  # noqa: PLC0415 - who uses it pays for it

    return model_of(entry, pages)


def above() -> Above:
    """
    Give what runs above the semantics there.
    """
    from errpath.migrate.pages import above as found  # noqa: PLC0415 - likewise

    return found.above()


def _vocabulary_at(entry: str, pages: tuple[str, ...]) -> Vocabulary:
    return model_at(entry, pages).vocabulary


ENTRIES: Final = {
    name: Entry(
        name=name,
        says=says,
        most=_MOST,
        on=partial(_vocabulary_at, name),
        endings=ENDINGS,
        passes=_PASSES,
        counts=True,
        markers=_MARKERS,
    )
    for name, says in _SAYS.items()
}
"""Each entry by its name."""

MODELS: Final = {name: partial(model_at, name) for name in _SAYS}
"""What makes the model of each."""
