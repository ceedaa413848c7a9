# SPDX-License-Identifier: GPL-2.0-only
"""
The texts of a file: a diff, a mail with its parts, or an mbox with several mails.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from errpath.native.mail.error import MailError

if TYPE_CHECKING:
    from email.message import Message

_HEADERS: Final = re.compile(rb"(?:[!-9;-~]+:(?:[ \t].*)?\n(?:[ \t]+\S.*\n)*)+(?=\n|\Z)")
_KNOWN: Final = re.compile(rb"(?im)^(?:from|subject|date|message-id|mime-version|content-type):")
_ENVELOPE: Final = re.compile(
    rb"(?m)^From \S.*\d\d:\d\d:\d\d.*\d{4}.*\n(?=(?:>?[!-9;-~]+:[ \t].*\n))"
)
_HTML: Final = re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_ENCODED: Final = ("base64", "quoted-printable")
_ASK: Final = "the archive has the mail as plain text, too: its raw form, or an mbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """
    One text that may hold a patch, and the subject of the mail that it was in.

    Its first line is the line `first` of the file; 0 if the text was encoded there.
    """

    subject: str
    text: str
    first: int


def letters(data: bytes, name: str) -> list[list[Letter]]:
    """
    Give the texts of each mail of a file; a file that is no mail is one text.

    MailError tells of a file that is no text, or has no mail but in HTML.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if b"\0" in data:
        raise MailError("it holds a NUL byte: it is neither a mail nor a diff", name=name)
    if not data.strip():
        raise MailError("it is empty", name=name)
    found: list[list[Letter]] = []
    html = before = 0
    first = 1
    for start, mail in _mails(data):
        first += data.count(b"\n", before, start)
        before = start
        texts = list(_texts(mail, first))
        plain = [text for text in texts if not _HTML.match(text.text)]
        html += bool(texts) and not plain
        if plain:
            found.append(plain)
    if html and not found:
        raise MailError("it holds HTML and no plain text", name=name, help=_ASK)
    return found


def _mails(data: bytes) -> Iterator[tuple[int, bytes]]:
    """
    Cut an mbox into its mails, without the lines that part them.
    """
    cuts = [
        match
        for match in _ENVELOPE.finditer(data)
        if match.start() == 0 or data[match.start() - 2 : match.start()] == b"\n\n"
    ]
    if not cuts or cuts[0].start() > 0:
        end = cuts[0].start() if cuts else len(data)
        if data[:end].strip():
            yield 0, data[:end]
    ends = [*(cut.start() for cut in cuts[1:]), len(data)]
    for cut, end in zip(cuts, ends, strict=False):
        yield cut.end(), data[cut.end() : end]


def _texts(mail: bytes, first: int) -> Iterator[Letter]:
    """
    Give the texts of a mail: its own, and those of its parts.
    """
    headers = _HEADERS.match(mail)
    if not headers or not _KNOWN.search(headers[0]):
        text = _decoded(mail, None)
        yield Letter(subject=_title(text), text=text, first=first)
        return
    # Most patches that are tried out are no mails: they do not pay for the parser.
    from email.parser import BytesHeaderParser, BytesParser  # noqa: PLC0415

    head = BytesHeaderParser().parsebytes(headers[0])
    encoding = str(head.get("content-transfer-encoding", "")).strip().lower()
    subject = _subject(head)
    if head.get_content_maintype() != "multipart" and encoding not in _ENCODED:
        body = mail[headers.end() :]
        if head.get_content_type() == "text/html":
            body = b"<html>" + body
        text = _stuffed(head, _decoded(body, head.get_content_charset()))
        yield Letter(subject=subject, text=text, first=first + headers[0].count(b"\n"))
        return
    try:
        parts = list(BytesParser().parsebytes(mail).walk())
    except RecursionError:
        return
    for part in parts:
        text = _part(part)
        if text:
            yield Letter(subject=subject, text=text, first=0)


def _title(text: str) -> str:
    """
    Give the title that an archive puts above a mail, if this is one.
    """
    title = text.lstrip().partition("\n")[0].strip()
    return title if re.match(r"(?:re|subject):|\[.*patch", title, re.IGNORECASE) else ""


def _subject(head: Message) -> str:
    """
    Decode the subject of a mail, as far as it can be.
    """
    from email.errors import HeaderParseError  # noqa: PLC0415 - see above
    from email.header import decode_header, make_header  # noqa: PLC0415

    said = str(head.get("subject", ""))
    with contextlib.suppress(HeaderParseError, LookupError, ValueError):
        said = str(make_header(decode_header(said)))
    return " ".join(said.split())


def _part(part: Message) -> str:
    """
    Give the text of a part; "" if it has none. Whatever is named like a patch is text.
    """
    if part.is_multipart():
        return ""
    kind = part.get_content_type()
    named = str(part.get_filename("") or "").endswith((".patch", ".diff", ".txt", ".mbox"))
    if part.get_content_maintype() != "text" and "patch" not in kind and not named:
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    text = _decoded(payload.replace(b"\r\n", b"\n"), part.get_content_charset())
    return f"<html>{text}" if kind == "text/html" else _stuffed(part, text)


def _stuffed(part: Message, text: str) -> str:
    """
    Take away the blank that format=flowed puts before lines which begin with one (RFC 3676).
    """
    if part.get_param("format", "") != "flowed":
        return text
    return "\n".join(line.removeprefix(" ") for line in text.split("\n"))


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "utf-8", "surrogateescape")
    except (LookupError, UnicodeError):
        return data.decode("utf-8", "surrogateescape")
