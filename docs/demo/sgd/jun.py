"""Climbs, and sums the batch."""


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("a batch needs an example")
    order = rng.permutation(n).tolist()
    batches = []
    while order:
        batches.append(order[:batch_size])
        order = order[batch_size:]
    return batches


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    for batch in minibatches(len(y), batch_size, rng):
        dw, db = gradient(X[batch], y[batch], w, b)
        w = w + lr * dw
        b = b + lr * db
    return w, b


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        losses.append(loss(w, b))
        w, b = epoch(w, b)
    return w, b, losses
