"""Questions that are answered in words: how a notebook asks them, and where students write."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from autograder.percent import cells_of

# The cell below a question, as it is handed out.
WRITE_HERE = "*Write your answer here: double-click on this text.*"

# A heading that begins another part of the notebook; smaller ones may be the student's.
_HEADING = re.compile(r"#{1,2} ")


def asks_for(name: str, text: str) -> bool:
    """Whether a text cell is the question of an answer: its heading has the name between backquotes.

    Parameters
    ----------
    name
        Of the written answer, as the rubric has it.
    text
        Of the cell.

    Examples
    --------
    >>> asks_for("why", "## In words: `why`"), asks_for("why", "See `why`.")
    (True, False)
    """
    heading, _, _ = text.lstrip().partition("\n")
    return heading.startswith("#") and f"`{name}`" in heading


def questions(text: str, names: Collection[str]) -> dict[str, str]:
    """The questions in an instructor's notebook (Jupytext's percent format) that a place to write follows.

    After that place code, a heading of the first or second level, or nothing may come: what students write
    ends there.

    Parameters
    ----------
    text
        The notebook.
    names
        Of the written answers, as the rubric has them.

    Returns
    -------
    dict
        Name → the text of its question; without the names that the notebook does not ask for.

    Examples
    --------
    >>> cells = ["# # `why`\\n#\\n# Say so.\\n\\n", f"# {WRITE_HERE}\\n"]
    >>> questions("".join(f"# %% [markdown]\\n{cell}" for cell in cells), ["why"])
    {'why': '# `why`\\n\\nSay so.'}
    """
    texts = [cell.text if cell.is_markdown else "" for cell in cells_of(text)]
    return {
        name: question
        for place, (question, below) in enumerate(pairwise(texts))
        for name in names
        if asks_for(name, question) and below == WRITE_HERE and ends_an_answer([*texts, ""][place + 2])
    }


def ends_an_answer(text: str) -> bool:
    """Whether a cell with this text is another part of the notebook; cells of code have none.

    >>> ends_an_answer(""), ends_an_answer("## 2. Next"), ends_an_answer("### More")
    (True, True, False)
    """
    return not text or bool(_HEADING.match(text.lstrip()))
