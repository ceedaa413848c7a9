# SPDX-License-Identifier: GPL-2.0-only
"""
Specs and texts by the hundred, for property tests.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import strategies as st

from errpath.spec import clause as spec
from errpath.spec import condition as when
from errpath.spec.contract import Entry, Exception_, Law, Scenario, Spec
from errpath.spec.scope import After, Before, Between, InPass, Scope, While
from errpath.vocabulary.errno import ERRNOS
from tests.emit.specs import at, fault, law, pattern, scenario, setting
from tests.emit.specs import spec as whole
from tests.toy import VOCABULARY

HOSTILE = st.lists(
    st.sampled_from(
        [
            *['"', "'", "\\", "\n", "\r", "\t", "\0", "\f", " ", "#", "{", "}", "(", ")", ";"],
            *['"""', "'''", "{{", "}}", "{%", "%}", "{{ 7 * 7 }}", "\\N{DASH}", "\\x41", "\\u0041"],
            *["\u00e9", "\u2028", "\u4e2d", "\U0001d54f", "\x85", "\x1b[0m", "\ufeff", "a", "b"],
            *["import os", "__import__('os')", "# coding: utf-7", "+AAo-", "PYTEST_DONT_REWRITE"],
        ]
    ),
    max_size=8,
).map("".join)
"""Texts that would like to be code, or to end the string that they are in."""

PLAIN = st.text(st.characters(codec="latin-1", exclude_categories=("Cc", "Cf")), max_size=60)
"""Texts that a spec may well hold."""

WIDE = st.text("\u4e2d\u6587\u3042\u1112\u1161\u0e5c\u2e80\u2192 ab", min_size=20, max_size=50)
"""Texts in which a character can take two columns, or none."""

_CALLS = [
    f"{call}{result}"
    for call, primitive in VOCABULARY.calls.items()
    for result in ("", *((" fails", " succeeds") if primitive.answers else ()))
]
PATTERNS = st.lists(st.sampled_from(_CALLS), min_size=1, max_size=3).map(lambda t: pattern(*t))
CHAINS = st.lists(PATTERNS, min_size=1, max_size=4).map(tuple)

SCOPES: st.SearchStrategy[Scope | None] = st.one_of(
    st.none(),
    PATTERNS.map(lambda end: Before(end=end)),
    PATTERNS.map(lambda start: After(start=start)),
    st.tuples(PATTERNS, PATTERNS).map(lambda ends: Between(start=ends[0], end=ends[1])),
    st.sampled_from("xy").map(lambda subject: While(hold="LOCK", subject=subject)),
    st.lists(st.integers(1, 10), min_size=1, max_size=9).map(lambda n: InPass(passes=tuple(n))),
    st.integers(1, 10).map(lambda n: InPass(from_pass=n)),
)
_CODES = st.sampled_from([0, 1, 12, *(-number for number in ERRNOS.values())])
_AT = st.integers(1, 9999).map(at)


_PAGES = st.lists(st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,40}", fullmatch=True), min_size=1)

ENTRIES: st.SearchStrategy[Entry | None] = st.none() | st.builds(
    Entry, at=_AT, name=st.just("serve"), pages=_PAGES.map(tuple)
)
"""What a contract runs: nothing that it names, or `serve` on pages, however many and long."""

SPANS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        *({}, {"on_call": 2}, {"times": 3}, {"on_call": 2, "times": 1}),
        *({"passes": (1,)}, {"passes": (1, 2, 10)}, {"from_pass": 4}),
    ]
)
"""When a fault fires."""


def clauses(text: st.SearchStrategy[str]) -> st.SearchStrategy[spec.Clause]:
    """
    Draw any clause; its free texts are drawn from `text`.
    """
    return st.one_of(
        st.builds(spec.Returns, at=_AT, codes=st.lists(_CODES, min_size=1, max_size=5).map(tuple)),
        st.builds(spec.Never, at=_AT, pattern=PATTERNS, scope=SCOPES),
        st.builds(
            spec.Calls,
            at=_AT,
            pattern=PATTERNS,
            at_least=st.integers(0, 3),
            at_most=st.none() | st.integers(0, 3),
            scope=SCOPES,
        ),
        st.builds(spec.Precedes, at=_AT, first=CHAINS, then=CHAINS, scope=SCOPES),
        st.builds(spec.LeadsTo, at=_AT, cause=CHAINS, effect=CHAINS, scope=SCOPES),
        st.builds(spec.Order, at=_AT, patterns=CHAINS, scope=SCOPES),
        st.builds(spec.FinallyOn, at=_AT, subject=text, place=text, negated=st.booleans()),
        st.builds(spec.FinallyState, at=_AT, subject=text, state=text, negated=st.booleans()),
        st.builds(spec.FinallyCount, at=_AT, counter=text, change=st.integers(-512, 512)),
        st.builds(spec.Breaks, at=_AT, contract=text, because=text),
    )


