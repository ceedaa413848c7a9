# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errpath.language import Loaded, UnformattableError, format_text, load, render
from errpath.language.report.renderers import RENDERERS
from errpath.language.syntax.source import CONTROL
from errpath.language.syntax.text import quote
from errpath.migrate.words import VOCABULARY as MIGRATE
from errpath.spec.contract import Spec
from tests import serving
from tests.language.reading import load_spec
from tests.language.test_contracts import WHOLE

REPOSITORY: Final = Path(__file__).parents[2]
SEEDS: Final = [
    WHOLE,
    *(path.read_text(encoding="utf-8") for path in sorted(REPOSITORY.glob("specs/**/*.errpath"))),
    *(
        path.read_bytes().decode(errors="replace")
        for folder in ("bad", "entries")
        for path in sorted(Path(__file__).parent.glob(f"{folder}/*.errpath"))
    ),
]
VOCABULARY: Final = replace(MIGRATE, entries={**MIGRATE.entries, **serving.VOCABULARY.entries})
PIECE: Final = re.compile(r'"[^"\n]*"|\w+|\s+|.', re.DOTALL)
PIECES: Final = sorted({piece for seed in SEEDS for piece in PIECE.findall(seed)})

# One function-scoped folder serves all examples: each of them writes its file anew.
ANYWHERE: Final = settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """
    Draw a spec in which some pieces were replaced, left out or put in.
    """
    pieces = PIECE.findall(draw(st.sampled_from(SEEDS)))
    other = st.sampled_from(PIECES) | st.characters(codec="utf-8")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(pieces)))
        pieces[at : at + draw(st.integers(0, 2))] = draw(st.lists(other, max_size=2))
    return "".join(pieces)


def read(folder: Path, content: bytes) -> Loaded:
    """
    Load a file with this content.
    """
    path = folder / "a.errpath"
    path.write_bytes(content)
    return load([path], root=folder, vocabulary=VOCABULARY)


def check(loaded: Loaded) -> None:
    """
    Hold what is so of everything that was loaded.
    """
    assert bool(loaded.specs) != bool(loaded.diagnostics)
    assert [d.order for d in loaded.diagnostics] == sorted(d.order for d in loaded.diagnostics)
    for name in RENDERERS:
        shown = render(loaded.diagnostics, loaded.sources, name)
        assert CONTROL.search(shown) is None
        assert bool(shown) == bool(loaded.diagnostics)


def meaning(spec: Spec) -> str:
    """
    Give what a spec says, wherever it says it.
    """
    place = r'\{"file":"[^"]*","line":\d+,"column":\d+\}'
    return re.sub(place, "", spec.model_dump_json(exclude={"sha256"}))


@ANYWHERE
@given(
    content=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda t: t.encode(errors="replace"))
)
def test_any_bytes_are_a_spec_or_have_a_problem(content: bytes, tmp_path: Path) -> None:
    """
    Nothing that a file can hold is a crash.
    """
    check(read(tmp_path, content))


@ANYWHERE
@given(text=mutated())
def test_any_mutated_spec_is_a_spec_or_has_a_problem(text: str, tmp_path: Path) -> None:
    """
    Nor is anything that is nearly a spec.
    """
    check(read(tmp_path, text.encode(errors="replace")))


@ANYWHERE
@given(text=mutated())
def test_formatting_is_idempotent_and_keeps_the_meaning(text: str, tmp_path: Path) -> None:
    """
    What cannot be formatted cannot be loaded either.
    """
    before = read(tmp_path, text.encode(errors="replace"))
    formatted = formatted_or_none(text)
    if formatted is None:
        assert before.specs == ()
        return
    after = read(tmp_path, formatted.encode(errors="replace"))
    assert format_text(formatted) == formatted
    assert [meaning(spec) for spec in after.specs] == [meaning(spec) for spec in before.specs]
    assert [d.code for d in after.diagnostics] == [d.code for d in before.diagnostics]


def formatted_or_none(text: str) -> str | None:
    """
    Format a text, if it has no syntax error.
    """
    try:
        return format_text(text)
    except UnformattableError:
        return None


TEXTS: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf")), min_size=1
).filter(lambda text: bool(text.strip()))


@ANYWHERE
@given(name=TEXTS, because=TEXTS)
def test_strings_come_back_as_they_were(name: str, because: str, tmp_path: Path) -> None:
    """
    Quoting and reading undo each other.
    """
    text = f"law {quote(name)} {{\n    because {quote(because)}\n    returns 0\n}}\n"
    (law,) = load_spec(tmp_path, text).laws

    assert (law.name, law.because) == (name, because)
    assert f"test_{law.identifier}".isidentifier()
    assert law.identifier.isascii()
