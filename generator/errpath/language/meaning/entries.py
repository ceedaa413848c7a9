# SPDX-License-Identifier: GPL-2.0-only
"""
The functions that items run, each with what the names mean on its pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, TypeAlias

from lark import Token

from errpath.language.meaning.lexicon import Lexicon
from errpath.language.meaning.names import Names
from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Note
from errpath.language.report.problems import Problems
from errpath.language.report.suggest import listed, short
from errpath.language.syntax import tree
from errpath.language.syntax.grammar import words
from errpath.vocabulary.entry import Entry
from errpath.vocabulary.vocabulary import Vocabulary

_Pages: TypeAlias = "tuple[str, ...]"

_OF_ONE_LIST: Final = frozenset({"situation", "scenario"})


class Entries:
    """
    What finds the function that an item runs; each list of pages is made sense of once.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.default = Names(Lexicon(vocabulary))
        self._named: dict[tuple[str, _Pages, bool], Names] = {}

    def names(self, item: tree.Item, problems: Problems) -> Names | None:
        """
        Give what the names in an item mean; None, and a report, if its `run` makes no sense.
        """
        run = next((said for said in item.body if isinstance(said, tree.Runs)), None)
        if run is None:
            return self.default
        entry = self._entry(run.call.tokens[0], problems)
        if entry is None or not self._listed(entry, run.call.tokens, problems):
            return None
        if run.each and item.keyword.value in _OF_ONE_LIST:
            _unlisted(item, run, problems)
            return None
        pages = tuple([token.value for token in run.call.tokens[1:]])
        key = entry.name, pages, run.each
        found = self._named.get(key)
        if found is None:
            vocabulary = self._vocabulary.at(entry.name, pages)
            if not _told_apart(vocabulary, run.call.tokens[1:], problems):
                return None
            found = self._named[key] = Names(Lexicon(vocabulary, entry, each=run.each))
        return found

    def _entry(self, token: Token, problems: Problems) -> Entry | None:
        entries = self._vocabulary.entries
        if token.value == self._vocabulary.entry:
            message = f"`{token}` is what is run where nothing is said"
            known = f"the entries are {listed(entries)}" if entries else None
            problems.report(Code.UNKNOWN_ENTRY, message, token, help=known)
            return None
        found = entries.get(token.value)
        if found is None:
            problems.unknown(Code.UNKNOWN_ENTRY, "entry", token, entries, plural="entries")
        return found

    def _listed(self, entry: Entry, tokens: list[Token], problems: Problems) -> bool:
        """
        Tell whether an entry can be given the pages, and report what is wrong with them.
        """
        before = len(problems.found)
        name, *pages = tokens
        if not pages:
            problems.report(
                Code.NO_PAGE,
                f"`{entry.name}` is given no page",
                name,
                help=f"its pages are named here: `run {entry.name}(a, b)`",
            )
        if len(pages) > entry.most:
            problems.report(
                Code.TOO_MANY_PAGES,
                f"`{entry.name}` is given {len(pages):,} pages",
                name,
                help=f"it takes at most {entry.most}",
            )
            return False
        first: dict[str, Token] = {}
        for token in pages:
            if first.setdefault(token.value, token) is not token:
                note = Note(message="first named here", at=problems.span(first[token.value]))
                says = f"the page `{short(token)}` is named twice"
                problems.report(Code.PAGE_TWICE, says, token, notes=[note])
                continue
            why = self._taken(token.value, entry)
            if why is not None:
                _reserved(token, why, problems)
        return len(problems.found) == before

    def _taken(self, page: str, entry: Entry) -> str | None:
        if page in words():
            return f"`{page}` is a word of the language"
        ending = next((ending for ending in entry.endings if page.endswith(ending)), None)
        if ending is not None:
            return f"a name that ends in `{ending}` is given by the model"
        if page in {*self._vocabulary.subjects, *_others(self._vocabulary)}:
            return f"`{page}` is a name of the vocabulary"
        return None


def _others(vocabulary: Vocabulary) -> Iterator[str]:
    """
    Give the names of a vocabulary that are no pages.
    """
    yield from vocabulary.primitives
    yield from vocabulary.semantics
    yield from vocabulary.holds
    yield from vocabulary.places
    yield from vocabulary.counters
    yield from vocabulary.cleanup
    yield from vocabulary.entries
    yield vocabulary.entry
    for state in vocabulary.states:
        yield state.name
    for aspect in vocabulary.aspects:
        yield aspect.name
        yield aspect.short
        for word in aspect.words:
            yield word.name


def _told_apart(vocabulary: Vocabulary, pages: list[Token], problems: Problems) -> bool:
    """
    Tell whether the names that pages give rise to are each of one thing.
    """
    before = len(problems.found)
    others = {*_others(vocabulary)}
    for token in pages:
        if token.value in others:
            _reserved(token, f"`{token}` is a name of the vocabulary", problems)
    counts = Counter(vocabulary.subjects), Counter(a.name for a in vocabulary.aspects)
    twice = sorted({name for names in counts for name in names if names[name] > 1})
    if twice and len(problems.found) == before:
        why = f"with the other pages, {listed(twice)} would be two things"
        _reserved(pages[-1], why, problems)
    return len(problems.found) == before


def _unlisted(item: tree.Item, run: tree.Runs, problems: Problems) -> None:
    name, page = run.call.tokens
    problems.report(
        Code.UNLISTED_PAGES,
        f"the {item.keyword} is about one list, and `each {short(page)}` is about all",
        page,
        help=f"it names the pages of its list: `run {name}(a, b)`",
    )


def _reserved(page: Token, why: str, problems: Problems) -> None:
    problems.report(Code.RESERVED_PAGE, f"no page can be named `{short(page)}`", page, help=why)
