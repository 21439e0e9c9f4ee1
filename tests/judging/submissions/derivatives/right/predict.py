import functools
import numpy as np


def matmul(X, w, b):
    return X @ w + b


def dot(features, weights, intercept):
    return np.dot(features, weights) + intercept


def method(X, w, b):
    return X.dot(w).__add__(b)


def einsum_(X, w, b):
    return np.einsum("ij,j->i", X, w) + b


def loops(X, w, b):
    out = []
    for i in range(len(X)):
        total = b
        for j in range(len(w)):
            total += X[i][j] * w[j]
        out.append(total)
    return out


def comprehension_tuple(X, w, b):
    return tuple(float(sum(x * v for x, v in zip(row, w))) + b for row in X)


def preallocated(X, w, b):
    out = np.zeros(X.shape[0])
    for i, x in enumerate(X):
        out[i] = np.inner(x, w) + b
    return out


def column_inside(X, w, b):
    return (X @ w.reshape(-1, 1) + b).flatten()


def ones_column(X, w, b):
    return np.hstack([X, np.ones((len(X), 1))]) @ np.append(w, b)


def broadcast(X, w, b):
    return (X * w).sum(axis=1) + b


def star_names(X, w, b):
    from numpy import dot, sum

    return sum([dot(X[:, [j]], w[j : j + 1]) for j in range(len(w))], axis=0) + b


shortest = lambda a, c, e: a @ c + e  # noqa: E731


class _Linear:
    def __call__(self, X, w, b):
        return np.asarray(X) @ np.asarray(w) + float(b)

    def run(self, X, w, b):
        return self(X, w, b)


instance = _Linear()
bound = _Linear().run


def _general(offset, X, w, b):
    return X @ w + b + offset


partly = functools.partial(_general, 0.0)


def ravelled_view(X, w, b):
    """A view of an array of the function's own shares nothing with anybody."""
    return (X @ w[:, None] + b)[:, 0]


def matrix_class(X, w, b):
    return np.asarray(np.matrix(X) * np.matrix(w).T + b).ravel()


def list_of_numpy_scalars(X, w, b):
    return [np.dot(row, w) + b for row in X]


def typed(X: np.ndarray, w: np.ndarray, b: float = 0.0, *extra: float, **more: float) -> np.ndarray:
    return X @ w + b


def _logged(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        print("called", function.__name__)
        return function(*args, **kwargs)

    return inner


@_logged
def decorated(X, w, b):
    return X @ w + b
