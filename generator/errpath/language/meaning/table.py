# SPDX-License-Identifier: GPL-2.0-only
"""
The table of a scenario's cases: which word or result stands under which parameter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from errpath.language.meaning.parts import Failing, Part, Stated
from errpath.language.meaning.slug import slug
from errpath.spec.situation import Injection, Setting, Situation
from errpath.vocabulary.situation import Aspect

Row: TypeAlias = "tuple[tuple[str, ...], tuple[str, ...]]"
"""One case: a word or result for each part, and a word for each aspect that is implied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    The cases of a situation: each has a word or a result for each of the `parameters`.

    `settings` are what is stated and what that implies. `faults` has for each fault the
    results that are left, and the parameter that chooses from them.
    """

    settings: tuple[Setting, ...]
    faults: tuple[tuple[tuple[str, ...], str | None], ...]
    parameters: tuple[str, ...]
    cases: tuple[tuple[str, ...], ...]

    def situation(self, parts: list[Part]) -> Situation:
        """
        Give the situation that stands in the spec, with the places of its faults.
        """
        injections = [part.injection for part in parts if isinstance(part, Failing)]
        faults = [
            injection.model_copy(update={"results": results, "parameter": parameter})
            if parameter or results != injection.results
            else injection
            for injection, (results, parameter) in zip(injections, self.faults, strict=True)
        ]
        return Situation(settings=self.settings, faults=tuple(faults))


class _Columns:
    """
    The columns of a table, as they come.
    """

    def __init__(self) -> None:
        self.by_name: dict[str, list[str]] = {}

    def add(self, name: str, values: list[str]) -> tuple[tuple[str, ...], str | None]:
        """
        Take a column in if it varies; give what stands in it, and its name.
        """
        distinct = tuple(dict.fromkeys(values))
        if len(distinct) == 1:
            return distinct, None
        while name in self.by_name:
            name += "_"
        self.by_name[name] = values
        return distinct, name


def table(parts: list[Part], implied: list[Aspect], rows: list[Row]) -> Table:
    """
    Arrange rows under parameters: what is stated, then what that implies, then the faults.
    """
    columns = _Columns()
    settings: list[Setting] = []
    for i, part in enumerate(parts):
        if isinstance(part, Stated):
            words, _ = columns.add(part.aspect.name, [stated[i] for stated, _ in rows])
            settings.append(_setting(part.aspect, words, stated=True))
    for i, aspect in enumerate(implied):
        words, _ = columns.add(aspect.name, [found[i] for _, found in rows])
        if words != (aspect.default.name,):
            settings.append(_setting(aspect, words, stated=False))
    faults = []
    for i, part in enumerate(parts):
        if isinstance(part, Failing):
            results = [stated[i] for stated, _ in rows]
            faults.append(columns.add(_name(part.injection, results, columns), results))
    by_name = columns.by_name
    return Table(
        settings=tuple(settings),
        faults=tuple(faults),
        parameters=tuple(by_name),
        cases=tuple(zip(*by_name.values(), strict=True)) if by_name else ((),),
    )


def _setting(aspect: Aspect, words: tuple[str, ...], *, stated: bool) -> Setting:
    return Setting(aspect=aspect.name, subject=aspect.subject, words=words, stated=stated)


def _name(injection: Injection, results: list[str], columns: _Columns) -> str:
    if "errno" not in columns.by_name and all(result.startswith("-E") for result in results):
        return "errno"
    return slug(injection.call)
