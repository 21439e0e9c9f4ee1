"""What judge and check of `Split` both say."""

from __future__ import annotations

ROUNDED_DOWN = "The sizes are rounded down: round them to the nearest number."
ORDERS = {
    "sets_exchanged": "The sets are not in the order train, validation, test.",
    "no_shuffle": "The sets are always the same stretches of the file: shuffle first.",
    "no_reshuffle": "Every call gives the same sets: take a new order from rng each time.",
    "few_orders": "All partitions must be possible.",
    "biased": "Some examples are in one set too often: all partitions must be equally likely.",
}
PARTITION = "Every example is in exactly one of the sets."
THREE_SETS = "a tuple (train, validation, test)"
