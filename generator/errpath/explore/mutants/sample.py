# SPDX-License-Identifier: GPL-2.0-only
"""
Some of the environments of a function whose paths are too many: the same ones each time.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from errpath.explore.mutants.difference import Difference, seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

    from errpath.explore.mutants.running import Guarded
    from errpath.kernel.target import Model, Target
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules
    from errpath.vocabulary.vocabulary import Vocabulary

_USUAL: Final = 80
"""
Of a hundred questions so many are answered as they are by default: what is rare happens one at a
time.
"""

_PAGES: Final = ("a", "b")
_OF_EACH: Final = 100
"""How many environments each entry has, in each semantics, on each list."""

_NONE: Final[Mapping[str, Value]] = MappingProxyType({})


class Sampled:
    """
    One environment, by its number; two runs of it get the same answer to the same question.

    `choices` are the answers that any run of it read.
    """

    def __init__(self, number: int, rules: Rules, choices: Mapping[str, Value] = _NONE) -> None:
        self._number = number
        self._rules = rules
        self.choices: dict[str, Value] = dict(choices)
        self.restart()

    def restart(self) -> None:
        """
        Make ready for another run.
        """
        self._asked: Counter[str] = Counter()
        self._known: dict[str, Value] = {}

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a question as it was answered at its n-th asking, or else as a die falls.
        """
        text = choice.text
        self._asked[text] += 1
        count = self._asked[text]
        key = text if count == 1 else f"{text}#{count}"
        if key not in self.choices:
            self.choices[key] = self._answer(choice, key)
        self._known[text] = self.choices[key]
        return self.choices[key]

    def _answer(self, choice: Choice, key: str) -> Value:
        possible = self._rules.possible(choice, self._known)
        # The die is one of the question: it falls alike whatever was asked before.
        die = crc32(f"{self._number} {key}".encode())
        if choice.default in possible and die % 100 < _USUAL:
            return choice.default
        return possible[die // 100 % len(possible)]

    def forget(self, texts: Iterable[str]) -> None:
        """
        Hold no answer to come against what these choices were answered.
        """
        for text in texts:
            self._known.pop(text, None)


class Sample:
    """
    The environments of a model's entries on short lists; `size` tells how many.

    `vocabulary` is that of the entry with the most primitives.
    """

    def __init__(self, model: Model) -> None:
        lists = [_PAGES[:count] for count in range(1, len(_PAGES) + 1)]
        self._models = [model.at(entry, pages) for entry in model.entries for pages in lists]
        self.size = sum(len(one.vocabulary.semantics) * _OF_EACH for one in self._models)
        self.vocabulary: Vocabulary = max(self._models, key=_reached).vocabulary

    def told(self, guarded: Guarded, module: ModuleType) -> Difference | None:
        """
        Look for an environment that tells a changed module, and give the one with the least to say.

        Its choices are those that are not answered as they are by default.
        """
        return min(self._differences(guarded, module), key=_size, default=None)

    def _differences(self, guarded: Guarded, module: ModuleType) -> Iterator[Difference]:
        targets = {id(model): model.reference(by=module) for model in self._models}
        for tried in self._right:
            model = tried.model
            sampled = Sampled(tried.number, model.vocabulary.rules, tried.choices)
            run = partial(targets[id(model)].run, tried.semantics, sampled)
            found = seen(guarded(run))
            if found != tried.right:
                yield Difference(_unusual(sampled, model), tried.right, found)

    @cached_property
    def _right(self) -> list[_Tried]:
        return [
            _tried(model, target, semantics, number)
            for model in self._models
            for target in [model.reference()]
            for semantics in model.vocabulary.semantics
            for number in range(_OF_EACH)
        ]


class _Tried(NamedTuple):
    """
    An environment of an entry, and what the right version does in it.
    """

    model: Model
    semantics: str
    number: int
    choices: Mapping[str, Value]
    right: tuple[str, ...]


def _tried(model: Model, target: Target, semantics: str, number: int) -> _Tried:
    sampled = Sampled(number, model.vocabulary.rules)
    found = seen(target.run(semantics, sampled))
    return _Tried(model, semantics, number, sampled.choices, found)


def _unusual(sampled: Sampled, model: Model) -> dict[str, Value]:
    choices = model.vocabulary.choices
    return {
        text: value
        for text, value in sampled.choices.items()
        if value != choices[text.partition("#")[0]].default
    }


def _reached(model: Model) -> int:
    return max(map(len, model.vocabulary.reach.values()))


def _size(difference: Difference) -> tuple[int, int]:
    return len(difference.choices), len(difference.right) + len(difference.wrong)
