"""The Palmer penguins as the homework uses them (Gorman, Williams and Fraser 2014; CC0)."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

DATA = Path(__file__).with_name("penguins.csv")
FEATURES = ("flipper_length_mm", "bill_length_mm")


def _rows(columns: list[str], path: Path) -> tuple[list[dict[str, str]], int]:
    """The rows in which all of these columns have a value, and how many had not."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    complete = [row for row in rows if all(row[column] not in ("", "NA") for column in columns)]
    return complete, len(rows) - len(complete)


def _features(rows: list[dict[str, str]]) -> np.ndarray:
    return np.array([[float(row[feature]) for feature in FEATURES] for row in rows])


def _standardized(X: np.ndarray) -> np.ndarray:
    return (X - X.mean(axis=0)) / X.std(axis=0)


def load_body_mass(
    path: Path = DATA, verbose: bool = True, standardized: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Features and body mass, for the linear model.

    Returns
    -------
    X : array, shape (n, 2)
        Flipper length and bill length, each with mean 0 and standard deviation 1 over all n penguins; in
        millimeters if not `standardized`. Take these where some of the rows are a test set: a mean over all
        rows would look into it.
    y : array, shape (n,)
        Body mass in kilograms.
    """
    rows, dropped = _rows([*FEATURES, "body_mass_g"], path)
    if verbose:
        print(f"{len(rows)} penguins; {dropped} more were left out, as a measurement is missing.")
    X, y = _features(rows), np.array([float(row["body_mass_g"]) / 1000 for row in rows])
    return (_standardized(X) if standardized else X), y


def load_species(path: Path = DATA, verbose: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Features and species, for the sigmoid neuron.

    Returns
    -------
    X : array, shape (n, 2)
        Flipper length and bill length, each with mean 0 and standard deviation 1.
    y : array, shape (n,)
        0 for Adelie, 1 for Gentoo.
    """
    rows, dropped = _rows([*FEATURES, "species"], path)
    rows = [row for row in rows if row["species"] in ("Adelie", "Gentoo")]
    if verbose:
        print(f"{len(rows)} penguins, Adelie and Gentoo; {dropped} more were left out for missing values.")
    return _standardized(_features(rows)), np.array([float(row["species"] == "Gentoo") for row in rows])
