"""Parts of a split that hold what no index can be: infinities, huge numbers, one number a million times."""

# loses: train_validation_test_split
# status: failed|error
# proof: odd parts

print("odd parts")


def train_validation_test_split(n, validation, test, rng):
    return [np.inf, -1, 10**30] * 1000, np.zeros(10**6), [[0], [1]]
