"""Files that appear at once: who opens one meanwhile sees the old one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_at_once(path: Path, text: str) -> None:
    """Write a text file, its folder too where there is none.

    Parameters
    ----------
    path
        The file; what it held is replaced.
    text
        UTF-8, with line feeds alone.

    Raises
    ------
    OSError
        When it cannot be written; then it is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".new-") as place:
        new = Path(place, path.name)
        new.write_text(text, encoding="utf-8", newline="\n")
        os.replace(new, path)
