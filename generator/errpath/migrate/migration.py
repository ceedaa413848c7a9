# SPDX-License-Identifier: GPL-2.0-only
"""
Page migration, as one model.
"""

from __future__ import annotations

from typing import Final

from errpath.kernel.target import Model
from errpath.migrate.bugs import BUGS
from errpath.migrate.entries import MODELS, above
from errpath.migrate.new_page import one_fate
from errpath.migrate.reference import Reference
from errpath.migrate.semantics import MODULES
from errpath.migrate.words import VOCABULARY

MIGRATE: Final = Model(
    vocabulary=VOCABULARY,
    reference=Reference,
    modules=MODULES,
    obligations=(one_fate,),
    unseen=("put_new_page", "__PageMovable(src)", "page_mapped(src)", "PageHWPoison(src)"),
    bugs=BUGS,
    entries=MODELS,
    above=above,
)
