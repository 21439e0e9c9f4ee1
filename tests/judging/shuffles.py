"""Ways to shuffle n examples, as students write them: fair ones, and others.

Each is made anew for a student, since some remember what they gave last."""

import functools
import random

import numpy as np


def swapped(n, swaps):
    order = list(range(n))
    for i, j in swaps:
        order[i], order[j] = order[j], order[i]
    return np.array(order, int)


def fisher_yates(rng, n):
    return swapped(n, ((i, int(rng.integers(i + 1))) for i in range(n - 1, 0, -1)))


def fisher_yates_up(rng, n):
    return swapped(n, ((i, int(rng.integers(i, n))) for i in range(n - 1)))


def inside_out(rng, n):
    order = [0] * n
    for i in range(n):
        j = int(rng.integers(i + 1))
        order[i] = order[j]
        order[j] = i
    return np.array(order, int)


def in_place(rng, n):
    order = np.arange(n)
    rng.shuffle(order)
    return order


def drawn_one_by_one(rng, n):
    left = list(range(n))
    return np.array([left.pop(int(rng.integers(len(left)))) for _ in range(n)], int)


def of_python(rng, n):
    return np.array(random.Random(int(rng.integers(1 << 62))).sample(range(n), n), int)


def of_random_state(rng, n):
    return np.random.RandomState(int(rng.integers(1 << 32))).permutation(n)


class Remembered:
    """Goes on from the order that it gave last."""

    def __init__(self, step):
        self.step, self.orders = step, {}

    def __call__(self, rng, n):
        before = self.orders.get(n, np.arange(n))
        self.orders[n] = before[self.step(rng, n)]
        return self.orders[n]


class EveryOther:
    """Makes every second order from the last one."""

    def __init__(self, again):
        self.again, self.fresh, self.orders = again, {}, {}

    def __call__(self, rng, n):
        self.fresh[n] = not self.fresh.get(n, False)
        self.orders[n] = rng.permutation(n) if self.fresh[n] else self.again(self.orders[n])
        return self.orders[n]


RIGHT = {
    "permutation": lambda: lambda rng, n: rng.permutation(n),
    "permuted": lambda: lambda rng, n: rng.permuted(np.arange(n)),
    "shuffle": lambda: in_place,
    "choice": lambda: lambda rng, n: rng.choice(n, n, replace=False),
    "argsort": lambda: lambda rng, n: np.argsort(rng.random(n)),
    "fisher_yates": lambda: fisher_yates,
    "fisher_yates_up": lambda: fisher_yates_up,
    "inside_out": lambda: inside_out,
    "drawn_one_by_one": lambda: drawn_one_by_one,
    "of_python": lambda: of_python,
    "of_random_state": lambda: of_random_state,
    "an_order_that_lives_on": lambda: Remembered(lambda rng, n: rng.permutation(n)),
}


def riffled(rng, n):
    left = rng.integers(2, size=n) == 0
    order = np.empty(n, int)
    order[left], order[~left] = np.arange(left.sum()), np.arange(left.sum(), n)
    return order


def blocks(size):
    def shuffle(rng, n):
        starts = rng.permutation(range(0, n, size))
        return np.concatenate([np.arange(start, min(start + size, n)) for start in starts])

    return shuffle


def within(size):
    def shuffle(rng, n):
        return np.concatenate([s + rng.permutation(min(size, n - s)) for s in range(0, n, size)])

    return shuffle


def transpositions(count):
    return lambda rng, n: swapped(n, (rng.integers(n, size=2) for _ in range(count(n))))


def compared(rng, n):
    return np.array(sorted(range(n), key=functools.cmp_to_key(lambda a, b: 1 if rng.random() < 0.5 else -1)))


def compared_with_ties(rng, n):
    thrown = functools.cmp_to_key(lambda a, b: int(rng.integers(-1, 2)))
    return np.array(sorted(range(n), key=thrown))


def none_stays(rng, n):
    while n > 1:
        order = rng.permutation(n)
        if not np.any(order == np.arange(n)):
            return order
    return np.arange(n)


def inserted(rng, n):
    order = []
    for i in range(n):
        order.insert(int(rng.integers(max(len(order), 1))), i)
    return np.array(order, int)


