import math

import numpy as np


def list_of_losses(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = []
    for lam in lambdas:
        w, b = fit(X_train, y_train, lam)
        losses.append(loss(X_val, y_val, w, b))
    return lambdas[np.argmin(losses)], losses


def array_of_losses(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = np.empty(len(lambdas))
    for k, lam in enumerate(lambdas):
        losses[k] = loss(X_val, y_val, *fit(X_train, y_train, lam))
    return float(lambdas[losses.argmin()]), losses


def best_so_far(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    best, smallest, losses = None, math.inf, []
    for lam in lambdas:
        w, b = fit(X_train, y_train, lam)
        now = loss(X_val, y_val, w, b)
        losses += [now]
        if now < smallest:
            best, smallest = lam, now
    return [best, tuple(losses)]


def with_a_dictionary(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    found = {float(lam): loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas}
    return min(found, key=found.get), list(found.values())


def two_passes(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    models = [fit(X_train, y_train, lam) for lam in lambdas]
    losses = np.array([loss(X_val, y_val, w, b) for w, b in models])
    return np.asarray(lambdas)[losses == losses.min()][0], losses


def sorted_pairs(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = [loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas]
    order = sorted(range(len(losses)), key=lambda k: losses[k])
    return np.array(lambdas[order[0]]), losses


def looks_twice(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    """Also looks at the training losses, and returns the others."""

    def both(lam):
        w, b = fit(list(X_train), list(y_train), float(lam))
        return loss(X_train, y_train, list(w), b), loss(X_val, y_val, w, np.array(b))

    losses = [both(lam)[1] for lam in lambdas]
    return lambdas[losses.index(min(losses))], losses


def mapped(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = list(map(lambda lam: loss(X_val, y_val, *fit(X_train, y_train, lam)), lambdas))
    return min(zip(losses, range(len(losses)), lambdas))[2], losses


def by_name(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = []
    for lam in lambdas:
        w, b = fit(X=X_train, y=y_train, lam=lam)
        losses.append(loss(X=X_val, y=y_val, w=w, b=b))
    return lambdas[losses.index(min(losses))], losses
