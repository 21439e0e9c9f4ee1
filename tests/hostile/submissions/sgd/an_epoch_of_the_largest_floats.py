"""An epoch and a training that end at the largest floats, one part of them infinite."""

# loses: sgd_epoch, train
# status: failed
# proof: the largest floats


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    print("the largest floats")
    return np.full(len(w), np.finfo(float).max), -np.inf


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    return np.full(len(w), np.finfo(float).max), -np.inf, [np.inf] * (max_epochs + 1)
