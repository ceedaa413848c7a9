# SPDX-License-Identifier: GPL-2.0-only
"""
Laws about lists of pages: the table of their verdicts, and of what was merged.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from errpath.commands.finding import Code, Finding
from errpath.commands.loading import counted
from errpath.contracts.number import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errpath.commands.pages import Lengths
    from errpath.explore.merged.verdicts import Merging, Verdict, Verdicts

_NOTHING = "-"

Rows: TypeAlias = "list[list[str]]"
Table: TypeAlias = "tuple[list[str], Rows]"


def tables_of(found: Sequence[Verdicts], pages: Lengths, semantics: Sequence[str]) -> list[Table]:
    """
    Give the table of the laws, and one of the paths of each function that they run.
    """
    rows = _law_rows(found, semantics)
    tables = [([f"law of {_lists(pages)}", *semantics], rows)] if rows else []
    entries = sorted({merging.entry for one in found for merging in one.merging})
    for entry in entries:
        head = [f"paths of {entry}()", *semantics]
        tables.append((head, _merging_rows(found, semantics, entry)))
    return tables


def bound_of(found: Sequence[Verdicts]) -> Iterator[str]:
    """
    Say how far the verdict goes, if there is one.
    """
    lengths = [one.pages for some in found for one in some.merging]
    if lengths:
        longest = counted(max(lengths), "page")
        yield f"all paths over these lists are judged; a list of more than {longest} is not"


def undecided(found: Sequence[Verdicts], pages: Lengths) -> Iterator[str]:
    """
    Say what wants longer lists than were asked for.
    """
    length = counted(pages[-1], "page")
    for verdict in chain.from_iterable(one.laws for one in found):
        for one in verdict.undecided:
            where = f"{verdict.semantics}, {verdict.law.at}"
            said = one.replace("\n   - ", ", ")
            yield f"not decided with {length} in {where}: {said}"


def messages_of(found: Sequence[Verdicts]) -> Iterator[str]:
    """
    Give what is told of laws that are broken, or checked nothing.
    """
    return (verdict.message for one in found for verdict in one.laws if verdict.message)


def _lists(pages: Lengths) -> str:
    last = counted(pages[-1], "page")
    return f"lists of {last}" if len(pages) == 1 else f"lists of {pages[0]} to {last}"


def _law_rows(found: Sequence[Verdicts], semantics: Sequence[str]) -> Rows:
    """
    Give a row for each law, with what each semantics keeps.
    """
    cells: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for verdict in chain.from_iterable(one.laws for one in found):
        at = str(verdict.law.at)
        names[at] = verdict.law.name
        cells.setdefault(at, {})[verdict.semantics] = _cell(verdict)
    return [
        [name, *(cells[at].get(one, _NOTHING) for one in semantics)] for at, name in names.items()
    ]


def _merging_rows(found: Sequence[Verdicts], semantics: Sequence[str], entry: str) -> Rows:
    """
    Give the number of paths for each length of lists, and what was merged to count them.
    """
    by = {
        (one.pages, one.semantics): one
        for one in chain.from_iterable(some.merging for some in found)
        if one.entry == entry
    }
    lengths = sorted({pages for pages, _ in by})
    rows = [
        [counted(pages, "page"), *(_paths(by.get((pages, name))) for name in semantics)]
        for pages in lengths
    ]
    for says, what in _MERGED.items():
        most = [[getattr(by[key], what) for key in by if key[1] == name] for name in semantics]
        rows.append([says, *(str(max(some)) if some else _NOTHING for some in most)])
    return rows


_MERGED = {
    "states of a page alone": "statuses",
    "attempts on it": "attempts",
    "runs made": "runs",
    "classes of paths, at most": "classes",
}
"""What is told of the merging, and what has it."""


def refused(found: Sequence[Verdicts]) -> Iterator[Finding]:
    """
    Find the laws that cannot be judged on lists, each once.
    """
    told: set[tuple[str, str]] = set()
    for verdict in chain.from_iterable(one.laws for one in found):
        law = verdict.law
        if verdict.refused and (str(law.at), verdict.refused) not in told:
            told.add((str(law.at), verdict.refused))
            yield Finding(
                code=Code.NOT_JUDGED,
                message=f'"{law.name}" is about `run {law.entry}`: {verdict.refused}',
                file=law.at.file,
                line=law.at.line,
            )


def objects(found: Sequence[Verdicts]) -> Iterator[dict[str, Any]]:
    """
    Give an object for each law, semantics and length, and for the paths of each length.
    """
    for one in found:
        for verdict in one.laws:
            yield from _of_law(verdict)
        for merging in one.merging:
            yield _of_paths(merging)


def _of_law(verdict: Verdict) -> Iterator[dict[str, Any]]:
    law = verdict.law
    head = {
        "law": law.name,
        "at": str(law.at),
        "run": str(law.entry),
        "semantics": verdict.semantics,
    }
    if verdict.refused:
        yield {**head, "judged": False, "because": verdict.refused}
    for count in verdict.counts:
        yield {
            **head,
            "judged": True,
            "pages": count.pages,
            "binds": count.bound,
            "kept": count.bound - count.broken - count.excused,
            "excused": count.excused,
            "broken": count.broken,
        }


def _of_paths(merging: Merging) -> dict[str, Any]:
    return {
        "run": merging.entry,
        "semantics": merging.semantics,
        "pages": merging.pages,
        "paths": merging.paths,
        "returns": {str(code): count for code, count in merging.returns.items()},
        "bugs": merging.bugs,
        "classes": merging.classes,
        "statuses": merging.statuses,
        "attempts": merging.attempts,
        "runs": merging.runs,
    }


def _cell(verdict: Verdict) -> str:
    if verdict.refused:
        return "NOT JUDGED"
    if verdict.broken:
        return f"{spelled(verdict.broken)} BROKEN of {spelled(verdict.bound)}"
    if verdict.message:
        return "UNCHECKED"
    if not verdict.bound:
        return "not decided"
    excused = verdict.excused
    kept = f"{spelled(verdict.bound - excused)} kept"
    return f"{kept}, {spelled(excused)} excused" if excused else kept


def _paths(merging: Merging | None) -> str:
    return spelled(merging.paths) if merging else _NOTHING
