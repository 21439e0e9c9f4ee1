"""What a component is summed over: the examples and the features, whatever a course calls them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from autograder.judging.reference import Reference

if TYPE_CHECKING:
    from symbolic_checks.axis import Axis


@dataclass(frozen=True)
class Axes:
    """The examples, which have order 0, and the index after them in an argument; None where there is none.

    ``matrix`` is the argument that runs over both.
    """

    examples: Axis | None = None
    features: Axis | None = None
    matrix: str = ""

    def sizes(self, sizes: Mapping[Any, int]) -> tuple[int, int]:
        """How many examples and features there are; 0 for what does not exist."""
        n, d = (sizes.get(index, 0) if index else 0 for index in (self.examples, self.features))
        return n, d

    @property
    def words(self) -> dict[str, str]:
        """What sentences call them."""
        return {
            "n": str(self.examples.size) if self.examples else "n",
            "examples": self.examples.plural if self.examples else "examples",
            "features": self.features.plural if self.features else "features",
            "matrix": self.matrix or "X",
        }

    def told(self, sentence: str) -> str:
        """A sentence about ``{n}`` ``{examples}``, ``{features}`` and the ``{matrix}`` of both, in their
        own words.

        >>> Axes().told("It is {n} times too small, for {n} {examples}.")
        'It is n times too small, for n examples.'
        """
        return sentence.format(**self.words)


def words_of(reference: Reference, axes: Axes) -> dict[str, str]:
    """The words for a component's axes, and questions that fit only a squared error or the slope of one.

    Parameters
    ----------
    reference
        Decides whether these questions are asked.
    axes
        Of the component that the sentence is about.
    """
    squared = is_of_squares(reference)
    return axes.words | {
        "losses": ". Check the loss in the text: does it have the ½?" if squared else ".",
        "difference": ": check the order of the subtraction." if squared else ".",
    }


def is_of_squares(reference: Reference) -> bool:
    """Whether a squared error, or the slope of one, is expected: some have a ½, others do not.

    The point where a loss is smallest does not depend on a ½, so it is not meant here.
    """
    facts: Any = getattr(reference, "facts", None)
    return bool(facts and facts.of_squares and is_of_a_loss(reference))


def is_of_a_loss(reference: Reference) -> bool:
    """Whether a loss, or the slope of one, is asked for: students mix losses up."""
    known: Any = getattr(reference, "facts", reference)
    if getattr(known, "is_derived", False):
        return bool(known.of_data)
    return bool(summed_axes(reference).examples) and reference.components == ("value",)


def sizes_of(reference: Reference, arguments: Sequence[Any]) -> Mapping[Any, int]:
    """How far each index of a reference runs; empty for one that nobody said axes of.

    Parameters
    ----------
    reference
        Decides which axis of which argument an index runs over.
    arguments
        Of one call, in the reference's order.
    """
    sizes = getattr(reference, "sizes", None)
    return sizes(*arguments) if sizes else {}


def in_order(reference: Reference) -> list[Axis]:
    """All that a reference's arguments run over, the first argument's first; empty where nobody said it."""
    first, *others = getattr(reference, "axes", ()) or ((),)
    rest = sorted({index for axes in others for index in axes}, key=lambda index: index.place)
    return list(dict.fromkeys([*first, *rest]))


@lru_cache(maxsize=256)
def axes_of(reference: Reference, component: int) -> Axes:
    """The axes that a component is summed over.

    There are no examples where the result has one value for each of them, and none in what nobody said axes
    of.

    Parameters
    ----------
    reference
        Names the axes of its arguments and results, where it was derived.
    component
        Its position, from 0.
    """
    arguments: Any = getattr(reference, "axes", ())
    indices = sorted({index for axes in arguments for index in axes}, key=lambda index: index.place)
    examples = next((index for index in indices if index.order <= 0), None)
    features = next((index for index in indices if index.order > 0), None)
    both = zip(reference.parameters, arguments, strict=False)
    matrix = next((name for name, axes in both if set(axes) == {examples, features}), "")
    if examples is not None and str(examples) in reference.result_axes[component]:  # type: ignore[attr-defined]
        examples = None
    return Axes(examples, features, matrix)


def summed_axes(reference: Reference) -> Axes:
    """The axes of the first component that is summed over examples, or of the first one."""
    axes = [axes_of(reference, k) for k in range(len(reference.components))]
    return next((each for each in axes if each.examples), axes[0])
