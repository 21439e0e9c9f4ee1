import numpy as np


def _s(z):
    return 0.5 * (1 + np.tanh(z / 2))


# sigma at the output too
def squashed_output(X, W1, b1, w2, b2):
    return _s(_s(X @ W1 + b1) @ w2 + b2)


# relu
def relu(X, W1, b1, w2, b2):
    return np.maximum(0, X @ W1 + b1) @ w2 + b2


# tanh
def tanh(X, W1, b1, w2, b2):
    return np.tanh(X @ W1 + b1) @ w2 + b2


# b1 missing
def no_b1(X, W1, b1, w2, b2):
    return _s(X @ W1) @ w2 + b2


# b2 missing
def no_b2(X, W1, b1, w2, b2):
    h = _s(X @ W1 + b1)
    return np.array([sum(w2 * row) for row in h])


# no activation
def linear(X, W1, b1, w2, b2):
    return (X @ W1 + b1) @ w2 + b2


# half precision
def half(X, W1, b1, w2, b2):
    return (_s(X @ W1 + b1).astype(np.float16) @ w2 + b2).astype(float)


# mean over hidden units
def averaged(X, W1, b1, w2, b2):
    return np.mean(_s(X @ W1 + b1) * w2, axis=1) + b2


# hidden bias subtracted
def b1_minus(X, W1, b1, w2, b2):
    return _s(X @ W1 - b1) @ w2 + b2


# exp(+z)
def sigma_upside(X, W1, b1, w2, b2):
    return (1 / (1 + np.exp(X @ W1 + b1))) @ w2 + b2
