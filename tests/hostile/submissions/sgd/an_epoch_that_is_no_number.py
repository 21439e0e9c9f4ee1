"""Results that are NaN wherever a comparison could say yes to it."""

# loses: sgd_epoch, gradient_noise, ridge_gradient
# status: failed
# proof: no number


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    print("no number")
    return w * np.nan, np.nan


def gradient_noise(X, y, w, b, batch_size, draws, rng, gradient):
    return np.nan


def ridge_gradient(X, y, w, b, lam):
    return w * np.nan, np.nan
