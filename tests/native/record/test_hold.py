# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from errpath.native.conform.report import divergence
from errpath.native.record.certificate import Certificate, certificates, read
from errpath.native.record.hold import Held, divergence_of, hold
from errpath.native.walk.part import PARTS
from tests.native.mutated import mutated, mutated_driver

FOLDER: Final = Path(__file__).parents[3] / "certificates" / "5.8.18"
CALL: Final = f"rc = unmap_and_move(\n{'':28}k, get_new_page, put_new_page, private, page, pass_"
LARGEST: Final = 1_000_000

BROKEN = """\
  PageWriteback(src): 1; mode: MIGRATE_SYNC

  event 8
    the model        unlock_page(src)
    the certificate  put_new_page(dst)

  the end
    the model        BUG: unlock-unlocked
    the certificate  returns -EAGAIN

  only the certificate asks put_new_page

  the final state
    dst on
      the model        nothing
      the certificate  caller
    dst given_back
      the model        False
      the certificate  True
"""


def _certificate(name: str) -> Certificate:
    return read(FOLDER / f"{name}.json.gz")


def _told(certificate: Certificate, held: Held) -> str:
    vocabulary = certificate.part.model().vocabulary
    found = divergence_of(held, vocabulary)
    assert found is not None
    sides = ("the model", "the certificate")
    return "\n".join([*divergence(found, vocabulary, sides), ""])


def test_every_part_is_certified() -> None:
    """
    Each part that is walked has a certificate for each semantics, and they are small.
    """
    files = certificates(FOLDER.parent)
    found = {(one.semantics, one.part) for one in map(read, files)}
    assert found == {(semantics, part) for semantics in ("pre", "post") for part in PARTS}
    assert sum(file.stat().st_size for file in files) < LARGEST


@pytest.mark.parametrize("semantics", ["pre", "post"])
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_model_does_what_the_c_did(semantics: str, part: Any) -> None:
    """
    The reference model holds on every path of the C that is recorded, and has no other.
    """
    name = ".".join((part.entry, *part.pages))
    certificate = _certificate(f"{semantics}/{name}")
    held = hold(certificate, part.model().reference())
    assert (held.holds, held.agree, held.agree) == (True, certificate.count, certificate.count)
    assert (certificate.version, certificate.patched) == ("5.8.18", semantics == "post")
    assert certificate.count > 3000


def test_broken_model_is_found() -> None:
    """
    The first path on which a model does otherwise is shown beside what the C did.
    """
    change = (
        "(anon_vma)\n        k.unlock_page(page)\n",
        "(anon_vma)\n        k.unlock_page(page)\n        k.unlock_page(page)\n",
    )
    certificate = _certificate("pre/unmap_and_move")
    target = certificate.part.model().reference(mutated("pre", change))
    held = hold(certificate, target)
    assert not held.holds
    assert held.recorded is not None
    assert held.recorded.returns == 0
    assert "BUG: unlock-unlocked" in _told(certificate, held)


@pytest.mark.parametrize(
    ("name", "semantics", "change"),
    [
        ("unmap_and_move", "pre", ("k.list_del(page)", "k.list_del(page); k.page_count(page)")),
        ("unmap_and_move", "post", ("k.put_anon_vma(anon_vma)", "pass")),
        ("migrate_pages_and_putback.a", "post", ("k.putback_movable_page(page)", "pass")),
    ],
)
def test_broken_semantics_is_found(name: str, semantics: str, change: tuple[str, str]) -> None:
    """
    Whatever part of it, and whichever semantics.
    """
    certificate = _certificate(f"{semantics}/{name}")
    target = certificate.part.model().reference(mutated(semantics, change))
    held = hold(certificate, target)
    assert (held.holds, held.agree < certificate.count) == (False, True)


@pytest.mark.parametrize(
    "change",
    [
        ("        nr_failed += retry\n", "        pass\n"),
        ("pass_ < 10", "pass_ < 11"),
        (f"{CALL} > 2", f"{CALL} > 3"),
        ("k.putback_active_hugepage(page)\n            continue", "continue"),
    ],
    ids=["count", "passes", "force", "putback"],
)
def test_broken_driver_is_found(change: tuple[str, str]) -> None:
    """
    Also where a path shows it passes later.
    """
    certificate = _certificate("pre/migrate_pages_and_putback.a")
    target = certificate.part.model().reference(by=mutated_driver(change))
    held = hold(certificate, target)
    assert (held.holds, held.agree < certificate.count) == (False, True)


def test_path_more_or_less_is_found() -> None:
    """
    A side that has a path more does not hold either, and there is nothing beside it.
    """
    certificate = _certificate("pre/unmap_and_move")
    last = {name: column[:-1] for name, column in certificate.data["rows"].items()}
    shorter = Certificate(
        **{
            **{name: getattr(certificate, name) for name in certificate.__slots__},
            "data": {"tables": certificate.data["tables"], "rows": last},
        }
    )
    held = hold(shorter, certificate.part.model().reference())
    assert (held.holds, held.agree, held.recorded) == (False, 3150, None)
    assert divergence_of(held, certificate.part.model().vocabulary) is None


@pytest.mark.parametrize(
    "file", certificates(FOLDER), ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_certificate_has_no_code(file: Path) -> None:
    """
    It has nothing of the C but the names of functions, and 64 hexadecimal digits for each.
    """
    certificate = read(file)
    assert set(certificate.functions) == {
        *("__unmap_and_move", "unmap_and_move", "unmap_and_move_huge_page"),
        *("migrate_pages", "putback_movable_pages"),
    }
    assert {len(digest) for digest in certificate.functions.values()} == {64}
    vocabulary = certificate.part.model().vocabulary
    texts = {text.partition("(")[0] for text in certificate.data["tables"]["events"]}
    assert texts <= set(vocabulary.primitives)
    assert {text for text, _ in certificate.data["tables"]["answers"]} <= set(vocabulary.choices)
