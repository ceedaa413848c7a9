# SPDX-License-Identifier: GPL-2.0-only
"""
The functions above unmap_and_move(), of whichever build's that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from errpath.kernel.pages.list_head import ListHead
    from errpath.kernel.pages.list_machine import ListMachine
    from errpath.native.target.functions import Functions


class Driver:
    """
    Stands for the module that models them, for every build at once.
    """

    def __init__(self) -> None:
        self._of: Functions

    def migrate_pages(self, k: ListMachine, unmap_and_move: Any, *arguments: Any) -> int:
        """
        Run the C of the build that has this unmap_and_move().
        """
        self._of = unmap_and_move.__self__
        return self._of.migrate_pages(k, *arguments)

    def putback_movable_pages(self, k: ListMachine, l_: ListHead) -> None:
        """
        Run the C of the same build.
        """
        self._of.putback_movable_pages(k, l_)
