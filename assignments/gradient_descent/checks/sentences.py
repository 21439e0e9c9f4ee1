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
NO_PARTITION = "not every example comes once"
ALL_EQUALLY_LIKELY = "All orders must be equally likely."
# By what gives an order away, where not all are equally likely.
UNFAIR = {
    "few": "Of all possible orders only some come, or a few of them far too often",
    "again": "An order depends on the one that came before it",
    "swaps": "Some orders come more often than others",
    "stay": "Too many examples keep their place in the file, or too few do",
    "neighbors": "Neighbors in the file come one after another too often",
    "parity": "Half of all orders never come: those that an even number of swaps leads to, or an odd one",
    "cycle": "Every order is one single cycle, in which no example keeps its place (Sattolo's algorithm)",
    "descents": "The order runs up or down for too long: do several examples have the same key?",
    "places": "Where an example comes depends on where it stood",
    "together": "Neighbors in the file are together too often, or too seldom",
}
WRONG_LATER = (
    "Called again, with the same seed and with another one, it does not always give what is asked for."
)
CLIMBS = "It climbs: each step goes along the gradient, not against it."
SILENCES = "it silences NumPy for the whole process; np.errstate in a with statement does not"
NEVER_OVERFLOWS = "Find a way that never overflows."
NOTHING = "None (is the return statement missing?)"
POLITE = "Shapes and types are right, and no argument is changed."
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
    return f"it returned {what}, where {asked} is asked for"


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
    return f"{name} has shape {shape}, where {asked} is asked for"


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
    "called twice with the same arrays it does not give the same, or what it gave changes later: "
    "work on a copy of what you are given, and return new arrays"
)


REMEMBERS = (
    "when one argument alone is another one, it is not right any more: work everything out from what you are "
    "given, and keep nothing from call to call"
)


def changes(argument: str) -> str:
    """A function works on what it was given."""
    return f"it changes its argument {argument} in place: work on a copy"


def shares(whose: str) -> str:
    """A result is no array of its own."""
    return f"its result shares memory with {whose}, so one changes with the other: return a new array"
