# SPDX-License-Identifier: GPL-2.0-only
"""
A little model for tests of what knows no kernel: letters, a lock, a reference.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from errpath.contracts.check import Check
from errpath.contracts.events import Patterns
from errpath.kernel.event import Event, event
from errpath.kernel.findings import KernelBug
from errpath.kernel.ledger import Ledger
from errpath.kernel.run import Run
from errpath.kernel.target import Model, Obligation
from errpath.vocabulary.choice import Choice, Fault, Value
from errpath.vocabulary.hold import Family, Hold, Item, item
from errpath.vocabulary.primitive import Answer, May, Primitive
from errpath.vocabulary.rule import Rules
from errpath.vocabulary.situation import Aspect, Cleanup, State, Word
from errpath.vocabulary.vocabulary import Vocabulary

LOCK = Hold(name="LOCK", family=Family.LOCK, noun="lock")
REF = Hold(name="REF", family=Family.REFERENCE, noun="reference")

BUSY = Fault(marker="busy", says="somebody else has it")
GONE = Fault(marker="gone", says="nothing is left")
XY = ("x", "y")

_PRIMITIVES = (
    *(Primitive(name=letter, subjects=(), says="", source="") for letter in "abcd"),
    Primitive(name="lock", subjects=(XY,), says="", source="", takes=LOCK),
    Primitive(name="unlock", subjects=(XY,), says="", source="", gives_up=LOCK),
    Primitive(name="get", subjects=(XY,), says="", source="", takes=REF),
    Primitive(name="put", subjects=(XY,), says="", source="", gives_up=REF),
    Primitive(name="nap", subjects=(XY,), says="", source="", may=May.SLEEP),
    Primitive(
        name="try",
        subjects=(XY,),
        says="",
        source="",
        answers=(Answer(value=1, shown="1"), Answer(value=0, shown="0", fault=BUSY)),
        takes=LOCK,
    ),
    Primitive(
        name="copy",
        subjects=(XY, XY),
        says="",
        source="",
        answers=(
            Answer(value=0, shown="0"),
            Answer(value=-12, shown="-ENOMEM", fault=GONE),
            Answer(value=-16, shown="-EBUSY", fault=BUSY),
        ),
    ),
    Primitive(
        name="is_full",
        subjects=(XY,),
        says="",
        source="",
        test=True,
        answers=(Answer(value=0, shown="0"), Answer(value=1, shown="1", fault=GONE)),
    ),
)

COLOUR = Choice("colour", None, ("red", "blue"), text="colour")

_CHOICES = (
    COLOUR,
    *(
        Choice(
            primitive.name,
            primitive.subjects[0][0],
            tuple(answer.value for answer in primitive.answers),
            text=call,
            faults={a.value: a.fault for a in primitive.answers if a.fault},
        )
        for primitive in _PRIMITIVES
        if primitive.answers
        for call in primitive.calls()
    ),
)

VOCABULARY = Vocabulary(
    model="toy",
    subjects=XY,
    primitives={primitive.name: primitive for primitive in _PRIMITIVES},
    choices={choice.text: choice for choice in _CHOICES},
    aspects=(
        Aspect(
            name="fill",
            subject="x",
            words=(
                Word(name="empty", answers={"is_full(x)": 0}, says="there is room"),
                Word(name="full", answers={"is_full(x)": 1}, says="there is none"),
            ),
        ),
        Aspect(
            name="colour",
            subject=None,
            words=(
                Word(name="red", answers={"colour": "red"}, says="it is red"),
                Word(name="blue", answers={"colour": "blue"}, says="it is blue"),
            ),
        ),
    ),
    rules=Rules(()),
    holds={"LOCK": LOCK, "REF": REF},
    places={"shelf": "the shelf", "nothing": "nowhere"},
    states=(State(name="sold", subjects=XY, says="it is sold"),),
    counters={"STOCK": "what is left"},
    cleanup={
        "locks": Cleanup(
            name="locks",
            says="no lock is held at return",
            items=frozenset({"LOCK(x)", "LOCK(y)"}),
        ),
        "references": Cleanup(
            name="references",
            says="no reference is held at return",
            items=frozenset({"REF(x)", "REF(y)"}),
        ),
        "taste": Cleanup(
            name="taste", says="it is done in good taste", findings=frozenset({"bad-taste"})
        ),
    },
    reach={"old": frozenset({"a", "b"}), "new": frozenset({"a", "c"})},
)

PATTERNS = Patterns(VOCABULARY)

_EVENTS: dict[str, Event] = {
    made.text: made
    for primitive in _PRIMITIVES
    for call in primitive.calls()
    for subjects in [tuple(filter(None, call.partition("(")[2][:-1].split(", ")))]
    for value in ([a.value for a in primitive.answers] if primitive.answers else [None])
    for made in [event(primitive, subjects, value)]
}


def events(text: str) -> list[Event]:
    """
    Give the events of a trace: "a lock(x) try(y) = 0 b".
    """
    parts = re.findall(r"[a-z_]+(?:\([^)]*\))?(?: = \S+)?", text)
    return [_EVENTS[f"{part}()" if part in VOCABULARY.primitives else part] for part in parts]


def run_of(
    text: str,
    *,
    returns: int | None = 0,
    entitled: frozenset[Item] = frozenset(),
    final: dict[str, dict[str, Any]] | None = None,
    choices: dict[str, Value] | None = None,
    bug: KernelBug | None = None,
) -> Run:
    """
    Give the run that made these events, and whose ledger counted what they took.
    """
    trace = events(text)
    ledger = Ledger(())
    for step, made in enumerate(trace, 1):
        _count(ledger, made, step)
    return Run(
        "old",
        choices=choices or {},
        trace=trace,
        returns=returns,
        ledger=ledger,
        entitled=entitled,
        final=lambda: final or {},
        bug=bug,
    )


def check_of(run: Run, *obligations: Obligation) -> Check:
    """
    Give the contract of a run, under a model with these obligations.
    """
    return Check(run, model=model(*obligations), patterns=PATTERNS)


def model(*obligations: Obligation) -> Model:
    """
    Give the model, which has no target: its runs are made by hand.
    """
    return Model(vocabulary=VOCABULARY, reference=_no_target, obligations=obligations)


def _no_target() -> NoReturn:
    message = "the little model is asked for a target, and has none"
    raise AssertionError(message)


def _count(ledger: Ledger, made: Event, step: int) -> None:
    declared = made.primitive
    if declared.gives_up:
        row = item(declared.gives_up, made.subjects[0])
        since = ledger.take_back(row)
        ledger.spans.append((row, ledger.held.pop(row) if since is None else since, step))
    if declared.takes and made.value not in [a.value for a in declared.faults()]:
        row = item(declared.takes, made.subjects[0])
        if row in ledger.held:
            ledger.more.append((row, step))
        else:
            ledger.held[row] = step
