"""What can go wrong while marks are handed on."""

from __future__ import annotations

from autograder.errors import AutograderError


class ExportError(AutograderError):
    """Marks that cannot be handed on; the message says why, and what to do next. Nothing was written."""
