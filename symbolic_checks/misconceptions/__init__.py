"""The wrong formulas that students write, made from a derivation, each with the sentence that explains it."""

from symbolic_checks.misconceptions.catalogue import Catalogue, catalogue
from symbolic_checks.misconceptions.misconception import Misconception, Mutant

__all__ = ["Catalogue", "Misconception", "Mutant", "catalogue"]
