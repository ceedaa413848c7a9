# SPDX-License-Identifier: GPL-2.0-only
"""
What a peer must refuse: the same bug in each model, one for each law.

An assertion that nothing can break would be green without checking. Each mutant is a change of
the code under contract, never of a law, and it is judged by its law alone.
"""

from __future__ import annotations

from typing import NamedTuple

from measure import Unmeasured


class Mutant(NamedTuple):
    """
    A bug: the law that it breaks, what it is, and the change of each model.
    """

    law: str
    says: str
    spin: tuple[str, str]
    tlc: tuple[str, str]

    def of_spin(self, text: str) -> str:
        """
        Give the Promela model with the bug.
        """
        return _changed(text, *self.spin)

    def of_tlc(self, text: str) -> str:
        """
        Give the TLA+ model with the bug.
        """
        return _changed(text, *self.tlc)


def _changed(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise Unmeasured(f"a mutant's place is there {text.count(old)} times: {old}")
    return text.replace(old, new)


MUTANTS = (
    Mutant(
        "C1",
        "the isolation's reference is kept after a success",
        spin=("\t\tput_page();\n\t\task_one_of(20", "\t\task_one_of(20"),
        tlc=('Goto("reason", put_page(r))', 'Goto("reason", r)'),
    ),
    Mutant(
        "C2",
        "pre takes a failed allocation for a permanent failure",
        spin=(
            "-> rc = ENOMEM; goto returned\n\t\t:: else\n\t\tfi;\n\t\t__PageMovable",
            "-> rc = ENOMEM; goto out\n\t\t:: else\n\t\tfi;\n\t\t__PageMovable",
        ),
        tlc=('Pre -> Goto("return", none)', 'Pre -> Goto("out", none)'),
    ),
    Mutant(
        "C3",
        "the new page is kept where the caller gives no put_new_page()",
        spin=(":: else -> drop_new_page()\n\tfi\n}", ":: else\n\tfi\n}"),
        tlc=("ELSE drop_new_page(r, ~r.carries)", "ELSE r"),
    ),
    Mutant(
        "C4",
        "the new page stays locked",
        spin=("out_unlock_new:\n\tunlock_new_page();", "out_unlock_new:\n\tskip;"),
        tlc=("OutPut(unlock_new_page(moved))", "OutPut(moved)"),
    ),
    Mutant(
        "C5",
        "the page is uncounted and stays on the list",
        spin=("\t\tlist_del();\n", ""),
        tlc=("off == list_del(run)", "off == run"),
    ),
    Mutant(
        "C6",
        "pre allocates with the source page locked",
        spin=(
            ":: sem == PRE ->\n\t\tget_new_page();",
            ":: sem == PRE ->\n\t\tlock_page();\n\t\tget_new_page();",
        ),
        tlc=('Goto(First, [r EXCEPT !.rc = "-EAGAIN"])', "Goto(First, lock_page(r))"),
    ),
    Mutant(
        "C7",
        "writeback is not waited for",
        spin=("fi;\n\t\twait_on_page_writeback()\n", "fi\n"),
        tlc=("Goto(Ready, wait_on_page_writeback(r))", "Goto(Ready, r)"),
    ),
    Mutant(
        "C9",
        "migration entries are left",
        spin=("-> remove_migration_ptes()\n", "\n"),
        tlc=("THEN remove_migration_ptes(r) ELSE r", "THEN r ELSE r"),
    ),
    Mutant(
        "C10",
        "the new page goes back locked",
        spin=("out_unlock_new:\n\tunlock_new_page();", "out_unlock_new:\n\tskip;"),
        tlc=("OutPut(unlock_new_page(moved))", "OutPut(moved)"),
    ),
    Mutant(
        "Restores",
        "a failure maps the new page",
        spin=("\t\t:: rc == OK ->\n\t\t\tCALL(PTES_DST)", "\t\t:: true ->\n\t\t\tCALL(PTES_DST)"),
        tlc=('  IN IF r.rc = "0"\n', "  IN IF TRUE\n"),
    ),
    Mutant(
        "AsyncNeverWaits",
        "the lock of the source page is waited for in every mode",
        spin=(":: mode == MIGRATE_ASYNC -> goto busy", ":: mode == UNASKED -> goto busy"),
        tlc=('IF v = "MIGRATE_ASYNC" THEN Busy(r)', "IF FALSE THEN Busy(r)"),
    ),
    Mutant(
        "NoBug",
        "the source page is unlocked twice",
        spin=(
            "fi;\n\tunlock_page();\n\tif\n\t:: sem == PRE && rc",
            "fi;\n\tunlock_page();\n\tunlock_page();\n\tif\n\t:: sem == PRE && rc",
        ),
        tlc=(
            'OutUnlock(r) == Goto("out", unlock_page(put_anon_vma(r)))',
            'OutUnlock(r) == Goto("out", unlock_page(unlock_page(put_anon_vma(r))))',
        ),
    ),
    Mutant(
        "ReturnsDiffer",
        "post returns -EBUSY for a busy page",
        spin=(":: sem == POST -> goto returned", ":: sem == POST -> rc = EBUSY; goto returned"),
        tlc=(
            'Goto("out", r) ELSE Goto("return", r)\n\nTryLock ==',
            'Goto("out", r) ELSE Goto("return", [r EXCEPT !.rc = "-EBUSY"])\n\nTryLock ==',
        ),
    ),
    Mutant(
        "SourceDiffers",
        "post gives a page under writeback up where pre has the caller retry",
        spin=(
            ":: force == NO -> goto out_unlock",
            ":: force == NO -> rc = (sem == POST -> EBUSY : rc); goto out_unlock",
        ),
        tlc=(
            'IF v = "no" THEN OutUnlock(r)',
            'IF v = "no" THEN OutUnlock(IF Pre THEN r ELSE [r EXCEPT !.rc = "-EBUSY"])',
        ),
    ),
    Mutant(
        "NewPageDiffers",
        "post never calls put_new_page()",
        spin=(":: else ->\n\t\tgive_new_page_back()\n", ":: else ->\n\t\tdrop_new_page()\n"),
        tlc=('let_go == IF v = "given"\n', 'let_go == IF v = "given" /\\ semantics = "pre"\n'),
    ),
    Mutant(
        "CallsDiffer",
        "post forgets set_page_owner_migrate_reason()",
        spin=(
            ":: sem == POST && rc == OK ->\n\t\tset_page_owner_migrate_reason();\n",
            ":: sem == POST && rc == OK ->\n",
        ),
        tlc=("LET u == set_page_owner_migrate_reason(r) IN", "LET u == r IN"),
    ),
)
"""One for each law, and for what the two semantics differ in."""
