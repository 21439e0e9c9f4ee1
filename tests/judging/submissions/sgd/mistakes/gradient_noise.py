import numpy as np


def _vec(g):
    return np.append(g[0], g[1])


# mean of distances
def mean_distance(X, y, w, b, batch_size, draws, rng, gradient):
    full = _vec(gradient(X, y, w, b))
    d = []
    for _ in range(draws):
        B = rng.choice(len(y), batch_size, replace=False)
        d.append(np.linalg.norm(_vec(gradient(X[B], y[B], w, b)) - full))
    return float(np.mean(d))


# no root
def mean_square(X, y, w, b, batch_size, draws, rng, gradient):
    full = _vec(gradient(X, y, w, b))
    s = 0.0
    for _ in range(draws):
        B = rng.choice(len(y), batch_size, replace=False)
        s += np.sum((_vec(gradient(X[B], y[B], w, b)) - full) ** 2)
    return s / draws


# per component
def per_component(X, y, w, b, batch_size, draws, rng, gradient):
    full = _vec(gradient(X, y, w, b))
    D = []
    for _ in range(draws):
        B = rng.choice(len(y), batch_size, replace=False)
        D.append(_vec(gradient(X[B], y[B], w, b)) - full)
    return float(np.sqrt(np.mean(np.square(D))))


# only dw
def only_weights(X, y, w, b, batch_size, draws, rng, gradient):
    full = gradient(X, y, w, b)[0]
    s = 0.0
    for _ in range(draws):
        B = rng.choice(len(y), batch_size, replace=False)
        s += np.sum((gradient(X[B], y[B], w, b)[0] - full) ** 2)
    return float(np.sqrt(s / draws))


# around the mean of the draws
def around_the_mean(X, y, w, b, batch_size, draws, rng, gradient):
    G = []
    for _ in range(draws):
        B = rng.choice(len(y), batch_size, replace=False)
        G.append(_vec(gradient(X[B], y[B], w, b)))
    G = np.array(G)
    return float(np.sqrt(((G - G.mean(axis=0)) ** 2).sum(axis=1).mean()))


# replacement
def with_replacement(X, y, w, b, batch_size, draws, rng, gradient):
    full = _vec(gradient(X, y, w, b))
    s = 0.0
    for _ in range(draws):
        B = rng.integers(0, len(y), batch_size)
        s += np.sum((_vec(gradient(X[B], y[B], w, b)) - full) ** 2)
    return float(np.sqrt(s / draws))


# draws - 1
def sample_deviation(X, y, w, b, batch_size, draws, rng, gradient):
    full = _vec(gradient(X, y, w, b))
    s = 0.0
    for _ in range(draws):
        B = rng.choice(len(y), batch_size, replace=False)
        s += np.sum((_vec(gradient(X[B], y[B], w, b)) - full) ** 2)
    return float(np.sqrt(s / max(draws - 1, 1)))


# relative
def relative(X, y, w, b, batch_size, draws, rng, gradient):
    full = _vec(gradient(X, y, w, b))
    s = 0.0
    for _ in range(draws):
        B = rng.choice(len(y), batch_size, replace=False)
        s += np.sum((_vec(gradient(X[B], y[B], w, b)) - full) ** 2)
    return float(np.sqrt(s / draws) / np.linalg.norm(full))


# norm of the batch gradient
def norms(X, y, w, b, batch_size, draws, rng, gradient):
    s = 0.0
    for _ in range(draws):
        B = rng.choice(len(y), batch_size, replace=False)
        s += np.sum(_vec(gradient(X[B], y[B], w, b)) ** 2)
    return float(np.sqrt(s / draws))


# difference of norms
def difference_of_norms(X, y, w, b, batch_size, draws, rng, gradient):
    full = np.linalg.norm(_vec(gradient(X, y, w, b)))
    s = 0.0
    for _ in range(draws):
        B = rng.choice(len(y), batch_size, replace=False)
        s += (np.linalg.norm(_vec(gradient(X[B], y[B], w, b))) - full) ** 2
    return float(np.sqrt(s / draws))
