# SPDX-License-Identifier: GPL-2.0-only
"""
The wording of a syntax error, in the language's words instead of the parser's.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from lark import Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.lexer import PatternStr

from errpath.language.report.code import Code
from errpath.language.report.diagnostic import Diagnostic, Span
from errpath.language.report.suggest import closest, short
from errpath.language.syntax.grammar import parser

END: Final = "$END"

_FIRST: Final = re.compile(r"[^\s#]+")

_WORDS: Final = {
    "NAME": "a name",
    "STRING": "a string",
    "NUMBER": "a number",
    "CODE": "a return code",
    "COMMIT_ID": "a commit id",
    "_OPEN": "`{`",
    "_COMMA": "`,`",
    "_BAR": "`|`",
    "_LESS": "`<`",
    "_AND": "`and`",
    "_OR": "`or`",
    "_NL": "the end of the line",
    END: "the end of the file",
}

# What is said at once if all of it would do.
_GROUPS: Final = (
    (
        "`include`, `situation`, `contract`, `scenario`, `law` or `delta`",
        frozenset({"INCLUDE", "SITUATION", "CONTRACT", "SCENARIO", "LAW", "DELTA", "_NL", END}),
    ),
    (
        "`include`, `situation`, `contract`, `scenario`, `law` or `delta`",
        frozenset({"INCLUDE", "SITUATION", "CONTRACT", "SCENARIO", "LAW", "DELTA", END}),
    ),
    (
        "a statement",
        frozenset(
            {
                *("BECAUSE", "COMMIT", "RUN", "USE", "ONLY", "WHEN", "EXCEPT", "CHANGES"),
                *(
                    "FAIL",
                    "RETURNS",
                    "NEVER",
                    "CALLS",
                    "ORDER",
                    "FINALLY",
                    "BREAKS",
                    "KEEPS",
                    "NAME",
                ),
            }
        ),
    ),
    ("a condition", frozenset({"RETURNS", "STOPS", "NOT", "LPAR", "NAME"})),
    ("a result", frozenset({"NAME", "NUMBER", "CODE"})),
    ("a scope", frozenset({"BEFORE", "AFTER", "BETWEEN", "WHILE", "IN", "FROM"})),
)
_STARTERS: Final = (
    *("include", "situation", "contract", "scenario", "law", "delta", "because", "commit"),
    *("run", "use", "only", "when", "except", "changes", "fail", "returns", "never", "calls"),
    *("order", "finally", "breaks", "keeps", "regression"),
)


def syntax_error(error: UnexpectedInput, file: str, text: str) -> Diagnostic:
    """
    Say what was expected, what was found instead, and where.
    """
    accepts = _accepts(error)
    found, at = _found(error, file, text)
    if found.startswith('`"'):
        return Diagnostic(
            code=Code.UNTERMINATED_STRING,
            message="the string does not end on its line",
            at=at,
            help='a string ends with `"`, and one inside it is written `\\"`',
        )
    return Diagnostic(
        code=Code.SYNTAX,
        message=f"expected {_list(accepts)}, found {found}",
        at=at,
        help=_help(error, accepts),
    )


def _accepts(error: UnexpectedInput) -> set[str]:
    # Lark gives every error of an LALR parser its parser, and types neither.
    interactive: Any = error.interactive_parser
    return set(interactive.accepts())


def _found(error: UnexpectedInput, file: str, text: str) -> tuple[str, Span]:
    match error:
        case UnexpectedToken(token=Token(type=kind)) if kind == END:
            line = text.count("\n") + 1
            column = len(text) - text.rfind("\n")
            return _WORDS[END], _span(file, line, column, 1)
        case UnexpectedToken(token=Token(type="_NL") as token):
            return _WORDS["_NL"], _span(file, token.line or 0, token.column or 0, 1)
        case UnexpectedToken(token=token):
            # A token that lets its line go on holds the line break too.
            shown = "".join(_FIRST.findall(token)[:1]) if token.type in _WORDS else str(token)
            word = "a string" if token.type == "STRING" else f"`{short(shown)}`"
            return word, _span(file, token.line, token.column, len(shown))
        case UnexpectedCharacters():
            rest = text.split("\n")[error.line - 1][error.column - 1 :].rstrip()
            width = len(rest) if rest.startswith('"') else 1
            return f"`{rest[:1]}`", _span(file, error.line, error.column, width)
        case _:
            raise error


def _span(file: str, line: int, column: int, width: int) -> Span:
    return Span(file=file, line=line, column=column, end_line=line, end_column=column + width)


def _list(accepts: set[str]) -> str:
    left = set(accepts)
    words = []
    for word, members in _GROUPS:
        if members <= left:
            words.append(word)
            left -= members
    # In the order of the grammar, so that the text is the same on every machine.
    words += [word for name, word in _terminals().items() if name in left]
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} or {words[-1]}"


@cache
def _terminals() -> dict[str, str]:
    keywords = {
        terminal.name: f"`{terminal.pattern.value}`"
        for terminal in sorted(parser().terminals, key=lambda t: t.pattern.value)
        if isinstance(terminal.pattern, PatternStr)
    }
    return keywords | _WORDS


def _help(error: UnexpectedInput, accepts: set[str]) -> str | None:
    if not isinstance(error, UnexpectedToken):
        return None
    words = [_terminals()[name].strip("`") for name in accepts if name in _terminals()]
    keyword = closest(error.token, words) if error.token.type == "NAME" else None
    if keyword is None:
        # `nver trylock_page(src)`: the word before was taken for the name of a setting.
        last = error.interactive_parser.parser_state.value_stack[-1:]
        word = last[0] if last and isinstance(last[0], Token) else None
        if word in _STARTERS and word.type == "NAME":
            return f"`{word}` is a name here: the line before it goes on"
        if word is not None and word.type == "NAME":
            keyword = closest(word, _STARTERS)
    return f"the language has the word `{keyword}`" if keyword else None
