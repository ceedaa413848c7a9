# SPDX-License-Identifier: GPL-2.0-only
"""
The kinds of problem that a spec can have, each with a code that stays what it is.
"""

from __future__ import annotations

from enum import Enum


class Code(Enum):
    """
    One kind of problem: its code, and what it means in a line.

    E0 is about files, E1 about syntax, E2 about names, E3 about situations and faults, E4
    about contracts, E5 about reuse.
    """

    UNREADABLE_FILE = "E001", "a file or a folder cannot be read"
    NOT_UTF8 = "E002", "a file is not UTF-8"
    NUL_BYTE = "E003", "a file holds a NUL byte"
    FILE_TOO_LARGE = "E004", "a file is larger than 10 MB"
    EMPTY_FILE = "E005", "a file says nothing"
    NO_SPEC_FILE = "E006", "a folder holds no `.errpath` file"
    FILE_OUTSIDE_ROOT = "E007", "a file lies outside the project"

    SYNTAX = "E101", "something else is expected here"
    UNTERMINATED_STRING = "E102", "a string does not end on its line"
    BAD_ESCAPE = "E103", 'a string has an escape other than `\\"` and `\\\\`'
    CONTROL_CHARACTER = "E104", "a file holds a control character"
    NESTED_TOO_DEEP = "E105", "conditions or uses are nested too deep"
    MISPLACED_STATEMENT = "E106", "a statement stands where it cannot stand"
    BAD_NUMBER = "E107", "a number is out of bounds"

    DUPLICATE_NAME = "E201", "a name is taken"
    DUPLICATE_IDENTIFIER = "E202", "two names give the same Python identifier"
    UNKNOWN_PRIMITIVE = "E203", "no primitive has that name"
    UNKNOWN_CALL = "E204", "no call of the primitive has those subjects"
    UNKNOWN_RESULT = "E205", "a call does not give that result"
    UNKNOWN_WORD = "E206", "no word of the line has that name"
    UNKNOWN_SETTING = "E207", "no page and no setting has that name"
    UNKNOWN_HOLD = "E208", "no lock, reference or other hold is named so on that subject"
    UNKNOWN_PLACE = "E209", "no place has that name"
    UNKNOWN_STATE = "E210", "the subject has no state of that name"
    UNKNOWN_COUNTER = "E211", "no counter has that name"
    UNKNOWN_RETURN_CODE = "E212", "no return code has that name"
    UNKNOWN_SEMANTICS = "E213", "no semantics has that name"
    UNKNOWN_CLEANUP = "E214", "no cleanup contract has that name"
    UNKNOWN_CHANGE = "E215", "no kind of difference has that name"
    UNKNOWN_SUBJECT = "E216", "no subject has that name"
    UNKNOWN_ASPECT = "E217", "no aspect of the line has that name"
    UNKNOWN_ENTRY = "E218", "no function that a `run` can name has that name"
    PAGE_TWICE = "E219", "a list has two pages of one name"
    RESERVED_PAGE = "E220", "a page has a name that means something else"

    IMPOSSIBLE_SITUATION = "E301", "the stated situation cannot be"
    ASPECT_TWICE = "E302", "an aspect is stated twice"
    MIXED_ASPECTS = "E303", "alternatives are words of different aspects"
    FAULT_TWICE = "E304", "a fault is stated twice"
    ANSWERED_TWICE = "E305", "a word and a fault answer the same question"
    RESULT_OMITTED = "E306", "a call has several faults, and none is chosen"
    CANNOT_FAIL = "E307", "a call has no fault"
    AMBIGUOUS_CALL = "E308", "a fault is stated for several calls at once"
    NOT_A_FAULT = "E309", "a result goes the caller's way"
    TOO_MANY_CASES = "E310", "a scenario multiplies into more than 10,000 cases"
    NO_CASE = "E311", "no case of a scenario can be"
    UNREACHABLE_FAULT = "E312", "a fault is stated for a call that the semantics does not make"
    EMPTY_SITUATION = "E313", "a named situation states nothing"
    NO_PAGE = "E314", "a list has no page"
    TOO_MANY_PAGES = "E315", "a list has more pages than its function takes"
    BAD_PASS = "E316", "a pass is none of the function's, or is stated twice"
    UNLISTED_PAGES = "E317", "a situation or scenario does not name the pages of its list"

    NO_CLAUSE = "E401", "a scenario, law, delta or named contract has no clause"
    NO_CLAUSE_IN_SEMANTICS = "E402", "there is no clause for one of the semantics"
    NO_BECAUSE = "E403", "a scenario, law or delta gives no reason"
    STATEMENT_TWICE = "E404", "a statement that stands once stands twice"
    EMPTY_TEXT = "E405", "a name, a reason or a title is empty"
    BAD_COMMIT_ID = "E406", "a commit id is not 12 hex digits"
    ONLY_NOTHING = "E407", "`only` names no semantics"
    UNREACHABLE_CALL = "E408", "a clause is about a primitive that the semantics does not call"
    CONTRADICTION = "E409", "two clauses cannot hold together"
    SHORT_ORDER = "E410", "an `order` has fewer than two calls"
    SELF_DELTA = "E411", "a delta is between a semantics and itself"
    NO_CHANGES = "E412", "a delta does not say what changes"
    FOREIGN_SEMANTICS = "E413", "a clause is about a semantics that has no part in it"
    BAD_CHANGE = "E414", "a `changes` does not name what differs, or names the wrong thing"
    UNSHARED_CONDITION = "E415", "the condition of a delta is about how a run ends"
    BARE_TEST = "E416", "a condition has a test without its result"
    NOT_OF_EACH = "E417", "a law about lists of any length says what is not judged there"

    INCLUDE_NOT_FOUND = "E501", "an included file does not exist"
    INCLUDE_CYCLE = "E502", "a file includes itself, directly or not"
    INCLUDE_OUTSIDE_ROOT = "E503", "an included file lies outside the project"
    UNKNOWN_USE = "E504", "nothing has the name that is used"
    MISPLACED_USE = "E505", "a situation is used as a contract, or the other way round"
    USE_CYCLE = "E506", "a definition uses itself, directly or not"
    USE_WITHOUT_EFFECT = "E507", "a used contract has no clause for the semantics"
    FOREIGN_USE = "E508", "what is used is about another function, or other pages"

    def __init__(self, code: str, says: str) -> None:
        self.code = code
        self.says = says
