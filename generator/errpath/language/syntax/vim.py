# SPDX-License-Identifier: GPL-2.0-only
"""
Highlighting for Vim, derived from the grammar.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from errpath.language.syntax.grammar import words

_ITEMS: Final = frozenset({"include", "situation", "contract", "scenario", "law", "delta"})
_CONNECTIVES: Final = frozenset({"and", "or", "not", "is", "any"})

_SYNTAX: Final = """\
" SPDX-License-Identifier: GPL-2.0-only
" Vim syntax file
" Language: errpath
" Written by errpath.language.syntax.vim from grammar/errpath.lark.

if exists("b:current_syntax")
  finish
endif

syn keyword errpathItem {items}
syn keyword errpathConnective {connectives}
syn keyword errpathStatement {statements}
syn match errpathReturnCode /-[A-Z][A-Z0-9]*\\>/
syn match errpathNumber /[+-]\\?\\<[0-9]\\+\\>/
syn match errpathCommit /\\<[0-9a-f]\\{{12}}\\>/
syn match errpathCall /\\<\\h\\w*\\ze\\s*(/
syn match errpathLine /^\\s*\\h\\w*\\ze\\s*[:{{]/
syn match errpathEscape /\\\\["\\\\]/ contained
syn region errpathString start=/"/ skip=/\\\\./ end=/"/ oneline contains=errpathEscape
syn match errpathComment /#.*$/ contains=@Spell

hi def link errpathItem Structure
hi def link errpathConnective Operator
hi def link errpathStatement Statement
hi def link errpathReturnCode Constant
hi def link errpathNumber Number
hi def link errpathCommit Identifier
hi def link errpathCall Function
hi def link errpathLine Label
hi def link errpathEscape SpecialChar
hi def link errpathString String
hi def link errpathComment Comment

let b:current_syntax = "errpath"
"""


def syntax() -> str:
    """
    Give the content of editors/vim/syntax/errpath.vim.
    """
    return _SYNTAX.format(
        items=_line(words() & _ITEMS),
        connectives=_line(words() & _CONNECTIVES),
        statements=_line(words() - _ITEMS - _CONNECTIVES),
    )


def _line(words: Iterable[str]) -> str:
    return " ".join(sorted(words))
