# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from functools import cache, partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark, Token

from errpath.explore.edges.comparison import Comparison
from errpath.explore.edges.graph import dot, quoted, svg
from errpath.explore.edges.objects import objects
from errpath.explore.edges.survey import Surveyor
from errpath.explore.edges.text import lines
from errpath.explore.paths.enumerate import paths
from errpath.migrate.migration import MIGRATE
from errpath.migrate.reference import Reference
from tests.forest import installed
from tests.golden import check_golden
from tests.shell import Said, Shell
from tests.terminal import shown
from tests.toy import VOCABULARY, run_of

FOLDER = Path(__file__).parent / "locks"
SVG = "{http://www.w3.org/2000/svg}"

# The language of Graphviz (its "DOT Language" page), without ports and with HTML strings.
DOT = Lark(
    r"""
    graph: "strict"? ("graph" | "digraph") id? "{" (_statement ";"?)* "}"
    _statement: node | edge | attributes | assignment | subgraph
    attributes: ("graph" | "node" | "edge") list+
    list: "[" (assignment ("," | ";")?)* "]"
    assignment: id "=" id
    node: id list?
    edge: id (("->" | "--") id)+ list?
    subgraph: "subgraph" id? "{" (_statement ";"?)* "}"
    id: NAME | NUMBER | STRING | HTML
    NAME: /(?!(strict|graph|digraph|node|edge|subgraph)\b)[A-Za-z_][A-Za-z_0-9]*/
    NUMBER: /-?(\.[0-9]+|[0-9]+(\.[0-9]*)?)/
    STRING: /"(\\.|[^"\\])*"/s
    HTML: /<(<[^<>]*>|[^<>])*>/s
    %ignore /\s+/
    %ignore /\/\/[^\n]*/
    """,
    start="graph",
    parser="lalr",
)


def _parsed(text: str) -> tuple[set[str], set[tuple[str, str]]]:
    """
    Parse a graph; give its nodes and its edges.
    """
    tree = DOT.parse(text)

    def name(id_: Any) -> str:
        (token,) = id_.children
        assert isinstance(token, Token)
        return str(token)

    nodes = {name(node.children[0]) for node in tree.find_data("node")}
    edges = {(name(e.children[0]), name(e.children[1])) for e in tree.find_data("edge")}
    return nodes, edges


@cache
def _migration(*names: str) -> Comparison:
    """
    Give the comparison that the command prints, made once for all tests.
    """
    vocabulary = MIGRATE.vocabulary
    target = Reference()
    surveys = []
    for name in names or ("pre", "post"):
        surveyor = Surveyor(name, vocabulary.choices)
        surveyor.add(paths(partial(target.run, name), vocabulary.rules))
        surveys.append(surveyor.survey())
    return Comparison(surveys)


@cache
def _objects(*names: str) -> tuple[dict[str, Any], ...]:
    return tuple(objects(_migration(*names)))


def _compared(*traces: str) -> Comparison:
    surveys = []
    for number, trace in enumerate(traces):
        surveyor = Surveyor(f"v{number}", VOCABULARY.choices)
        surveyor.add([run_of(trace)])
        surveys.append(surveyor.survey())
    return Comparison(surveys)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("pre_and_post.txt", ()),
        ("all.txt", ("--all",)),
        ("post.txt", ("post",)),
        ("post_and_pre.txt", ("post", "pre")),
        ("edge.txt", ("--edge", "PG_locked(src)", "get_new_page(src)")),
        ("edge_gone.txt", ("--edge", "page_ref(dst)", "lock_page(src)")),
        ("edge_at_entry.txt", ("post", "--edge", "page_ref(src)", "putback_lru_page(dst)")),
        ("pre_and_post.dot", ("--output-format", "dot")),
        ("pre_and_post.svg", ("--output-format", "svg")),
        ("all.dot", ("--output-format", "dot", "--all")),
        ("pre.svg", ("pre", "--output-format", "svg")),
    ],
)
def test_whole_output(shell: Shell, name: str, arguments: tuple[str, ...]) -> None:
    """
    Every format prints the same, to the letter, on every machine.
    """
    said = shell("locks", *arguments)
    assert (said.status, said.err) == (0, "")
    check_golden(FOLDER / name, said.out)


