# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from errpath.language.syntax.grammar import grammar_path
from errpath.language.syntax.vim import syntax
from tests.golden import check_golden

VIM: Final = Path(__file__).parents[2] / "editors" / "vim"


def test_the_syntax_file_is_current() -> None:
    """
    A word that the grammar learns is highlighted.
    """
    check_golden(VIM / "syntax" / "errpath.vim", syntax())


def test_every_word_of_the_grammar_is_highlighted_once() -> None:
    """
    No word is in two groups, and none is forgotten.
    """
    lines = [line.split()[3:] for line in syntax().splitlines() if line.startswith("syn keyword")]
    words = [word for line in lines for word in line]
    grammar = re.sub(r"//.*|/\S+/", "", grammar_path().read_text(encoding="utf-8"))

    assert sorted(words) == sorted({*re.findall(r'"([a-z]+)"', grammar), "and", "or"})
