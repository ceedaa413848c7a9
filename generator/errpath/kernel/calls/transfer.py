# SPDX-License-Identifier: GPL-2.0-only
"""
The new page: where it comes from, how it gets the data, where it goes back to.
"""

from __future__ import annotations

from typing import Final

from errpath.kernel.declared.primitive import DST, SRC, primitive
from errpath.kernel.holds import PAGE_REF, PG_LOCKED
from errpath.kernel.machine import Machine
from errpath.kernel.page import NULL, Page
from errpath.vocabulary.choice import Fault
from errpath.vocabulary.errno import ERRNOS
from errpath.vocabulary.primitive import Answer, May

# What a_ops->migratepage() gives in 5.8: -EAGAIN and -EBUSY from mm and file systems, -EIO
# and -EINVAL from writeout(), and -ENOMEM, which drivers may give as any errno.
_MOVE_ERRNOS: Final = ("EAGAIN", "EBUSY", "ENOMEM", "EIO", "EINVAL")


def _new_page(k: Machine, page: Page, value: str) -> Page:
    page = k.pages["dst"] if value == "dst" else NULL
    if page:
        k.on["dst"] = None
    return page


def _carries(k: Machine, newpage: Page, page: Page, value: int) -> int:
    if value == 0:
        k.carries.add(newpage.name)
        if k.facts.get(f"__PageMovable({page.name})"):
            k.on[newpage.name] = "driver"
    return value


def _returned(k: Machine, page: Page, _private: object) -> None:
    k.on[page.name] = "caller"


class Transfer(Machine):
    """
    The caller's two callbacks, and move_to_new_page() between them (mm/migrate.c, 5.8).
    """

    @primitive(
        SRC,
        source="new_page_t, include/linux/migrate.h",
        answers=(
            Answer(value="dst", shown="dst"),
            Answer(
                value="NULL", shown="NULL", fault=Fault(marker="enomem", says="no memory is left")
            ),
        ),
        takes=PAGE_REF,
        takes_on="dst",
        # GFP_HIGHUSER_MOVABLE has __GFP_FS; direct reclaim writes swap and shmem: pageout().
        may=May.SLEEP | May.ALLOCATE | May.RECLAIM | May.WRITE_BACK,
        then=_new_page,
    )
    def get_new_page(self, page: Page, private: object) -> Page:
        """Call the caller's new_page_t: a page to migrate to, with one reference, or NULL."""

    @primitive(
        DST, source="free_page_t, include/linux/migrate.h", gives_up=PAGE_REF, then=_returned
    )
    def put_new_page(self, newpage: Page, private: object) -> None:
        """Call the caller's free_page_t: it takes an unused new page back."""

    @primitive(
        DST,
        SRC,
        source="mm/migrate.c",
        answers=(
            Answer(value=0, shown="0"),
            *(
                Answer(
                    value=-ERRNOS[name],
                    shown=f"-{name}",
                    fault=Fault(marker="move", says=f"the page cannot be moved: -{name}"),
                )
                for name in _MOVE_ERRNOS
            ),
        ),
        requires=PG_LOCKED,
        # writeout() calls ->writepage(), which allocates its bio with GFP_NOIO: no reclaim by
        # way of a file system.
        may=May.SLEEP | May.ALLOCATE | May.WRITE_BACK,
        then=_carries,
    )
    def move_to_new_page(self, newpage: Page, page: Page, mode: object) -> int:
        """Move the data, and the place in the mapping, to the new page: 0 or an errno."""

    @primitive(DST, source="include/linux/page_owner.h", needs_reference=False)
    def set_page_owner_migrate_reason(self, page: Page, reason: object) -> None:
        """
        Note in the new page's page_ext why it was migrated.

        page_ext belongs to the page frame and is never freed (mm/page_owner.c), so the
        call needs no reference.
        """
