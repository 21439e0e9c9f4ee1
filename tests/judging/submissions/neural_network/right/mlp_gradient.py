import functools
import math
from collections import namedtuple

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def backpropagation(X, y, W1, b1, w2, b2):
    hidden = _sigmoid(X @ W1 + b1)
    delta = (hidden @ w2 + b2 - y) / len(y)
    to_sums = np.outer(delta, w2) * hidden * (1 - hidden)
    return X.T @ to_sums, to_sums.sum(axis=0), hidden.T @ delta, delta.sum()


def station_by_station(X, y, W1, b1, w2, b2):
    n = X.shape[0]
    Z = np.dot(X, W1) + b1
    A = _sigmoid(Z)
    y_hat = np.dot(A, w2) + b2
    dL_dy_hat = 1 / n * (y_hat - y)
    dL_dA = dL_dy_hat[:, np.newaxis] * w2[np.newaxis, :]
    dA_dZ = _sigmoid(Z) * (1 - _sigmoid(Z))
    dL_dZ = dL_dA * dA_dZ
    dL_dW1 = np.dot(X.T, dL_dZ)
    dL_db1 = np.sum(dL_dZ, axis=0)
    dL_dw2 = np.dot(A.T, dL_dy_hat)
    dL_db2 = np.sum(dL_dy_hat)
    return dL_dW1, dL_db1, dL_dw2, dL_db2


def loops(X, y, W1, b1, w2, b2):
    (n, d), h = X.shape, len(w2)
    dW1, db1, dw2, db2 = np.zeros((d, h)), np.zeros(h), np.zeros(h), 0.0
    for i in range(n):
        a = []
        for k in range(h):
            z = b1[k]
            for j in range(d):
                z += X[i, j] * W1[j, k]
            a.append((1 + math.tanh(z / 2)) / 2)
        error = b2 - y[i]
        for k in range(h):
            error += w2[k] * a[k]
        db2 += error / n
        for k in range(h):
            dw2[k] += error * a[k] / n
            back = error * w2[k] * a[k] * (1 - a[k])
            db1[k] += back / n
            for j in range(d):
                dW1[j, k] += back * X[i, j] / n
    return dW1, db1, dw2, db2


def lists(X, y, W1, b1, w2, b2):
    X, y, W1, b1, w2 = (each.tolist() for each in (X, y, W1, b1, w2))
    units = range(len(w2))
    hidden = [
        [(1 + math.tanh((sum(x * row[k] for x, row in zip(xs, W1)) + b1[k]) / 2)) / 2 for k in units]
        for xs in X
    ]
    errors = [sum(a * w for a, w in zip(row, w2)) + b2 - t for row, t in zip(hidden, y)]
    back = [[e * w * a * (1 - a) for a, w in zip(row, w2)] for e, row in zip(errors, hidden)]
    mean = lambda values: sum(values) / len(y)
    dW1 = [[mean([xs[j] * b[k] for xs, b in zip(X, back)]) for k in units] for j in range(len(W1))]
    db1 = [mean([b[k] for b in back]) for k in units]
    dw2 = [mean([e * row[k] for e, row in zip(errors, hidden)]) for k in units]
    return [dW1, db1, dw2, mean(errors)]


def means_of_examples(X, y, W1, b1, w2, b2):
    a = _sigmoid(X @ W1 + b1)
    error = (a @ w2 + b2 - y).reshape(-1, 1)
    back = error * w2 * (a - a**2)
    return (
        (X[:, :, None] * back[:, None, :]).mean(axis=0),
        back.mean(axis=0),
        (error * a).mean(0),
        error.mean(),
    )


def einsum(X, y, W1, b1, w2, b2):
    a = _sigmoid(np.einsum("nd,dh->nh", X, W1) + b1)
    r = (np.einsum("nh,h->n", a, w2) + b2 - y) / y.size
    back = np.einsum("n,h,nh,nh->nh", r, w2, a, 1 - a)
    return (
        np.einsum("nd,nh->dh", X, back),
        np.einsum("nh->h", back),
        np.einsum("nh,n->h", a, r),
        np.einsum("n->", r),
    )


def examples_as_columns(X, y, W1, b1, w2, b2):
    A = _sigmoid(W1.T @ X.T + b1[:, None])
    delta = w2 @ A + b2 - y
    back = w2[:, None] * delta * A * (1 - A) / delta.size
    return (back @ X).T, back.sum(axis=1), A @ delta / delta.size, delta.mean()


def columns(X, y, W1, b1, w2, b2):
    n = len(y)
    A = _sigmoid(X @ W1 + b1.reshape(1, -1))
    error = A @ w2.reshape(-1, 1) + b2 - y.reshape(-1, 1)
    back = (error @ w2.reshape(1, -1)) * A * (1 - A)
    dw2 = (A.T @ error / n).ravel()
    db1 = (back.sum(axis=0, keepdims=True) / n).reshape(-1)
    return X.T @ back / n, db1, dw2, float(error.mean())


