import numpy as np


# trains on validation
def fit_on_validation(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = [loss(X_val, y_val, *fit(X_val, y_val, lam)) for lam in lambdas]
    return lambdas[int(np.argmin(L))], L


# training loss
def training_loss(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = []
    for lam in lambdas:
        w, b = fit(X_train, y_train, lam)
        L.append(loss(X_train, y_train, w, b))
    return lambdas[np.argmin(L)], np.array(L)


# argmax
def largest(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = [loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas]
    return lambdas[int(np.argmax(L))], L


# last on tie
def last_tie(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    best, which, L = np.inf, None, []
    for lam in lambdas:
        l = loss(X_val, y_val, *fit(X_train, y_train, lam))
        L.append(l)
        if l <= best:
            best, which = l, lam
    return which, L


# sorted lambdas
def sorted_losses(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    lams = sorted(lambdas)
    L = [loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lams]
    return lams[int(np.argmin(L))], L


# index
def index(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = [loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas]
    return int(np.argmin(L)), L


# fit on both
def both(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    X, y = np.vstack([X_train, X_val]), np.concatenate([y_train, y_val])
    L = [loss(X_val, y_val, *fit(X, y, lam)) for lam in lambdas]
    return lambdas[int(np.argmin(L))], L


# penalty in the validation loss
def penalised(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = []
    for lam in lambdas:
        w, b = fit(X_train, y_train, lam)
        L.append(loss(X_val, y_val, w, b) + lam * w @ w)
    return lambdas[int(np.argmin(L))], L


# one standard error like: within 1 %
def within_a_percent(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = np.array([loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas])
    good = np.flatnonzero(L <= 1.01 * L.min())
    return max(lambdas[good]), L


# only best loss
def only_best(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = [loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas]
    return lambdas[int(np.argmin(L))], [min(L)]


# stops at first rise
def stops_at_rise(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = []
    for lam in lambdas:
        L.append(loss(X_val, y_val, *fit(X_train, y_train, lam)))
        if len(L) > 1 and L[-1] > L[-2]:
            break
    return lambdas[int(np.argmin(L))], L


# squared lambda
def root_losses(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = [np.sqrt(loss(X_val, y_val, *fit(X_train, y_train, lam))) for lam in lambdas]
    return lambdas[int(np.argmin(L))], L


# smallest lambda
def smallest_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = [loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas]
    return min(lambdas), L


# median
def always_first(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = [loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas]
    return lambdas[0], L


# exchanged
def exchanged(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = [loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas]
    return L, lambdas[int(np.argmin(L))]


# same lambda for all
def first_lambda_fitted(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    w, b = fit(X_train, y_train, lambdas[0])
    L = [loss(X_val, y_val, w, b) for lam in lambdas]
    return lambdas[int(np.argmin(L))], L


# exchanged sets
def sets_exchanged(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    L = [loss(X_train, y_train, *fit(X_val, y_val, lam)) for lam in lambdas]
    return lambdas[int(np.argmin(L))], L