@st.composite
def scenarios(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Scenario:
    """
    Draw a scenario: its situation, parameters and cases, and its clauses.
    """
    words = draw(st.sampled_from([("empty",), ("full",), ("empty", "full")]))
    results = draw(st.sampled_from([("-EBUSY",), ("-ENOMEM",), ("-ENOMEM", "-EBUSY")]))
    columns: dict[str, tuple[str, ...]] = {}
    more: dict[str, Any] = {}
    if len(words) > 1:
        columns["fill"] = words
    if len(results) > 1:
        columns["copy"] = results
        more["parameter"] = "copy"
    others = draw(st.lists(SPANS.filter(bool), max_size=2))
    spans = draw(SPANS.filter(bool) if others else SPANS)
    cases = tuple(product(*columns.values()))
    if columns:
        cases = cases[: draw(st.integers(1, len(cases)))]
    return scenario(
        *draw(st.lists(clauses(text), min_size=1, max_size=5)),
        at=draw(_AT),
        name=draw(text),
        identifier=draw(st.from_regex(r"[a-z][a-z0-9_]{0,90}", fullmatch=True)),
        because=draw(text),
        semantics=draw(st.sampled_from([("old",), ("new",), ("old", "new")])),
        settings=(
            setting("fill", *words, subject="x"),
            setting("colour", draw(st.sampled_from(["red", "blue"]))),
        ),
        faults=(
            fault("copy(x, y)", *results, **spans, **more),
            *(fault("copy(x, y)", "-EBUSY", **span) for span in others),
        ),
        entry=draw(ENTRIES),
        parameters=tuple(columns),
        cases=cases,
    )


CONDITIONS: st.SearchStrategy[when.Condition] = st.recursive(
    st.one_of(
        st.builds(when.Made, at=_AT, pattern=PATTERNS),
        st.builds(
            when.Is,
            at=_AT,
            aspect=st.just("colour"),
            words=st.sampled_from([("red",), ("red", "blue")]),
        ),
        st.builds(when.Returned, at=_AT, codes=st.lists(_CODES, min_size=1, max_size=3).map(tuple)),
    ),
    lambda inner: st.one_of(
        st.builds(when.Not, at=_AT, condition=inner),
        st.builds(when.All, at=_AT, conditions=st.lists(inner, min_size=1).map(tuple)),
        st.builds(when.Some, at=_AT, conditions=st.lists(inner, min_size=1).map(tuple)),
    ),
    max_leaves=5,
)


@st.composite
def laws(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Law:
    """
    Draw a law: its condition, its exceptions and its clauses.
    """
    excuse = st.builds(
        Exception_,
        at=_AT,
        semantics=st.sampled_from([("old",), ("old", "new")]),
        when=CONDITIONS,
        because=text,
    )
    return law(
        *draw(st.lists(clauses(text), min_size=1, max_size=3)),
        at=draw(_AT),
        name=draw(text),
        identifier=draw(st.from_regex(r"[a-z][a-z0-9_]{0,90}", fullmatch=True)),
        because=draw(text),
        semantics=draw(st.sampled_from([("old",), ("new",), ("old", "new")])),
        when=draw(st.none() | CONDITIONS),
        entry=draw(ENTRIES),
        exceptions=tuple(draw(st.lists(excuse, max_size=2))),
    )


def specs(text: st.SearchStrategy[str]) -> st.SearchStrategy[Spec]:
    """
    Draw a spec whose free texts are drawn from `text`.
    """
    return st.builds(
        lambda says, parts, always: whole(*parts, says=says, laws=tuple(always)),
        text,
        st.lists(scenarios(text), min_size=1, max_size=3),
        st.lists(laws(text), max_size=2),
    )
