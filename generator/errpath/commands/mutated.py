# SPDX-License-Identifier: GPL-2.0-only
"""
What `errpath mutate` says of the mutants: tables, survivors, the kernel's own bugs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import ndiff
from typing import TYPE_CHECKING, Any

import click

from errpath.commands.loading import counted
from errpath.commands.screen import fold, show
from errpath.commands.table import table
from errpath.explore.mutants.above import AboveJudge
from errpath.explore.mutants.matrix import Worth, score, worths
from errpath.explore.suggest.situation import told

if TYPE_CHECKING:
    from errpath.explore.mutants.judge import Judge, Verdict
    from errpath.explore.mutants.matrix import Score
    from errpath.vocabulary.vocabulary import Vocabulary

_HEAD = ("mutants", "killed", "equivalent", "survived", "score")


class Report:
    """
    The verdicts on the mutants of one or more semantics.
    """

    def __init__(
        self,
        judges: Sequence[Judge | AboveJudge],
        verdicts: Sequence[Verdict],
        vocabulary: Vocabulary,
    ) -> None:
        self._judges = judges
        self._verdicts = verdicts
        self._vocabulary = vocabulary
        self._contracts = {judge.semantics: judge.contracts for judge in judges}
        self.errors = [verdict for verdict in verdicts if verdict.survived or verdict.gainsaid]
        self.unscored = score(verdicts).score is None

    def print(self, *, every: bool) -> None:
        """
        Print all of it; with `every`, a row for each test as well.
        """
        for judge in self._judges:
            mine = [one for one in self._verdicts if one.mutant.semantics == judge.semantics]
            if mine:
                self._scores(judge, mine)
        bugs = [verdict for verdict in self._verdicts if verdict.mutant.bug]
        if bugs:
            show("bugs that the kernel had:")
            for verdict in bugs:
                show("\n".join(self._bug(verdict)))
            click.echo()
        self._tests(every=every)
        for verdict in self.errors:
            show("\n" + "\n".join(self._error(verdict)))

    def _scores(self, judge: Judge | AboveJudge, verdicts: Sequence[Verdict]) -> None:
        scenarios = counted(len(judge.scenarios), "scenario")
        laws = counted(len(judge.laws), "law")
        show(f"{judge.semantics}, {judge.source.file}: {counted(len(verdicts), 'mutant')}")
        show(f"  judged by {scenarios} and {laws}")
        if judge.left_out:
            kind = "law" if isinstance(judge, AboveJudge) else "contract"
            show(f"  not run: {counted(judge.left_out, kind)} of entries")
        click.echo()
        operators = dict.fromkeys(verdict.mutant.operator for verdict in verdicts)
        rows = [
            [name, *_row(score(one for one in verdicts if one.mutant.operator == name))]
            for name in operators
        ]
        whole = score(verdicts)
        table(["operator", *_HEAD], [*rows, ["all", *_row(whole)]])
        by_scenarios = whole.killed - whole.by_laws
        show(
            f"\nkilled by scenarios: {by_scenarios}; by laws alone: {whole.by_laws};"
            f" by a crash: {whole.crashed}\n"
        )
        if isinstance(judge, AboveJudge):
            self._declared(judge, [one for one in verdicts if one.equivalent and one.reason])

    def _declared(self, judge: AboveJudge, verdicts: Sequence[Verdict]) -> None:
        if verdicts:
            show(f"declared equivalent, told by none of {judge.tried:,} environments:")
            for one in verdicts:
                show(fold(f"  {one.mutant.operator}:{one.mutant.line}: {one.reason}"))
            click.echo()

    def _bug(self, verdict: Verdict) -> Iterator[str]:
        mutant = verdict.mutant
        assert mutant.bug is not None  # noqa: S101 - asked by the caller
        yield fold(f"  {mutant.bug.commit} in {mutant.semantics}: {mutant.bug.says}")
        if not verdict.killed:
            yield f"    {verdict.outcome}"
            return
        contracts = self._contracts[mutant.semantics]
        killers = [contracts[test] for test in verdict.killed_by]
        # Who cites the commit is the one that is about the bug.
        cites = [
            one for one in killers if any(mutant.bug.commit == commit.id for commit in one.commits)
        ]
        named = [*cites, *killers][0]
        more = len(killers) - 1
        others = f", and by {more} more" if more else ""
        yield fold(f"    killed by {named.at} ({named.name}){others}")

    def _tests(self, *, every: bool) -> None:
        found = [(judge, worth) for judge in self._judges for worth in self._worths(judge)]
        idle = sum(not worth.kills for _, worth in found)
        shared = sum(bool(worth.kills) and not worth.alone for _, worth in found)
        if every:
            rows = [
                [
                    f"{judge.contracts[one.test].at} {one.test.rpartition('__')[2]}",
                    *(str(one.kills), str(one.alone), _example(one)),
                ]
                for judge, one in found
            ]
            table(["contract", "kills", "alone", "for example"], rows)
            click.echo()
        alone = len(found) - shared - idle
        show(f"of {counted(len(found), 'test')}, {alone} kill some mutant that no other test does")
        show(f"  {shared} kill only what others kill as well")
        show(f"  {idle} kill none" + ("" if every else "; --tests lists what each is for"))

    def _worths(self, judge: Judge | AboveJudge) -> list[Worth]:
        mine = [one for one in self._verdicts if one.mutant.semantics == judge.semantics]
        return worths(judge.tests, mine)

    def _error(self, verdict: Verdict) -> Iterator[str]:
        mutant = verdict.mutant
        if verdict.gainsaid:
            yield f"error: a mutant is declared equivalent, and is not: {mutant.operator}"
            yield fold(f"  = note: the reason given is: {verdict.reason}")
            if verdict.killed:
                yield fold(f"  = note: killed by {verdict.killed_by[0]}")
        else:
            yield f"error: a mutant survives: {mutant.operator} in {mutant.semantics}"
        yield f"  --> {mutant.place}"
        yield from (f"  {line}".rstrip() for line in mutant.diff())
        if verdict.difference:
            yield from self._path(verdict)
        elif verdict.survived:
            yield "  no path that tells it was found; nor was it proved that there is none"

    def _path(self, verdict: Verdict) -> Iterator[str]:
        difference = verdict.difference
        assert difference is not None  # noqa: S101 - asked by the caller
        walked = verdict.mutant.semantics in self._vocabulary.semantics
        situation = told(difference.choices, self._vocabulary) if walked else None
        if situation is None:
            lines = [f"{text} = {value}" for text, value in difference.choices.items()]
        else:
            lines = list(situation.lines(self._vocabulary))
        which = "the smallest path that tells it" if walked else "a path that tells it"
        yield fold(f"  {which}: {'; '.join(lines) or 'every default'}")
        for line in ndiff(difference.right, difference.wrong):
            # What ends as it should needs no line; a call shows where the others are.
            if line[0] in "+-" or (line[0] == " " and "(" in line and "holds" not in line):
                yield f"    {line}".rstrip()


def objects(
    verdicts: Iterable[Verdict],
) -> Iterator[tuple[Verdict, dict[str, Any]]]:
    """
    Give each verdict, and what JSON has of it.
    """
    for verdict in verdicts:
        mutant, difference = verdict.mutant, verdict.difference
        yield (
            verdict,
            {
                "semantics": mutant.semantics,
                "number": mutant.number,
                "operator": mutant.operator,
                "place": mutant.place,
                "bug": mutant.bug and {"commit": mutant.bug.commit, "says": mutant.bug.says},
                "diff": mutant.diff(),
                "verdict": verdict.outcome,
                "killed_by": list(verdict.killed_by),
                "crash": verdict.crash,
                "path": difference and difference._asdict(),
                "reason": verdict.reason,
            },
        )


def _row(found: Score) -> list[str]:
    counts = (found.mutants, found.killed, found.equivalent, found.survived)
    return [*map(str, counts), _share(found.score)]


def _share(part: float | None) -> str:
    """
    Write a score with two digits; what is not whole never reads as 1.00.
    """
    if part is None:
        return "-"
    return f"{int(part * 100) / 100:.2f}"


def _example(worth: Worth) -> str:
    if worth.example is None:
        return "-"
    mutant = worth.example.mutant
    return f"{mutant.operator}:{mutant.line}"
