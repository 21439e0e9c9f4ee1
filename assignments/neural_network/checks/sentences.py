"""Sentences that judges of several rules say, and the checks on students' machines too: each stands once."""

from __future__ import annotations

RNG_ALONE = "rng must be the only source of randomness"
SEEDS = {
    "other_randomness": f"Two runs with the same seed differ: {RNG_ALONE}.",
    "rng_unused": "The order does not depend on rng: another seed gives the same one.",
}
ORDERS = {
    "no_shuffle": "The examples always come in the order of the file: shuffle them.",
    "no_reshuffle": "Every epoch uses the same order: draw a new one each time.",
    "few_orders": "All orders must be possible.",
    "biased": "Some examples come early or late too often: all orders must be equally likely.",
}
NO_PARTITION = "not every example comes exactly once"
ALL_EQUALLY_LIKELY = "All orders must be equally likely."
# By what gives an order away, where not all are equally likely.
UNFAIR = {
    "few": "Only some of the possible orders come, or a few of them come far too often",
    "again": "An order depends on the one that came before it",
    "swaps": "Some orders come more often than others",
    "stay": "Too many examples keep their place in the file, or too few do",
    "neighbors": "Neighbors in the file come one after another too often",
    "parity": "Half of all orders never come: those with an even number of swaps, or with an odd one",
    "cycle": "Every order is a single cycle, so no example keeps its place (Sattolo's algorithm)",
    "descents": "The order runs up or down for too long: do several examples have the same key?",
    "places": "The place of an example in the order depends on its place in the file",
    "together": "Neighbors in the file are together too often or too rarely",
}
WRONG_LATER = (
    "Called again with the same seed and with another one, it does not always return a right result."
)
CLIMBS = "It climbs: each step goes along the gradient, not against it."
TWICE_AS_LONG = "Every step is twice as long as it should be."
HALF_AS_LONG = "Every step is half as long as it should be."
RATE_TWICE = "The learning rate is multiplied in twice."
# `loss` or `gradient` was called with an argument of another shape.
TAKES = "{}(v) takes v of shape {}; it was given shape {}"
SILENCES = "it turns off NumPy's warnings for the whole process: use np.errstate in a with statement instead"
NEVER_OVERFLOWS = "Find a way that never overflows."
NOTHING = "None (is the return statement missing?)"
POLITE = "Shapes and types are right, and no argument is changed."
CHANGES_LATER = "a result changes when the function is called again: return new arrays in every call"
SAME_ARRAY = "they return the same array: make a new one in every call"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def returned(what: str, asked: str) -> str:
    """What came back is not of the kind that is asked for.

    Parameters
    ----------
    what, asked
        Both with their articles, as in "a string" and "a tuple (w, b)".
    """
    return f"it returned {what}; expected {asked}"


def misshapen(name: str, shape: tuple[int, ...], asked: str) -> str:
    """A result or a part of it has another shape.

    Parameters
    ----------
    name
        Of the result or the part, as in "the result".
    shape
        The one that it has.
    asked
        The right one in words, as in "shape (3,)" or "a number".
    """
    return f"{name} has shape {shape}; expected {asked}"


def not_refused(name: str, came: str) -> str:
    """No ValueError came where one must be raised.

    Parameters
    ----------
    name
        What the function was called with.
    came
        What happened instead, as in "nothing was raised".
    """
    return f"With {name} a ValueError must be raised; {came}"


def outside(n: int) -> str:
    """Some indices are no examples."""
    return f"there are indices outside 0 … {n - 1}"


def floats(use: str) -> str:
    """Indices are not integers; `use` is what they are for."""
    return f"the indices are floats: {use} needs integers"


def warns(warning: str) -> str:
    """Where no warning is allowed."""
    return f"right values, but NumPy warns: {warning}"


NOT_ITS_OWN = (
    "two calls with the same arrays do not give the same result, or a result changes later: "
    "work on a copy of the arguments, and return new arrays"
)


REMEMBERS = (
    "when only one argument changes, the result is no longer right: compute everything from the arguments, "
    "and keep nothing from call to call"
)


def changes(argument: str) -> str:
    """A function works on what it was given."""
    return f"it changes its argument {argument} in place: work on a copy"


def shares(whose: str) -> str:
    """A result is no array of its own."""
    return f"its result shares memory with {whose}, so one changes with the other: return a new array"
