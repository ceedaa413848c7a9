# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from errpath.native.record.certificate import (
    Certificate,
    CertificateError,
    certificate_of,
    certificates,
    read,
)
from errpath.native.record.row import Row, rows
from errpath.native.walk.part import Part

LIST: Final = Part(entry="migrate_pages", pages=("a",), attempts=1)


@cache
def _certificate(part: Part) -> Certificate:
    return _made(part, "pre")


def _made(part: Part, semantics: str) -> Certificate:
    return certificate_of(
        rows(part.walk(part.model().reference(), semantics)),
        part,
        semantics=semantics,
        version="5.8.18",
        file="mm/migrate.c",
        patched=False,
        functions={"unmap_and_move": "0" * 64},
    )


def _written(data: Any) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    return squeeze.compress(json.dumps(data).encode()) + squeeze.flush()


@pytest.mark.parametrize("part", [Part(), LIST], ids=lambda part: part.name)
def test_rows_come_back(tmp_path: Path, part: Part) -> None:
    """
    What is read is what was recorded, row by row.
    """
    made = _certificate(part)
    file = tmp_path / made.name
    file.write_bytes(made.packed())
    found = read(file)
    expected = list(rows(part.walk(part.model().reference(), "pre")))
    assert list(found.rows()) == expected
    assert (found.count, found.part) == (len(expected), part)
    assert (found.semantics, found.version, found.file, found.patched, found.functions) == (
        "pre",
        "5.8.18",
        "mm/migrate.c",
        False,
        {"unmap_and_move": "0" * 64},
    )


def test_bytes_are_the_same_again() -> None:
    """
    No time and no order of chance is in them.
    """
    assert _certificate(LIST).packed() == _made(LIST, "pre").packed()
    assert _certificate(LIST).packed() != _made(LIST, "post").packed()


def test_names_of_files() -> None:
    """
    A file is called by what was run.
    """
    assert [_certificate(part).name for part in (Part(), LIST)] == [
        "unmap_and_move.json.gz",
        "migrate_pages.a.json.gz",
    ]


def test_files_are_found_in_their_order(tmp_path: Path) -> None:
    """
    Whatever is below the folder and is called so.
    """
    for name in ("b/x.json.gz", "a/y.json.gz", "a/z.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert certificates(tmp_path) == [tmp_path / "a/y.json.gz", tmp_path / "b/x.json.gz"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"no gzip", "Error -3 while decompressing data: incorrect header check"),
        (_written([]), "'errpath'"),
        (_written({}), "'errpath'"),
        (_written({"errpath": "certificate", "format": 2}), "it is of another format"),
        (_written({"errpath": "certificate", "format": 1}), "'entry'"),
    ],
)
def test_file_that_is_no_certificate(tmp_path: Path, data: bytes, says: str) -> None:
    """
    It is told, by its name.
    """
    file = tmp_path / "x.json.gz"
    file.write_bytes(data)
    with pytest.raises(CertificateError) as found:
        read(file)
    assert str(found.value).startswith(f"{file} is no certificate: ")
    assert says in str(found.value) or data == _written([])


def test_file_that_is_not_there(tmp_path: Path) -> None:
    """
    It is told as any other file's absence.
    """
    with pytest.raises(CertificateError) as found:
        read(tmp_path / "x.json.gz")
    assert str(found.value) == f"{tmp_path / 'x.json.gz'}: no such file or directory"


def test_rows_that_cannot_be_read() -> None:
    """
    A number that no table has is told when it is read.
    """
    made = _made(LIST, "pre")
    made.data["rows"]["final"][3] = 10_000
    found: list[Row] = []
    with pytest.raises(CertificateError, match=r"^its rows cannot be read: IndexError"):
        found.extend(made.rows())
    assert len(found) == 3
