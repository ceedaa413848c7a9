# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from typing import Any, Final

import pytest

from errpath.native.conform.conformity import Conformity, conformity
from errpath.native.conform.places import with_places
from errpath.native.conform.report import counts, divergence
from errpath.native.walk.part import Part
from tests.native.mutated import mutated, mutated_driver

PAGE: Final = Part()
LIST: Final = Part(entry="migrate_pages", pages=("a",), attempts=1)
LISTS: Final = Part(entry="migrate_pages", pages=("a", "b"), attempts=1)
IS_LRU: Final = "    is_lru = not"

NO_PUT_ANON = """\
    640  a call that acts, or its result
    640  what is held, and from when to when

  PageAnon(src): 1; trylock_page(dst): 0

  event 11
    the C                 unlock_page(src)
    the model  pre.py:99  put_anon_vma(anon_vma)
"""
WRONG_RC = """\
     36  a call that acts, or its result
     24  what was asked
     36  what is returned
     36  the final state
     36  what is held, and from when to when

  PageWriteback(src): 1

  event 8
    the C                  put_new_page(dst)
    the model  pre.py:155  list_del(src)

  the end
    the C      returns -EAGAIN
    the model  returns -EBUSY

  the final state
    src on
      the C      from_list
      the model  lru
    src isolated
      the C      True
      the model  False
    src counted
      the C      True
      the model  False
    counters NR_ISOLATED
      the C      0
      the model  -1
"""
A_TEST_MORE = """\
   3100  a call that only reads
   3100  what is held, and from when to when

  trylock_page(src): 0

  event 5
    the C                 __PageMovable(src) = 0
    the model  pre.py:39  trylock_page(src) = 0
"""
A_READ_MORE = """\
    384  what was asked

  trylock_page(src): 0

  only the C asks mode
"""
TWO_UNLOCKS = """\
   3060  a call that acts, or its result
   3060  what was asked
   3060  what is returned
   3060  what ends the run before its return
   3060  the final state
   3060  what is held, and from when to when

  PageWriteback(src): 1; mode: MIGRATE_SYNC

  event 8
    the C                  unlock_page(src)
    the model  pre.py:188  put_new_page(dst)

  the end
    the C      BUG: unlock-unlocked: unlocks src, which is not locked
    the model  returns -EAGAIN

  only the model asks put_new_page

  the final state
    dst on
      the C      nothing
      the model  caller
    dst given_back
      the C      False
      the model  True
"""
POISONED = """\
   2956  the final state

  trylock_page(src): 0

  the final state
    src poisoned
      the C      True
      the model  False
"""
NOT_COUNTED = """\
  PageHuge(a): 1; trylock_page(a): 0; trylock_page(a_new): 0;
    trylock_page(a_new)#2: 0; trylock_page(a_new)#3: 0;
    trylock_page(a_new)#4: 0; trylock_page(a_new)#5: 0;
    trylock_page(a_new)#6: 0; trylock_page(a_new)#7: 0;
    trylock_page(a_new)#8: 0; trylock_page(a_new)#9: 0

  event 107
    the C                     trace_mm_migrate_pages()
    the model  driver.py:250  count_vm_events(PGMIGRATE_FAIL)

  the end
    the C      returns 0
    the model  returns 1

  the final state
    counters PGMIGRATE_FAIL
      the C      0
      the model  1
"""

CASES = {
    "call": (("            k.put_anon_vma(anon_vma)\n", "            pass\n"), NO_PUT_ANON),
    "returns": (("rc = -EBUSY", "rc = -EAGAIN"), WRONG_RC),
    "test": ((IS_LRU, f"    k.__PageMovable(page)\n{IS_LRU}"), A_TEST_MORE),
    "choice": ((IS_LRU, f"    _ = mode == MIGRATE_ASYNC\n{IS_LRU}"), A_READ_MORE),
    "finding": (
        (
            "(anon_vma)\n        k.unlock_page(page)\n",
            "(anon_vma)\n        k.unlock_page(page)\n        k.unlock_page(page)\n",
        ),
        TWO_UNLOCKS,
    ),
    "state": ((IS_LRU, f"    k.facts['PageHWPoison(src)'] = 1\n{IS_LRU}"), POISONED),
}

