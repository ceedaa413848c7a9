# SPDX-License-Identifier: GPL-2.0-only
"""
From the rules of the grammar to the nodes of the tree.

Lark calls these functions as it parses, so that no tree of its own is ever built. Each is
named like its rule, and takes what the rule's symbols gave.
"""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from errpath.language.syntax import tree

Symbols: TypeAlias = list[Any]


def _item(symbols: Symbols) -> tree.Item:
    return tree.Item(symbols[0], symbols[1], symbols[2:])


def _combined(kind: Literal["all", "some", "not"], conditions: Symbols) -> tree.Combined:
    depths = [c.depth for c in conditions if type(c) is tree.Combined]
    return tree.Combined(kind, conditions, 1 + max(depths, default=0))


def _calls(symbols: Symbols) -> tree.Calls:
    rest = symbols[2:]
    count = rest.pop(0) if rest and type(rest[0]) is tree.Count else None
    return tree.Calls(symbols[0], symbols[1], count, rest[0] if rest else None)


def _order(symbols: Symbols) -> tree.Order:
    scope = None if type(symbols[-1]) is list else symbols.pop()
    return tree.Order(symbols[0], symbols[1:], scope)


def _fault(symbols: Symbols) -> tree.Fault:
    rest = symbols[2:]
    passes = rest.pop() if rest and type(rest[-1]) is tree.Passes else None
    on_call, times, lasting = (
        rest.pop() if rest and type(rest[-1]) is tuple else (None, None, False)
    )
    results = rest[0] if rest else None
    return tree.Fault(symbols[0], symbols[1], results, on_call, times, lasting, passes)


def _count(kind: Literal["exactly", "at_most", "at_least"], symbols: Symbols) -> tree.Count:
    return tree.Count(kind, symbols[0] if symbols else None)


class Builder:
    """
    The functions by the names of their rules.
    """

    start: Final = list
    include: Final = staticmethod(lambda s: tree.Include(*s))
    situation = contract = scenario = law = staticmethod(_item)
    delta: Final = staticmethod(lambda s: tree.Item(s[0], s[3], s[4:], (s[1], s[2])))

    section = line = staticmethod(lambda s: tree.Section(s[0], s[1:]))
    because: Final = staticmethod(lambda s: tree.Because(*s))
    commit: Final = staticmethod(lambda s: tree.Citation(*s))
    run: Final = staticmethod(lambda s: tree.Runs(*s))
    of_each: Final = staticmethod(lambda s: tree.Call(s, "each"))
    use: Final = staticmethod(lambda s: tree.Use(*s))
    only: Final = staticmethod(lambda s: tree.Only(s[0], s[1:]))
    when: Final = staticmethod(lambda s: tree.When(*s))
    except_when: Final = staticmethod(lambda s: tree.Except(s[0], s[1:-3], *s[-3:]))
    changes: Final = staticmethod(lambda s: tree.Changes(s[0], s[1], s[2:]))
    regression: Final = staticmethod(lambda s: tree.Regression(*s))

    setting: Final = staticmethod(lambda s: tree.Setting(s[0], s[1:]))
    words: Final = list
    any_word: Final = staticmethod(lambda s: tree.AnyWord(*s))

    fault: Final = staticmethod(_fault)
    results: Final = list
    on_call: Final = staticmethod(lambda s: (s[0], None, False))
    on_call_times: Final = staticmethod(lambda s: (s[0], s[1], False))
    from_call: Final = staticmethod(lambda s: (s[0], None, True))
    times: Final = staticmethod(lambda s: (None, s[0], False))
    in_pass: Final = staticmethod(lambda s: tree.Passes(s, lasting=False))
    from_pass: Final = staticmethod(lambda s: tree.Passes(s, lasting=True))

    returns: Final = staticmethod(lambda s: tree.Returns(s[0], s[1:]))
    never: Final = staticmethod(lambda s: tree.Never(*s))
    calls: Final = staticmethod(_calls)
    precedes: Final = staticmethod(lambda s: tree.Precedes(*s))
    leads_to: Final = staticmethod(lambda s: tree.LeadsTo(*s))
    order: Final = staticmethod(_order)
    breaks: Final = staticmethod(lambda s: tree.Breaks(*s))
    keeps: Final = staticmethod(lambda s: tree.Keeps(*s))

    finally_on: Final = staticmethod(lambda s: tree.Finally(s[0], s[1], s[2], "on"))
    finally_not_on: Final = staticmethod(
        lambda s: tree.Finally(s[0], s[1], s[2], "on", negated=True)
    )
    finally_state: Final = staticmethod(lambda s: tree.Finally(s[0], s[1], s[2], "state"))
    finally_not_state: Final = staticmethod(
        lambda s: tree.Finally(s[0], s[1], s[2], "state", negated=True)
    )
    finally_changed: Final = staticmethod(lambda s: tree.Finally(s[0], s[1], s[2], "changed"))

    exactly: Final = staticmethod(lambda s: _count("exactly", s))
    at_most: Final = staticmethod(lambda s: _count("at_most", s))
    at_least: Final = staticmethod(lambda s: _count("at_least", s))

    before: Final = staticmethod(lambda s: tree.Scope("before", s))
    after: Final = staticmethod(lambda s: tree.Scope("after", s))
    between: Final = staticmethod(lambda s: tree.Scope("between", s))
    while_held: Final = staticmethod(lambda s: tree.While(*s))

    chain = pattern = list
    call = target = staticmethod(tree.Call)
    call_gives: Final = staticmethod(lambda s: tree.Call(s, "="))
    call_fails: Final = staticmethod(lambda s: tree.Call(s, "fails"))
    call_succeeds: Final = staticmethod(lambda s: tree.Call(s, "succeeds"))

    any_of: Final = staticmethod(lambda s: _combined("some", s))
    all_of: Final = staticmethod(lambda s: _combined("all", s))
    none_of: Final = staticmethod(lambda s: _combined("not", s))
    made: Final = staticmethod(lambda s: tree.Made(*s))
    asked: Final = staticmethod(lambda s: tree.Asked(*s))
    word_is: Final = staticmethod(lambda s: tree.WordIs(s[0], s[1:]))
    returned: Final = staticmethod(lambda s: tree.Returned(s[0], s[1:]))
    stopped: Final = staticmethod(lambda s: tree.Stopped(*s))
