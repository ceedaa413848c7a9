" SPDX-License-Identifier: GPL-2.0-only
" Vim syntax file
" Language: errpath
" Written by errpath.language.syntax.vim from grammar/errpath.lark.

if exists("b:current_syntax")
  finish
endif

syn keyword errpathItem contract delta include law scenario situation
syn keyword errpathConnective and any is not or
syn keyword errpathStatement after asked at because before between breaks by call calls changed changes commit each exactly except fail fails finally from in keeps leads least most never on once only order pass precedes regression returns run stops succeeds times to use when while with
syn match errpathReturnCode /-[A-Z][A-Z0-9]*\>/
syn match errpathNumber /[+-]\?\<[0-9]\+\>/
syn match errpathCommit /\<[0-9a-f]\{12}\>/
syn match errpathCall /\<\h\w*\ze\s*(/
syn match errpathLine /^\s*\h\w*\ze\s*[:{]/
syn match errpathEscape /\\["\\]/ contained
syn region errpathString start=/"/ skip=/\\./ end=/"/ oneline contains=errpathEscape
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