@pytest.mark.parametrize("name", ["pre_and_post.txt", "all.txt", "post.txt", "edge.txt"])
def test_text_fits_into_a_mail(name: str) -> None:
    """
    The text is ASCII, at most 75 columns wide, and has no blank at the end of a line.
    """
    text = (FOLDER / name).read_text(encoding="ascii")
    wrong = [line for line in text.split("\n") if len(line) > 75 or line != line.rstrip()]
    assert wrong == []


def test_what_it_does_not_prove() -> None:
    """
    Each text says what the model and the kernel's lockdep leave open.
    """
    limits = (
        "The model is sequential. An edge is for review: none is a deadlock, and no\n"
        "list of edges proves that there is none. Locks that a call takes and gives\n"
        "up inside itself are no rows here; what such a call may do stands for them.\n"
        "The kernel's lockdep does not track PG_locked and migration_entries: no\n"
        "lock debugging of the kernel tells of these edges.\n"
    )
    names = ("pre_and_post.txt", "all.txt", "post.txt", "post_and_pre.txt")
    assert [(FOLDER / name).read_text().endswith(limits) for name in names] == [True] * 4


def test_left_out_is_counted() -> None:
    """
    What the text shows and what it leaves out are all edges that there are.
    """
    found = [one for one in _objects() if one["kind"] == "edge"]
    hidden = [one for one in found if one["at_entry"] or not one["may"]]
    text = "\n".join(lines(_migration()))
    told = " ".join(text[text.index("Left out") :].split("\n\n")[0].split())
    rest = Counter(
        "entry" if one["at_entry"] else "test" if one["test"] else "idle" for one in hidden
    )
    changes = Counter((one["test"], one["change"]) for one in hidden if not one["at_entry"])
    assert told == (
        f"Left out are {len(hidden)} edges, which --all shows: {rest['idle']} to calls that may"
        f" do none of this ({changes[False, 'new']} new, {changes[False, 'gone']} gone),"
        f" {rest['test']} to tests ({changes[True, 'new']} new, {changes[True, 'gone']} gone),"
        f" {rest['entry']} under what is held at entry."
    )


def test_all_leaves_nothing_out() -> None:
    """
    With --all each edge has its row, with the paths of each semantics.
    """
    rows = [
        (one["held"], one["call"], *(_paths(one, name) for name in ("pre", "post")))
        for one in _objects()
        if one["kind"] == "edge"
    ]
    text = "\n".join(lines(_migration(), everything=True))
    held, found = "", []
    for line in text[text.index("held, and called") : text.index("calls whose")].splitlines()[1:]:
        if line[:1] not in {"", " ", "+", "-"}:
            held = line.partition(":")[0]
        elif line:
            call = line[2 : line.index(")") + 1]
            found.append((held, call, *map(int, line.split()[-2:])))
    assert (found, "Left out" in text) == (rows, False)


def _paths(one: dict[str, Any], name: str) -> int:
    return int(one["semantics"].get(name, {"paths": 0})["paths"])


def test_json_of_the_reviewer_s_question() -> None:
    """
    The allocation under the page lock is one object, with the path that shows it.
    """
    (found,) = (
        one
        for one in _objects()
        if (one["kind"], one["held"], one["call"])
        == ("edge", "PG_locked(src)", "get_new_page(src)")
    )
    found = deepcopy(found)
    smallest = found["semantics"]["post"].pop("smallest")
    assert found == {
        "kind": "edge",
        "held": "PG_locked(src)",
        "at_entry": False,
        "family": "lock",
        "call": "get_new_page(src)",
        "test": False,
        "may": ["sleep", "allocate", "enter filesystem reclaim", "write back"],
        "change": "new",
        "semantics": {"post": {"paths": 3104, "of": 3185}},
    }
    events, step = smallest["events"], smallest["step"]
    assert (events[step - 1], "trylock_page(src) = 1" in events[: step - 1]) == (
        "get_new_page(src) = dst",
        True,
    )


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_json_agrees_with_the_paths(shell: Shell, semantics: str) -> None:
    """
    The held sets of a call that no path makes twice have all the paths that make it.
    """
    calls: Counter[str] = Counter()
    twice: set[str] = set()
    for line in shell("paths", semantics, "--json").out.splitlines():
        trace = Counter(event.partition(" = ")[0] for event in json.loads(line)["trace"])
        calls.update(trace.keys())
        twice |= {call for call, count in trace.items() if count > 1}
    found: Counter[str] = Counter()
    for one in _objects(semantics):
        if one["kind"] == "held set" and one["call"] not in twice:
            found[one["call"]] += _paths(one, semantics)
    assert twice == {"lock_page(src)", "unlock_page(src)"}
    assert found == {call: count for call, count in calls.items() if call not in twice}


