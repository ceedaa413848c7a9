# SPDX-License-Identifier: GPL-2.0-only
"""
A scenario as a test function.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import product
from keyword import iskeyword
from operator import mul

from errpath.emit.clauses import clause_call
from errpath.emit.entry import called, vocabulary_of
from errpath.emit.function import Function
from errpath.emit.layout import Expression, Group, before, lay, tuple_of
from errpath.emit.literal import docstring, literal, name
from errpath.spec.contract import Scenario, Spec
from errpath.spec.situation import Injection
from errpath.vocabulary.vocabulary import Vocabulary

_INDENT = 1


def scenario_functions(
    scenario: Scenario, spec: Spec, vocabulary: Vocabulary
) -> Iterator[Function]:
    """
    Write the tests of a scenario, one for each semantics, with a case for each combination.
    """
    parameters = tuple(_parameter(text) for text in scenario.parameters)
    everywhere, by_case = _markers(scenario, vocabulary_of(scenario, vocabulary))
    common = [f"@pytest.mark.{name(marker)}" for marker in everywhere]
    if parameters:
        common.append(_parametrize(scenario, parameters, by_case))
    because = docstring(scenario.because)
    run = _arguments(scenario)
    clauses = [
        (one.semantics, lay(clause_call(one), indent=_INDENT + 1)) for one in scenario.clauses
    ]
    for semantics in scenario.semantics:
        test = name(f"test_{scenario.identifier}__{semantics}")
        checked = called("with", scenario, spec, "", [literal(semantics), *run])
        yield Function(
            decorators=(f"@pytest.mark.{name(semantics)}", *common),
            signature=lay(Group(f"def {test}(", parameters), indent=0, tail=":"),
            docstring=because,
            run=lay(checked, indent=_INDENT, tail=" as run:"),
            clauses=tuple(text for among, text in clauses if not among or semantics in among),
        )


def _parameter(text: str) -> str:
    safe = f"{text}_" if iskeyword(text) or text in {"run", "pytest", "product"} else text
    return name(safe)


def _arguments(scenario: Scenario) -> list[Expression]:
    """
    Write what the call that runs a scenario is given behind the semantics.
    """
    arguments: list[Expression] = []
    words = _words(scenario)
    faults = _faults(scenario)
    if words or faults:
        arguments.append(Group("{", words, "}"))
    if faults:
        arguments.append(Group("{", faults, "}"))
    arguments.append(f"at={literal(str(scenario.at))}")
    arguments.append(f"scenario={literal(scenario.name)}")
    return arguments


def _words(scenario: Scenario) -> list[Expression]:
    lines: dict[str, list[str]] = {}
    for setting in scenario.situation.settings:
        word = (
            _parameter(setting.aspect)
            if setting.aspect in scenario.parameters
            else literal(setting.words[0])
        )
        lines.setdefault(setting.subject or setting.aspect, []).append(word)
    return [
        f"{literal(line)}: {said[0]}"
        if len(said) == 1
        else tuple_of(said, before=f"{literal(line)}: ")
        for line, said in lines.items()
    ]


def _faults(scenario: Scenario) -> list[Expression]:
    """
    Write each call that is to fail, and how; at several times in several ways, if it says so.
    """
    found: dict[str, list[Expression]] = {}
    for fault in scenario.situation.faults:
        found.setdefault(fault.call, []).append(_fault(fault, scenario))
    return [
        before(f"{literal(call)}: ", said[0])
        if len(said) == 1
        else tuple_of(said, before=f"{literal(call)}: ")
        for call, said in found.items()
    ]


def _fault(fault: Injection, scenario: Scenario) -> Expression:
    parameter = fault.parameter
    result = (
        _parameter(parameter) if parameter in scenario.parameters else literal(fault.results[0])
    )
    if is_plain(fault):
        return result
    arguments: list[Expression] = [result]
    if fault.passes:
        arguments.append(tuple_of([str(number) for number in fault.passes], before="passes="))
    elif fault.from_pass is not None:
        arguments.append(f"from_pass={fault.from_pass}")
    else:
        arguments.append(f"on_call={fault.on_call}")
    if fault.times is not None:
        arguments.append(f"times={fault.times}")
    return Group("Nth(", arguments)


def is_plain(fault: Injection) -> bool:
    """
    Tell a fault that begins at the first call and lasts: its result says all of it.
    """
    in_passes = fault.passes or fault.from_pass is not None
    return fault.on_call == 1 and fault.times is None and not in_passes


def _markers(scenario: Scenario, vocabulary: Vocabulary) -> tuple[list[str], list[tuple[str, ...]]]:
    """
    Find the markers of the faults that every case has, and what each case has beside them.
    """
    rows = []
    for case in scenario.cases:
        chosen = dict(zip(scenario.parameters, case, strict=True))
        found: list[str] = []
        for setting in scenario.situation.settings:
            word = chosen.get(setting.aspect, setting.words[0])
            found += vocabulary.word_markers.get((setting.aspect, word), ())
        for fault in scenario.situation.faults:
            result = chosen.get(fault.parameter or "", fault.results[0])
            marker = vocabulary.result_markers.get((fault.call, result))
            found += [marker] if marker else []
        rows.append(tuple(dict.fromkeys(found)))
    everywhere = [marker for marker in rows[0] if all(marker in row for row in rows)]
    return everywhere, [tuple(m for m in row if m not in everywhere) for row in rows]


def _parametrize(
    scenario: Scenario, parameters: tuple[str, ...], by_case: list[tuple[str, ...]]
) -> str:
    head = "@pytest.mark.parametrize("
    names = literal(parameters[0])
    if len(parameters) > 1:
        names = str(tuple_of([literal(parameter) for parameter in parameters]))
    columns = [tuple(dict.fromkeys(column)) for column in zip(*scenario.cases, strict=True)]
    full = reduce(mul, map(len, columns)) == len(scenario.cases)
    if full and not any(by_case) and tuple(product(*columns)) == scenario.cases:
        rows = [tuple_of([literal(word) for word in column]) for column in columns]
        cases: Expression = (
            rows[0] if len(rows) == 1 else Group("[", (Group("*product(", rows),), "]")
        )
    else:
        cases = tuple_of(
            [_case(case, extra) for case, extra in zip(scenario.cases, by_case, strict=True)]
        )
    return lay(Group(head, (names, cases)), indent=0)


def _case(case: tuple[str, ...], markers: tuple[str, ...]) -> Expression:
    words = [literal(word) for word in case]
    if markers:
        marks = tuple_of([f"pytest.mark.{name(marker)}" for marker in markers], before="marks=")
        return Group("pytest.param(", [*words, marks])
    return words[0] if len(words) == 1 else tuple_of(words)
