"""Results that were cut off, made shorter, or taken for zero: right but for what lies beyond a bound."""

from __future__ import annotations

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.rules.values.evidence import Observed

# So many values, and on so many inputs, must be cut off, and left as they are.
_LEAST = 2
# No larger number is called a small one.
_SMALL = 0.1


def of_result(seen: Observed) -> list[Misconception]:
    """The one thing that was done to large results, or to small ones, if there is one."""
    if seen.got.size < 2 * _LEAST or not np.isfinite(seen.got).all():
        return []
    found = _cut_off(seen) or _shortened(seen) or _only_labels(seen) or _taken_for_zero(seen)
    return [found] if found else []


def _cut_off(seen: Observed) -> Misconception | None:
    got, right = seen.got, seen.right
    low, high = float(got.min()), float(got.max())
    below, above = right < low, right > high
    beyond = below | above
    if _inputs(seen, beyond) < _LEAST or np.count_nonzero(~beyond) < _LEAST:
        return None
    if not seen.fits(np.clip(right, low, high)):
        return None
    if below.any() and above.any():
        return Misconception(
            "cut_off", f"It is cut off at {low:.6g} and {high:.6g}: right values lie beyond that, too."
        )
    bound, side = (low, "below") if below.any() else (high, "above")
    return Misconception(
        f"cut_off_{side}", f"It is cut off: no value {side} {bound + 0.0:.6g} is ever returned."
    )


def _shortened(seen: Observed) -> Misconception | None:
    """Vectors that are longer than some length are made that long."""
    if any(each.right.ndim == 0 for each in seen.evidence):
        return None
    limit = max(float(np.linalg.norm(each.got)) for each in seen.evidence)
    lengths = [float(np.linalg.norm(each.right)) for each in seen.evidence]
    longer = [length > limit * (1 + 1e-9) for length in lengths]
    if sum(longer) < _LEAST or all(longer) or limit == 0:
        return None
    row = [
        np.ravel(each.right) * min(1.0, limit / length if length else 1.0)
        for each, length in zip(seen.evidence, lengths, strict=True)
    ]
    if not seen.fits(np.concatenate(row)):
        return None
    return Misconception("length_cut_off", f"It is never longer than {limit:.6g}: keep its full length.")


def _only_labels(seen: Observed) -> Misconception | None:
    if set(np.unique(seen.got)) == {0.0, 1.0} and not set(np.unique(seen.right)) <= {0.0, 1.0}:
        return Misconception(
            "only_zeros_and_ones",
            "Only zeros and ones are returned: is there a comparison too many?",
        )
    return None


def _taken_for_zero(seen: Observed) -> Misconception | None:
    """All numbers of some inputs are 0, and those of all others are right."""
    zero = [not np.any(each.got) and bool(np.any(each.right)) for each in seen.evidence]
    if not any(zero) or sum(zero) == len(zero):
        return None
    row = [
        np.zeros(each.right.size) if gone else np.ravel(each.right)
        for each, gone in zip(seen.evidence, zero, strict=True)
    ]
    if not seen.fits(np.concatenate(row)):
        return None
    given = [
        max((float(np.abs(value).max(initial=0.0)) for value in each.arguments[:1]), default=0.0)
        for each in seen.evidence
    ]
    small = max(size for size, gone in zip(given, zero, strict=True) if gone)
    rest = min(size for size, gone in zip(given, zero, strict=True) if not gone and size > 0)
    if small < min(rest, _SMALL):
        return Misconception(
            "small_taken_for_zero", "Small numbers are treated as zero: only exactly 0 counts as zero."
        )
    return None


def _inputs(seen: Observed, which: np.ndarray) -> int:
    """On how many inputs there is such a value."""
    places = np.repeat(np.arange(len(seen.sizes)), seen.sizes)
    return len(np.unique(places[which]))