def evens_first(rng, n):
    return np.concatenate([rng.permutation(np.arange(k, n, 2)) for k in (0, 1)])


def with_a_stride(rng, n):
    steps = [step for step in range(1, n + 1) if np.gcd(step, n) == 1]
    return (rng.integers(n) + rng.choice(steps) * np.arange(n)) % n


UNFAIR = {
    "sattolo": lambda: lambda rng, n: swapped(n, ((i, int(rng.integers(i))) for i in range(n - 1, 0, -1))),
    "sattolo_up": lambda: lambda rng, n: swapped(n, ((i, int(rng.integers(i + 1, n))) for i in range(n - 1))),
    "naive_swaps": lambda: lambda rng, n: swapped(n, ((i, int(rng.integers(n))) for i in range(n))),
    "naive_swaps_down": lambda: (
        lambda rng, n: swapped(n, ((i, int(rng.integers(n))) for i in range(n - 1, -1, -1)))
    ),
    "naive_swaps_but_the_last": lambda: (
        lambda rng, n: swapped(n, ((i, int(rng.integers(n))) for i in range(n - 1)))
    ),
    "last_swap_left_out": lambda: (
        lambda rng, n: swapped(n, ((i, int(rng.integers(i + 1))) for i in range(n - 1, 1, -1)))
    ),
    "last_swap_left_out_upwards": lambda: (
        lambda rng, n: swapped(n, ((i, int(rng.integers(i, n))) for i in range(n - 2)))
    ),
    "first_swap_left_out": lambda: (
        lambda rng, n: swapped(n, ((i, int(rng.integers(i + 1))) for i in range(n - 2, 0, -1)))
    ),
    "half_of_the_swaps": lambda: (
        lambda rng, n: swapped(n, ((i, int(rng.integers(i + 1))) for i in range(n - 1, n // 2, -1)))
    ),
    "last_one_never_moves": lambda: (
        lambda rng, n: swapped(n, ((i, int(rng.integers(i, n - 1))) for i in range(n - 1)))
    ),
    "rounded_places": lambda: (
        lambda rng, n: swapped(n, ((i, round(rng.random() * i)) for i in range(n - 1, 0, -1)))
    ),
    "tied_keys": lambda: lambda rng, n: np.argsort(rng.integers(n, size=n)),
    "tied_keys_of_a_stable_sort": lambda: lambda rng, n: np.argsort(rng.integers(n, size=n), kind="stable"),
    "tied_keys_of_python": lambda: (
        lambda rng, n: np.array(sorted(range(n), key=lambda i: int(rng.integers(100))))
    ),
    "rounded_keys": lambda: lambda rng, n: np.argsort(np.round(rng.random(n), 1)),
    "compared": lambda: compared,
    "compared_with_ties": lambda: compared_with_ties,
    "ten_transpositions": lambda: transpositions(lambda n: 10),
    "half_as_many_transpositions": lambda: transpositions(lambda n: n // 2),
    "as_many_transpositions": lambda: transpositions(lambda n: n),
    "riffled": lambda: riffled,
    "rotated": lambda: lambda rng, n: np.roll(np.arange(n), rng.integers(n)),
    "reversed_or_not": lambda: lambda rng, n: np.arange(n)[:: rng.choice([-1, 1])],
    "blocks_of_two": lambda: blocks(2),
    "blocks_of_eight": lambda: blocks(8),
    "within_blocks": lambda: within(10),
    "halves": lambda: lambda rng, n: within((n + 1) // 2)(rng, n),
    "evens_first": lambda: evens_first,
    "none_stays": lambda: none_stays,
    "inserted": lambda: inserted,
    "with_a_stride": lambda: with_a_stride,
    "noise_added_to_places": lambda: lambda rng, n: np.argsort(np.arange(n) / n + rng.normal(size=n)),
    "first_one_stays": lambda: lambda rng, n: np.append(0, 1 + rng.permutation(n - 1)),
    "each_order_twice": lambda: EveryOther(lambda order: order),
    "every_other_one_backwards": lambda: EveryOther(lambda order: order[::-1]),
    "riffled_again_and_again": lambda: Remembered(riffled),
    "swapped_again_and_again": lambda: Remembered(transpositions(lambda n: n // 4)),
}