DRIVERS = {
    "failures": ("        nr_failed += retry\n", "        pass\n"),
    "passes": ("pass_ < 10", "pass_ < 9"),
    "every other pass": ("            pass_ += 1", "            pass_ += 2"),
    "walk": ("                                walk.list_safe_reset_next(page)\n", ""),
    "successes": ("nr_succeeded += 1", "nr_succeeded = 1"),
    "retries": ("retry += 1", "retry = 1"),
}


def _compared(part: Part, semantics: str, target: Any) -> Conformity:
    expected = part.model().reference()
    walk = part.walk(expected, semantics)
    return with_places(conformity(walk, target), walk, expected, target, "mm/migrate.c")


def _told(found: Conformity, part: Part) -> str:
    assert found.shortest is not None
    lines = [*counts(found), "", *divergence(found.shortest, part.model().vocabulary)]
    return "\n".join([*lines, ""])


@pytest.mark.parametrize(("semantics", "paths"), [("pre", 3151), ("post", 3185)])
def test_model_conforms_to_itself(semantics: str, paths: int) -> None:
    """
    What does the same differs on no path, and every path is compared.
    """
    found = _compared(PAGE, semantics, PAGE.model().reference())
    assert (found.paths, found.differing, found.shortest) == (paths, 0, None)
    assert (found.statuses, found.bound) == (1, "")


@pytest.mark.parametrize("semantics", ["pre", "post"])
@pytest.mark.parametrize("part", [LIST, LISTS], ids=lambda part: part.name)
def test_model_conforms_to_itself_on_lists(part: Part, semantics: str) -> None:
    """
    Neither does a list; how much of it is compared is said.
    """
    found = _compared(part, semantics, part.model().reference())
    assert (found.differing, found.paths > 1500, found.statuses > 30) == (0, True, True)
    assert found.bound == "1 attempt with every answer, the rest with the first one, or busy"


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES)
def test_what_differs_is_told(change: tuple[str, str], expected: str) -> None:
    """
    Whatever differs is counted, and shown on the shortest path, with the line of the model.
    """
    target = PAGE.model().reference(mutated("pre", change))
    assert _told(_compared(PAGE, "pre", target), PAGE) == expected


def test_other_paths_are_no_same_paths() -> None:
    """
    The two semantics differ on most paths of either.
    """
    model = PAGE.model()
    other = model.reference({"pre": model.modules["post"]})
    found = _compared(PAGE, "pre", other)
    assert (found.paths, found.differing) == (3151, 3102)


@pytest.mark.parametrize("change", DRIVERS.values(), ids=DRIVERS)
def test_what_the_driver_keeps_to_itself_is_found(change: tuple[str, str]) -> None:
    """
    Counts and passes that no call shows at once are found at the end of the run.
    """
    part = LISTS if change == DRIVERS["retries"] else LIST
    target = part.model().reference(by=mutated_driver(change))
    found = _compared(part, "pre", target)
    assert found.differing > 0


def test_a_count_that_is_not_right() -> None:
    """
    What differs ten passes later is shown there.
    """
    target = LIST.model().reference(by=mutated_driver(DRIVERS["failures"]))
    found = _compared(LIST, "pre", target)
    assert _told(found, LIST).partition("\n\n")[2] == NOT_COUNTED


def test_no_run_pays_for_the_places() -> None:
    """
    The machine is as it was when the places were found.
    """
    model = PAGE.model()
    expected = model.reference()
    walk = PAGE.walk(expected, "pre")
    target = model.reference(mutated("pre", CASES["call"][0]))
    found = with_places(conformity(walk, target), walk, expected, target, "")
    assert found.shortest is not None
    assert "begin" not in vars(expected.machine)  # type: ignore[attr-defined]
