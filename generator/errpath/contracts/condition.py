# SPDX-License-Identifier: GPL-2.0-only
"""
When a law binds.

A path answers what the code asked, and leaves the rest open. Where a condition reads what
is open, it may hold: True is "on every completion of the path", False is "on none", and
None is "on some".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from errpath.contracts.events import Patterns
    from errpath.kernel.run import Run
    from errpath.vocabulary.vocabulary import Vocabulary


class Terms:
    """
    What the words and the patterns of conditions mean.
    """

    def __init__(self, vocabulary: Vocabulary, patterns: Patterns) -> None:
        self.meant_by = patterns.meant_by
        self._rules = vocabulary.rules
        self._words = {
            (aspect.name, word.name): word.answers
            for aspect in vocabulary.aspects
            for word in aspect.words
        }

    def said(self, aspect: str, word: str, run: Run) -> bool | None:
        """
        Tell whether a path is in the situation that a word describes.
        """
        answers = self._words[aspect, word]
        left = {text: value for text, value in answers.items() if text not in run.choices}
        if any(run.choices[text] != answers[text] for text in answers.keys() - left.keys()):
            return False
        if not left:
            return True
        return None if self._rules.broken_by({**run.choices, **left}) is None else False


class Condition(Protocol):
    """
    A question to a whole path. If it is `settled`, paths that did the same answer it alike.

    `patterns` are those whose calls it looks for, `aspects` those of the situation.
    """

    @property
    def aspects(self) -> tuple[str, ...]:
        """
        The aspects of the situation that it asks for.
        """
        ...

    @property
    def patterns(self) -> tuple[str, ...]:
        """
        The patterns whose calls it looks for.
        """
        ...

    @property
    def settled(self) -> bool:
        """
        Whether the answer is in the trace and the return code.
        """
        ...

    def holds(self, run: Run, terms: Terms) -> bool | None:
        """
        Tell whether it holds on a path: True, False, or None for "on some completions".
        """
        ...


class Made:
    """
    A call of the pattern was made: `trylock_page(src) fails`.
    """

    settled: Final = True
    aspects: Final[tuple[str, ...]] = ()

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.patterns = (pattern,)

    def holds(self, run: Run, terms: Terms) -> bool:
        """
        Look for the call in the trace.
        """
        return not terms.meant_by(self._pattern).isdisjoint(run.trace)


class Said:
    """
    The situation has one of the words of an aspect: `src is anon`, `force is yes`.
    """

    settled: Final = False
    patterns: Final[tuple[str, ...]] = ()

    def __init__(self, aspect: str, *words: str) -> None:
        self._aspect = aspect
        self._words = words
        self.aspects = (aspect,)

    def holds(self, run: Run, terms: Terms) -> bool | None:
        """
        Compare the words with what the path asked.
        """
        return _some(terms.said(self._aspect, word, run) for word in self._words)


class Returned:
    """
    The return code is one of `codes`.
    """

    settled: Final = True
    patterns: Final[tuple[str, ...]] = ()
    aspects: Final[tuple[str, ...]] = ()

    def __init__(self, *codes: int) -> None:
        self._codes = codes

    def holds(self, run: Run, terms: Terms) -> bool:
        """
        Compare the return code.
        """
        del terms
        return run.returns in self._codes


class Stopped:
    """
    A debug check of the kernel stops the run.
    """

    settled: Final = True
    patterns: Final[tuple[str, ...]] = ()
    aspects: Final[tuple[str, ...]] = ()

    def holds(self, run: Run, terms: Terms) -> bool:
        """
        Look for a bug.
        """
        del terms
        return run.bug is not None


class Not:
    """
    The condition does not hold.
    """

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self.settled = condition.settled
        self.patterns = condition.patterns
        self.aspects = condition.aspects

    def holds(self, run: Run, terms: Terms) -> bool | None:
        """
        Turn the answer round.
        """
        inner = self._condition.holds(run, terms)
        return None if inner is None else not inner


class All:
    """
    All of the conditions hold; of none, it always does.
    """

    def __init__(self, *conditions: Condition) -> None:
        self._conditions = conditions
        self.settled = all(condition.settled for condition in conditions)
        self.patterns = tuple(text for condition in conditions for text in condition.patterns)
        self.aspects = tuple(name for condition in conditions for name in condition.aspects)

    def holds(self, run: Run, terms: Terms) -> bool | None:
        """
        Ask each.
        """
        found = [condition.holds(run, terms) for condition in self._conditions]
        if False in found:
            return False
        return None if None in found else True


class Some:
    """
    At least one of the conditions holds.
    """

    def __init__(self, *conditions: Condition) -> None:
        self._conditions = conditions
        self.settled = all(condition.settled for condition in conditions)
        self.patterns = tuple(text for condition in conditions for text in condition.patterns)
        self.aspects = tuple(name for condition in conditions for name in condition.aspects)

    def holds(self, run: Run, terms: Terms) -> bool | None:
        """
        Ask each.
        """
        return _some(condition.holds(run, terms) for condition in self._conditions)


EVERY_PATH = All()
"""The condition of a law that has none."""


def _some(verdicts: Iterable[bool | None]) -> bool | None:
    found = list(verdicts)
    if True in found:
        return True
    return None if None in found else False
