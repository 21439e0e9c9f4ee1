import numpy as np


# loss before each epoch
def before(epoch, loss, w, b, max_epochs, tolerance=None):
    L = []
    for _ in range(max_epochs):
        L.append(loss(w, b))
        w, b = epoch(w, b)
        if tolerance is not None and len(L) > 1 and L[-2] - L[-1] < tolerance:
            break
    return w, b, L


# best parameters
def best(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    keep, low = (w, b), L[0]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        L.append(loss(w, b))
        if L[-1] < low:
            keep, low = (w, b), L[-1]
        if tolerance is not None and L[-2] - L[-1] < tolerance:
            break
    return *keep, L


# tolerance falsy
def falsy(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        L.append(loss(w, b))
        if tolerance and L[-2] - L[-1] < tolerance:
            break
    return w, b, L


# default tolerance
def default_tolerance(epoch, loss, w, b, max_epochs, tolerance=0.05):
    tolerance = 0.05 if tolerance is None else tolerance
    L = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        L.append(loss(w, b))
        if L[-2] - L[-1] < tolerance:
            break
    return w, b, L


# <=
def at_most(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    while len(L) <= max_epochs:
        w, b = epoch(w, b)
        L.append(loss(w, b))
        if tolerance is not None and L[-2] - L[-1] <= tolerance:
            break
    return w, b, np.array(L)


# absolute
def absolute(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    for k in range(max_epochs):
        w, b = epoch(w, b)
        L += [loss(w, b)]
        if tolerance is not None and abs(L[-1] - L[-2]) < tolerance:
            return w, b, L
    return w, b, L


# best so far
# undoes the last epoch
def undoes(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    for k in range(max_epochs):
        nw, nb = epoch(w, b)
        l = loss(nw, nb)
        if tolerance is not None and L[-1] - l < tolerance:
            break
        w, b = nw, nb
        L.append(l)
    return w, b, L


# only stops on rise
def only_rise(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    for k in range(max_epochs):
        w, b = epoch(w, b)
        L.append(loss(w, b))
        if tolerance is not None and L[-1] > L[-2]:
            break
    return w, b, L


# range too long
def one_more(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    for k in range(max_epochs + 1):
        w, b = epoch(w, b)
        L.append(loss(w, b))
        if tolerance is not None and L[-2] - L[-1] < tolerance:
            break
    return w, b, L


# w stays
def w_not_updated(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    u, c = w, b
    for k in range(max_epochs):
        u, c = epoch(w, b)
        L.append(loss(u, c))
        if tolerance is not None and L[-2] - L[-1] < tolerance:
            break
    return u, c, L


# running mean of losses
def smoothed(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    for k in range(max_epochs):
        w, b = epoch(w, b)
        L.append(0.9 * L[-1] + 0.1 * loss(w, b))
        if tolerance is not None and L[-2] - L[-1] < tolerance:
            break
    return w, b, L


# differences
def differences(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    D = [L[0]]
    for k in range(max_epochs):
        w, b = epoch(w, b)
        L.append(loss(w, b))
        D.append(L[-2] - L[-1])
        if tolerance is not None and D[-1] < tolerance:
            break
    return w, b, D


# stops on rise without tolerance
def always_stops_on_rise(epoch, loss, w, b, max_epochs, tolerance=None):
    tolerance = 0 if tolerance is None else tolerance
    L = [loss(w, b)]
    for k in range(max_epochs):
        w, b = epoch(w, b)
        L.append(loss(w, b))
        if L[-2] - L[-1] < tolerance:
            break
    return w, b, L


# order of results
def losses_first(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    for k in range(max_epochs):
        w, b = epoch(w, b)
        L.append(loss(w, b))
        if tolerance is not None and L[-2] - L[-1] < tolerance:
            break
    return L, w, b


# rounded
def rounded(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [round(loss(w, b), 4)]
    for k in range(max_epochs):
        w, b = epoch(w, b)
        L.append(round(loss(w, b), 4))
        if tolerance is not None and L[-2] - L[-1] < tolerance:
            break
    return w, b, L


# patience of 3
def patience(epoch, loss, w, b, max_epochs, tolerance=None):
    L, bad = [loss(w, b)], 0
    for k in range(max_epochs):
        w, b = epoch(w, b)
        L.append(loss(w, b))
        if tolerance is not None and L[-2] - L[-1] < tolerance:
            bad += 1
            if bad == 3:
                break
    return w, b, L


# skips the last loss
def last_not_logged(epoch, loss, w, b, max_epochs, tolerance=None):
    L = [loss(w, b)]
    for k in range(max_epochs):
        w, b = epoch(w, b)
        l = loss(w, b)
        if tolerance is not None and L[-1] - l < tolerance:
            break
        L.append(l)
    return w, b, L
