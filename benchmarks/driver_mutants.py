# SPDX-License-Identifier: GPL-2.0-only
"""
What a peer's model of migrate_pages() must refuse: the same bug in each, one for each contract.
"""

from __future__ import annotations

from mutants import Mutant

MUTANTS = (
    Mutant(
        "C2",
        "pre takes a failed allocation for a permanent failure",
        spin=(
            "-> rc = ENOMEM; goto returned\n\t\t:: else\n\t\tfi;\n\t\tPageMovable_",
            "-> rc = ENOMEM; goto out\n\t\t:: else\n\t\tfi;\n\t\tPageMovable_",
        ),
        tlc=("ELSE Returned(NoNew(r)) \\/", "ELSE Out(NoNew(r)) \\/"),
    ),
    Mutant(
        "C3",
        "the new page is kept where the caller gives no put_new_page()",
        spin=(
            "!carries);\n\t\tdst_ref = 0;\n\t\tif\n\t\t:: put_new == YES",
            "!carries);\n\t\tdst_ref = (put_new == NO);\n\t\tif\n\t\t:: put_new == YES",
        ),
        tlc=("!.new = FALSE, !.put_new = v", "!.new = v = No, !.put_new = v"),
    ),
    Mutant(
        "C4",
        "the new page stays locked",
        spin=("out_unlock_new:\n\tdst_locked = 0;", "out_unlock_new:\n\tskip;"),
        tlc=("LET r == [given EXCEPT !.new_locked = FALSE] IN", "LET r == given IN"),
    ),
    Mutant(
        "C5",
        "the putback does not uncount the page",
        spin=(
            ":: else -> mod_node_page_state(); putback_lru_page()",
            ":: else -> putback_lru_page()",
        ),
        tlc=("{putback_lru_page(u) : u \\in mod_node_page_state(t)}", "{putback_lru_page(t)}"),
    ),
    Mutant(
        "C8",
        "a page that failed for good is not counted",
        spin=(":: else -> nr_failed++\n", ":: else\n"),
        tlc=(
            "[] OTHER -> GoesOn(r, Rest(r), at, [counts EXCEPT !.failed = @ + 1])",
            "[] OTHER -> GoesOn(r, Rest(r), at, counts)",
        ),
    ),
    Mutant(
        "NoBug",
        "the source page is unlocked twice",
        spin=(
            "fi;\n\tunlock_page();\n\tif\n\t:: sem == PRE && rc",
            "fi;\n\tunlock_page();\n\tunlock_page();\n\tif\n\t:: sem == PRE && rc",
        ),
        tlc=(
            "Unlock(r) == unlock_page(put_anon_vma(r))\nOutUnlock",
            "Unlock(r) == unlock_page(unlock_page(put_anon_vma(r)))\nOutUnlock",
        ),
    ),
)
"""One for each contract of the models."""
