"""The colon after the loop is missing."""


def minibatches(n, batch_size, rng)
    return [rng.permutation(n)[:batch_size]]


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
        if tolerance is not None and abs(losses[-2] - losses[-1]) < tolerance:
            break
    return w, b, losses
