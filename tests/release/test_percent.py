"""Notebooks in the percent format are read here as Jupytext reads them."""

from pathlib import Path

import jupytext
import pytest

from autograder.percent import cells_of

COURSE = Path(__file__).parents[2]
NOTEBOOKS = {
    path.stem: path for path in sorted(COURSE.glob("solutions/*/*.py")) if path.stem == path.parent.name
}

TITLED = """\
# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% A title [markdown] {"tags": ["given"]}
# # Heading
#
#     indented

# %%
x = 1  # %% no marker


y = '''
%% none either
'''
# %% [md]
# `name`
#%% Named
def f():
    return 2
# %%%
z = 3
#  %% Far from the sign
# %% [raw]
# raw
"""


@pytest.mark.parametrize(
    "text",
    [*(path.read_text(encoding="utf-8") for path in NOTEBOOKS.values()), TITLED],
    ids=[*NOTEBOOKS, "titled"],
)
def test_cells_are_those_that_jupytext_finds(text: str) -> None:
    theirs = jupytext.reads(text, fmt="py:percent").cells
    ours = cells_of(text)
    assert [cell.is_markdown for cell in ours] == [cell.cell_type == "markdown" for cell in theirs]
    for own, other in zip(ours, theirs, strict=True):
        if other.cell_type != "raw":
            assert own.text.strip() == other.source.strip()


def test_what_has_no_marker_has_no_cell() -> None:
    assert cells_of("x = 1\n") == cells_of("") == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_cell_begins_on_its_line(name: str) -> None:
    text = NOTEBOOKS[name].read_text(encoding="utf-8")
    lines = text.splitlines()
    for cell in cells_of(text):
        if not cell.is_markdown and cell.text.strip():
            assert lines[cell.line - 1] == cell.text.splitlines()[0]
        assert "%%" in lines[cell.line - 2]
