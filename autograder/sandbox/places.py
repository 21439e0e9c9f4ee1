"""Where this machine keeps Python and the grader, and objects in memory: what no student needs to read."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.sandbox import levels

_MAX_DEPTH = 4
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,16}\b")


@lru_cache(maxsize=1)
def _folders() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the folders, and what is written for each."""
    program = str(Path(__file__).parent)
    known = {"/sandbox/packages": "", "/sandbox/inside": "grader", "/sandbox": "grader", program: "grader"}
    known[str(Path(program).parents[1])] = "grader"
    for folder in levels.standard_library_folders():
        known[str(folder)] = folder.name
    for folder in levels.package_folders():
        known.setdefault(str(folder), "")
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix} - {"/", "/usr"}:
        known.setdefault(prefix, "python")
        known.setdefault(str(Path(prefix).resolve()), "python")
    longest_first = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return re.compile(rf"({longest_first})(/|(?![\w.-]))"), known


def without_places(text: str) -> str:
    """The text with this machine's folders cut short, and without addresses, which no two runs share.

    Examples
    --------
    >>> without_places("<function f at 0x7f10a2b3c4d0> of no folder/at all")
    '<function f at 0x…> of no folder/at all'
    """
    if "0x" in text:
        text = _ADDRESS.sub("at 0x…", text)
    if "/" not in text:
        return text
    pattern, known = _folders()

    def short(found: re.Match[str]) -> str:
        name = known[found[1]]
        return f"{name}/" if name and found[2] else name

    return pattern.sub(short, text)


def values_without_places(value: Any, depth: int = 0) -> Any:
    """The same for the texts in a result.

    Parameters
    ----------
    value
        What a call returned. Texts that lie too deep in it, or in too long a sequence, stay as they are.
    depth
        In how many tuples, lists and dicts the value lies.
    """
    kind = type(value)
    if kind is str:
        return without_places(value)
    if kind in (tuple, list) and depth < _MAX_DEPTH and len(value) < 1000:
        return kind(values_without_places(each, depth + 1) for each in value)
    if kind is dict and depth < _MAX_DEPTH:
        return {key: values_without_places(each, depth + 1) for key, each in value.items()}
    return value