@pytest.mark.parametrize("arguments", [(), ("--all",)])
def test_json_leaves_nothing_out(shell: Shell, arguments: tuple[str, ...]) -> None:
    """
    JSON has every edge, with --all and without, an object a line.
    """
    said = shell("locks", *arguments, "--output-format", "json")
    found = [json.loads(line) for line in said.out.splitlines()]
    assert (said.status, found, said.err) == (0, list(_objects()), "")


def test_one_semantics_is_compared_with_nothing() -> None:
    """
    A semantics that stands alone has nothing new and nothing gone.
    """
    assert {one["change"] for one in _objects("pre")} == {"same"}


def test_the_other_way_round() -> None:
    """
    What is new one way is gone the other way.
    """
    there, back = (
        {
            (
                one["kind"],
                str(one["held"]),
                one["call"],
                one.get("taken"),
                one.get("at_entry"),
            ): one["change"]
            for one in _objects(*names)
        }
        for names in (("pre", "post"), ("post", "pre"))
    )
    turned = {"new": "gone", "gone": "new", "same": "same"}
    assert there == {key: turned[change] for key, change in back.items()}


@pytest.mark.parametrize("names", [("pre", "post"), ("post",)])
@pytest.mark.parametrize("everything", [True, False])
def test_dot_is_a_graph_of_every_edge(names: tuple[str, ...], *, everything: bool) -> None:
    """
    The graph parses as dot, and has an arrow for each edge shown and each lock order.
    """
    nodes, edges = _parsed(dot(_migration(*names), everything=everything))
    found = _objects(*names)
    shown_ = [
        one
        for one in found
        if one["kind"] == "edge" and (everything or (one["may"] and not one["at_entry"]))
    ]
    holds = {(one["held"], one["at_entry"]) for one in shown_}
    calls = {one["call"] for one in shown_}
    orders = sum(one["kind"] == "lock order" for one in found)
    assert (len(nodes), len(edges)) == (len(holds) + len(calls) + 1, len(shown_) + orders)
    assert {name for edge in edges for name in edge} < nodes


@given(st.text(max_size=40))
def test_quoted_text_stays_a_text(text: str) -> None:
    """
    Whatever a name has in it, quoting it gives one string of dot and no other statement.
    """
    nodes, _ = _parsed(f"digraph g {{ {quoted(text)}; }}")
    assert nodes == {quoted(text)}


def test_svg_shows_every_name() -> None:
    """
    The picture is well-formed, and has the name of each node and an arrow for each edge.
    """
    root = ET.fromstring(svg(_migration()))  # noqa: S314
    found = [
        one for one in _objects() if one["kind"] == "edge" and one["may"] and not one["at_entry"]
    ]
    texts = {text.text for text in root.iter(f"{SVG}text")}
    arrows = [path.find(f"{SVG}title") for path in root.iter(f"{SVG}path")]
    titles = {title.text for title in arrows if title is not None}
    assert {one["held"] for one in found} | {one["call"] for one in found} <= texts
    assert {
        f"{one['call']} under {one['held']}: pre {_paths(one, 'pre')}, post {_paths(one, 'post')}"
        for one in found
    } <= titles


def test_svg_keeps_everything_inside() -> None:
    """
    No box leaves the picture, and no two boxes of it lie upon each other.
    """
    root = ET.fromstring(svg(_migration(), everything=True))  # noqa: S314
    width, height = (float(root.attrib[name]) for name in ("width", "height"))
    boxes = [
        [float(box.attrib[name]) for name in ("x", "y", "width", "height")]
        for box in root.iter(f"{SVG}rect")
        if box.attrib.get("rx") == "4"
    ]
    outside = [b for b in boxes if b[0] < 0 or b[0] + b[2] > width or b[1] + b[3] > height]
    above = [
        (one, other)
        for one in boxes
        for other in boxes
        if one[0] == other[0] and one[1] < other[1] < one[1] + one[3]
    ]
    assert (len(boxes) > 30, outside, above) == (True, [], [])


def test_picture_of_calls_that_do_nothing() -> None:
    """
    Where every call is left out there is a picture of the lock order, and no failure.
    """
    found = _compared("lock(x) lock(y)", "lock(x) lock(y)")
    nodes, edges = _parsed(dot(found))
    titles = [title.text for title in ET.fromstring(svg(found)).iter(f"{SVG}title")]  # noqa: S314
    assert (nodes, edges) == ({"h1", "h2", "legend"}, {("h1", "h2")})
    assert titles == [
        "What is called while what is held: v0, then v1",
        "LOCK(x) -> LOCK(y): v0 1, v1 1",
    ]


