import numpy as np


def permutation_cut_in_three(n, validation, test, rng):
    order = rng.permutation(n)
    n_validation = round(validation * n)
    n_test = min(round(test * n), n - n_validation)
    return order[n_validation + n_test :], order[:n_validation], order[n_validation : n_validation + n_test]


def train_first(n, validation, test, rng):
    order = rng.permutation(n)
    held = int(np.round(validation * n))
    tested = min(int(np.round(test * n)), n - held)
    first = n - held - tested
    return order[:first], order[first : first + held], order[first + held :]


def shuffled_list(n, validation, test, rng):
    indices = list(range(n))
    rng.shuffle(indices)
    a = int(validation * n + 0.5)
    b = min(a + int(test * n + 0.5), n)
    return indices[b:], indices[:a], indices[a:b]


def sorted_sets(n, validation, test, rng):
    keys = np.argsort(rng.random(n))
    k = round(validation * n)
    m = min(round(test * n), n - k)
    return [np.sort(keys[k + m :]), np.sort(keys[:k]), np.sort(keys[k : k + m])]


def labels(n, validation, test, rng):
    k = round(validation * n)
    m = min(round(test * n), n - k)
    label = np.zeros(n, dtype=int)
    label[:k] = 1
    label[k : k + m] = 2
    rng.shuffle(label)
    return tuple(np.where(label == which)[0] for which in (0, 1, 2))


def set_differences(n, validation, test, rng):
    everything = np.arange(n)
    held = rng.choice(everything, size=round(validation * n), replace=False)
    left = np.setdiff1d(everything, held)
    tested = rng.choice(left, size=min(round(test * n), len(left)), replace=False)
    return np.setdiff1d(left, tested), held, tested


def split_with_numpy(n, validation, test, rng):
    k = int(np.rint(validation * n))
    m = int(np.minimum(np.rint(test * n), n - k))
    validation_set, test_set, train_set = np.split(rng.permutation(np.arange(n)), [k, k + m])
    return train_set.copy(), validation_set.copy(), test_set.copy()


def one_after_another(n, validation, test, rng):
    pool = list(range(n))

    def take(count):
        return [pool.pop(int(rng.integers(len(pool)))) for _ in range(count)]

    held = take(round(validation * n))
    tested = take(min(round(test * n), len(pool)))
    return pool, held, tested
