# SPDX-License-Identifier: GPL-2.0-only
"""
The contract that is checked without being asked: what is held at return.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from errpath.kernel.target import Complaint
from errpath.vocabulary.errno import spell
from errpath.vocabulary.hold import Family

if TYPE_CHECKING:
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.vocabulary.hold import Item
    from errpath.vocabulary.vocabulary import Vocabulary


def complaints(run: Run, model: Model) -> list[Complaint]:
    """
    List what a run that returned holds and must not, lacks and must have, or else did wrong.
    """
    found: list[Complaint] = []
    ledger = run.ledger
    if ledger.more or ledger.held.keys() != run.entitled:
        found += _ledger(run, model.vocabulary)
    for obligation in model.obligations:
        found += obligation(run)
    return found


def complaints_of(run: Run, model: Model, contract: str) -> list[Complaint]:
    """
    List the complaints about one contract: the ledger shows them, or else an obligation.
    """
    if not model.vocabulary.cleanup[contract].items:
        found = [one for obligation in model.obligations for one in obligation(run)]
    elif run.ledger.more or run.ledger.held.keys() != run.entitled:
        found = list(_ledger(run, model.vocabulary))
    else:
        return []
    return [one for one in found if one.contract == contract]


def contracts_broken(run: Run, model: Model) -> set[str]:
    """
    Name the contracts that there are complaints about; to word them takes several times as long.
    """
    ledger, cleanup_of = run.ledger, model.vocabulary.cleanup_of
    wrong = ledger.held.keys() ^ run.entitled
    if ledger.more:
        wrong |= {item for item, _ in ledger.more}
    found = {cleanup_of.get(item.text, item.hold.family.value) for item in wrong}
    for obligation in model.obligations:
        found.update(complaint.contract for complaint in obligation(run))
    return found


def _ledger(run: Run, vocabulary: Vocabulary) -> Iterator[Complaint]:
    for item, since in run.ledger.open_rows():
        if item not in run.entitled or (item, since) in run.ledger.more:
            says, marks = _kept(run, item, since)
            yield Complaint(contract=_contract(vocabulary, item), says=says, marks=marks)
    lost = [(run.ledger.given_up_at(it), it) for it in run.entitled if it not in run.ledger.held]
    for step, item in sorted(lost, key=lambda row: (row[0] or 0, row[1].text)):
        says = f"{_code(run)} leaves {item.subject}'s {item.hold.noun} with the caller, "
        says += _lost(item, step)
        marks = (step,) if step else ()
        yield Complaint(contract=_contract(vocabulary, item), says=says, marks=marks)


def _lost(item: Item, step: int | None) -> str:
    if step is None:
        return "but it was never held"
    if item.hold.family is Family.FLAG:
        # A flag is cleared between two calls.
        return f"but it is cleared after {{{step}}}" if step else "but it is cleared at once"
    return f"but {{{step}}} gives it up"


def _kept(run: Run, item: Item, since: int) -> tuple[str, tuple[int, ...]]:
    thing = f"{item.subject}'s {item.hold.noun}"
    if since == 0:
        return f"{_code(run)} ends the caller's hold, but {thing} is still there at return", ()
    verb = "are" if item.hold.family is Family.ENTRIES else "is"
    last = max(
        (step for step, made in enumerate(run.trace, 1) if not made.primitive.test), default=since
    )
    exit_ = f"the exit after {{{last}}} that returns {_code(run)}"
    if item.hold.family is Family.FLAG:
        return f"{thing}, {_set(run, since)}, is still set at return: {exit_} forgets it", ()
    says = f"{thing}, taken by {{{since}}}, {verb} still held at return: {exit_} forgets it"
    return says, (since,)


def _set(run: Run, step: int) -> str:
    return f"set before {{{step}}}" if step <= len(run.trace) else "set after the last call"


def _contract(vocabulary: Vocabulary, item: Item) -> str:
    return vocabulary.cleanup_of.get(item.text, item.hold.family.value)


def _code(run: Run) -> str:
    return "NULL" if run.returns is None else spell(run.returns)
