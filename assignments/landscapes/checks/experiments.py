"""Around the experiments of a notebook: a function that is not right yet ends one with a sentence.

Curves that leave the range of numbers are cut before Matplotlib draws them, and say "diverged".
"""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import numpy as np

from . import published
from .judging import judge

# Times the largest number with which a curve of the same drawing begins: what is beyond has diverged.
_OFF_SCALE = 1e6
DIVERGED = "diverged"


def waiting_for(*names: str) -> AbstractContextManager[None]:
    """Around an experiment, with the names of the exercises that it needs.

    A function that is not written yet, or that is wrong, ends the experiment with one sentence. An error that
    no exercise explains is shown as Python shows it: then the experiment itself was changed.
    """
    return _experiment(names, sys._getframe(1).f_globals)


@contextlib.contextmanager
def _experiment(names: Sequence[str], namespace: Mapping[str, Any]) -> Iterator[None]:
    before = _figures()
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
            for figure in _figures() - before:
                draw(_figure(figure))
    except NotImplementedError:
        _close(_figures() - before)
        print(f"This experiment waits for {_listed(names)}: run the cell again when that is written.")
    except Exception as error:
        wrong = [name for name in names if name in published.exercises() and not judge(name, namespace)[0]]
        if not wrong:
            raise
        _close(_figures() - before)
        text = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        it = "it is" if len(wrong) == 1 else "they are"
        print(
            f"This experiment stopped, because {_listed(wrong)} is not right yet ({text}). "
            f"Run the cell again when {it} right."
        )


def draw(figure: Any) -> None:
    """Cut what has diverged in a figure of Matplotlib's, and draw it: what cannot be drawn raises here."""
    for axes in figure.axes:
        cut(axes)
    figure.canvas.draw()


def cut(axes: Any) -> None:
    """Cut each line of a drawing where it leaves the range of numbers; its label then says so."""
    lines = [line for line in axes.get_lines() if line.get_transform().contains_branch(axes.transData)]
    begins = [abs(float(place[0])) for line in lines for place in _data(line) if place.size]
    limit = _OFF_SCALE * (max((begin for begin in begins if np.isfinite(begin)), default=0.0) or 1.0)
    found = False
    for line in lines:
        x, y = _data(line)
        gone = np.flatnonzero(~(np.abs(x) <= limit) | ~(np.abs(y) <= limit))
        if not gone.size or not _ends_beyond(x, y, limit):
            continue
        found = True
        first = int(gone[0])
        line.set_data(x[:first], y[:first])
        _say_so(axes, line, (x[first - 1], y[first - 1]) if first else None)
    if found:
        axes.relim()
        axes.autoscale_view()


def _ends_beyond(x: np.ndarray, y: np.ndarray, limit: float) -> bool:
    """Whether a line ends there: a gap in its midst is no divergence."""
    return not (abs(x[-1]) <= limit and abs(y[-1]) <= limit)


def _data(line: Any) -> tuple[np.ndarray, np.ndarray]:
    x, y = line.get_data(orig=False)
    return np.ma.filled(np.ma.asarray(x, float), np.nan), np.ma.filled(np.ma.asarray(y, float), np.nan)


def _say_so(axes: Any, line: Any, end: tuple[float, float] | None) -> None:
    label = str(line.get_label())
    if not label.startswith("_"):
        line.set_label(f"{label} ({DIVERGED})")
        legend = axes.get_legend()
        for text in legend.get_texts() if legend else ():
            if text.get_text() == label:
                text.set_text(line.get_label())
    if end is not None:
        axes.annotate(DIVERGED, end, (4, -10), textcoords="offset points", fontsize="small", clip_on=True)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _figures() -> set[int]:
    """The numbers of the open figures; Matplotlib is loaded by the notebook, if at all."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()


def _figure(number: int) -> Any:
    return sys.modules["matplotlib.pyplot"].figure(number)


def _close(numbers: set[int]) -> None:
    for number in numbers:
        sys.modules["matplotlib.pyplot"].close(number)
