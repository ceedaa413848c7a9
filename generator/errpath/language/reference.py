# SPDX-License-Identifier: GPL-2.0-only
"""
The tables of the language reference: every name of a vocabulary, every code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from errpath.language.meaning.lexicon import Lexicon
from errpath.language.report.code import Code
from errpath.spec.change import CHANGES
from errpath.vocabulary.primitive import Primitive
from errpath.vocabulary.vocabulary import Vocabulary

_MARKED: Final = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def tables(vocabulary: Vocabulary) -> dict[str, str]:
    """
    Give the Markdown tables of a vocabulary, by what they list.
    """
    held_on = Lexicon(vocabulary).held_on
    primitives = vocabulary.primitives.values()
    return {
        "settings": _table(
            ("line", "aspect", "words, the default first", "meaning"),
            (
                (
                    f"`{aspect.subject or aspect.name}:`",
                    f"`{aspect.name}`",
                    f"`{word.name}`",
                    word.says,
                )
                for aspect in vocabulary.aspects
                for word in aspect.words
            ),
        ),
        "rules": _table(
            ("what cannot be otherwise",), ((rule.says,) for rule in vocabulary.rules.rules)
        ),
        "faults": _table(
            ("call", "fault", "meaning"),
            (
                (f"`{call}`", f"`{answer.shown}`", answer.fault.says)
                for p in primitives
                for call in p.calls()
                for answer in p.answers
                if answer.fault
            ),
        ),
        "primitives": _table(
            ("primitive", "calls", "results", "meaning", "declared in"),
            (
                (f"`{p.name}`", _code(p.calls()), _results(p), _sentence(p.says), p.source)
                for p in sorted(primitives, key=lambda p: p.name)
            ),
        ),
        "holds": _table(
            ("hold", "on", "meaning"),
            (
                (f"`{hold.name}`", _code(held_on[hold.name] or vocabulary.subjects), hold.noun)
                for hold in vocabulary.holds.values()
            ),
        ),
        "places": _named("place", vocabulary.places),
        "states": _table(
            ("state", "of", "meaning"),
            ((f"`{s.name}`", _code(s.subjects), s.says) for s in vocabulary.states),
        ),
        "counters": _named("counter", vocabulary.counters),
        "cleanup": _named("contract", {name: c.says for name, c in vocabulary.cleanup.items()}),
        "changes": _named("kind", CHANGES),
        "codes": _table(("code", "meaning"), ((f"`{code.code}`", code.says) for code in Code)),
    }


def with_tables(text: str, found: Mapping[str, str]) -> str:
    """
    Put tables into a text between their marks: `<!-- table: NAME -->` to its end.
    """
    return _MARKED.sub(lambda mark: f"{mark[1]}\n{found[mark[2]]}\n{mark[3]}", text)


def _named(what: str, names: Mapping[str, str]) -> str:
    return _table((what, "meaning"), ((f"`{name}`", says) for name, says in names.items()))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _results(primitive: Primitive) -> str:
    return _code(answer.shown for answer in primitive.answers)


def _sentence(says: str) -> str:
    return " ".join(says.partition("\n\n")[0].split())
