"""What a habit of students is, as data: files that are handed in, and what a person would expect of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

FUNCTIONS = {
    "predict": "def predict(X, w, b):\n    return X @ w + b\n",
    "dL_dw1": "def dL_dw1(x1, x2, y, w1, w2, b):\n    return 2 * (w1 * x1 + w2 * x2 + b - y) * x1\n",
    "dL_dw2": "def dL_dw2(x1, x2, y, w1, w2, b):\n    return 2 * (w1 * x1 + w2 * x2 + b - y) * x2\n",
    "dL_db": "def dL_db(x1, x2, y, w1, w2, b):\n    return 2 * (w1 * x1 + w2 * x2 + b - y)\n",
    "mse_loss": "def mse_loss(X, y, w, b):\n    return np.mean((X @ w + b - y) ** 2) / 2\n",
    "mse_gradient": (
        "def mse_gradient(X, y, w, b):\n    r = X @ w + b - y\n    return X.T @ r / len(y), r.mean()\n"
    ),
    "sigmoid": "def sigmoid(z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z, float)))\n",
    "sigmoid_derivative": (
        "def sigmoid_derivative(z):\n    t = np.exp(-np.abs(np.asarray(z, float)))\n"
        "    return t / (1 + t) ** 2\n"
    ),
    "neuron_gradient": (
        "def neuron_gradient(X, y, w, b):\n    p = sigmoid(X @ w + b)\n    g = (p - y) * p * (1 - p)\n"
        "    return X.T @ g / len(y), g.mean()\n"
    ),
}
IMPORT = "import numpy as np\n"
SIGMOID = IMPORT + FUNCTIONS["sigmoid"]

# A file: the text of a .py, or the cells of a notebook; a dict is a cell that is no code.
Content = str | list[Any]


@dataclass(frozen=True)
class Habit:
    """Files by their path in a student's folder, and what comes of them.

    Parameters
    ----------
    files
        The text of each, or a notebook's cells.
    lost
        The exercises that do not get all their points.
    told
        What must be said, in notes or verdicts: parts of sentences.
    quiet
        Whether nothing else is noted.
    """

    files: dict[str, Content]
    lost: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    quiet: bool = False


def without(*names: str, **changed: str) -> str:
    """All functions but these, others changed, as text without the import."""
    return "\n\n".join(text for name, text in {**FUNCTIONS, **changed}.items() if name not in names)


def module(*names: str, **changed: str) -> str:
    """A right module without some functions."""
    return f"{IMPORT}\n\n{without(*names, **changed)}"


def cells(*names: str, **changed: str) -> list[Any]:
    """The cells of a right notebook without some functions."""
    return [IMPORT, *(text for name, text in {**FUNCTIONS, **changed}.items() if name not in names)]


def written(content: Content) -> bytes:
    """A file's bytes."""
    if isinstance(content, str):
        return content.encode()
    made = [
        cell if isinstance(cell, dict)
        else {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell}
        for cell in content
    ]  # fmt: skip
    about = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": made}).encode()
