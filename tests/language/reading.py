# SPDX-License-Identifier: GPL-2.0-only
"""
Loading texts as if they were spec files.
"""

from __future__ import annotations

from pathlib import Path

from errpath.language import Loaded, load, render
from errpath.migrate.words import VOCABULARY
from errpath.spec.contract import Spec
from errpath.vocabulary.vocabulary import Vocabulary


def load_texts(
    root: Path, texts: dict[str, str], *names: str, vocabulary: Vocabulary = VOCABULARY
) -> Loaded:
    """
    Write texts to files below `root`, and load those named, or all.
    """
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return load([root / name for name in names or texts], root=root, vocabulary=vocabulary)


def load_spec(root: Path, text: str, *, vocabulary: Vocabulary = VOCABULARY) -> Spec:
    """
    Load a text that has no error.
    """
    loaded = load_texts(root, {"a.errpath": text}, vocabulary=vocabulary)
    assert problems(loaded) == ""
    (spec,) = loaded.specs
    return spec


def problems(loaded: Loaded) -> str:
    """
    Give the problems, one a line.
    """
    return render(loaded.diagnostics, loaded.sources, "concise")
