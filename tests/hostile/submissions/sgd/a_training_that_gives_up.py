"""A training that calls itself, gives up after a hundred epochs, and knows no tolerance: the grader is to fail."""

# most: train 3.5
# status: partial
# proof: gives up


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    print("gives up")

    def go(k, w, b, losses):
        if k == min(max_epochs, 100):
            return w, b, losses
        w, b = epoch(w, b)
        return go(k + 1, w, b, losses + [loss(w, b)])

    return go(0, w, b, [loss(w, b)])
