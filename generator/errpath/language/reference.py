# SPDX-License-Identifier: GPL-2.0-only
"""
The tables of the language reference: every name of a vocabulary, every code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from errpath.language.meaning.lexicon import Lexicon
from errpath.language.report.code import Code
from errpath.spec.change import CHANGES
from errpath.vocabulary.primitive import Primitive
from errpath.vocabulary.vocabulary import Vocabulary

_MARKED: Final = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def tables(vocabulary: Vocabulary) -> dict[str, str]:
    """
    Give the Markdown tables of a vocabulary, by what they list.

    Those that begin with "list_" have what a list of one page `a` has besides.
    """
    own = _rows(vocabulary)
    listed = _listed(vocabulary, own)
    entries = vocabulary.entries.values()
    return {
        **{name: _table(_HEADS[name], rows) for name, rows in own.items()},
        "entries": _table(
            ("function", "pages, at most", "passes, at most", "meaning"),
            ((f"`{e.name}`", str(e.most), str(e.passes or "none"), e.says) for e in entries),
        ),
        **{f"list_{name}": _table(_HEADS[name], rows) for name, rows in listed.items()},
        "changes": _table(
            ("kind", "meaning"), ((f"`{kind}`", says) for kind, says in CHANGES.items())
        ),
        "codes": _table(("code", "meaning"), ((f"`{code.code}`", code.says) for code in Code)),
    }


_Rows: TypeAlias = "dict[str, list[tuple[str, ...]]]"

_HEADS: Final = {
    "settings": ("line", "aspect", "words, the default first", "meaning"),
    "rules": ("what cannot be otherwise",),
    "faults": ("call", "fault", "meaning"),
    "primitives": ("primitive", "calls", "results", "meaning", "declared in"),
    "holds": ("hold", "on", "meaning"),
    "places": ("place", "meaning"),
    "states": ("state", "of", "meaning"),
    "counters": ("counter", "meaning"),
    "cleanup": ("contract", "meaning"),
}


def _rows(vocabulary: Vocabulary) -> _Rows:
    lexicon = Lexicon(vocabulary)
    primitives = vocabulary.primitives.values()
    return {
        "settings": [
            (
                f"`{aspect.subject or aspect.name}:`",
                f"`{aspect.short}`",
                f"`{word.name}`",
                word.says,
            )
            for aspect in vocabulary.aspects
            for word in aspect.words
        ],
        "rules": [(rule.says,) for rule in vocabulary.rules.rules],
        "faults": [
            (f"`{call}`", f"`{answer.shown}`", answer.fault.says)
            for p in lexicon.fallible
            for call in p.calls()
            for answer in lexicon.answers_to(p, (call,))
            if answer.fault
        ],
        "primitives": [
            (f"`{p.name}`", _code(p.calls()), _results(p), _sentence(p.says), p.source)
            for p in sorted(primitives, key=lambda p: p.name)
        ],
        "holds": [
            (
                f"`{hold.name}`",
                _code(lexicon.held_on[hold.name] or vocabulary.subjects),
                hold.noun,
            )
            for hold in vocabulary.holds.values()
        ],
        "places": _named(vocabulary.places),
        "states": [(f"`{s.name}`", _code(s.subjects), s.says) for s in vocabulary.states],
        "counters": _named(vocabulary.counters),
        "cleanup": _named({name: c.says for name, c in vocabulary.cleanup.items()}),
    }


def _listed(vocabulary: Vocabulary, own: _Rows) -> _Rows:
    """
    Give the rows that lists have, and the model's own function has not.
    """
    found: dict[str, dict[tuple[str, ...], None]] = {name: {} for name in own}
    for entry in vocabulary.entries:
        for name, rows in _rows(vocabulary.at(entry, ("a",))).items():
            found[name].update(dict.fromkeys(row for row in rows if row not in own[name]))
    return {name: list(rows) for name, rows in found.items()}


def with_tables(text: str, found: Mapping[str, str]) -> str:
    """
    Put tables into a text between their marks: `<!-- table: NAME -->` to its end.
    """
    return _MARKED.sub(lambda mark: f"{mark[1]}\n{found[mark[2]]}\n{mark[3]}", text)


def _named(names: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [(f"`{name}`", says) for name, says in names.items()]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _results(primitive: Primitive) -> str:
    return _code(answer.shown for answer in primitive.answers)


def _sentence(says: str) -> str:
    return " ".join(says.partition("\n\n")[0].split())
