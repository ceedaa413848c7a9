# SPDX-License-Identifier: GPL-2.0-only
"""
The toy model with functions that are given lists: one that serves in passes, one that waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from errpath.kernel.event import event
from errpath.kernel.machine import Environment, Machine
from errpath.kernel.run import Run
from errpath.kernel.target import Model
from errpath.vocabulary.choice import Choice
from errpath.vocabulary.entry import Entry
from errpath.vocabulary.hold import item
from errpath.vocabulary.primitive import Answer, Primitive
from errpath.vocabulary.rule import Rule, Rules
from errpath.vocabulary.situation import Aspect, Cleanup, State, Word
from errpath.vocabulary.vocabulary import Vocabulary
from tests import toy
from tests.toy import BUSY, GONE, LOCK

PASSES = 3


def vocabulary_on(pages: tuple[str, ...]) -> Vocabulary:
    """
    Give the vocabulary of `serve` on pages of those names.
    """
    new = tuple(f"{page}_new" for page in pages)
    primitives = (
        Primitive(
            name="try",
            subjects=(pages,),
            says="",
            source="",
            answers=(Answer(value=1, shown="1"), Answer(value=0, shown="0", fault=BUSY)),
            takes=LOCK,
        ),
        Primitive(name="unlock", subjects=(pages,), says="", source="", gives_up=LOCK),
        Primitive(
            name="make",
            subjects=(pages,),
            says="",
            source="",
            answers=(
                *(Answer(value=n, shown=n, only=p) for p, n in zip(pages, new, strict=True)),
                Answer(value="NULL", shown="NULL", fault=GONE),
            ),
        ),
        Primitive(
            name="copy",
            subjects=(pages, new),
            together=tuple(zip(pages, new, strict=True)),
            says="",
            source="",
            answers=(
                Answer(value=0, shown="0"),
                Answer(value=-12, shown="-ENOMEM", fault=GONE),
                Answer(value=-16, shown="-EBUSY", fault=BUSY),
            ),
        ),
        Primitive(
            name="is_left",
            subjects=(pages,),
            says="",
            source="",
            test=True,
            computed=True,
            answers=(Answer(value=0, shown="0"), Answer(value=1, shown="1", fault=GONE)),
        ),
        Primitive(
            name="is_full",
            subjects=(pages,),
            says="",
            source="",
            test=True,
            answers=(Answer(value=0, shown="0"), Answer(value=1, shown="1", fault=GONE)),
        ),
    )
    choices = (toy.COLOUR, *(c for p in primitives if not p.computed for c in _choices(p)))
    every = frozenset(primitive.name for primitive in primitives)
    return Vocabulary(
        model="toy",
        entry="serve",
        pages=pages,
        subjects=(*pages, *new),
        primitives={primitive.name: primitive for primitive in primitives},
        choices={choice.text: choice for choice in choices},
        aspects=(
            *(
                Aspect(
                    name=f"{page}_fill",
                    label="fill",
                    subject=page,
                    words=(
                        Word(name="empty", answers={f"is_full({page})": 0}, says="there is room"),
                        Word(name="full", answers={f"is_full({page})": 1}, says="there is none"),
                    ),
                )
                for page in pages
            ),
            *toy.VOCABULARY.settings.values(),
        ),
        rules=Rules(
            Rule(
                says="what is full is not short of memory",
                excludes={f"is_full({page})": 1, f"copy({page}, {page}_new)": -12},
            )
            for page in pages
        ),
        holds={"LOCK": LOCK},
        places={"shelf": "the shelf", "nothing": "nowhere"},
        states=(State(name="sold", subjects=pages, says="it is sold"),),
        counters={"passes": "how often it goes over the list", "SOLD": "what is sold"},
        cleanup={
            "locks": Cleanup(
                name="locks",
                says="no lock is held at return",
                items=frozenset(f"LOCK({page})" for page in pages),
            ),
            "balanced": Cleanup(name="balanced", says="everything is as before, or sold"),
        },
        reach={"old": every, "new": every},
    )


def _choices(primitive: Primitive) -> list[Choice]:
    return [
        Choice(
            primitive.name,
            names[0],
            tuple(answer.value for answer in primitive.answers_on(names)),
            text=call,
            faults={a.value: a.fault for a in primitive.answers if a.fault},
        )
        for names, call in zip(primitive.named(), primitive.calls(), strict=True)
        if primitive.answers
    ]


SERVE = Entry(
    name="serve",
    says="Serves each page, and what is busy again in the next pass.",
    most=4,
    on=vocabulary_on,
    endings=("_new",),
    passes=PASSES,
    counts=True,
)
WAIT = Entry(
    name="wait",
    says="Waits for each page.",
    most=2,
    on=lambda pages: replace(vocabulary_on(pages), entry="wait"),
)

VOCABULARY = replace(
    toy.VOCABULARY, entry="trade", entries={entry.name: entry for entry in (SERVE, WAIT)}
)


class Serving:
    """
    What runs `serve`: it tries each page, copies it, and goes over what is left once more.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.machine = Machine()

    def run(self, semantics: str, environment: Environment) -> Run:
        """
        Run it once; it returns how many pages are left.
        """
        k = self.machine
        k.begin(environment, held=(), on={})
        begin: Callable[[int], None] | None = getattr(environment, "begin_pass", None)
        left = list(self.vocabulary.pages)
        passes: list[tuple[int, int]] = []
        while left and len(passes) < PASSES:
            start = len(k.trace)
            if begin is not None:
                begin(len(passes) + 1)
            left = [page for page in left if not self._serve(page)]
            passes.append((start, len(k.trace)))
        counters = {"passes": len(passes), "SOLD": len(self.vocabulary.pages) - len(left)}
        final = {
            page: {"on": "nothing" if page in left else "shelf", "sold": page not in left}
            for page in self.vocabulary.pages
        }
        return Run(
            semantics,
            choices=k.choices,
            trace=k.trace,
            returns=len(left),
            ledger=k.ledger,
            entitled=frozenset(),
            final=lambda: final | {"counters": counters},
            passes=tuple(passes),
        )

    def _serve(self, page: str) -> bool:
        if not self._call("try", page):
            return False
        self.machine.take(item(LOCK, page))
        copied = self._call("copy", page, f"{page}_new") == 0
        self._call("unlock", page)
        self.machine.give_up(item(LOCK, page))
        return copied

    def _call(self, name: str, *names: str) -> object:
        primitive = self.vocabulary.primitives[name]
        choice = self.vocabulary.choices.get(f"{name}({', '.join(names)})")
        value = None if choice is None else self.machine.ask(choice)
        self.machine.trace.append(event(primitive, names, value))
        return value


def model_on(pages: tuple[str, ...]) -> Model:
    """
    Give the model of `serve` on pages of those names.
    """
    vocabulary = VOCABULARY.at("serve", pages)
    return Model(vocabulary=vocabulary, reference=lambda: Serving(vocabulary))


MODEL = Model(
    vocabulary=VOCABULARY, reference=lambda: Serving(VOCABULARY), entries={"serve": model_on}
)
