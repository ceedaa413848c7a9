# SPDX-License-Identifier: GPL-2.0-only
"""
What errpath says of itself: text that is shown without importing anything else.
"""

from __future__ import annotations

from errpath import __version__

COMMANDS = {
    "lint": "Read the specs and report every problem.",
    "generate": "Write the generated tests, or say what is stale.",
    "check": "Check every contract in every semantics: the main job.",
    "trace": "Show one scenario's run, event by event, pre beside post.",
    "paths": "Enumerate every path of a semantics.",
    "diff": "Show what changes between two semantics, and who declares it.",
    "locks": "Show what is called while each lock or reference is held.",
    "verify": "Judge every law and every difference, on every path.",
    "coverage": "Show what the scenarios exercise, and what they miss.",
    "mutate": "Score the specs by the mutants that they kill.",
    "format": "Lay out spec files in the one canonical way.",
    "native": "Run the kernel's own C: build it, compare it with the model.",
    "review": "Judge what a patch mail changes, on the kernel's own C.",
}
"""Each command, in the order in which they are learned, and what it does."""

VERSION = f"errpath, version {__version__}"

_LISTED = "\n".join(f"  {name:<10}{says}" for name, says in COMMANDS.items())

HELP = f"""\
Usage: errpath [OPTIONS] COMMAND [ARGS]...

  Check that a kernel error path keeps its contracts.

  Specs say what must hold when a lock is busy or an allocation fails: which
  calls happen in which order, what is returned, and who owns every page, lock
  and reference afterwards. errpath turns them into pytest files, and runs
  those against a reference model of Linux page migration, before (pre) and
  after (post) a patch.

Options:
  -V, --version  Show the version and exit.
  -h, --help     Show this message and exit.

Commands:
{_LISTED}

  First steps:
    errpath check                     lint, compare, run; one table
    errpath trace "SCENARIO"          what happens, and what is held when
    errpath lint specs/new.errpath    after each edit

  Exit status: 0 clean, 1 findings, 2 wrong usage or unreadable input.
  The language is described in grammar/README.md."""

SHOWN = {"-h": HELP, "--help": HELP, "-V": VERSION, "--version": VERSION}
"""What is shown for an option that stands alone."""