def augmented(X, y, W1, b1, w2, b2):
    """The intercepts are weights of a feature that is always 1; the last row of each gradient is theirs."""
    ones = np.ones((len(X), 1))
    inputs = np.hstack([X, ones])
    outputs = np.hstack([_sigmoid(inputs @ np.vstack([W1, b1])), ones])
    delta = (outputs @ np.append(w2, b2) - y) / len(X)
    slope = outputs * (1 - outputs)
    first = inputs.T @ (np.outer(delta, np.append(w2, b2)) * slope)[:, :-1]
    second = outputs.T @ delta
    return first[:-1], first[-1], second[:-1], second[-1]


def diagonal_matrices(X, y, W1, b1, w2, b2):
    A = _sigmoid(X @ W1 + b1)
    r = (A @ w2 + b2 - y) / len(y)
    back = np.diag(r) @ (A * (1 - A)) @ np.diag(w2)
    return X.T @ back, np.ones(len(y)) @ back, r @ A, np.trace(np.diag(r))


def unit_by_unit(X, y, W1, b1, w2, b2):
    h = len(w2)
    A = np.stack([_sigmoid(X @ W1[:, k] + b1[k]) for k in range(h)])
    r = (sum(w * a for w, a in zip(w2, A)) + b2 - y) / len(y)
    back = [w2[k] * r * A[k] * (1 - A[k]) for k in range(h)]
    return np.column_stack([b @ X for b in back]), np.array([b.sum() for b in back]), A @ r, r.sum()


def minus_and_minus(X, y, W1, b1, w2, b2):
    """The residual the other way round, and a minus before each part."""
    hidden = _sigmoid(X @ W1 + b1)
    r = y - hidden @ w2 - b2
    back = r[:, None] * w2 * hidden * (1 - hidden)
    n = len(r)
    return -X.T @ back / n, -back.sum(0) / n, -(hidden.T @ r) / n, -r.mean()


def two_and_a_half(X, y, W1, b1, w2, b2):
    """The factors 2 and ½ cancel."""
    m = X.shape[0]
    a = _sigmoid(X @ W1 + b1)
    dy = 2 * (a @ w2 + b2 - y)
    dz = np.multiply.outer(dy, w2) * a * (1 - a)
    return X.T @ dz / (2 * m), dz.sum(axis=0) / (2 * m), a.T @ dy / (2 * m), dy.sum() / (2 * m)


def tanh(X, y, W1, b1, w2, b2):
    """σ = (1 + t) / 2 and σ′ = (1 − t²) / 4, where t = tanh(z / 2)."""
    t = np.tanh((X @ W1 + b1) / 2)
    r = ((1 + t) / 2 @ w2 + b2 - y) / len(y)
    back = np.outer(r, w2 / 4) * (1 - t * t)
    return np.tensordot(X, back, axes=(0, 0)), back.sum(axis=0), r @ (1 + t) / 2, r.sum()


def slope_from_exponentials(X, y, W1, b1, w2, b2):
    with np.errstate(over="ignore"):
        e = np.exp(np.clip(-(X @ W1 + b1), -300, 300))
        a, slope = 1 / (1 + e), e / (1 + e) ** 2
    r = a @ w2 + b2 - y
    back = np.where(w2 == 0, 0.0, r[:, None] * slope * w2)
    average = functools.partial(np.average, axis=0)
    return average(X[..., None] * back[:, None]), average(back), average(a * r[:, None]), average(r)


_Gradient = namedtuple("Gradient", ["W1", "b1", "w2", "b2"])


class _Layer:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def forward(self, values):
        self.values = values
        return values @ self.weights + self.bias

    def backward(self, upstream):
        self.dweights = self.values.T @ upstream
        self.dbias = upstream.sum(axis=0)
        return upstream @ self.weights.T


class _Sigmoid:
    def forward(self, values):
        self.output = _sigmoid(values)
        return self.output

    def backward(self, upstream):
        return upstream * self.output * (1 - self.output)


def layers(X, y, W1, b1, w2, b2):
    first, middle, last = network = _Layer(W1, b1), _Sigmoid(), _Layer(w2[:, None], b2)
    values = X
    for layer in network:
        values = layer.forward(values)
    upstream = (values - y[:, None]) / len(y)
    for layer in reversed(network):
        upstream = layer.backward(upstream)
    return _Gradient(first.dweights, first.dbias, last.dweights[:, 0], last.dbias[0])


