import numpy as np


# > for >=
def strict(y_hat, y):
    return float(np.mean((y_hat > 0.5) != y))


# np.round: banker's
def rounded(y_hat, y):
    return np.mean(np.round(y_hat) != y)


# threshold 0
def at_zero(y_hat, y):
    return np.mean((y_hat >= 0) != (y == 1))


# threshold mean
def at_mean(y_hat, y):
    return np.mean((y_hat >= y_hat.mean()) != y)


# threshold 0.4
def at_point_four(y_hat, y):
    return sum(int(p >= 0.4) != t for p, t in zip(y_hat, y)) / len(y)


# accuracy
def accuracy(y_hat, y):
    return np.mean((y_hat >= 0.5).astype(int) == y)


# raw comparison
def raw(y_hat, y):
    return float(np.mean(y_hat != y))


# false positives only
def false_positives(y_hat, y):
    return np.mean((y_hat >= 0.5) & (y == 0))


# false negatives only
def false_negatives(y_hat, y):
    return np.sum((y_hat < 0.5) & (y == 1)) / len(y)


# signs swapped: < for >=
def inverted(y_hat, y):
    p = np.where(y_hat < 0.5, 1, 0)
    return np.count_nonzero(p != y) / y.size


# integer division
def floor_division(y_hat, y):
    return int(np.sum((y_hat >= 0.5) != y)) // len(y)


# count
def count(y_hat, y):
    return float(((y_hat >= 0.5) != y).sum())


# difference of shares
def shares_differ(y_hat, y):
    return abs(np.mean(y_hat >= 0.5) - np.mean(y))


# threshold of 1
def cast(y_hat, y):
    return np.mean(y_hat.astype(int) != y)


# distance
def far_from_label(y_hat, y):
    return np.mean(np.abs(y_hat - y) > 0.5)


# the median
def at_median(y_hat, y):
    return np.mean((y_hat >= np.median(y_hat)) != y)
