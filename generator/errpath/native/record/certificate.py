# SPDX-License-Identifier: GPL-2.0-only
"""
A certificate: what the C of one kernel does on every path of a part, as data.

It has no code: names and sha256 of functions, choices, events, return codes, final states.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from errpath.native.record.packing import packed, unpacked
from errpath.native.walk.part import Part

if TYPE_CHECKING:
    from errpath.native.record.row import Row

SUFFIX: Final = ".json.gz"

_FORMAT: Final = 1
_GZIP: Final = 31
_BROKEN: Final = (OSError, ValueError, KeyError, IndexError, TypeError, zlib.error)


class CertificateError(Exception):
    """
    A file is no certificate, or none that this errpath reads.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """
    The `rows` of a part, and of what C they are.

    `semantics` is the model's name for that C, `functions` maps each function that was
    compiled to the sha256 of its code.
    """

    semantics: str
    version: str
    file: str
    patched: bool
    functions: Mapping[str, str]
    part: Part
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """
        Name the file that it stands in, below the folder of its kernel and semantics.
        """
        return f"{'.'.join((self.part.entry, *self.part.pages))}{SUFFIX}"

    @property
    def count(self) -> int:
        """
        The number of rows.
        """
        return len(self.data["rows"]["status"])

    def rows(self) -> Iterator[Row]:
        """
        Give the rows; a CertificateError if they are none.
        """
        try:
            yield from unpacked(self.data["tables"], self.data["rows"])
        except _BROKEN as error:
            raise CertificateError(f"its rows cannot be read: {error!r}") from error

    def packed(self) -> bytes:
        """
        Give the bytes of the file: the same for the same C, and no time among them.
        """
        text = json.dumps(
            {
                "errpath": "certificate",
                "format": _FORMAT,
                "semantics": self.semantics,
                "version": self.version,
                "file": self.file,
                "patched": self.patched,
                "functions": dict(self.functions),
                "entry": self.part.entry,
                "pages": self.part.pages,
                "attempts": self.part.attempts,
                **self.data,
            },
            separators=(",", ":"),
            sort_keys=True,
        )
        squeeze = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
        return squeeze.compress(text.encode("ascii")) + squeeze.flush()


def certificate_of(
    rows: Iterable[Row],
    part: Part,
    *,
    semantics: str,
    version: str,
    file: str,
    patched: bool,
    functions: Mapping[str, str],
) -> Certificate:
    """
    Make the certificate of rows.
    """
    return Certificate(
        semantics=semantics,
        version=version,
        file=file,
        patched=patched,
        functions=functions,
        part=part,
        data=packed(rows),
    )


def read(file: Path) -> Certificate:
    """
    Read a certificate; a CertificateError says why it is none.
    """
    try:
        found = json.loads(zlib.decompress(file.read_bytes(), _GZIP))
        if (found.pop("errpath"), found.pop("format")) != ("certificate", _FORMAT):
            raise ValueError("it is of another format")
        part = Part(
            entry=found.pop("entry"),
            pages=tuple(found.pop("pages")),
            attempts=found.pop("attempts"),
        )
        data = {"tables": found.pop("tables"), "rows": found.pop("rows")}
        return Certificate(part=part, data=data, **found)
    except OSError as error:
        raise CertificateError(f"{file}: {(error.strerror or str(error)).lower()}") from error
    except (*_BROKEN, AttributeError) as error:
        raise CertificateError(f"{file} is no certificate: {error}") from error


def certificates(folder: Path) -> list[Path]:
    """
    List the certificates below a folder, in the order of their names.
    """
    return sorted(folder.rglob(f"*{SUFFIX}"))
