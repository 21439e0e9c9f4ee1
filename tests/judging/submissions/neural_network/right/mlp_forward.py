import functools
import math
import operator

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def matmul(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1 + b1) @ w2 + b2


def named_stations(X, W1, b1, w2, b2):
    hidden_sum = np.dot(X, W1) + b1
    hidden = 1.0 / (1.0 + np.exp(-hidden_sum))
    y_hat = np.dot(hidden, w2) + b2
    return y_hat


def loops(X, W1, b1, w2, b2):
    n, d = X.shape
    h = len(b1)
    y_hat = np.zeros(n)
    for i in range(n):
        y_hat[i] = b2
        for k in range(h):
            z = b1[k]
            for j in range(d):
                z = z + X[i, j] * W1[j, k]
            y_hat[i] += w2[k] * (1 + math.tanh(z / 2)) / 2
    return y_hat


def lists(X, W1, b1, w2, b2):
    columns = list(zip(*W1.tolist()))
    hidden = [
        [
            0.5 + 0.5 * math.tanh((sum(map(operator.mul, row, column)) + b) / 2)
            for column, b in zip(columns, b1.tolist())
        ]
        for row in X.tolist()
    ]
    return [sum(a * w for a, w in zip(row, w2.tolist())) + b2 for row in hidden]


def tuple_of_numpy_scalars(X, W1, b1, w2, b2):
    return tuple(np.float64(_sigmoid(x @ W1 + b1) @ w2 + b2) for x in X)


def zero_d_in_a_list(X, W1, b1, w2, b2):
    return [np.array(np.dot(_sigmoid(np.dot(x, W1) + b1), w2) + b2) for x in X]


def einsum(X, W1, b1, w2, b2):
    return np.einsum("ik,k->i", _sigmoid(np.einsum("ij,jk->ik", X, W1) + b1), w2) + b2


def broadcasting(X, W1, b1, w2, b2):
    z = (X[:, :, np.newaxis] * W1[np.newaxis]).sum(axis=1) + b1
    return (_sigmoid(z) * w2).sum(axis=-1) + b2


def columns(X, W1, b1, w2, b2):
    hidden = _sigmoid(X @ W1 + b1.reshape(1, -1))
    return (hidden @ w2.reshape(-1, 1) + b2)[:, 0]


def examples_as_columns(X, W1, b1, w2, b2):
    hidden = _sigmoid(W1.T @ X.T + b1[:, None])
    return w2 @ hidden + b2


def augmented(X, W1, b1, w2, b2):
    ones = np.ones((len(X), 1))
    hidden = _sigmoid(np.hstack([X, ones]) @ np.vstack([W1, b1]))
    return np.hstack([hidden, ones]) @ np.append(w2, b2)


def unit_by_unit(X, W1, b1, w2, b2):
    y_hat = np.full(X.shape[0], b2, dtype=float)
    for weights, bias, out in zip(W1.T, b1, w2):
        y_hat += out * _sigmoid(X @ weights + bias)
    return y_hat


def tanh(X, W1, b1, w2, b2):
    """σ(z) is (1 + tanh(z / 2)) / 2."""
    return np.tanh((X @ W1 + b1) / 2) @ (w2 / 2) + (b2 + np.sum(w2) / 2)


def two_branches(X, W1, b1, w2, b2):
    z = X @ W1 + b1
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e / (1 + e), 1 / (1 + e)).dot(w2) + b2


def logaddexp(X, W1, b1, w2, b2):
    return np.matmul(np.exp(-np.logaddexp(0.0, -(X @ W1 + b1))), w2) + b2


class _Dense:
    def __init__(self, weights, bias, activation=None):
        self.weights, self.bias, self.activation = weights, bias, activation or (lambda z: z)

    def __call__(self, values):
        return self.activation(values @ self.weights + self.bias)


def layers(X, W1, b1, w2, b2):
    network = [_Dense(W1, b1, _sigmoid), _Dense(w2, b2)]
    return functools.reduce(lambda values, layer: layer(values), network, X)


def _through(values, network):
    if not network:
        return values
    (weights, bias), *rest = network
    z = values @ weights + bias
    return _through(_sigmoid(z) if rest else z, rest)


def recursion_over_layers(X, W1, b1, w2, b2):
    return _through(X, [(W1, b1), (w2, b2)])


class _Network:
    def __init__(self):
        self.cache = {}

    def forward(self, X, W1, b1, w2, b2):
        self.cache["hidden"] = _sigmoid(X @ W1 + b1)
        self.cache["output"] = self.cache["hidden"] @ w2 + b2
        return self.cache["output"]


bound_method = _Network().forward

one_line = lambda X, V, c, w, b: (1 + np.exp(-(X @ V) - c)) ** -1.0 @ w + b


def in_place_on_its_own(X, W1, b1, w2, b2):
    z = np.array(X @ W1, dtype=np.float64)
    z += b1
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    np.reciprocal(z, out=z)
    result = z @ w2
    result += b2
    return result


@np.errstate(over="ignore")
def decorated(X, W1, b1, w2, b2):
    return np.asarray([np.inner(w2, 1 / (1 + np.exp(-np.inner(W1.T, x) - b1))) for x in X]) + b2


def buffers_filled(X, W1, b1, w2, b2=0.0):
    hidden = np.empty((X.shape[0], W1.shape[1]))
    for i, k in np.ndindex(*hidden.shape):
        hidden[i, k] = _sigmoid(X[i].dot(W1[:, k]) + b1[k])
    return np.tensordot(hidden, w2, axes=1) + b2


def along_an_axis(X, W1, b1, w2, b2):
    return np.apply_along_axis(lambda x: _sigmoid(x @ W1 + b1) @ w2 + b2, 1, X)


def vectorised(X, W1, b1, w2, b2):
    predict = np.vectorize(lambda x: _sigmoid(x @ W1 + b1) @ w2 + b2, signature="(d)->()", otypes=[float])
    return predict(X)


def shapes_asserted(X, W1, b1, w2, b2):
    (n, d), h = X.shape, W1.shape[1]
    assert W1.shape == (d, h) and b1.shape == (h,) and w2.shape == (h,)
    y_hat = _sigmoid(X @ W1 + b1) @ w2 + b2
    assert y_hat.shape == (n,)
    return y_hat
