"""The kinds of exercises that there are: one folder each, which the engine does not know.

``rules.Minibatches`` is the class of that name in the folder ``minibatches``; nothing is listed here.
"""

from __future__ import annotations

import importlib
import re
from typing import Any


def __getattr__(name: str) -> Any:
    """A rule by the name of its class, from the folder that bears it."""
    folder = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    try:
        return getattr(importlib.import_module(f"{__name__}.{folder}"), name)
    except (ModuleNotFoundError, AttributeError):
        raise AttributeError(f"there is no rule {name!r} in {__name__}") from None
