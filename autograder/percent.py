"""The cells of an instructor's notebook in Jupytext's percent format, read without loading Jupytext."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A marker may have a title, and words in brackets: `# %% A title [markdown]`.
_MARKER = re.compile(r"^#[ \t]*%%(%*[ \t].*)?$", re.MULTILINE)
_WORDS = re.compile(r"\[(?:markdown|md)\]")


@dataclass(frozen=True)
class PercentCell:
    """A cell: its text, of Markdown without the comment signs, and the line of the file it begins on."""

    is_markdown: bool
    text: str
    line: int


def cells_of(text: str) -> list[PercentCell]:
    """The cells of a notebook; what stands before the first is its header.

    >>> cells_of("# %% [markdown]\\n# ## Title\\n# Words.\\n\\n# %%\\nx = 1\\n")[0]
    PercentCell(is_markdown=True, text='## Title\\nWords.', line=2)
    """
    markers = list(_MARKER.finditer(text))
    ends = [*(marker.start() for marker in markers), len(text)][1:]
    found = []
    for marker, end in zip(markers, ends, strict=True):
        body = text[marker.end() + 1 : end]
        is_markdown = bool(_WORDS.search(marker[1] or ""))
        line = text.count("\n", 0, marker.end()) + 2
        found.append(PercentCell(is_markdown, _uncommented(body) if is_markdown else body.rstrip(), line))
    return found


def _uncommented(body: str) -> str:
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in body.splitlines()).strip()