@pytest.mark.parametrize(
    ("name", "traces"),
    [
        ("new_order.txt", ("lock(x) a unlock(x) lock(y) a", "lock(x) lock(y) a")),
        ("three.txt", ("lock(x) a", "lock(x) try(y) = 1 b", "lock(x) get(y) b put(y)")),
        ("alone.txt", ("lock(x) a",)),
    ],
)
def test_text_of_a_toy(name: str, traces: tuple[str, ...]) -> None:
    """
    Whatever the semantics, and however many: the text says what is new, and what is not there.
    """
    check_golden(FOLDER / name, "\n".join(lines(_compared(*traces), everything=True)))


def test_no_lock_order() -> None:
    """
    Where no lock is taken under another, the text says so.
    """
    found = list(lines(_compared("lock(x) a", "lock(x) a")))
    assert "No lock is taken while another is held." in found
    assert "No call that may allocate or reclaim is new under a lock in v1." in found
    assert "No call that may do one of these has other held sets." in found


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("por",), "no semantics is named `por`; `pre` and `post` exist"),
        (("pre", "por"), "no semantics is named `por`; `pre` and `post` exist"),
        (("pre", "pre"), "`pre` is named twice; beside itself it has no new edge"),
        (("--model", "fork"), "no model is named 'fork'; installed: migrate"),
        (
            ("--edge", "PG_lock(src)", "get_new_page(src)"),
            "nothing that is held is named `PG_lock(src)`; `PG_locked(src)` exists",
        ),
        (("--edge", "#", "x"), "nothing that is held is named `#`"),
        (
            ("--edge", "PG_locked(src)", "get_new_page"),
            "no call that is made is `get_new_page`; `get_new_page(src)` exists",
        ),
        (
            ("--edge", "PG_locked(src)", "x", "--output-format", "json"),
            "--edge gives text, and no json",
        ),
        (
            ("post", "--max-paths", "3184"),
            (
                "`post` has more than 3184 paths, which is the bound (--max-paths):"
                " this is not the whole"
            ),
        ),
    ],
)
def test_wrong_use(shell: Shell, arguments: tuple[str, ...], complaint: str) -> None:
    """
    What cannot be shown is told in one line, and nothing else is.
    """
    assert shell("locks", *arguments) == Said(2, "", f"errpath: {complaint}\n")


def test_edge_that_no_path_has(shell: Shell) -> None:
    """
    A call that is never made under what it is asked for is a finding, and no empty listing.
    """
    complaint = "errpath: no path calls lock_page(src) while migration_entries(src) is held\n"
    said = shell("locks", "--edge", "migration_entries(src)", "lock_page(src)")
    assert said == Said(1, "", complaint)


@pytest.mark.parametrize(
    ("model", "arguments", "status", "complaint"),
    [
        (
            "forest",
            ("asks_1", "asks_8"),
            1,
            (
                "none of the 2 paths of `asks_1` calls anything under a lock that it took:"
                " this is no answer\n"
                "errpath: none of the 256 paths of `asks_8` calls anything under a lock that it"
                " took: this is no answer"
            ),
        ),
        ("desert", (), 2, "the model `desert` has no semantics"),
        ("maze", ("asks_1",), 2, "`asks_1` has no path: the model's rules exclude every answer"),
    ],
)
def test_nothing_to_show(
    shell: Shell, model: str, arguments: tuple[str, ...], status: int, complaint: str
) -> None:
    """
    A model without a lock, a path or a semantics never reads as one that holds nothing.
    """
    variables = installed(shell.folder / "site")
    said = shell.process("locks", "--model", model, *arguments, variables=variables)
    assert said == Said(status, "", f"errpath: {complaint}\n")


def test_terminal_has_the_same_text(shell: Shell) -> None:
    """
    On a terminal what is new is red, and the text is the same.
    """
    status, text = shown("locks", folder=shell.folder)
    plain = shown("locks", folder=shell.folder, variables={"NO_COLOR": "1"})
    assert "\x1b[1;31m+ get_new_page(src) under PG_locked(src)\x1b[0m" in text
    for code in ("\x1b[1;31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"):
        text = text.replace(code, "")
    assert (status, text) == plain
