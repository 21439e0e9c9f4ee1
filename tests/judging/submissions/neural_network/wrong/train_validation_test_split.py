import numpy as np


def _cut(order, n, held, tested):
    return order[held + tested :], order[:held], order[held : held + tested]


def _sizes(n, validation, test):
    held = round(validation * n)
    return held, min(round(test * n), n - held)


def stub(n, validation, test, rng):
    raise NotImplementedError("not written yet: replace this line")


def nothing(n, validation, test, rng):
    order = rng.permutation(n)


def one_array(n, validation, test, rng):
    return rng.permutation(n)


# loses: sizes, order, edges, form
# named: rounded_down
def floor(n, validation, test, rng):
    held = int(validation * n)
    return _cut(rng.permutation(n), n, held, min(int(test * n), n - held))


# loses: sizes, order, edges, form
# named: rounded_up
def ceiling(n, validation, test, rng):
    held = int(np.ceil(validation * n))
    return _cut(rng.permutation(n), n, held, min(int(np.ceil(test * n)), n - held))


# loses: sizes, order, edges, form
# named: share_of_the_rest
def share_of_what_is_left(n, validation, test, rng):
    held = round(validation * n)
    return _cut(rng.permutation(n), n, held, round(test * (n - held)))


# loses: sizes, order, edges, form
# named: sets_exchanged
def test_before_validation(n, validation, test, rng):
    train, held, tested = _cut(rng.permutation(n), n, *_sizes(n, validation, test))
    return train, tested, held


# loses: sizes, order, edges, form
# named: sets_exchanged
def validation_first(n, validation, test, rng):
    train, held, tested = _cut(rng.permutation(n), n, *_sizes(n, validation, test))
    return held, tested, train


# loses: sizes, order, edges, form
def always_thirds(n, validation, test, rng):
    return tuple(np.array_split(rng.permutation(n), 3))


# loses: partition, order, edges, form
def with_replacement(n, validation, test, rng):
    held, tested = _sizes(n, validation, test)
    return tuple(rng.integers(0, n, size=size) for size in (n - held - tested, held, tested))


# loses: partition, order, edges, form
def three_permutations(n, validation, test, rng):
    held, tested = _sizes(n, validation, test)
    return tuple(rng.permutation(n)[:size] for size in (n - held - tested, held, tested))


# loses: partition, order, edges, form
def counted_from_one(n, validation, test, rng):
    return _cut(rng.permutation(n) + 1, n, *_sizes(n, validation, test))


# loses: order
# named: no_shuffle
def no_shuffle(n, validation, test, rng):
    return _cut(np.arange(n), n, *_sizes(n, validation, test))


# loses: order
# named: no_reshuffle
def own_seed(n, validation, test, rng):
    return _cut(np.random.default_rng(0).permutation(n), n, *_sizes(n, validation, test))


# loses: order
# named: other_randomness
def global_randomness(n, validation, test, rng):
    return _cut(np.random.permutation(n), n, *_sizes(n, validation, test))


# loses: order
# named: few_orders
def rotated(n, validation, test, rng):
    return _cut(np.roll(np.arange(n), rng.integers(n)), n, *_sizes(n, validation, test))


# loses: edges
def too_many(n, validation, test, rng):
    order, held, tested = rng.permutation(n), round(validation * n), round(test * n)
    train = n - held - tested
    return order[:train], order[train : train + held], order[train + held :]


# loses: edges
def never_empty(n, validation, test, rng):
    held, tested = _sizes(n, validation, test)
    return _cut(rng.permutation(n), n, max(held, 1), max(tested, 1))


# loses: form
def floats(n, validation, test, rng):
    return tuple(part.astype(float) for part in _cut(rng.permutation(n), n, *_sizes(n, validation, test)))


# loses: form
def columns(n, validation, test, rng):
    return tuple(part[:, None] for part in _cut(rng.permutation(n), n, *_sizes(n, validation, test)))


# loses: order
# named: biased
def first_of_a_mask(n, validation, test, rng):
    held, tested = _sizes(n, validation, test)
    chosen = np.flatnonzero(rng.random(n) < validation)[:held]
    rest = rng.permutation(np.setdiff1d(np.arange(n), chosen))
    more = held - len(chosen)
    return rest[more + tested :], np.append(chosen, rest[:more]), rest[more : more + tested]


# loses: form
def empty_sets_of_floats(n, validation, test, rng):
    parts = _cut(rng.permutation(n), n, *_sizes(n, validation, test))
    return tuple(part if len(part) else np.array([]) for part in parts)


# loses: edges
def one_in_each_set(n, validation, test, rng):
    held = max(round(validation * n), 1) if n == 1 else round(validation * n)
    return _cut(rng.permutation(n), n, held, min(round(test * n), n - held))


# loses: edges
def one_stays_in_train(n, validation, test, rng):
    held = min(round(validation * n), n - 1)
    return _cut(rng.permutation(n), n, held, min(round(test * n), n - 1 - held))