class _Node:
    """A number that knows how it came about."""

    def __init__(self, value, parents=()):
        self.value, self.parents, self.slope = value, parents, 0.0

    def __add__(self, other):
        return _Node(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return _Node(self.value * other.value, ((self, other.value), (other, self.value)))

    def sigmoid(self):
        s = (1 + math.tanh(self.value / 2)) / 2
        return _Node(s, ((self, s * (1 - s)),))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.slope = 1.0
        for node in reversed(order):
            for parent, local in node.parents:
                parent.slope += local * node.slope


def graph_of_each_example(X, y, W1, b1, w2, b2):
    """Reverse mode on single numbers, one graph for each example."""
    parameters = [[_Node(float(v)) for v in np.ravel(p)] for p in (W1, b1, w2, b2)]
    weights, biases, out, (last,) = parameters
    h = len(biases)
    for x, target in zip(X, y):
        y_hat = last
        for k in range(h):
            z = biases[k]
            for j, value in enumerate(x):
                z = z + _Node(float(value)) * weights[j * h + k]
            y_hat = y_hat + out[k] * z.sigmoid()
        error = y_hat + _Node(-float(target))
        (error * error * _Node(0.5 / len(y))).backward()
    dW1, db1, dw2, (db2,) = ([p.slope for p in group] for group in parameters)
    return np.reshape(dW1, W1.shape), db1, dw2, db2


def complex_step(X, y, W1, b1, w2, b2):
    """∂L/∂p is the imaginary part of L(p + iε) / ε, without any difference."""
    sizes = [W1.size, b1.size, w2.size]
    theta = np.concatenate([W1.ravel(), b1, w2, [b2]]).astype(complex)

    def loss(theta):
        V, c, w, b = np.split(theta, np.cumsum(sizes))
        error = (1 + np.tanh((X @ V.reshape(W1.shape) + c) / 2)) / 2 @ w + b - y
        return np.sum(error**2) / (2 * len(y))

    slopes = np.array([loss(theta + step).imag for step in 1e-30j * np.eye(len(theta))]) / 1e-30
    dW1, db1, dw2, db2 = np.split(slopes, np.cumsum(sizes))
    return dW1.reshape(W1.shape).copy(), db1.copy(), dw2.copy(), db2.item()


class _Dual:
    """A value and its derivative in one direction."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return _Dual(self.value + other.value, self.slope + other.slope)

    def __matmul__(self, other):
        return _Dual(self.value @ other.value, self.value @ other.slope + self.slope @ other.value)

    def sigmoid(self):
        s = _sigmoid(self.value)
        return _Dual(s, s * (1 - s) * self.slope)


def dual_numbers(X, y, W1, b1, w2, b2):
    """Forward mode: one run for each weight."""
    inputs = _Dual(X, np.zeros(X.shape))
    values = [np.asarray(p, float) for p in (W1, b1, w2, b2)]
    gradient = []
    for which, value in enumerate(values):
        slopes = np.zeros(value.shape)
        for place in np.ndindex(value.shape):
            duals = [_Dual(p, np.zeros(p.shape)) for p in values]
            duals[which].slope[place] = 1.0
            V, c, w, b = duals
            y_hat = (inputs @ V + c).sigmoid() @ w + b
            slopes[place] = (y_hat.value - y) @ y_hat.slope / len(y)
        gradient.append(slopes)
    return tuple(gradient)


def jacobian(X, y, W1, b1, w2, b2):
    """All examples' derivatives of ŷ in one matrix with a column for each weight."""
    n, (d, h) = len(y), W1.shape
    a = _sigmoid(X @ W1 + b1)
    slope = w2 * a * (1 - a)
    J = np.hstack([(X[:, :, None] * slope[:, None, :]).reshape(n, d * h), slope, a, np.ones((n, 1))])
    g = J.T @ (a @ w2 + b2 - y) / n
    return g[: d * h].reshape(d, h), g[d * h : d * h + h], g[-h - 1 : -1], g[-1]


def _walk_back(values, target, network):
    """Derivatives of all layers from here on, and the derivative by what comes into them."""
    if not network:
        return (values - target) / len(target), []
    weights, bias, squash = network[0]
    z = values @ weights + bias
    out = _sigmoid(z) if squash else z
    upstream, later = _walk_back(out, target, network[1:])
    here = upstream * out * (1 - out) if squash else upstream
    back = here @ weights.T if squash else np.outer(here, weights)
    return back, [values.T @ here, here.sum(axis=0), *later]


def recursion_over_layers(X, y, W1, b1, w2, b2):
    return _walk_back(X, y, [(W1, b1, True), (w2, b2, False)])[1]


def one_example_at_a_time(X, y, W1, b1, w2, b2):
    total = [np.zeros(W1.shape), np.zeros(b1.shape), np.zeros(w2.shape), np.zeros(())]
    for x, target in zip(X, y):
        a = _sigmoid(x @ W1 + b1)
        error = a @ w2 + b2 - target
        back = error * w2 * a * (1 - a)
        for part, gradient in zip(total, (np.outer(x, back), back, error * a, error)):
            part += gradient / len(y)
    return total


class _Network:
    def forward(self, X, W1, b1, w2, b2):
        self.hidden = _sigmoid(X @ W1 + b1)
        return self.hidden @ w2 + b2

    def __call__(self, X, y, *parameters):
        delta = self.forward(X, *parameters) - y
        delta /= len(y)
        *_, w2, b2 = parameters
        back = delta[:, None] * w2
        back *= self.hidden
        back *= 1 - self.hidden
        return X.T @ back, sum(back), delta @ self.hidden, sum(delta)


called_instance = _Network()


def _averaged(function):
    @functools.wraps(function)
    def wrapper(X, y, *parameters):
        return tuple(part / len(y) for part in function(X, y, *parameters))

    return wrapper


@_averaged
def decorated(X, y, W1, b1, w2, b2):
    a = _sigmoid(X @ W1 + b1)
    r = a @ w2 + b2 - y
    back = r[:, None] * w2 * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()
