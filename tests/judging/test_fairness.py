"""Orders that are not equally likely are told from fair ones, whatever the seed."""

import itertools
import math
from collections import Counter

import numpy as np
import pytest
from shuffles import RIGHT, UNFAIR

from autograder.judging.fairness import MOST_BETS, Track, _Evidence, judge_fairness
from autograder.judging.order_statistics import bets_on_orders
from autograder.judging.places import bets_on_places
from autograder.judging.small_orders import SmallOrders, _laws, possible
from autograder.rules.minibatches.judge import _TRACKS, _WHOLE
from autograder.rules.sgd_epoch.judge import _TRACKS as EPOCHS
from autograder.rules.split.judge import _LARGE
from autograder.rules.split.judge import _TRACKS as SETS

KINDS = {"batches": [*_TRACKS, _WHOLE], "epochs": [*EPOCHS], "sets": [*SETS, _LARGE]}
# As the sets' pieces of an order are large, what happens within one shows nowhere.
HIDDEN_IN_SETS = {"rounded_keys", "tied_keys_of_python", "within_blocks"}


def judged(shuffle, tracks, seed):
    rng = np.random.default_rng(seed)

    def ask(wanted):
        return [[each.pieces(shuffle(rng, each.n)) for _ in range(each.count)] for each in wanted]

    return judge_fairness(ask, tracks)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", RIGHT)
def test_a_fair_order_is_never_blamed(name, kind):
    assert {judged(RIGHT[name](), KINDS[kind], seed) for seed in range(4)} == {None}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", RIGHT)
def test_a_fair_order_is_never_blamed_in_two_hundred_students(name, kind):
    assert {judged(RIGHT[name](), KINDS[kind], seed) for seed in range(200)} == {None}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", UNFAIR)
def test_an_unfair_order_is_blamed(name, kind):
    if kind == "sets" and name in HIDDEN_IN_SETS:
        pytest.skip("the sets of another order would be the same")
    blamed = [judged(UNFAIR[name](), KINDS[kind], seed) is not None for seed in range(3)]
    assert sum(blamed) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", UNFAIR)
def test_an_unfair_order_is_blamed_whatever_the_seed(name, kind):
    if kind == "sets" and name in HIDDEN_IN_SETS:
        pytest.skip("the sets of another order would be the same")
    blamed = [judged(UNFAIR[name](), KINDS[kind], seed) is not None for seed in range(30)]
    assert sum(blamed) >= 29


def test_what_is_no_partition_is_said_once_all_else_is_fair():
    rng = np.random.default_rng(5)

    def ask(wanted):
        return [[None if t.n == 3 else t.pieces(rng.permutation(t.n))] * t.count for t in wanted]

    found = judge_fairness(ask, [Track((1, 1, 1), 1)])
    assert found is not None
    assert found.misconception is None
    assert found.sentence == "With 3 examples not every example comes exactly once."


# ------------------------------------------------------------------- every bet is a fair one, or a bad one


def average(bets_of, orders):
    """What each bet wins on average over all of these orders."""
    won = [bets_of(order) for order in orders]
    return {name: sum(math.exp(each[name]) for each in won) / len(won) for name in won[0]}


def test_no_bet_on_a_whole_order_wins_on_average():
    every = [np.array(order) for order in itertools.permutations(range(7))]
    averages = average(lambda order: bets_on_orders(order[None], None), every)
    assert max(averages.values()) <= 1 + 1e-3  # that none stays has probability 1/e up to 1/8!
    again = average(lambda order: bets_on_orders(order[None], np.array([3, 1, 0, 6, 5, 2, 4])), every)
    assert max(again.values()) <= 1 + 1e-3


@pytest.mark.parametrize("unordered", [False, True])
@pytest.mark.parametrize("last", [None, np.array([1, 0, 2, 0, 1, 2, 0])])
def test_no_bet_on_places_wins_on_average(last, unordered):
    sizes = (3, 2, 2)
    every = [np.array(pieces) for pieces in set(itertools.permutations([0, 0, 0, 1, 1, 2, 2]))]
    assert len(every) == possible(sizes)
    averages = average(lambda pieces: bets_on_places(pieces, sizes, last, unordered), every)
    assert max(averages.values()) <= 1 + 1e-9


@pytest.mark.parametrize(("sizes", "unordered"), [((1, 1, 1), True), ((2, 2, 1), True), ((1,) * 5, False)])
def test_a_law_of_few_examples_gives_all_that_can_come_one_in_all(sizes, unordered):
    for name, law in _laws(sizes, unordered):
        assert sum(map(math.exp, law.values())) == pytest.approx(1), name


def test_a_law_of_few_examples_is_what_comes():
    rng = np.random.default_rng(8)
    shuffle = UNFAIR["rounded_places"]()
    came = Counter(tuple(Track((1,) * 5, 1).pieces(shuffle(rng, 5)).tolist()) for _ in range(20_000))
    law = dict(_laws((1,) * 5, False))["rounded0"]
    assert set(came) <= set(law)
    for pieces, logarithm in law.items():
        expected = 20_000 * math.exp(logarithm)
        assert abs(came[pieces] - expected) < 6 * math.sqrt(expected) + 1


def test_bets_on_few_examples_win_nothing_on_average():
    every = [np.array(pieces) for pieces in itertools.permutations(range(3))]
    won = Counter()
    for one, other in itertools.product(every, every):
        small = SmallOrders((1, 1, 1), unordered=True)
        small.see(one)
        small.see(other)
        won.update({name: math.exp(each) / 36 for name, each in small.won().items()})
    assert max(won.values()) <= 1 + 1e-9


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_no_more_bets_than_the_bound_says(kind):
    rng, evidence, small = np.random.default_rng(1), _Evidence(), 0
    for track in KINDS[kind]:
        evidence.see(track, [track.pieces(rng.permutation(track.n)) for _ in range(2)])
        small += track.n <= 5
    assert small >= 3
    assert len(evidence.won) <= MOST_BETS
