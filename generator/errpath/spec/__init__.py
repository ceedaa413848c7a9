# SPDX-License-Identifier: GPL-2.0-only
"""
What a spec says, as frozen pydantic models. This room knows no text and no kernel.
"""
