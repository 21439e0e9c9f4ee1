"""What many epochs say about the shuffling: a fair one is never blamed, one that cannot be fair is named."""

import numpy as np
import pytest

from autograder.judging.randomness import judge_shuffling

N, SIZE = 8, 3
POSSIBLE = 560


def epochs(shuffle, count, seed):
    """Batches of `count` epochs as multiplicities, in the orders that `shuffle(rng)` gives."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        order = shuffle(rng)
        batches = np.zeros((3, N))
        for step, start in enumerate(range(0, N, SIZE)):
            batches[step, order[start : start + SIZE]] = 1
        found.append(batches)
    return found


def fair(rng):
    return rng.permutation(N)


@pytest.mark.parametrize("count", [40, 60])
def test_a_fair_shuffle_is_never_blamed(count):
    assert {judge_shuffling(epochs(fair, count, seed), POSSIBLE).problem for seed in range(300)} == {""}


@pytest.mark.parametrize(
    ("name", "shuffle"),
    [
        ("no_shuffle", lambda rng: np.arange(N)),
        ("no_reshuffle", lambda rng: np.random.default_rng(3).permutation(N)),
        ("few_orders", lambda rng: np.roll(np.arange(N), rng.integers(N))),
        ("few_orders", lambda rng: np.arange(N)[:: rng.choice([-1, 1])]),
        ("biased", lambda rng: np.append(0, 1 + rng.permutation(N - 1))),
        ("biased", lambda rng: np.append(rng.permutation(N - 1), N - 1)),
        ("biased", lambda rng: np.insert(rng.permutation([0, 1, 2, 3, 5, 6, 7]), 4, 4)),
    ],
)
@pytest.mark.parametrize("count", [40, 60])
def test_an_unfair_shuffle_is_named_whatever_the_seed(name, shuffle, count):
    judged = [judge_shuffling(epochs(shuffle, count, seed), POSSIBLE) for seed in range(30)]
    assert {shuffling.misconception for shuffling in judged} == {name}
